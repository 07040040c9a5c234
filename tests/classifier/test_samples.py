"""Training files: what is refused, and that the refusal says where."""

from pathlib import Path

import pytest

from classifier.samples import SampleError, load_letters
from tests.classifier.makers import make_line, write_lines


def test_a_sound_letter_is_read_with_its_spans(tmp_path: Path) -> None:
    (letter,) = load_letters(write_lines(tmp_path, make_line()))
    assert letter.request_types == ("taking_evidence",)
    assert {span.role for span in letter.spans} == {"ask", "offence", "past"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"request_types": ["tea"]}, "unknown request type"),
        ({"offences": ["fraud", "fraud"]}, "stands twice"),
        ({"offences": ["tea"]}, "unknown offence"),
        ({"kind": "tea"}, "unknown kind"),
        ({"is_request": False}, "disagree"),
        ({"kind": "reminder", "is_request": False}, "must be other"),
        ({"language": "tlh"}, "unknown language"),
        ({"language": "ru"}, "not in the script"),
        ({"spans": [{"role": "ask", "code": None, "start": 5, "end": 99999}]}, "outside the text"),
        ({"spans": [{"role": "tea", "code": None, "start": 0, "end": 5}]}, "unknown role"),
        ({"spans": [{"role": "ask", "code": "tea", "start": 0, "end": 5}]}, "unknown code"),
        ({"text": None, "spans": None}, "not a training letter"),
    ],
)
def test_a_faulty_letter_is_refused_with_file_and_line(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    sound = make_line()
    with pytest.raises(SampleError, match=rf"en\.jsonl, line 2: .*{reason}"):
        load_letters(write_lines(tmp_path, sound, make_line(id="en-2", **changes)))


def test_a_line_that_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fr.jsonl").write_text("{not json\n", encoding="utf-8")
    with pytest.raises(SampleError, match=r"fr\.jsonl, line 1"):
        load_letters(tmp_path)


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="line 2: the id stands in"):
        load_letters(write_lines(tmp_path, make_line(), make_line()))


def test_the_same_text_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="line 2: the same text"):
        load_letters(write_lines(tmp_path, make_line(), make_line(id="en-2")))


def test_a_near_copy_under_another_template_is_refused(tmp_path: Path) -> None:
    line = make_line()
    copy = make_line(id="en-2", template="another", text=line["text"] + " P.S.")
    with pytest.raises(SampleError, match="line 2: nearly the same text"):
        load_letters(write_lines(tmp_path, line, copy))


def test_a_refusal_never_repeats_the_text(tmp_path: Path) -> None:
    with pytest.raises(SampleError) as caught:
        load_letters(write_lines(tmp_path, make_line(), make_line(id="en-2")))
    assert "Northtown" not in str(caught.value)


def test_the_training_letters_of_rogatory_are_sound() -> None:
    letters = load_letters(Path(__file__).parents[2] / "training_data" / "letters")
    assert {"ar", "en", "es", "fr", "ru", "zh"} <= {letter.language for letter in letters}
