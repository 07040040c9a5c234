"""Written passages: single sentences with what they ask, name or tell, and letters composed of them.

A composed letter is what a letter is to the classifier: passages of several purposes in an order that letters have.
Every asking or naming passage stands in one composed letter only: letters may be split and no passage stands on
both sides.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from classifier.folding import fold, split_words
from classifier.samples import OTHER_KINDS, ROLES, SampleError, Span, TrainingLetter, is_in_script
from classifier.taxonomy import load_taxonomy

#: what a passage may be beside the roles of a span: a case's facts, formalities, the gist of a message of some kind
PLAIN_ROLES = ("fact", "formal", "kind")
#: Where a composed letter comes from: such letters are learnt from, never judged by.
COMPOSED = "composed"
#: how many passages of one purpose a letter has, and how often each number
_ASKED, _NAMED = ((1, 42), (2, 33), (3, 17), (4, 8)), ((1, 35), (2, 45), (3, 20))
_MARKS = ("{}. ", "{}) ", "({}) ", "- ", "• ", "{} ", "")
_CIVIL = frozenset({"civil_or_commercial", "family_or_maintenance"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """One passage as somebody wrote it."""

    id: str
    language: str
    role: str  #: a role of spans or one of ``PLAIN_ROLES``
    codes: tuple[str, ...]  #: what it asks, names or tells of; for ``kind`` the document kind
    text: str


def load_phrases(directory: Path) -> list[Phrase]:
    """Read and check every ``*.jsonl`` in a directory.

    Raises:
        SampleError: when a line cannot be used, or two are nearly the same; names file and line.
    """
    phrases = []
    for path in sorted(directory.glob("*.jsonl")):
        seen: dict[frozenset[str], int] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                phrase = _read_line(line, f"{path.name}, line {number}")
                words = frozenset(split_words(fold(phrase.text)))
                if words in seen:
                    raise SampleError(f"{path.name}, line {number}: the same words stand in line {seen[words]}")
                seen[words] = number
                phrases.append(phrase)
    return phrases


def compose_letters(phrases: Iterable[Phrase], seed: int) -> list[TrainingLetter]:
    """Compose letters of the phrases of each language; the same phrases and seed give the same letters."""
    by_language: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_language.setdefault(phrase.language, []).append(phrase)
    return [letter for language in sorted(by_language) for letter in _compose(language, by_language[language], seed)]


def _read_line(line: str, place: str) -> Phrase:
    try:
        raw: dict[str, Any] = json.loads(line)
        phrase = Phrase(
            str(raw["id"]), str(raw["language"]), str(raw["role"]), tuple(raw["codes"]), str(raw["text"]).strip()
        )
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise SampleError(f"{place}: not a passage ({type(error).__name__})") from error
    taxonomy = load_taxonomy()
    if phrase.role not in ROLES + PLAIN_ROLES:
        raise SampleError(f"{place}: unknown role {phrase.role!r}")
    types, offences = taxonomy.codes("request_type"), taxonomy.codes("offence")
    pool = {"ask": types, "offence": offences, "kind": tuple(OTHER_KINDS)}.get(phrase.role, types + offences)
    for code in phrase.codes:
        if code not in pool:
            raise SampleError(f"{place}: unknown code {code!r}")
    if not phrase.text or (phrase.role in ("ask", "offence", "kind") and not phrase.codes):
        raise SampleError(f"{place}: text or code is missing")
    if not is_in_script(phrase.text, phrase.language):
        raise SampleError(f"{place}: the text is not in the script of {phrase.language!r}")
    return phrase


class _Pool:
    """Passages of one purpose, handed out in turn and, when ``again``, from the beginning when all were."""

    def __init__(self, phrases: Sequence[Phrase], chance: Random, *, again: bool) -> None:
        self._phrases, self._again, self._at = list(phrases), again, 0
        chance.shuffle(self._phrases)

    def take(self, count: int, taken: frozenset[str] = frozenset()) -> list[Phrase]:
        """Return up to ``count`` passages of codes that differ from one another and from those taken."""
        chosen: list[Phrase] = []
        used = set(taken)
        for _ in range(min(4 * count, len(self._phrases))):
            if self._at >= len(self._phrases):
                if not self._again:
                    break
                self._at = 0
            phrase = self._phrases[self._at]
            if used & set(phrase.codes) and not self._again:
                # Another letter takes it: it goes to the end of those that wait.
                self._phrases.append(self._phrases.pop(self._at))
                continue
            self._at += 1
            chosen.append(phrase)
            used |= set(phrase.codes)
            if len(chosen) == count:
                break
        return chosen

    def __bool__(self) -> bool:
        return self._at < len(self._phrases)


def _compose(language: str, phrases: Sequence[Phrase], seed: int) -> Iterator[TrainingLetter]:
    chance = Random(f"{seed} {language}")  # noqa: S311 (nothing secret is drawn)
    roles = {role: [p for p in phrases if p.role == role] for role in ROLES + PLAIN_ROLES}
    asked, named = (_Pool(roles[role], chance, again=False) for role in ("ask", "offence"))
    rest = {role: _Pool(roles[role], chance, again=True) for role in roles if role not in ("ask", "offence")}
    number = 0
    kinds = [named.take(chance.choice((0, 1, 1))) for _ in roles["kind"]]
    while asked:
        number += 1
        asks, offences = asked.take(_draw(_ASKED, chance)), named.take(_draw(_NAMED, chance))
        yield _letter(language, number, [*asks], offences, rest, chance)
    for phrase, offences in zip(roles["kind"], kinds, strict=True):
        number += 1
        yield _letter(language, number, [phrase], offences, rest, chance)


def _draw(weights: Sequence[tuple[int, int]], chance: Random) -> int:
    return chance.choices([n for n, _ in weights], [w for _, w in weights])[0]


def _letter(
    language: str,
    number: int,
    gist: Sequence[Phrase],
    offences: Sequence[Phrase],
    rest: dict[str, _Pool],
    chance: Random,
) -> TrainingLetter:
    """Put passages into the order of a letter: opening, case, what was done before, what is asked, formalities.

    ``gist`` is what the letter asks, or the one passage that says what kind of message it is.
    """
    kind = gist[0].codes[0] if gist[0].role == "kind" else None
    asks = [] if kind else gist
    types = list(dict.fromkeys(code for phrase in asks for code in phrase.codes))
    # What is asked must not stand there as something done or not asked as well.
    before = [p for role in ("past", "context", "announced") for p in rest[role].take(chance.choice((0, 0, 1)))]
    before += rest["fact"].take(chance.choice((0, 1, 1, 2)))
    after = [p for role in ("negated", "statute", "option") for p in rest[role].take(chance.choice((0, 0, 0, 1)))]
    after += rest["formal"].take(chance.choice((0, 1, 2)))
    opening = list(gist) if kind else rest["formal"].take(chance.choice((0, 1)))
    middle = [*before, *offences]
    chance.shuffle(middle)
    parts = [[*opening], middle, list(asks), after]
    if chance.random() < 0.3 and not kind:
        parts = [[*opening], list(asks), middle, after]
    text, spans = _write(parts, asks, chance)
    codes = list(dict.fromkeys(code for phrase in offences for code in phrase.codes))
    return TrainingLetter(
        id=f"{language}-{COMPOSED}-{number}",
        language=language,
        template=f"{language}-{COMPOSED}-{number}",
        kind=kind or "request",
        is_request=kind is None,
        civil=bool(_CIVIL & set(codes)) and set(codes) <= _CIVIL,
        request_types=tuple(types) or ("other",),
        offences=tuple(codes),
        spans=tuple(spans),
        text=text,
        origin=COMPOSED,
    )


def _write(parts: Sequence[Sequence[Phrase]], asks: Sequence[Phrase], chance: Random) -> tuple[str, list[Span]]:
    mark = chance.choice(_MARKS) if len(asks) > 1 else ""
    text, spans, item = "", [], 0
    for part in parts:
        joint = chance.choice(("\n\n", "\n", " "))
        for phrase in part:
            listed = bool(mark) and phrase in asks
            text += ("\n" if listed else joint) if text else ""
            if listed:
                item += 1
                text += mark.format(item)
            start = len(text)
            text += phrase.text
            if phrase.role in ROLES:
                spans += [Span(phrase.role, code, start, len(text)) for code in phrase.codes or (None,)]
        text += "\n" if text else ""
    return text.rstrip("\n"), spans
