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

    A limitation, a custody or a preservation that ends soon is a reason for urgency as good as the word.
    """
    said = _marked(text, cues, "urgent", "not_urgent", None)
    if said.value is None and deadline.kind in PRESSING and deadline.value and written:
        left = date.fromisoformat(deadline.value) - date.fromisoformat(written)
        if left <= SOON:
            return Stated(True, 0.6, deadline.evidence)
    return said


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
