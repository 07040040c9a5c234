"""Cutting letters into passages."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.passages import MOST_PASSAGES, split_passages


def texts(*pages: str) -> list[str]:
    return [p.text for p in split_passages(pages)]


def test_lines_broken_by_the_typist_make_one_passage() -> None:
    page = "We respectfully ask that the witness be heard\nabout the matters set out in the annex to this\nletter."
    assert len(texts(page)) == 1


def test_items_of_a_list_are_passages_of_their_own() -> None:
    found = split_passages(["We ask you to:\n1. hear Mr Ash\n2. send the file;\n(c) search the house"])
    assert [p.is_item for p in found] == [False, True, True, True]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert len(texts("The case No. 15 of Mr. Ash under Art. 46 of the Convention is pending.")) == 1


def test_sentences_are_told_apart_in_chinese_and_arabic() -> None:
    assert len(texts("请贵方协助调查该公司账户。被告已于三月被捕。")) == 2
    assert len(texts("نرجو سماع أقوال الشاهد؟ وتم تجميد الحساب في مارس؟")) == 2


def test_a_passage_knows_its_page() -> None:
    assert [p.page for p in split_passages(["One page here.", "Another page there."])] == [1, 2]


@given(st.lists(st.text(max_size=400), max_size=4))
def test_every_passage_stands_verbatim_on_its_page(pages: list[str]) -> None:
    for p in split_passages(pages):
        assert pages[p.page - 1][p.start : p.end] == p.text
        assert p.text.strip()


def test_a_text_of_points_does_not_make_endless_passages() -> None:
    assert len(split_passages(["one. two. " * 100_000])) <= MOST_PASSAGES
