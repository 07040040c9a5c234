"""Ways to look for something in a request: words, patterns, what was read already; and what their absence proves."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from intake.describing.cues import Cues
from intake.describing.signs import Signs
from intake.describing.text import LetterText, Span
from intake.values import Evidence, Metadata

State = Literal["found", "missing", "unsure"]
Answer = tuple[State, tuple[Evidence, ...]]
#: The words that show something; else whether their absence means anything.
Look = Callable[["Case"], Evidence | bool]

#: A full-width text says in one character what takes two or three letters elsewhere.
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2}|[\u0e00-\u0e7f]{5}|[^\W\d_\u3040-\u9fff\u0e00-\u0e7f]+")
SENTENCE = 10  #: characters that end with a stop; a shorter line is an abbreviation
CLOSING_LINE = 45  #: characters; lines of the closing are not longer


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at."""

    text: LetterText
    cues: Cues
    signs: Signs
    metadata: Metadata
    types: frozenset[str]  #: codes of the request types
    kinds: frozenset[str]  #: of the documents in the scan
    legible: bool

    @property
    def words(self) -> int:
        return sum(1 for _ in _WORD.finditer(self.text.folded))

    @property
    def body_start(self) -> int:
        """Where the letterhead and the addressee are over: the paragraph of the first whole sentence."""
        for line in self.text.lines:
            if line.start >= self.text.body_start:
                break
            if line.end - line.start >= SENTENCE and self.text.folded[line.end - 1] in ".。:":
                return max(0, self.text.folded.rfind("\n\n", 0, line.start))
        return min(self.text.body_start, len(self.text.folded) // 2)

    @property
    def body_end(self) -> int:
        """Where the short lines of the closing begin: formula, office, name, seal."""
        lines = [line for line in self.text.lines if line.end - line.start > CLOSING_LINE]
        return lines[-1].end if lines else len(self.text.folded)

    def names_treaty(self, sentence: Span) -> bool:
        """Whether a sentence names an instrument."""
        return any(sentence.start <= one.start < sentence.end for one in self.signs.of("instrument"))

    def quoted(self, page: int, quote: str) -> Evidence:
        """Words that somebody else found."""
        return Evidence(page, quote)

    def around(self, start: int, end: int) -> Evidence:
        """The sentence around some words."""
        sentence = self.text.sentence_at(start, end)
        return self.text.evidence(sentence.start, sentence.end)


def sign(name: str) -> Look:
    """Look for words of ``signs.yaml``."""

    def look(case: Case) -> Evidence | bool:
        found = case.signs.of(name)
        return case.around(found[0].start, found[0].end) if found else case.signs.covers(name)

    return look


def told(look_for: str) -> Look:
    """Look for words of ``signs.yaml`` in the body, where they do not belong to the name of a treaty."""

    def look(case: Case) -> Evidence | bool:
        for found in case.signs.of(look_for):
            sentence = case.text.sentence_at(found.start, found.end)
            asks = case.text.folded[sentence.end : sentence.end + 1] in tuple("?？؟")
            within = case.body_start <= found.start < case.body_end
            if within and not asks and not case.names_treaty(sentence):
                return case.text.evidence(sentence.start, sentence.end)
        return case.signs.covers(look_for)

    return look


def cue(name: str) -> Look:
    """Look for words of ``cues.yaml``, which are known in all languages."""

    def look(case: Case) -> Evidence | bool:
        found = case.cues.of(name)
        return case.around(found[0].start, found[0].end) if found else True

    return look


def pattern(wanted: re.Pattern[str], *, times: int = 1) -> Look:
    """Look for something that is written alike in all languages."""

    def look(case: Case) -> Evidence | bool:
        found = [match.span() for match in wanted.finditer(case.text.folded)]
        return case.around(*found[0]) if len(found) >= times else True

    return look


def stated(*names: str) -> Look:
    """Look among the lists of the metadata."""

    def look(case: Case) -> Evidence | bool:
        for name in names:
            given: Sequence[Any] = getattr(case.metadata, name)
            if given:
                said = getattr(given[0], "value", None) or given[0].name
                evidence: tuple[Evidence, ...] = (*given[0].evidence, Evidence(1, said))
                return evidence[0]
        return True

    return look


def either(*looks: Look) -> Look:
    """Any of several is enough; none of them is an absence only where each would have shown."""

    def look(case: Case) -> Evidence | bool:
        sure = True
        for one in looks:
            found = one(case)
            if isinstance(found, Evidence):
                return found
            sure = sure and found
        return sure

    return look


def all_of(*looks: Look) -> Callable[[Case], Answer]:
    """A rule that wants each of several."""

    def rule(case: Case) -> Answer:
        answers = [look(case) for look in looks]
        if all(isinstance(answer, Evidence) for answer in answers):
            return "found", tuple({answer: None for answer in answers if isinstance(answer, Evidence)})
        return ("missing" if case.legible and True in answers else "unsure"), ()

    return rule


def stated_value(name: str) -> Look:
    """Look at one value of the metadata."""

    def look(case: Case) -> Evidence | bool:
        said = getattr(case.metadata, name)
        evidence: tuple[Evidence, ...] = said.evidence or (Evidence(1, str(said.value)),)
        return evidence[0] if said.value is not None else True

    return look
