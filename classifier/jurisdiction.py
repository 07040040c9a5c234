"""Decides which State's law a name means in a letter: "Criminal Code" stands in a hundred statute books."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from classifier.citations import Reading
from classifier.statutes import Law, LawMention, load_statutes
from classifier.taxonomy import known_languages

#: How surely a law is meant: its State stands in the name; is the letter's; is the only one of the language; was named
#: with this law before; is the first that the letter names; unknown, but all that it may be agree; no law is named.
EXPLICIT, GIVEN, ALONE, EARLIER, MENTIONED, AGREED, ASSUMED = 0.95, 0.9, 0.85, 0.8, 0.5, 0.3, 0.25
_BESIDE_BEFORE, _BESIDE_AFTER = 22, 32  #: folded characters around a law's name in which its State may stand
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")
_SAME = {"nb": "no", "nn": "no", "prs": "fa", "iw": "he", "in": "id", "fil": "en", "tl": "en"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """The laws that a name may stand for in a letter, and how surely."""

    laws: tuple[Law, ...]  #: in the order in which articles are looked up
    certainty: float  #: 0..1
    others: tuple[Law, ...] = ()  #: that it may mean should those not hold the article


_NOTHING = Meaning((), 0.0)


class Jurisdiction:
    """The States whose law a letter may speak of."""

    def __init__(self, reading: Reading, language: str | None, state: str | None) -> None:
        self._folded = reading.folded
        self._states = load_statutes().states
        self._languages = _language_codes(language)
        self._state = state
        self._explicit: str | None = None  #: the State last named beside a law

    def resolve(self, mentions: Iterable[LawMention]) -> list[Meaning]:
        """Return the meaning of each mention; they are given in the order of the text."""
        meanings: list[Meaning] = []
        for mention in mentions:
            is_same = mention.name.refers_back and meanings
            meanings.append(meanings[-1] if is_same else self._resolve(mention))
        return meanings

    def assume(self) -> Meaning:
        """Return the criminal code that articles belong to where no law is named near them."""
        speaking = [code for code, s in self._states.items() if s.languages & self._languages]
        state = self._state or (speaking[0] if len(speaking) == 1 else None)
        laws = self._states[state].laws if state is not None and state in self._states else ()
        return Meaning(_newest([law for law in laws if law.is_code], None)[:1], ASSUMED)

    def _resolve(self, mention: LawMention) -> Meaning:
        own = self._resolve_own(mention) if mention.laws else _NOTHING
        spoken = mention.name.code_languages
        if own.laws or own.others or not spoken:
            return own
        if mention.name.capitals and self._languages and not self._languages & spoken:
            return _NOTHING
        return self._choose(load_statutes().codes, mention, (spoken & self._languages) or spoken)

    def _resolve_own(self, mention: LawMention) -> Meaning:
        """Return the meaning of a name that belongs to certain laws only."""
        states = {law.state for law in mention.laws if law.state is not None}
        if not states:
            return Meaning(mention.laws, EXPLICIT)
        meaning = self._choose(mention.laws, mention, self._languages)
        if meaning is not _NOTHING or len(states) > 1:
            return meaning
        # A number alone names no State; a title does, even in a letter of another.
        return _NOTHING if "#" in mention.name.text else self._of_state(mention.laws, states.pop(), mention, MENTIONED)

    def _choose(self, laws: tuple[Law, ...], mention: LawMention, spoken: frozenset[str]) -> Meaning:
        states = {law.state for law in laws if law.state is not None}
        named = self._named_beside(mention, states)
        if named is not None:
            self._explicit = named
        known = ((named, EXPLICIT), (self._state, GIVEN), (self._explicit, EARLIER))
        for state, certainty in known:
            if state in states:
                return self._of_state(laws, state, mention, certainty)
        if self._state is not None:
            return _NOTHING
        speaking = {s for s in states if self._states[s].languages & spoken}
        if len(speaking) == 1:
            return self._of_state(laws, speaking.pop(), mention, ALONE)
        return self._guess(laws, mention, speaking or states)

    def _guess(self, laws: tuple[Law, ...], mention: LawMention, states: set[str]) -> Meaning:
        first = self._first_mentioned(states)
        others = tuple(law for law in laws if law.state in states and law.state != first)
        if first is None:
            return Meaning((), AGREED, others) if len(states) > 1 else _NOTHING
        return replace(self._of_state(laws, first, mention, MENTIONED), others=others)

    def _of_state(self, laws: Iterable[Law], state: str | None, mention: LawMention, certainty: float) -> Meaning:
        return Meaning(_newest([law for law in laws if law.state == state], mention.year), certainty)

    def _named_beside(self, mention: LawMention, states: set[str]) -> str | None:
        """Return the State named within the law's name or right beside it."""
        after = re.split(r"[;)\d]|\.\s", self._folded[mention.end : mention.end + _BESIDE_AFTER])[0]
        before = re.split(r"[;(,\d]", self._folded[max(0, mention.start - _BESIDE_BEFORE) : mention.start])[-1]
        for stretch in (self._folded[mention.start : mention.end] + after, before):
            named = [(m.start(), s) for s in states if (m := self._states[s].mentions.search(stretch))]
            if named:
                return min(named)[1]
        return None

    def _first_mentioned(self, states: set[str]) -> str | None:
        """Return the State that the letter names first, of those whose law it may be: most often in its letterhead."""
        found = ((s, m) for s in states for m in self._states[s].mentions.finditer(self._folded))
        # Two or three letters may be anything; next to a law's name they are a State's.
        named = [(m.start(), s) for s, m in found if len(m.group()) > 3 or not m.group().isascii()]
        return min(named)[1] if named else None


def _newest(laws: Sequence[Law], year: int | None) -> tuple[Law, ...]:
    """Return the laws in the order in which their articles are looked up: the year named first, else the newest."""
    return tuple(sorted(laws, key=lambda law: (law.year != year, -(law.year or 0))))


def _language_codes(language: str | None) -> frozenset[str]:
    """Return the languages whose States a letter may come from, as provisions.yaml spells them."""
    if language is None:
        return frozenset()
    code = language.lower()
    if code in _TRADITIONAL:
        return frozenset({"zh-hant"})
    own = _SAME.get(code, code).split("-")[0]
    return frozenset({own, *(c.split("-")[0] for c in known_languages(language) if "-" not in c)})
