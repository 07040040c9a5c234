"""The laws that letters cite, with the offences of their articles (provisions.yaml), and how their names are found."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from classifier.citations import CitationWords, Reading, normalise, read

WHOLE = "*"  #: stands in place of articles where a law as a whole is about one offence
_KEY_SIZES = (6, 4, 3, 2, 1)
_YEAR = r"(?:[\s,(/]{0,3}(?:(?:of|de|del|din|от|tahun|rok\w*)\s)?(?P<year>(?:1[89]|20)\d\d)(?!\w))?"
_GROWN_ON = re.compile(r"[وفبلك]{1,2}(?:ال)?|ال|[ובלהמשכ]{1,2}")
_PIECES = re.compile(r"\.\s?|\s+|[*#;]|[^.\s*#;]+")
_UNBOUND = re.compile(r"[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af]")
_START = re.compile(r"(?<![\w])[\w\u0900-\u097f]|[\u3040-\u9fff\uac00-\ud7af]|[\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """One law with the offences of its articles."""

    state: str | None  #: ISO 3166-1 alpha-2; None for a treaty
    is_code: bool  #: the State's criminal code, which letters also name as "criminal code"
    year: int | None
    offences: Mapping[str, str]  #: offence -> articles as written in provisions.yaml

    def codes(self, article: str) -> tuple[str, ...]:
        """Return the offences of an article, given in the spelling of ``normalise``."""
        return _table(self).get(article, ())

    def holds(self, article: str) -> bool:
        return article in _table(self)


@dataclass(frozen=True, eq=False)
class LawName:
    """A name that letters use for a law."""

    text: str
    laws: tuple[Law, ...]  #: that it means; empty for a criminal code in general or a law without offences
    code_languages: frozenset[str]  #: of a name for any State's criminal code
    capitals: bool  #: so short that only its capitals tell it from a word
    pattern_source: str
    refers_back: bool = False  #: "the same Code": means what the law named before it means

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.pattern_source)


@dataclass(frozen=True, slots=True)
class LawMention:
    """A law named in a text."""

    name: LawName
    laws: tuple[Law, ...]
    year: int | None
    start: int  #: in the folded text
    end: int  #: exclusive


@dataclass(frozen=True, eq=False)
class State:
    """A State whose laws are known."""

    code: str  #: ISO 3166-1 alpha-2
    languages: frozenset[str]  #: that its letters are written in
    mentions_source: str  #: pattern of what letters call it
    laws: tuple[Law, ...]

    @cached_property
    def mentions(self) -> re.Pattern[str]:
        return re.compile(self.mentions_source)


@dataclass(frozen=True)
class Statutes:
    """All laws and the words they are cited with."""

    states: Mapping[str, State]
    words: CitationWords
    _names: Mapping[str, tuple[LawName, ...]]  #: by first letters
    _numbered: Mapping[str, tuple[Law, ...]]  #: by number of the law

    @cached_property
    def codes(self) -> tuple[Law, ...]:
        """The criminal codes of all States."""
        return tuple(law for state in self.states.values() for law in state.laws if law.is_code)

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(key[:2] for key in self._names)

    def find_laws(self, reading: Reading) -> Iterator[LawMention]:
        """Yield the laws that a text names, in order, the longest name where several begin."""
        folded, at, heads = reading.folded, 0, self._heads
        for match in _START.finditer(folded):
            start = match.start()
            # Most words begin no name; Arabic and Hebrew words may hide one behind a grown-on particle.
            known = (
                folded[start : start + 2] in heads or folded[start] in heads or "\u0590" <= folded[start] <= "\u06ff"
            )
            if start < at or not known:
                continue
            mention = self._match(reading, start)
            if mention is not None:
                yield mention
                at = mention.end

    def _match(self, reading: Reading, at: int) -> LawMention | None:
        best = self._match_at(reading, at)
        if "\u0590" <= reading.folded[at] <= "\u06ff" and (grown := _GROWN_ON.match(reading.folded, at)):
            for place in range(at + 1, grown.end() + 1):
                mention = self._match_at(reading, place)
                if mention is not None and (best is None or mention.end > best.end):
                    best = mention
        return best

    def _match_at(self, reading: Reading, at: int) -> LawMention | None:
        folded, best = reading.folded, None
        for size in _KEY_SIZES:
            for name in self._names.get(folded[at : at + size], ()):
                match = name.pattern.match(folded, at)
                if match is None or (best is not None and match.end() <= best.end):
                    continue
                if not name.capitals or _has_capitals(reading, at, name.text):
                    best = self._mention(name, match)
        return best

    def _mention(self, name: LawName, match: re.Match[str]) -> LawMention:
        groups = match.groupdict()
        laws = self._by_number(groups["number"], groups.get("of")) if groups.get("number") else name.laws
        year = groups.get("year")
        return LawMention(name, laws, int(year) if year else None, match.start(), match.end())

    def _by_number(self, number: str, year: str | None) -> tuple[Law, ...]:
        plain = number.replace(".", "").replace(" ", "")
        keys = [f"{plain}/{year[-2:]}", plain] if year else [plain]
        return next((self._numbered[k] for k in keys if k in self._numbered), ())


@cache
def load_statutes() -> Statutes:
    """Return the laws that come with the package; they are read once."""
    text = files(__package__).joinpath("provisions.yaml").read_text(encoding="utf-8")
    return _Builder(yaml.load(text, Loader=yaml.CSafeLoader)).build()


class _Builder:
    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = raw
        self._laws_by_name: dict[str, list[Law]] = defaultdict(list)
        self._languages_by_name: dict[str, set[str]] = defaultdict(set)
        self._numbered: dict[str, list[Law]] = defaultdict(list)
        self._others: dict[str, None] = {}
        self._same: set[str] = set()

    def build(self) -> Statutes:
        raw = self._raw
        states = {code: self._state(code, entry) for code, entry in raw["states"].items()}
        for entry in raw["treaties"]:
            self._law(None, entry)
        for languages, names in raw["criminal_code_names"].items():
            for name in _split(names):
                self._languages_by_name[name].update(languages.split())
        for names in raw["other_laws"].values():
            self._others.update(dict.fromkeys(_split(names)))
        self._same.update(_split(raw["other_laws"]["same"]))
        words = {kind: tuple(read(w).folded for w in " ".join(lines).split()) for kind, lines in raw["words"].items()}
        words = {
            kind: tuple(sorted((w.replace("_", " ") for w in entries), key=len, reverse=True))
            for kind, entries in words.items()
        }
        return Statutes(
            states=states,
            words=CitationWords(**words),
            _names=self._index_names(),
            _numbered={k: tuple(v) for k, v in self._numbered.items()},
        )

    def _state(self, code: str, entry: dict[str, Any]) -> State:
        laws = tuple(self._law(code, law) for law in entry["laws"])
        mentions = "|".join(_body(m) + _end(m) for m in _split(entry["mentions"]))
        return State(code, frozenset(entry["languages"].split()), rf"(?<![^\W\d_])(?:{mentions})", laws)

    def _law(self, state: str | None, entry: dict[str, Any]) -> Law:
        offences = {code: str(articles) for code, articles in entry["offences"].items()}
        law = Law(state, "code" in entry, entry.get("code") or entry.get("year"), offences)
        for name in _split(entry.get("names", "")):
            self._laws_by_name[name].append(law)
        for number in str(entry.get("numbers", "")).split():
            head, _, year = number.partition("/")
            self._numbered[f"{head}/{year[-2:]}" if year else head].append(law)
            if year and len(head) > 3:
                self._numbered[head].append(law)
        return law

    def _index_names(self) -> dict[str, tuple[LawName, ...]]:
        same: dict[str, list[str]] = defaultdict(list)
        for text in {**self._laws_by_name, **self._languages_by_name, **self._others}:
            same[read(text).folded].append(text)
        index: dict[str, list[LawName]] = defaultdict(list)
        for folded, texts in same.items():
            laws = tuple(law for text in texts for law in self._laws_by_name.get(text, ()))
            languages = frozenset(c for text in texts for c in self._languages_by_name.get(text, ()))
            is_short = len(re.sub(r"\W", "", folded)) <= 4 and all(text[0].isupper() for text in texts)
            takes_year = not any(re.search(r"\b(?:1[89]|20)\d\d\b", a) for law in laws for a in law.offences.values())
            source = _source(texts[0], takes_year=takes_year)
            name = LawName(texts[0], laws, languages, is_short, source, texts[0] in self._same)
            first = re.split(r"[^\w\u0900-\u097f\u0e00-\u0e7f]", folded.replace("*", " "))[0]
            index[first[: next(s for s in _KEY_SIZES if s <= len(first))]].append(name)
        return {key: tuple(names) for key, names in index.items()}


def _has_capitals(reading: Reading, at: int, name: str) -> bool:
    start = reading.place(at)
    letters = [c for c in name if c.isalpha()]
    return reading.original[start : start + len(letters) if name.isupper() and name.isalpha() else start + 1].isupper()


def _split(names: str) -> list[str]:
    return [name for part in names.split(",") if (name := " ".join(part.split()))]


def _source(name: str, *, takes_year: bool) -> str:
    """Return the pattern of a name: ``*`` ends a word in any way, ``#`` is the number of a law."""
    body = _body(name)
    if "#" in name:
        return body
    return body + _end(name) + (_YEAR if takes_year and not _UNBOUND.match(name[-1]) else "")


