"""One line of a directory: its cells become an authority, or faults that name line, problem and remedy."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pycountry

from intake.routing.directory import Channel, DirectoryAuthority, Role, words_of

NEEDED = ("state", "name")
COLUMNS = (
    *NEEDED, "other_names", "role", "matters", "channel", "languages", "address", "email", "phone", "website",
    "sherloc_id", "note",
)  # fmt: skip
MATTERS = (
    "mutual_legal_assistance", "extradition", "transfer_of_sentenced_persons", "asset_recovery", "drug_trafficking",
    "corruption", "organised_crime", "civil",
)  # fmt: skip
_LONGEST = {"name": 300, "other_names": 2000, "address": 1000, "note": 2000}
_LONGEST_OTHER = 200  #: characters of any other cell
_LANGUAGE = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one line."""

    line: int  #: 1-based
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.problem}: {self.remedy}."


def read_row(line: int, cells: Mapping[str, str]) -> tuple[DirectoryAuthority | None, list[RowFault]]:
    """Make an authority of a line, or say what is wrong with it."""
    row = {name: _CONTROLS.sub("", cells.get(name, "")).strip() for name in COLUMNS}
    faults = [RowFault(line, problem, remedy) for problem, remedy in _faults(row)]
    if faults:
        return None, faults
    channel: Any = row["channel"].lower().replace(" ", "_") or None
    role: Any = row["role"].lower() or "central"
    return DirectoryAuthority(
        line=line,
        state=str(_state(row["state"])),
        name=row["name"],
        other_names=_listed(row["other_names"]),
        role=role,
        matters=tuple(matter.lower().replace(" ", "_") for matter in _listed(row["matters"])),
        channel=channel,
        languages=_listed(row["languages"]),
        address=row["address"],
        email=row["email"],
        phone=row["phone"],
        website=row["website"],
        sherloc_id=row["sherloc_id"] or None,
        note=row["note"],
    ), []


def _faults(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in row.items():
        longest = _LONGEST.get(name, _LONGEST_OTHER)
        if len(text) > longest:
            yield f"the cell {name!r} is too long", f"shorten it to {longest} characters"
    if not row["name"]:
        yield "the name is missing", "write it in the column 'name'"
    if _state(row["state"]) is None:
        yield f"{row['state'][:40]!r} is no State", "write its two letters of ISO 3166-1, such as FR"
    yield from _unlisted(row, "role", get_args(Role))
    yield from _unlisted(row, "channel", get_args(Channel))
    yield from _unlisted(row, "matters", MATTERS)
    for language in _listed(row["languages"]):
        if not _is_language(language):
            yield f"{language[:40]!r} is no language", "write BCP 47 codes, such as fr; ar; sr-Latn"
    if row["email"] and not all(_EMAIL.fullmatch(one) for one in _listed(row["email"])):
        yield "the e-mail address is none", "write name@host.example, several with a semicolon between them"


def _unlisted(row: Mapping[str, str], name: str, known: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in _listed(row[name]):
        if text.lower().replace(" ", "_") not in known:
            yield f"{text[:40]!r} is not known in the column {name!r}", "use one of: " + ", ".join(known)


def _state(text: str) -> str | None:
    """ISO 3166-1 alpha-2 code of a State given by code or name."""
    if text.upper() == "XK":
        return "XK"
    try:
        found: Any = pycountry.countries.lookup(text)
    except LookupError:
        return None
    return str(found.alpha_2)


def _is_language(text: str) -> bool:
    known = _LANGUAGE.fullmatch(text)
    code = known[1] if known else ""
    return bool(code) and pycountry.languages.get(**{f"alpha_{len(code)}": code}) is not None


def _listed(text: str) -> tuple[str, ...]:
    """Entries of a cell with a semicolon between them."""
    return tuple(entry.strip() for entry in text.split(";") if entry.strip())


def repeated(listed: Sequence[DirectoryAuthority]) -> Iterator[RowFault]:
    """Authorities that stand in the file twice."""
    first: dict[tuple[str, tuple[str, ...]], int] = {}
    for one in listed:
        line = first.setdefault((one.state, words_of(one.name)), one.line)
        if line != one.line:
            yield RowFault(one.line, f"this authority stands in line {line} already", "keep one of the two")
