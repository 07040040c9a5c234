"""Letters that people confirmed or corrected, as the classifier learns from them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from classifier.grouping import group_alike
from classifier.heads import LETTER_HEADS
from classifier.keeping_out import Group
from classifier.model import Model
from classifier.samples import Span, TrainingLetter
from classifier.taxonomy import Facet, known_languages, load_taxonomy
from storage.values import Letter

#: A confirmed letter counts for so many of the training text: it is what really comes.
WEIGHT = 3.0
LEAST_LEGIBLE = 0.5  #: legibility, 0..1, of the worst page that is learnt from
_FACETS: tuple[tuple[Facet, str, str], ...] = (
    ("request_type", "request_types", "ask"),
    ("offence", "offences", "offence"),
)
_CIVIL = LETTER_HEADS.index("civil")


class Readings(Protocol):
    """Gives the readings of all pages of a letter as JSON."""

    def __call__(self, letter: Letter) -> list[dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class _Lesson:
    letter: TrainingLetter
    marks: frozenset[tuple[str, str]]  #: what is the same for letters of one case


def confirmed_groups(
    letters: list[Letter], readings: Callable[[Letter], list[dict[str, Any]]], model: Model
) -> list[Group]:
    """Return what can be learnt from confirmed letters, those of one case or pattern together.

    Left out are letters with a page below legibility, without text, or in a language outside the taxonomy.

    Args:
        letters: with the newest confirmation each.
        readings: gives the readings of a letter's pages.
        model: finds the sentences that the confirmed codes rest on; the confirmation does not name them.
    """
    lessons = [lesson for letter in letters for lesson in _learn(letter, readings(letter), model)]
    found = group_alike([lesson.letter.text for lesson in lessons], [lesson.marks for lesson in lessons])
    groups = []
    for places in found:
        own = [lessons[place].letter for place in places]
        template = min(letter.id for letter in own)
        members = frozenset(f"letter:{letter.id}" for letter in own)
        groups.append(Group(members, tuple(replace(letter, template=template) for letter in own)))
    return groups


def _learn(letter: Letter, readings: list[dict[str, Any]], model: Model) -> Iterator[_Lesson]:
    said, description = letter.confirmation, letter.description
    if said is None or description is None or not readings or not all(map(_is_legible, readings)):
        return
    text = "\n\n".join(page["text"] for page in _own_pages(description, readings))
    language = next((one for one in known_languages(letter.language) if one in load_taxonomy().languages), None)
    view = model.view([text], language) if language else None
    if language is None or view is None:
        return
    is_request = bool(said["is_request"])
    codes = {name: tuple(said[name]) for _, name, _ in _FACETS}
    types = (codes["request_types"] or ("other",)) if is_request else ("other",)
    spans: list[Span] = []
    for facet, name, role in _FACETS:
        if facet == "request_type" and not is_request:
            continue
        order = load_taxonomy().codes(facet)
        for code in codes[name]:
            odds = view.pairs(facet)[:, order.index(code)]
            for row in {int(odds.argmax()), *np.flatnonzero(odds > 0).tolist()}:
                passage = view.features.passages[row]
                spans.append(Span(role, code, passage.start, passage.end))
    yield _Lesson(
        TrainingLetter(
            id=str(letter.id),
            language=language,
            template=str(letter.id),
            kind="request" if is_request else "additional_information",
            is_request=is_request,
            civil=bool(view.scores.letter[_CIVIL] > 0),
            request_types=types,
            offences=codes["offences"],
            spans=tuple(spans),
            text=text,
            origin="confirmed",
            weight=WEIGHT,
        ),
        frozenset(_marks(letter, said)),
    )


def _is_legible(reading: dict[str, Any]) -> bool:
    flags = reading.get("flags", ())
    if "blank" in flags:
        return True
    return float(reading["legibility"]) >= LEAST_LEGIBLE and not any(flag.startswith("rescan") for flag in flags)


def _own_pages(description: dict[str, Any], readings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pages of the request itself, which are what was classified."""
    spans = [(one["first_page"], one["last_page"]) for one in description["documents"] if one["kind"] == "request"]
    own = [page for page in readings if any(first <= page["number"] <= last for first, last in spans)]
    return own or readings


def _marks(letter: Letter, said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What tells the case: our number, an earlier one of ours that is cited, the sender's reference."""
    yield ("number", letter.number)
    stated = (letter.description or {}).get("metadata", {})
    earlier = stated.get("own_reference", {}).get("value")
    if earlier:
        yield ("number", str(earlier))
    reference = said["metadata"].get("reference") or stated.get("reference", {}).get("value")
    if reference:
        yield ("reference", f"{letter.requesting_state}:{str(reference).casefold()}")