def _end(name: str) -> str:
    return "" if name.endswith("*") or _UNBOUND.match(name[-1]) else r"(?![^\W\d_])"


def _body(name: str) -> str:
    pieces = []
    for piece in _PIECES.findall(read(name).folded):
        if piece.startswith("."):
            pieces.append(r"\.?\s{0,2}")
        elif piece.isspace():
            pieces.append(r"[\s\-]{1,3}")
        elif piece == ";":
            pieces.append(",?")
        elif piece == "*":
            pieces.append(r"\w*")
        elif piece == "#":
            pieces.append(
                r"(?P<number>\d[\d.]*(?:-\d{2,3})?)"
                r"(?:\s?(?:[/-]|of|de|del|di|din|لسنه|tahun|от\s\d\d\.\d\d\.|\((?:n[°o]\.?)?)\s?(?P<of>\d{4}|\d\d))?(?!\d)"
            )
        else:
            pieces.append(re.escape(piece))
    return "".join(pieces)


@cache
def _table(law: Law) -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for code, articles in law.offences.items():
        for entry in articles.split(","):
            first, _, last = entry.strip().partition("..")
            for article in expand(normalise(read(first).folded), normalise(read(last).folded) if last else None):
                table[article].append(code)
    return {article: tuple(codes) for article, codes in table.items()}


def expand(first: str, last: str | None) -> list[str]:
    """Return the articles from first to last; both in the spelling of ``normalise``.

    >>> expand("432-10", "432-12"), expand("17", None)
    (['432-10', '432-11', '432-12'], ['17'])
    """
    if last is None:
        return [first]
    head, left = re.match(r"(.*?)(\d*)$", first).groups()  # type: ignore[union-attr]
    right = re.search(r"(\d*)$", last).group()  # type: ignore[union-attr]
    if not left or not right or not int(left) < int(right) <= int(left) + 40:
        return [first, last]
    return [f"{head}{n}" for n in range(int(left), int(right) + 1)]
