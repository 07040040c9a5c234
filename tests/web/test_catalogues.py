"""The translations are whole, and say what the pages ask them."""

import re
from datetime import UTC, datetime

import pytest
from babel.messages.pofile import read_po

from intake.web.catalogue import messages
from intake.web.translation import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE, choose_language, texts_in

TRANSLATED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_pages_is_translated_with_all_its_places(language: str) -> None:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in messages():
        if not message.id:
            continue
        translated = catalogue.get(message.id)
        assert translated is not None, message.id
        assert not translated.fuzzy
        forms = translated.string if isinstance(translated.string, tuple) else (translated.string,)
        assert all(forms), message.id
        if isinstance(message.id, str):
            wanted = sorted(re.findall(r"%\(\w+\)s", message.id))
            assert sorted(re.findall(r"%\(\w+\)s", forms[0])) == wanted, message.id


def test_the_template_for_new_languages_is_up_to_date() -> None:
    with (CATALOGUES / "messages.pot").open("rb") as file:
        kept = {message.id for message in read_po(file)}
    assert kept == {message.id for message in messages()}


def test_numbers_take_the_plural_form_of_the_language() -> None:
    said = [texts_in("ar").count("Looked at %(n)s time", "Looked at %(n)s times", number) for number in (1, 2, 5, 40)]
    assert len(set(said)) == 4
    assert texts_in("en").count("Looked at %(n)s time", "Looked at %(n)s times", 1) == "Looked at 1 time"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ar-EG,ar;q=0.9,en;q=0.8", "ar"), ("de,fr;q=0.5", "fr"), ("de", "en"), ("", "en"), ("fr;q=x,,;;", "en")],
)
def test_the_browsers_wish_decides_where_nobody_chose(accepted: str, language: str) -> None:
    assert choose_language(None, None, accepted=accepted) == language


def test_names_and_dates_are_those_of_the_reader() -> None:
    french = texts_in("fr")
    assert french.state("KZ") == "Kazakhstan"
    assert french.language_name("mn") == "mongol"
    assert french.language_name("sr-Latn").startswith("serbe")
    assert french.day("2019-12-02") == "2 décembre 2019"
    assert french.day("about Easter") == "about Easter"
    assert french.percent(0.913).split() == ["91", "%"]
    assert "2026" in french.moment(datetime(2026, 11, 24, tzinfo=UTC))
    assert french.language_name("not a language") == "not a language"
