"""A text's language is named among all that letters come in, and not named where nobody could tell."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reading.identification import ScriptAwareIdentifier
from intake.reading.language_langdetect import LACKED, LangdetectRanker
from intake.reading.language_py3langid import Py3langidRanker
from intake.reading.languages import LANGUAGES, SCRIPTS, find_language
from intake.reading.plain_text import read_text
from intake.reading.reader import default_identifier
from intake.reading.scripts import find_script
from intake.reading.tessdata import find_tessdata, has_model
from intake.seams import LanguageIdentifier

#: two lines of a letter in every variant of the taxonomy; none of them trained on
SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))


def test_every_language_of_the_taxonomy_is_known() -> None:
    taxonomy = yaml.safe_load((Path(__file__).parents[2] / "classifier" / "taxonomy.yaml").read_text("utf-8"))
    assert set(LANGUAGES) == set(taxonomy["languages"])
    assert set(SENTENCES) == set(LANGUAGES)


def test_every_language_and_script_has_its_model() -> None:
    folder = find_tessdata()
    wanted = {language.model for language in LANGUAGES.values()} | {script.model for script in SCRIPTS.values()}
    assert [model for model in sorted(wanted) if not has_model(folder, model)] == []
    assert {language.script for language in LANGUAGES.values()} == set(SCRIPTS)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_language_is_named_from_two_lines(identifier: LanguageIdentifier, code: str) -> None:
    found, confidence = identifier.identify(SENTENCES[code], None)
    assert found == code
    assert confidence > 0.5


@pytest.mark.parametrize("code", LACKED)
def test_langdetect_knows_the_languages_it_was_taught(code: str) -> None:
    same_script = [other.code for other in LANGUAGES.values() if other.script == LANGUAGES[code].script]
    assert code not in LangdetectRanker(extended=False).rank(SENTENCES[code], same_script)
    taught = LangdetectRanker().rank(SENTENCES[code], same_script)
    assert taught[code] == max(taught.values())


@pytest.mark.parametrize("make", [LangdetectRanker, Py3langidRanker])
def test_rankers_say_the_same_each_time_and_sum_to_one_or_pool(make: type[LangdetectRanker | Py3langidRanker]) -> None:
    ranker, candidates = make(), ("en", "fr", "de")
    first = ranker.rank("Lettre de commission rogatoire", candidates)
    assert all(ranker.rank("Lettre de commission rogatoire", candidates) == first for _ in range(5))
    assert sum(first.values()) == pytest.approx(1)
    assert ranker.rank("1234 567", candidates) == {} or sum(ranker.rank("1234 567", candidates).values()) > 0


@pytest.mark.parametrize("text", ["", "   \n", "12/345-2024", "№ 7", "A. B.", "— … —"])
def test_nothing_to_go_by_is_undetermined(identifier: LanguageIdentifier, text: str) -> None:
    assert identifier.identify(text, None)[0] is None


def test_letters_overrule_what_the_image_seemed_to_be(identifier: LanguageIdentifier) -> None:
    assert identifier.identify(SENTENCES["uk"], "Latn")[0] == "uk"
    assert identifier.identify(SENTENCES["zh-Hant"], "Hans")[0] == "zh-Hant"


def test_a_bilingual_letter_is_in_the_language_that_is_not_its_translation(identifier: LanguageIdentifier) -> None:
    assert identifier.identify(f"{SENTENCES['ar']}\n{SENTENCES['en']}", None)[0] == "ar"


@given(text=st.text(max_size=300), script=st.sampled_from([None, *SCRIPTS]))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_known_language_or_none(text: str, script: str | None) -> None:
    language, confidence = ScriptAwareIdentifier([Py3langidRanker()]).identify(text, script)
    assert language is None or language in LANGUAGES
    assert 0 <= confidence <= 1


@pytest.mark.parametrize(
    ("code", "known"),
    [("sr-Latn", "sr-Latn"), ("SR", "sr-Cyrl"), ("zh_TW", "zh-Hant"), ("uz-Latn", "uz"), ("nb", "no"), ("xx", None),
     ("en-Cyrl", None), ("", None)],
)  # fmt: skip
def test_codes_are_understood_however_they_are_spelt(code: str, known: str | None) -> None:
    found = find_language(code)
    assert (found.code if found else None) == known


@given(st.sampled_from(sorted(SENTENCES)))
def test_the_script_of_a_sentence_is_that_of_its_language(code: str) -> None:
    script, share = find_script(SENTENCES[code])
    assert script == LANGUAGES[code].script
    assert share > 0.9


def test_a_page_given_as_text_is_read_as_it_is() -> None:
    text = f"{SENTENCES['mn']}\n"
    reading = read_text(2, text, default_identifier())
    assert (reading.number, reading.text, reading.language, reading.script) == (2, text, "mn", "Cyrl")
    assert (reading.source, reading.legibility, reading.flags) == ("text", 1.0, ())


def test_an_empty_page_of_text_is_blank() -> None:
    reading = read_text(1, " \n", default_identifier())
    assert (reading.language, reading.flags, reading.legibility) == (None, ("blank",), 0.0)


def test_the_validation_letters_are_named(identifier: LanguageIdentifier, shared: Path) -> None:
    wrong = []
    for path in sorted((shared / "letters").glob("v*.json")):
        wanted = yaml.safe_load(path.read_text("utf-8"))["language"]
        found = identifier.identify(path.with_suffix(".txt").read_text("utf-8"), None)[0]
        wrong += [] if found == wanted else [path.stem]
    assert wrong == []
