"""The rules change while the service runs, and a mistake in them stops nothing."""

import os
from pathlib import Path

import pytest

from intake.routing import ProfileCompetence, ProfileError
from intake.routing.standing import QueueNames, StandingProfile
from tests.routing.descriptions import described

GOOD = """\
code: here
name: Here
authorities:
  - {code: court, name: The Court}
  - {code: office, name: The Office}
rules:
  - when: {request_types: [extradition]}
    to: court
default: {to: office}
"""
CHANGED = GOOD.replace("to: court", "to: office").replace("default: {to: office}", "default: {to: court}")
FAULTY = {
    "a syntax error": (GOOD.replace("[extradition]}", "[extradition"), "line 8"),
    "a circle": (GOOD.replace("    to: court", "    to: court\n    then: [office, court]"), "line 7"),
    "an authority nobody lists": (GOOD.replace("to: court", "to: cuort"), "line 7"),
    "nothing": ("", "line 1"),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "here.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def rewrite(path: Path, content: str) -> None:
    """Another state of the file, as an editor leaves it: a new file in its place."""
    fresh = path.with_suffix(".new")
    fresh.write_text(content, encoding="utf-8")
    fresh.replace(path)


def test_changed_rules_hold_for_the_next_letter_without_a_restart(file: Path) -> None:
    standing = StandingProfile(str(file))
    competence, letter = ProfileCompetence(standing.current), described("extradition")
    assert competence.assign(letter).authority == "court"
    rewrite(file, CHANGED)
    assert competence.assign(letter).authority == "office"


def test_a_new_authority_has_its_queue_at_once(file: Path) -> None:
    names = QueueNames(StandingProfile(str(file)))
    assert dict(names) == {"court": "The Court", "office": "The Office"}
    rewrite(file, GOOD.replace("rules:", "  - {code: police, name: Police}\nrules:"))
    assert (names["police"], len(names), "nobody" in names) == ("Police", 3, False)


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_profile_leaves_the_old_in_force_and_is_named_with_file_and_line(file: Path, fault: str) -> None:
    standing = StandingProfile(str(file))
    content, line = FAULTY[fault]
    rewrite(file, content)
    now = standing.standing()
    assert now.profile.rules[0].to == "court"
    assert f"{file}, {line}: " in str(now.fault)
    rewrite(file, CHANGED)
    assert (standing.standing().fault, standing.current().rules[0].to) == (None, "office")


def test_a_profile_that_is_gone_leaves_the_old_in_force(file: Path) -> None:
    standing = StandingProfile(str(file))
    file.unlink()
    assert standing.current().code == "here"
    assert "No profile" in str(standing.standing().fault)


def test_a_restart_with_a_faulty_profile_goes_on_with_the_last_good_one(file: Path, tmp_path: Path) -> None:
    StandingProfile(str(file), tmp_path / "copies")
    rewrite(file, FAULTY["a circle"][0])
    again = StandingProfile(str(file), tmp_path / "copies")
    assert again.current().rules[0].to == "court"
    assert "runs in a circle" in str(again.standing().fault)
    rewrite(file, CHANGED)
    assert again.current().rules[0].to == "office"


def test_the_copy_of_one_profile_never_stands_for_another(file: Path, tmp_path: Path) -> None:
    StandingProfile(str(file), tmp_path / "copies")
    with pytest.raises(ProfileError, match="No profile"):
        StandingProfile(str(tmp_path / "other.yaml"), tmp_path / "copies")


def test_a_folder_that_cannot_be_written_stops_nothing(file: Path, tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("a file where the folder should be")
    assert StandingProfile(str(file), tmp_path / "copies").current().code == "here"


def test_rules_in_vain_are_complained_of_and_hold_all_the_same(file: Path) -> None:
    standing = StandingProfile(str(file))
    rewrite(file, GOOD.replace("[extradition]", "[extradtion]"))
    os.utime(file, ns=(1, 1))
    assert any("'extradtion' is no code" in complaint for complaint in standing.standing().complaints)
    assert standing.standing().fault is None
