"""A directory is imported whole, or refused with every wrong line named."""

import io
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from intake.routing.directory_files import MOST_ROWS, DirectoryFault, read_directory

HEAD = "state,name,other_names,role,matters,channel,languages,address,email,phone,website,sherloc_id,note"
GOOD = f"""\
{HEAD}
MN,Prosecutor General's Office,Улсын Ерөнхий Прокурорын Газар,central,civil; extradition,direct,mn; en,"Ulaanbaatar,
Khuvisgalchdyn 5",office@prosecutor.example,+976 11 000000,prosecutor.example,cna-12,
Italy,Ministry of Justice,,,,diplomatic,it,,,,,,old name kept
"""


def faults(content: str | bytes) -> list[str]:
    with pytest.raises(DirectoryFault) as refused:
        read_directory(content.encode() if isinstance(content, str) else content)
    return [str(fault) for fault in refused.value.faults]


def workbook(*rows: Sequence[object]) -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    book.save(buffer)
    return buffer.getvalue()


def test_every_column_is_read() -> None:
    first, second = read_directory(GOOD.encode()).authorities
    assert (first.line, first.state, first.name) == (2, "MN", "Prosecutor General's Office")
    assert first.other_names == ("Улсын Ерөнхий Прокурорын Газар",)
    assert (first.role, first.matters) == ("central", ("civil", "extradition"))
    assert (first.channel, first.languages, first.sherloc_id) == ("direct", ("mn", "en"), "cna-12")
    assert first.address == "Ulaanbaatar,\nKhuvisgalchdyn 5"
    assert (second.line, second.state, second.role, second.sherloc_id) == (4, "IT", "central", None)


@pytest.mark.parametrize("form", ["semicolon", "tab", "utf-8-sig", "utf-16", "crlf"])
def test_files_of_office_programs_are_read_as_they_save_them(form: str) -> None:
    text = "state,name,languages\nFR,Ministère de la Justice,fr\n"
    text = text.replace(",", {"semicolon": ";", "tab": "\t"}.get(form, ","))
    text = text.replace("\n", "\r\n") if form == "crlf" else text
    (one,) = read_directory(text.encode(form if form.startswith("utf") else "utf-8")).authorities
    assert (one.state, one.name, one.languages) == ("FR", "Ministère de la Justice", ("fr",))


def test_a_workbook_gives_what_the_same_table_as_text_gives() -> None:
    rows = [
        ["State", "Name", "SHERLOC id", "Phone"],
        [],
        ["FR", "Ministère de la Justice", 12.0, 331000],
        ["EG", "وزارة العدل"],
    ]
    one, other = read_directory(workbook(*rows)).authorities
    assert (one.line, one.name, one.sherloc_id, one.phone) == (3, "Ministère de la Justice", "12", "331000")
    assert (other.line, other.state, other.name) == (4, "EG", "وزارة العدل")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ZZ,Court,,,,,,,,,,,", "Line 2: 'ZZ' is no State: write its two letters"),
        (",Court,,,,,,,,,,,", "Line 2: '' is no State"),
        ("FR,,,,,,,,,,,,", "Line 2: the name is missing"),
        (
            "FR,Court,,chief,,,,,,,,,",
            "Line 2: 'chief' is not known in the column 'role': use one of: central, competent.",
        ),
        ("FR,Court,,,,pigeon,,,,,,,", "'pigeon' is not known in the column 'channel'"),
        ("FR,Court,,,theft,,,,,,,,", "'theft' is not known in the column 'matters'"),
        ("FR,Court,,,,,french,,,,,,", "'french' is no language: write BCP 47"),
        ("FR,Court,,,,,,,nowhere,,,,", "the e-mail address is none"),
        ("FR,Court,,,,,,,,,,,,too many", "more cells than the first line"),
        (f"FR,{'x' * 301},,,,,,,,,,,", "the cell 'name' is too long: shorten it to 300"),
        ('FR,"Court" of,,,,,,,,,,,', "Line 2: it cannot be read"),
    ],
)
def test_a_wrong_line_is_named_with_problem_and_remedy(line: str, words: str) -> None:
    assert words in faults(f"{HEAD}\n{line}\n")[0]


def test_every_wrong_line_is_named_at_once_and_nothing_is_taken() -> None:
    named = faults("state,name\nFR,Court\nZZ,Court\nEG,\nFR,the COURT\n")
    assert [one.partition(":")[0] for one in named] == ["Line 3", "Line 4", "Line 5"]
    assert "this authority stands in line 2 already" in named[2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the column 'state' is missing"),
        ("state,nmae\nFR,Court\n", "the column 'nmae' is not known"),
        ("state,name,name\nFR,a,b\n", "the column 'name' stands there twice"),
        ("state,name\n\n", "no authority is listed"),
        (
            "state,name\nFR,Minist\xe8re\n".encode("latin-1"),
            "Line 2: it is not UTF-8 text: save the file as “CSV UTF-8”",
        ),
        (b"state,name\nFR,a\0b\n", "Line 2: it is no text"),
        (b"PK\x03\x04 no workbook", "the workbook is damaged"),
    ],
)
def test_a_file_that_is_no_directory_is_refused_with_its_line(content: str | bytes, words: str) -> None:
    assert any(words in fault for fault in faults(content))


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 101_000_000)
    assert "unpacks to too much" in faults(buffer.getvalue())[0]


def test_entities_in_a_workbook_are_not_expanded() -> None:
    plain, bomb = io.BytesIO(workbook(["state", "name"], ["FR", "Court"])), io.BytesIO()
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(bomb, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            if part.endswith("sheet1.xml"):
                text = text.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
            after.writestr(part, text)
    assert "the workbook is damaged" in faults(bomb.getvalue())[0]


def test_more_lines_than_a_directory_has_are_refused() -> None:
    text = "state,name\n" + "".join(f"FR,Court {number}\n" for number in range(MOST_ROWS + 1))
    assert faults(text) == [f"Line {MOST_ROWS + 2}: the file has more than 50,000 lines: import the part you need."]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_directory_or_refused_by_line(content: bytes) -> None:
    try:
        assert read_directory(content).authorities
    except DirectoryFault as refused:
        assert refused.faults
        assert all(fault.line >= 1 for fault in refused.faults)
