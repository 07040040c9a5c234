"""Whether the letter calls itself urgent or confidential."""

import re
from datetime import date, timedelta

from intake.describing.cues import Cue, Cues
from intake.describing.text import LetterText
from intake.values import Deadline, Evidence, Stated

#: Words that deny what follows within three words: *not considered urgent*, *sans caractère d'urgence*.
_DENIED = re.compile(
    r"\b(?:not|no|nor|without|n't|pas|sans|aucune?|sin|no es|nao|sem|non|senza|nicht|keine?r?|kein|ohne|niet|geen|"
    r"nie|bez|не|без|nu|fara|ikke|inte|ei|nem|nije)\b(?:[ '-]+(?!only\b|later\b|longer\b|solo\b|seulement\b|nur\b|"
    r"только\b|que\b)\w+){0,3}[ '-]*$"
)
PRESSING = ("limitation", "custody", "preservation")
SOON = timedelta(days=180)


def find_urgent(text: LetterText, cues: Cues, deadline: Deadline, written: str | None) -> Stated[bool]:
    """Return true with the words that say so, false when urgency is denied, silence otherwise.

    A limitation, a custody or a preservation that ends soon is a reason for urgency as good as the word. *Without
    delay* and its like are courtesy, unless they stand as a mark, with their reason, or in a letter that names a day
    that comes soon.
    """
    said = _marked(text, cues, "urgent", "not_urgent", "urgent_otherwise")
    if said.value is not None:
        return said
    left = _left(deadline, written)
    prompt = [c for c in cues.of("promptly") if left is not None or _is_mark(text, c) or _is_reasoned(text, cues, c)]
    if prompt:
        return Stated(True, 0.7, (_evidence(text, prompt[0]),))
    if deadline.kind in PRESSING and left is not None:
        return Stated(True, 0.6, deadline.evidence)
    return said


def _left(deadline: Deadline, written: str | None) -> timedelta | None:
    """The time between the letter and the day that it names, if that is soon."""
    if deadline.value is None or written is None:
        return None
    left = date.fromisoformat(deadline.value) - date.fromisoformat(written)
    return left if left <= SOON else None


def _is_mark(text: LetterText, cue: Cue) -> bool:
    """In capitals, or most of a short line of its own, as stamps and headings are."""
    line = text.line_at(cue.start)
    alone = text.folded[line.start : line.end].strip()
    return text.words(cue.start, cue.end).isupper() or len(alone) <= 2 * (cue.end - cue.start)


def _is_reasoned(text: LetterText, cues: Cues, cue: Cue) -> bool:
    """In one sentence with a hearing, a limitation or data soon deleted, or with the end of a custody."""
    sentence = text.sentence_at(cue.start, cue.end)
    if any(cues.has(reason, sentence.start, sentence.end) for reason in ("hearing", "limitation", "preservation")):
        return True
    return cues.has("custody", sentence.start, sentence.end) and cues.has("due", sentence.start, sentence.end)


def find_confidential(text: LetterText, cues: Cues) -> Stated[bool]:
    """Return true with the words that ask for secrecy, false when it is waived, silence otherwise."""
    return _marked(text, cues, "confidential", "not_confidential", "secret_of_bank")


def _marked(text: LetterText, cues: Cues, yes: str, no: str, unrelated: str | None) -> Stated[bool]:
    denied = [*cues.of(no), *(cue for cue in cues.of(yes) if yes == "urgent" and _is_denied(text, cue))]
    if denied:
        return Stated(False, 0.8, (_evidence(text, denied[0]),))
    others = cues.of(unrelated) if unrelated else ()
    said = [cue for cue in cues.of(yes) if not any(o.start <= cue.start and cue.end <= o.end + 3 for o in others)]
    if not said:
        return Stated()
    confidence = min(0.95, 0.7 + 0.1 * len({(cue.start, cue.end) for cue in said}))
    return Stated(True, round(confidence, 2), (_evidence(text, said[0]),))


def _is_denied(text: LetterText, cue: Cue) -> bool:
    sentence = text.sentence_at(cue.start, cue.end)
    before = text.folded[max(sentence.start, cue.start - 60) : cue.start]
    return _DENIED.search(before) is not None


def _evidence(text: LetterText, cue: Cue) -> Evidence:
    sentence = text.sentence_at(cue.start, cue.end)
    return text.evidence(sentence.start, sentence.end)
