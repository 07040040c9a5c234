"""Codes, and terms found in the forms that letters use."""

import pytest

from classifier.features import shared_lexicon
from classifier.folding import fold, split_words
from classifier.taxonomy import INTRUSIVENESS, known_languages, load_taxonomy


def topics_in(text: str, language: str) -> set[str]:
    lexicon = shared_lexicon()
    words = [n for w in split_words(fold(text)) for n in lexicon.find(w)]
    full = lexicon.signals([words], [language]).full[0]
    return {c.code for c, found in zip(load_taxonomy().categories, full, strict=False) if found}


def test_every_request_type_has_its_place_in_the_order_of_intrusiveness() -> None:
    assert set(INTRUSIVENESS) == set(load_taxonomy().codes("request_type"))


def test_every_language_has_cues_of_every_group() -> None:
    taxonomy = load_taxonomy()
    assert all(set(by_language) == set(taxonomy.languages) for by_language in taxonomy.cues.values())


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "the examination of the witness Miss Ash", "taking_evidence"),
        ("de", "um Zustellung der Ladungen wird gebeten", "service_of_documents"),
        ("ru", "просим провести вручение повесток свидетелю", "service_of_documents"),
        ("zh", "请求送达传票", "service_of_documents"),
        ("ar", "تبليغ الوثائق إلى المدعى عليه", "service_of_documents"),
        ("ko", "소환장 송달을 요청합니다", "service_of_documents"),
        ("hi", "समन की तामील", "service_of_documents"),
        ("tr", "çağrı kâğıdının tebliği", "service_of_documents"),
    ],
)
def test_a_term_is_found_in_inflected_words(language: str, text: str, code: str) -> None:
    assert code in topics_in(text, language)


def test_a_longer_term_wins_over_the_one_it_contains() -> None:
    found = topics_in("charged with tax fraud", "en")
    assert "tax_offence" in found
    assert "fraud" not in found


def test_a_short_word_is_not_found_inside_another() -> None:
    assert "robbery" not in topics_in("vi besökte Iran och Tehran", "sv")


@pytest.mark.parametrize(
    ("language", "first"), [("zh-TW", "zh-Hant"), ("nb", "no"), ("pt-BR", "pt"), ("sr-Latn", "sr-Latn"), ("bs", "hr")]
)
def test_a_variety_is_served_by_its_nearest_language(language: str, first: str) -> None:
    assert known_languages(language)[0] == first


def test_a_language_nobody_wrote_terms_for_is_served_by_none() -> None:
    assert known_languages("qu") == ()
    assert known_languages(None) == ()
