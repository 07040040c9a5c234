"""Between which States a bilateral treaty is, and of which day, as far as the letter says."""

from collections.abc import Sequence
from dataclasses import replace

from intake.describing.cues import Cues
from intake.describing.dates import FoundDate
from intake.describing.states import Mention
from intake.describing.text import LetterText
from intake.metadata import LegalBasis

BILATERAL = "bilateral_treaty"  #: id in legal_bases.yaml
BEFORE, BEHIND = 60, 220  #: characters around the word *treaty* in which its parties and its day stand


def name_parties(
    text: LetterText, cues: Cues, bases: Sequence[LegalBasis], states: Sequence[Mention], dates: Sequence[FoundDate]
) -> tuple[LegalBasis, ...]:
    """Give the bilateral treaty among the bases its parties and its day."""
    if not any(basis.value == BILATERAL for basis in bases):
        return tuple(bases)
    parties: tuple[str, ...] = ()
    signed: str | None = None
    for cue in cues.of("treaty"):
        sentence = text.sentence_at(cue.start, cue.end)
        start, end = max(sentence.start, cue.start - BEFORE), min(sentence.end, cue.end + BEHIND)
        named = dict.fromkeys(m.state for m in states if m.by != "city" and start <= m.start < end)
        days = [d.value for d in dates if d.value and cue.end <= d.start < end]
        parties = parties or (tuple(named) if len(named) == 2 else ())
        signed = signed or (days[0].isoformat() if days else None)
    return tuple(replace(one, states=parties, signed=signed) if one.value == BILATERAL else one for one in bases)
