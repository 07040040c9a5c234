"""Tells whom to ask at the requesting authority from what the letter asks about."""

import re
from collections.abc import Sequence

from intake.describing.cues import Cues
from intake.describing.names_written import name_after
from intake.describing.text import LONG_LINE, LetterText, Span
from intake.metadata import Contact, Evidence, Particular

Placed = tuple[Span, Particular]
REACH = 220  #: characters behind the word for a contact in which its number and address stand
CLOSING = 700  #: characters at the end of a letter where an office writes its numbers
LONGEST_LABEL = 40  #: characters of a line before the number that its word opens
_MAIL = re.compile(r"e-?\s?mail|courriel|correo|pec\b|почта|пошта|بريد|邮箱|メール|이메일|อีเมล")
#: What stands before a word that opens a line or a column.
_OPENS = re.compile(r"^\W*$|[,;|/]\s*$|\s{3}$")


def part_own(text: LetterText, cues: Cues, found: Sequence[Placed]) -> tuple[list[Placed], list[Placed]]:
    """Part numbers and addresses into the requesting authority's own and those that the letter is about."""
    own = [(span, one) for span, one in found if _is_own(text, cues, span)]
    return own, [pair for pair in found if pair not in own]


def find_contact(text: LetterText, cues: Cues, own: Sequence[Placed]) -> Contact:
    """Return the officer to ask, with the telephone number and e-mail address beside the name, or the office's."""
    person, evidence, place = None, [], None
    for cue in cues.of("contact"):
        named = name_after(text, cues, cue.end)
        if named:
            place = cue.start
            person = text.words(named.start, named.end)
            evidence.append(text.evidence(cue.start, named.end))
            break
    phone = _nearest(own, "phone", place)
    email = _nearest(own, "email", place)
    evidence += [place for one in (phone, email) if one for place in one.evidence]
    if not (person or phone or email):
        return Contact()
    confidence = 0.85 if person else 0.6
    unique: tuple[Evidence, ...] = tuple(dict.fromkeys(evidence))
    return Contact(person, phone.value if phone else None, email.value if email else None, confidence, unique)


def _nearest(own: Sequence[Placed], kind: str, place: int | None) -> Particular | None:
    """The first behind the contact's name, or the first of the letter."""
    fitting = [(span.start, one) for span, one in own if one.kind == kind and one.valid is not False]
    beside = [one for start, one in fitting if place is not None and 0 <= start - place < REACH]
    return beside[0] if beside else fitting[0][1] if fitting else None


def _is_own(text: LetterText, cues: Cues, span: Span) -> bool:
    """In the letterhead, behind a word for a contact, or under the signature behind a word such as *Tel.*"""
    if span.start < text.body_start:
        return True
    before = max(text.body_start, span.start - REACH)
    if any("\n\n" not in text.folded[cue.end : span.start] for cue in cues.of("contact", before, span.start)):
        return True
    line = text.line_at(span.start)
    if span.start < len(text.folded) - CLOSING or line.end - line.start > LONG_LINE:
        return False
    if span.start - line.start > LONGEST_LABEL:
        return False
    labels = [cue.start for concept in ("phone", "fax") for cue in cues.of(concept, line.start, span.start)]
    labels += [line.start + found.start() for found in _MAIL.finditer(text.folded[line.start : span.start])]
    return any(_OPENS.search(text.folded[line.start : place]) for place in labels)
