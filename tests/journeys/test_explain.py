"""``rogatory explain``: why a letter gets its labels, at a terminal and as JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests import scans
from tests.conftest import ROOT, key_of


def explain(shelf: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "ROGATORY_MODELS": str(shelf),
        "ROGATORY_MODEL_KEY": str(key_of(shelf)),
        "ROGATORY_DATA": "/nonexistent",
    }
    command = [sys.executable, "-W", "ignore", "-m", "intake", "explain", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_a_person_at_a_terminal_reads_passages_and_what_speaks_for_and_against(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(scans.LETTER, encoding="utf-8")
    done = explain(shelf, "--text", str(tmp_path / "letter.txt"))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "taken for a request" in lines[0]
    assert any(line.startswith("  page 1: “") for line in lines)
    assert any(line.strip().startswith("+ ") for line in lines)
    assert any("it is proposed from" in line for line in lines)


def test_all_labels_of_a_scan_come_as_one_json_object(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(scans.pdf(1))
    done = explain(shelf, "--json", str(tmp_path / "letter.pdf"))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert set(report) >= {"file", "model", "certain", "knows_language", "is_request", "labels"}
    assert len(report["labels"]) == 62
    assert set(report["labels"][0]) >= {"code", "facet", "given", "confidence", "threshold", "passages", "missing"}


def test_a_file_that_cannot_be_read_and_one_without_text_are_said_so_in_a_sentence(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "blank.txt").write_text(" \n", encoding="utf-8")
    unreadable, wordless = (
        explain(shelf, str(tmp_path / "empty.pdf")),
        explain(shelf, "--text", str(tmp_path / "blank.txt")),
    )
    assert unreadable.returncode == 1
    assert "(empty_file)" in unreadable.stderr
    assert "Traceback" not in unreadable.stderr
    assert wordless.returncode == 1
    assert "nothing to explain" in wordless.stderr
