"""Written passages and the letters composed of them, and letters as OCR gives them."""

import json
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.noise import as_scanned, scan_some
from classifier.phrases import Phrase, compose_letters, load_phrases
from classifier.samples import SampleError, load_letters
from classifier.training import train
from tests.classifier.makers import make_letter

TRAINING = Path(__file__).parents[2] / "training_data"


def a_line(**changes: object) -> str:
    raw = {"id": "en-p1", "language": "en", "role": "ask", "codes": ["bank_records"], "text": "Send us the statements."}
    return json.dumps(raw | changes)


def some_phrases() -> list[Phrase]:
    asks = ["bank_records", "taking_evidence", "extradition", "interception", "criminal_records"]
    made = [Phrase(f"a{n}", "en", "ask", (asks[n % 5],), f"Kindly do thing number {n}.") for n in range(25)]
    made += [
        Phrase(f"o{n}", "en", "offence", (("fraud", "theft", "homicide")[n % 3],), f"Charge {n}.") for n in range(30)
    ]
    made += [Phrase(f"f{n}", "en", "fact", (), f"Fact {n} was seen.") for n in range(4)]
    made += [Phrase("k", "en", "kind", ("reminder",), "We still wait.")]
    return [*made, Phrase("p", "en", "past", ("bank_records",), "The statements came.")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"role": "tea"}, "unknown role"),
        ({"codes": ["tea"]}, "unknown code"),
        ({"codes": []}, "missing"),
        ({"text": " "}, "missing"),
        ({"role": "offence"}, "unknown code"),
        ({"language": "ru"}, "not in the script"),
        ({"role": "kind", "codes": ["fraud"]}, "unknown code"),
    ],
)
def test_a_faulty_passage_is_refused_with_file_and_line(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    lines = [a_line(id="en-p0", text="Another one."), a_line(**changes)]
    (tmp_path / "en.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SampleError, match=rf"en\.jsonl, line 2: .*{reason}"):
        load_phrases(tmp_path)


def test_a_passage_that_says_the_same_is_refused(tmp_path: Path) -> None:
    lines = [a_line(), a_line(id="en-p2", text="Send us the STATEMENTS, statements!")]
    (tmp_path / "en.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SampleError, match=r"line 2: the same words stand in line 1"):
        load_phrases(tmp_path)


def test_each_asking_passage_stands_in_one_composed_letter_and_its_span_marks_it() -> None:
    phrases = some_phrases()
    letters = compose_letters(phrases, 1)
    marked = Counter(
        letter.text[span.start : span.end] for letter in letters for span in letter.spans if span.role == "ask"
    )
    assert marked == Counter(phrase.text for phrase in phrases if phrase.role == "ask")


def test_a_composed_letter_asks_what_its_passages_ask_and_another_message_asks_nothing() -> None:
    letters = compose_letters(some_phrases(), 1)
    for letter in letters:
        asked = {span.code for span in letter.spans if span.role == "ask"}
        assert set(letter.request_types) == (asked or {"other"})
        assert letter.is_request == bool(asked)
    assert [letter.kind for letter in letters if not letter.is_request] == ["reminder"]


def test_the_same_seed_composes_the_same_letters() -> None:
    assert compose_letters(some_phrases(), 1) == compose_letters(some_phrases(), 1)
    assert compose_letters(some_phrases(), 1) != compose_letters(some_phrases(), 2)


@given(st.integers())
def test_a_scanned_letter_keeps_its_marks_where_they_were(seed: int) -> None:
    letter = make_letter(1)
    scanned = as_scanned(letter, Random(seed))
    for before, after in zip(letter.spans, scanned.spans, strict=True):
        was, now = letter.text[before.start : before.end], scanned.text[after.start : after.end]
        assert SequenceMatcher(None, was, now).ratio() > 0.7
        assert 0 <= after.start < after.end <= len(scanned.text)


def test_a_model_learns_from_passages_and_is_judged_by_letters_only() -> None:
    letters = [make_letter(n, is_request=n % 5 != 4) for n in range(30)]
    told: list[str] = []
    model, result = train(letters, some_phrases(), seed=3, report=told.append)
    plain, _ = train(letters, seed=3)
    assert told[0].startswith("30 letters, ")
    assert " 0 composed" not in told[0]
    assert result.grouped.overall.letters == 30
    assert (model.parts.heads.passage_weights != plain.parts.heads.passage_weights).any()


def test_a_share_of_letters_is_scanned_the_same_ones_each_time() -> None:
    letters = [make_letter(n) for n in range(60)]
    scanned = scan_some(letters, 0.5, 7)
    changed = [a.text != b.text for a, b in zip(letters, scanned, strict=True)]
    assert 15 < sum(changed) < 45
    assert scanned == scan_some(letters, 0.5, 7)


def test_a_scan_reads_some_characters_as_those_that_were_measured() -> None:
    letter = next(le for le in load_letters(TRAINING / "letters") if le.language == "hy")
    worst = [as_scanned(letter, Random(seed)).text for seed in range(20)]
    assert any(text.count("ճ") > letter.text.count("ճ") for text in worst)


def test_the_passages_that_come_along_cover_every_code_in_45_languages() -> None:
    phrases = load_phrases(TRAINING / "passages")
    asked = Counter((p.language, code) for p in phrases if p.role == "ask" for code in p.codes)
    named = Counter((p.language, code) for p in phrases if p.role == "offence" for code in p.codes)
    types = {code for _, code in asked}
    offences = {code for _, code in named} - {"other"}
    complete = [
        language
        for language in {p.language for p in phrases}
        if all(asked[language, code] >= 6 for code in types) and all(named[language, code] >= 4 for code in offences)
    ]
    assert len(types) == 24
    assert len(complete) >= 45
