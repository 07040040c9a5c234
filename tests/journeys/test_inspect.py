"""``rogatory inspect``: the main job without server or database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests import scans
from tests.conftest import ROOT, key_of

#: The least that the interface promises, at the top, of a page, of the metadata.
TOP = """file status error seconds pages language documents is_request request_types offences metadata completeness
route"""
PAGE = "number rotation skew script language language_confidence legibility source text"
METADATA = """requesting_state requested_state requesting_authority addressee reference own_reference date deadline
legal_bases persons urgent confidential channel contact provisions accounts companies identifiers vehicles phones
servers annexes"""


def inspect(shelf: Path, *arguments: str) -> tuple[int, list[dict], str]:
    environment = {
        **os.environ,
        "ROGATORY_MODELS": str(shelf),
        "ROGATORY_MODEL_KEY": str(key_of(shelf)),
        "ROGATORY_DATA": "/nonexistent",
    }
    command = [sys.executable, "-W", "ignore", "-m", "intake", "inspect", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()] if "--json" in arguments else []
    return done.returncode, lines, done.stdout + done.stderr


def test_scans_are_inspected_in_the_order_given_with_the_json_that_is_promised(shelf: Path, tmp_path: Path) -> None:
    files = {"b.pdf": scans.pdf(3), "a.png": scans.png()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    code, reports, _ = inspect(shelf, "--json", *(str(tmp_path / name) for name in files))
    assert code == 0
    assert [Path(report["file"]).name for report in reports] == list(files)
    for report, pages in zip(reports, (3, 1), strict=True):
        assert set(report) >= set(TOP.split())
        assert (report["status"], report["error"]) == ("read", None)
        assert [page["number"] for page in report["pages"]] == list(range(1, pages + 1))
        assert set(report["pages"][0]) >= set(PAGE.split())
        assert set(report["metadata"]) >= set(METADATA.split())
        assert set(report["metadata"]["reference"]) >= {"value", "confidence", "evidence"}
        assert set(report["metadata"]["deadline"]) >= {"value", "kind"}
        assert set(report["route"]) >= {"authority", "copies", "review", "reasons"}
        assert set(report["is_request"]) == {"value", "confidence"}


def test_a_file_that_cannot_be_read_is_said_so_the_others_are_still_printed_and_the_status_is_1(
    shelf: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "good.png").write_bytes(scans.png())
    paths = [str(tmp_path / name) for name in ("empty.pdf", "missing.pdf", "good.png")]
    code, reports, _ = inspect(shelf, "--json", *paths)
    assert code == 1
    assert [report["status"] for report in reports] == ["unreadable", "unreadable", "read"]
    assert reports[0]["error"]["code"] == "empty_file"


def test_texts_are_inspected_with_form_feeds_as_page_breaks(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(scans.LETTER + "\fAnnex 1\nList of accounts", encoding="utf-8")
    code, reports, _ = inspect(shelf, "--text", "--json", str(tmp_path / "letter.txt"))
    assert code == 0
    assert [page["source"] for page in reports[0]["pages"]] == ["text", "text"]
    assert reports[0]["language"] == "en"
    assert reports[0]["metadata"]["date"]["value"] == "2019-12-02"


def test_a_person_at_a_terminal_gets_a_few_plain_lines(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(scans.LETTER, encoding="utf-8")
    code, _, output = inspect(shelf, "--text", str(tmp_path / "letter.txt"))
    assert code == 0
    assert "14/80-1969" in output
    assert "language en" in output
