"""Documents within a scan: told apart, numbered, paired, checked off; the letter's own data come from the request."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.describing.describer import LetterDescriber
from intake.values import Description, Difference
from tests.describing import bundles
from tests.describing.letters import ToldClassifier, page

BUNDLE = ((bundles.NOTE, "en"), (bundles.REQUEST, "pl"), (bundles.TRANSLATION, "en"), (bundles.ANNEX, "pl"))


def described(*pages: tuple[str, str]) -> Description:
    readings = [page(text, language, number) for number, (text, language) in enumerate(pages, 1)]
    return LetterDescriber(ToldClassifier("taking_evidence")).describe(readings)


def kinds(description: Description) -> list[str]:
    return [document.kind for document in description.documents]


def values(differences: Sequence[Difference], kind: str) -> set[tuple[str, int]]:
    return {(one.value, one.stands_in) for one in differences if one.kind == kind}


def test_documents_are_numbered_with_their_languages_and_a_translation_names_its_original() -> None:
    documents = described(*BUNDLE).documents
    assert [(one.number, one.kind, one.languages) for one in documents] == [
        (1, "cover_note", ("en",)),
        (2, "request", ("pl",)),
        (3, "translation", ("en",)),
        (4, "annex", ("pl",)),
    ]
    assert documents[2].translates == 2
    assert documents[3].label == "2"


def test_a_translation_may_lie_on_top_of_its_original() -> None:
    found = described((bundles.TRANSLATION, "en"), (bundles.REQUEST, "pl"))
    assert kinds(found) == ["translation", "request"]
    assert found.documents[0].translates == 2
    assert found.language == "pl"


def test_a_translation_without_its_original_is_the_request() -> None:
    assert kinds(described((bundles.TRANSLATION, "en"))) == ["request"]


def test_a_note_and_a_covering_letter_are_two_documents() -> None:
    letter = "Ministry of Justice\nRef. 88/23\nWarsaw, 8 March 2023\n\nPlease find enclosed the request of a court."
    found = described((bundles.NOTE, "en"), (letter, "en"), (bundles.REQUEST, "pl"))
    assert kinds(found) == ["cover_note", "cover_note", "request"]
    assert [one.number for one in found.documents] == [1, 2, 3]


def test_a_translation_behind_the_annexes_is_told_by_its_numbers() -> None:
    plain = bundles.TRANSLATION.replace("Translation from Polish\n\n", "")
    found = described((bundles.REQUEST, "pl"), (bundles.ANNEX, "pl"), (plain, "en"))
    assert kinds(found) == ["request", "annex", "translation"]
    assert found.documents[2].translates == 1


def test_annexes_with_labels_of_their_own_are_documents_of_their_own_and_running_headings_are_not() -> None:
    found = described(
        (bundles.REQUEST, "pl"),
        ("Załącznik 1\nodpis postanowienia\nSąd postanowił.", "pl"),
        ("Załącznik 1\nciąg dalszy postanowienia sądu.", "pl"),
        (bundles.ANNEX, "pl"),
    )
    assert [(one.label, one.first_page, one.last_page) for one in found.documents[1:]] == [("1", 2, 3), ("2", 4, 4)]


def test_a_page_that_only_counts_its_enclosures_is_no_annex() -> None:
    second = "Annexes: 3\n\nThe court further asks for the questions below to be put to the witness in person."
    assert kinds(described((bundles.REQUEST, "pl"), (second, "pl"))) == ["request"]


def test_what_stands_in_original_or_translation_alone_is_listed_and_nothing_else() -> None:
    differences = described(*BUNDLE).differences
    assert values(differences, "date") == {("2021-11-03", 2), ("2021-12-03", 3)}
    assert values(differences, "account") == set()
    numbers = values(differences, "number")
    assert {("+351912345678", 2), ("+351912345687", 3)} <= numbers
    assert not any(value in ("441200", "4471120", "44051401359", "417") for value, _ in numbers)
    assert values(differences, "name") == set()


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        (("PL61 1090 1014 0000 0712 1981 2874", "PL61 1090 1014 0000 0712 1981 2875"), "account"),
        (("Marek Sovinski", "Jerzy Kowal"), "name"),
        (("441,200.00", "414,200.00"), "number"),
        (("12 May 1980", "12 May 1981"), "date"),
    ],
)
def test_one_slip_of_a_translator_shows(changed: tuple[str, str], kind: str) -> None:
    right = described((bundles.REQUEST, "pl"), (bundles.TRANSLATION, "en")).differences
    wrong = described((bundles.REQUEST, "pl"), (bundles.TRANSLATION.replace(*changed), "en")).differences
    assert {(one.kind, one.stands_in) for one in set(wrong) - set(right)} >= {(kind, 1)}


def test_a_difference_shows_its_words() -> None:
    one = next(one for one in described(*BUNDLE).differences if one.value == "2021-11-03")
    assert (one.stands_in, one.lacks_in, one.evidence[0].page) == (2, 3, 2)
    assert "3.11.2021" in one.evidence[0].quote


def test_names_in_another_alphabet_are_compared_by_their_sound() -> None:
    russian = "Прокуратура города Москвы\n\nГражданин Иван Петров, 12.05.1980 года рождения, счет № 12345678."
    english = "Translation\n\nProsecutor\n\nThe suspect Ivan Petrov, born on 12.05.1980, account 12345678."
    other = english.replace("Ivan Petrov", "Oleg Sidorov")
    assert values(described((russian, "ru"), (english, "en")).differences, "name") == set()
    assert ("Иван Петров", 1) in values(described((russian, "ru"), (other, "en")).differences, "name")


def test_announced_annexes_are_checked_off_against_what_came() -> None:
    annexes = described(*BUNDLE).metadata.annexes
    assert [(one.label, one.state, one.document) for one in annexes] == [("1", "missing", None), ("2", "came", 4)]
    assert annexes[0].value == "odpis postanowienia"
    assert annexes[0].evidence[0].page == 2


def test_an_annex_that_nobody_announced_is_listed_too() -> None:
    found = described((bundles.REQUEST, "pl"), (bundles.ANNEX, "pl"), ("Załącznik 7\nmapa Porto", "pl"))
    assert [(one.state, one.document) for one in found.metadata.annexes if one.label == "7"] == [("unannounced", 3)]


@pytest.mark.parametrize(
    ("text", "language", "announced"),
    [
        ("Enclosures: copy of the warrant; list of questions", "en", ["copy of the warrant", "list of questions"]),
        ("Please see Annex A and Annex B.", "en", ["Annex A", "Annex B"]),
        ("Pièces jointes :\n1) copie du jugement\n2) questionnaire", "fr", ["copie du jugement", "questionnaire"]),
        ("Приложение: постановление суда, протокол, перевод.", "ru", ["постановление суда", "протокол", "перевод."]),
        ("Приложение: на 5 листах", "ru", []),
        ("附件:1. 逮捕证 2. 起诉书", "zh", ["逮捕证", "起诉书"]),
        ("المرفقات: صورة الحكم؛ قائمة الأسئلة", "ar", ["صورة الحكم", "قائمة الأسئلة"]),
        ("Anlagen: keine", "de", []),
        ("Enclosures: 2", "en", ["Enclosures", "Enclosures"]),
        ("We annex a copy.", "en", []),
    ],
)
def test_annexes_are_announced_in_lists_in_numbers_and_in_passing(
    text: str, language: str, announced: list[str]
) -> None:
    letter = "Court of Sligo\n\nDublin, 4 May 2021\n\nPlease hear Mr Byrne about the contract of which he knows.\n\n"
    assert [one.value for one in described((letter + text, language)).metadata.annexes] == announced


def test_forty_pages_of_account_statements_do_not_touch_the_letters_own_data() -> None:
    alone = described(BUNDLE[1]).metadata
    pages = [(bundles.ANNEX, "pl"), *((bundles.statement(number), "pl") for number in range(1, 40))]
    flooded = described(BUNDLE[1], *pages)
    assert [(one.kind, one.first_page, one.last_page) for one in flooded.documents] == [
        ("request", 1, 1),
        ("annex", 2, 41),
    ]
    for name in (
        "persons",
        "accounts",
        "phones",
        "companies",
        "identifiers",
        "reference",
        "date",
        "deadline",
        "contact",
    ):
        assert getattr(flooded.metadata, name) == getattr(alone, name), name


def test_forty_pages_of_statements_without_a_heading_are_an_annex_all_the_same() -> None:
    flooded = described(BUNDLE[1], *((bundles.statement(number), "pl") for number in range(1, 41)))
    assert kinds(flooded) == ["request", "annex"]
    assert flooded.metadata.accounts == described(BUNDLE[1]).metadata.accounts


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([*BUNDLE, ("", "en"), ("Załącznik 1", "pl"), ("12 13 14", "pl")]), min_size=1, max_size=6)
)
def test_however_the_pages_lie_each_belongs_to_one_document_and_numbers_run_on(pages: list[tuple[str, str]]) -> None:
    found = described(*pages)
    covered = [n for one in found.documents for n in range(one.first_page, one.last_page + 1)]
    assert covered == list(range(1, len(pages) + 1))
    assert [one.number for one in found.documents] == list(range(1, len(found.documents) + 1))
    numbers = {one.number for one in found.documents}
    assert all(one.translates in numbers - {one.number} for one in found.documents if one.translates is not None)
    assert {one.document for one in found.metadata.annexes if one.document} <= numbers
