"""The names gathered from the libraries (``gather_names.py``), read once."""

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_NAMES = Path(__file__).with_name("names.json.gz")


@dataclass(frozen=True, slots=True)
class Names:
    """Names by language (BCP 47), all folded; States as ISO 3166-1 alpha-2 codes."""

    states: dict[str, dict[str, str]]  #: language -> name -> code
    adjectives: dict[str, dict[str, str]]  #: language -> adjective or demonym -> code
    speakers: dict[str, dict[str, float]]  #: language -> code -> share of its speakers, 0..1
    cities: dict[str, str]  #: name in any script -> code
    months: dict[str, dict[str, int]]  #: language -> name -> month, 1..12
    calendars: dict[str, dict[str, int]]  #: calendar -> month name -> month
    numbers: dict[str, dict[str, int]]  #: language -> words -> number
    calling_codes: dict[str, str]  #: telephone country code -> State
    nowruz: dict[str, int]  #: Jalali year -> day of March on which it begins


@lru_cache(maxsize=1)
def load_names() -> Names:
    """Return the names; the file is read at the first call."""
    return Names(**json.loads(gzip.decompress(_NAMES.read_bytes())))


def in_languages(
    table: dict[str, dict[str, int]], languages: Sequence[str], also: Iterable[str] = ()
) -> dict[str, int]:
    """Merge the entries of several languages, the first language's word going before the others'."""
    merged: dict[str, int] = {}
    for language in (*languages, *(tag.split("-")[0] for tag in languages), *also):
        for name, value in table.get(language, {}).items():
            merged.setdefault(name, value)
    return merged
