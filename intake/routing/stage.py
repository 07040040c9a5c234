"""The stage of the proceedings: investigation, trial or enforcement, concluded from what a letter asks and says."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import ahocorasick  # type: ignore[import-not-found]
import yaml

from intake.routing.profile import Stage
from intake.values import Reason

#: Measures that nobody asks for before there is a judgment or an order to enforce.
ENFORCEMENT = frozenset({"confiscation_or_forfeiture", "asset_recovery_return", "transfer_of_sentenced_persons"})
_LONGEST_TEXT = 200_000  #: characters looked at
_BY_WORDS: tuple[Stage, ...] = ("investigation", "trial", "enforcement")


@dataclass(frozen=True, slots=True)
class StageFound:
    """The stage, and what shows it."""

    stage: Stage
    because: Reason | None = None  #: None when unknown


def find_stage(request_types: Collection[str], is_before_hearing: bool, origin: str, text: str) -> StageFound:
    """Conclude the stage; ``unknown`` when nothing tells it, or the words tell two stages alike.

    Args:
        request_types: all that the letter asks for.
        is_before_hearing: whether the deadline is a hearing.
        origin: name of the requesting authority, lower case.
        text: of the request, lower case.
    """
    if ENFORCEMENT & set(request_types):
        return StageFound("enforcement", Reason("stage_by_measure"))
    if is_before_hearing:
        return StageFound("trial", Reason("stage_by_hearing"))
    words = {stage: _words_of(stage, origin, text) for stage in _BY_WORDS}
    if _words_of("investigation", origin, ""):
        # A prosecutor's office or an investigating judge often has the name of a court in its own.
        words["trial"] = _words_of("trial", "", text)
    ranked = sorted(_BY_WORDS, key=lambda stage: -len(words[stage]))
    if len(words[ranked[0]]) == len(words[ranked[1]]):
        return StageFound("unknown")
    return StageFound(ranked[0], Reason("stage_by_words", {"words": tuple(sorted(words[ranked[0]]))}))


def _words_of(stage: Stage, origin: str, text: str) -> set[str]:
    """What of the stage's words stands in the authority's name and in the text."""
    return {
        word
        for matcher, where in zip(_matchers()[stage], (origin, text[:_LONGEST_TEXT]), strict=True)
        if matcher
        for word in _found(matcher, " ".join(where.split()))
    }


def _found(matcher: ahocorasick.Automaton, text: str) -> Iterator[str]:
    """Words that stand in a text; where the script divides words, at the beginning of one."""
    for end, word in matcher.iter(text):
        before = end - len(word)
        if not divides_words(word) or before < 0 or not text[before].isalnum():
            yield word


@lru_cache(maxsize=1)
def _matchers() -> dict[str, tuple[ahocorasick.Automaton | None, ahocorasick.Automaton | None]]:
    text = files("intake.routing").joinpath("stages.yaml").read_text(encoding="utf-8")
    content: dict[str, dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return {stage: (_matcher(lists.get("origin")), _matcher(lists.get("text"))) for stage, lists in content.items()}


def _matcher(words: list[str] | None) -> ahocorasick.Automaton | None:
    if not words:
        return None
    matcher = ahocorasick.Automaton()
    for word in words:
        matcher.add_word(word.lower(), word.lower())
    matcher.make_automaton()
    return matcher


def divides_words(text: str) -> bool:
    """Whether the script of a text puts spaces between words and joins nothing to their beginning."""
    return text[0] < "\u0590" or "\u0900" <= text[0] < "\u0e00"


def looked_for(word: str) -> str:
    """Pattern of a word's beginning; without a boundary where the script writes none.

    >>> bool(re.search(looked_for("court"), "the courts")), bool(re.search(looked_for("court"), "a discourteous man"))
    (True, False)
    """
    return (r"\b" if divides_words(word) else "") + r"\s+".join(map(re.escape, word.lower().split()))
