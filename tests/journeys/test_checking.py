"""`rogatory check` and `rogatory directory` as an administrator runs them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import Database
from storage.queues import Queues
from storage.register import Register
from tests.conftest import ROOT
from tests.makers import CLERK, NOW, description, new_letter

pytestmark = pytest.mark.slow
PROFILE = """\
code: here
name: Here
authorities:
  - {code: court, name: The Court}
  - {code: office, name: The Office}
rules:
  - when: {request_types: [extradition, provisional_arrest]}
    to: court
  - when: {request_types: [extradition]}
    to: office
default: {to: court}
"""


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(database: Database, tmp_path: Path) -> Run:
    """Runs a command of the installation; what it says on both streams is in ``stdout``."""
    own = {"DATABASE": database.dsn, "DATA": str(tmp_path / "data"), "PROFILE": str(tmp_path / "p.yaml")}
    environment = {**os.environ, **{f"ROGATORY_{name}": value for name, value in own.items()}}
    (tmp_path / "p.yaml").write_text(PROFILE)

    def command(*words: object) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-W", "ignore", "-m", "intake", *map(str, words)]
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.run(line, env=environment, cwd=ROOT, text=True, check=False, **piped)

    return command


def test_check_names_rules_in_vain_with_file_and_line_and_queues_without_a_key(run: Run, tmp_path: Path) -> None:
    answer = run("check")
    assert answer.returncode == 1
    assert f"{tmp_path / 'p.yaml'}: Line 9: this rule never fits, because of line 7 above it" in answer.stdout
    assert "queue court: The Court (no case system has a key: its letters wait; `rogatory key court`" in answer.stdout
    assert run("key", "court").returncode == 0
    assert "queue court: The Court\n" in run("check").stdout


def test_check_finds_letters_in_a_queue_that_the_profile_no_longer_knows(run: Run, database: Database) -> None:
    register = Register(database)
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    register.described(letter.id, description("old-bureau"), NOW)
    assert Queues(database).waiting() == {"old-bureau": 1}
    assert "FAIL queues: ValueError: letters wait for old-bureau" in run("check").stdout


def test_check_names_a_profile_that_cannot_be_read_and_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(PROFILE.replace("to: office", "to: [office"))
    answer = run("check")
    assert f"FAIL competence profile: ProfileError: {tmp_path / 'p.yaml'}, line " in answer.stdout
    assert "ok   database" in answer.stdout


def test_a_directory_is_tried_imported_and_listed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text("state,name\nFR,Court\nZZ,Court\n")
    refused = run("directory", file)
    assert (refused.returncode, "Line 3: 'ZZ' is no State" in refused.stdout) == (1, True)
    assert run("directory").stdout == ""
    file.write_text("state,name\nFR,Court\n")
    assert "1 authorities, nothing wrong" in run("directory", file, "--try").stdout
    assert run("directory", file).stdout == "version 1: 1 authorities\n"
    assert "system:rogatory  directory.csv  1" in run("directory").stdout
