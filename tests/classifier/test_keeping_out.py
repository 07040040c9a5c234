"""The frozen test part: decided once, stable, and never learnt from."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.grouping import group_alike
from classifier.keeping_out import FILE, Group, TestPart, group_by_template, hash_all
from classifier.model import ModelDamaged
from classifier.samples import TrainingLetter
from tests.classifier.makers import make_letter

LETTER = make_letter(1)


def group(*members: str) -> Group:
    return Group(frozenset(members), (LETTER,) * len(members))


def is_kept_out(part: TestPart, one: Group) -> bool:
    return bool(part.split([one]).test)


def kept_out_group(part: TestPart, prefix: str = "letter:") -> Group:
    return next(one for n in range(1000) if is_kept_out(part, one := group(f"{prefix}{n}")))


def learnt_group(part: TestPart, prefix: str = "letter:") -> Group:
    return next(one for n in range(1000) if not is_kept_out(part, one := group(f"{prefix}{n}")))


def test_about_one_group_in_ten_is_kept_out_and_the_same_ones_on_every_shelf(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    groups = [group(f"text:template-{n}") for n in range(2000)]
    first, second = TestPart(tmp_path / "a").split(groups), TestPart(tmp_path / "b").split(groups[::-1])
    assert 150 < len(first.test) < 250
    assert len(first.learn) + len(first.test) == 2000
    assert len(first.test) == len(second.test)


def test_letters_of_one_template_are_never_on_both_sides(tmp_path: Path) -> None:
    letters = [make_letter(n) for n in range(40)]
    split = TestPart(tmp_path).split(group_by_template(letters))
    assert not {x.template for x in split.learn} & {x.template for x in split.test}


@given(st.lists(st.sets(st.integers(0, 30), min_size=1), min_size=1, max_size=8))
def test_what_was_learnt_from_once_never_comes_into_the_test_part(rounds: list[set[int]]) -> None:
    """However groups grow and merge from one training to the next."""
    with tempfile.TemporaryDirectory() as folder:
        part = TestPart(Path(folder))
        learnt: set[str] = set()
        for members in rounds:
            one = group(*(f"letter:{n}" for n in members))
            part.remember([one])
            if is_kept_out(part, one):
                assert not learnt & one.members
            else:
                learnt |= one.members


def test_a_group_that_grows_stays_where_it_was(tmp_path: Path) -> None:
    part = TestPart(tmp_path)
    kept, learnt = kept_out_group(part), learnt_group(part)
    part.remember([kept, learnt])
    assert is_kept_out(part, group(*kept.members, "letter:a", "letter:aa"))
    assert not is_kept_out(part, group(*learnt.members, "letter:b", "letter:bb"))


def test_a_case_that_turns_out_to_join_both_sides_leaves_the_test_part(tmp_path: Path) -> None:
    part = TestPart(tmp_path)
    kept, learnt = kept_out_group(part), learnt_group(part)
    part.remember([kept, learnt])
    joined = group(*kept.members, *learnt.members)
    assert not is_kept_out(part, joined)
    part.remember([joined])
    assert not is_kept_out(part, kept)


@pytest.mark.parametrize("content", ["", "[]", '{"letter:1": "yes"}', "\x00"])
def test_a_damaged_memory_is_an_error_and_not_a_new_test_part(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    with pytest.raises(ModelDamaged, match="restore it from the backup"):
        TestPart(tmp_path).split([group("letter:1")])


def test_the_hash_tells_labels_and_texts_and_not_their_order() -> None:
    letters = [make_letter(n) for n in range(4)]
    assert hash_all(letters) == hash_all(letters[::-1])
    assert hash_all(letters) != hash_all(letters[:3])


TEXT = "the court of Northtown asks for the statements of account number one two three four five six of the year"


def test_letters_of_one_case_or_pattern_belong_together() -> None:
    texts = [TEXT, "quite another letter about a witness who lives in the mountains", TEXT + " 2021", "short", "other"]
    marks: list[set[str]] = [set(), {"case"}, set(), {"case"}, {"lone"}]
    assert group_alike(texts, marks) == [[0, 2], [1, 3], [4]]


@given(st.lists(st.tuples(st.text(max_size=40), st.sets(st.integers(0, 6), max_size=3)), max_size=12))
def test_every_letter_is_in_one_group_and_shared_marks_never_straddle(letters: list[tuple[str, set[int]]]) -> None:
    groups = group_alike([text for text, _ in letters], [marks for _, marks in letters])
    assert sorted(place for own in groups for place in own) == list(range(len(letters)))
    found = [set().union(*(letters[place][1] for place in own)) for own in groups]
    assert all(not one & other for n, one in enumerate(found) for other in found[:n])


def test_training_letters_have_their_own_template(letters: list[TrainingLetter]) -> None:
    assert {next(iter(one.members)) for one in group_by_template(letters)} == {
        "text:en-template-0",
        "text:en-template-1",
    }
