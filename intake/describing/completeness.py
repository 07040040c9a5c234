"""What a complete request holds and whether this one does (``completeness.yaml``).

Conservative on purpose: *missing* is said only of what would show itself in any language (a legal basis, facts, a
person), *unsure* of all that a pattern cannot see. It never says that a request may be refused.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from stdnum import iban

from classifier.values import Classification
from intake.describing.cues import Cues
from intake.describing.text import LetterText
from intake.values import CompletenessItem, Evidence, Metadata

_PROFILE = Path(__file__).with_name("completeness.yaml")
State = Literal["found", "missing", "unsure"]
Severity = Literal["blocking", "curable", "obtainable"]

#: How bad the source calls a lack, in the words of the interface: a delay can be cured, a note can be obtained by us.
_SEVERITY: Mapping[str, Severity] = {"blocking": "blocking", "delay": "curable", "advisory": "obtainable"}
CIVIL_OFFENCES = frozenset({"civil_or_commercial", "family_or_maintenance"})
FEW_WORDS, MANY_WORDS = 120, 260  #: words of a letter that tells no facts, of one that must tell some
#: A full-width text says in one character what takes two or three letters elsewhere.
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2}|[\u0e00-\u0e7f]{5}|[^\W\d_\u3040-\u9fff\u0e00-\u0e7f]+")
_ACCOUNT = re.compile(r"\b\d[\d .-]{7,}\d\b|\b[a-z]{2}\d{2}[ \w]{10,30}\b")
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?: ?[a-z\d]{2,4}){3,8}\b")
_PENALTY = re.compile(
    r"§|\bart|ст\.|статт|मधार|धारा|المادة|المواد|ماده|第\s?\d+\s?[条條]|제\s?\d+\s?조|มาตรา|điều|section|madde|סעיף|չ"
)
_LIST_OF_ACTS = re.compile(r"(?:^|\n)\s*(?:\(?\d{1,2}[.)、-]|[a-zа-я]\)|[-–•])\s*\S")
_QUESTIONS = re.compile(r"[?？؟]")


@dataclass(frozen=True, slots=True)
class _Case:
    """What the rules look at."""

    text: LetterText
    cues: Cues
    metadata: Metadata
    classification: Classification
    annexes: bool  #: whether the scan holds annexes
    translated: bool  #: whether the scan holds a translation

    @property
    def words(self) -> int:
        return sum(1 for _ in _WORD.finditer(self.text.folded))


def check_completeness(
    text: LetterText, cues: Cues, metadata: Metadata, classification: Classification, kinds: frozenset[str]
) -> tuple[CompletenessItem, ...]:
    """Return each element that a request of these types must hold; nothing for what is not a request.

    Args:
        text: the request's own text.
        cues: its cues.
        metadata: what it says of itself.
        classification: its request types and offences.
        kinds: kinds of the documents in the scan.
    """
    if not classification.is_request:
        return ()
    case = _Case(text, cues, metadata, classification, "annex" in kinds, "translation" in kinds)
    types = frozenset(label.code for label in classification.request_types)
    civil = bool(CIVIL_OFFENCES & {label.code for label in classification.offences})
    return tuple(_item(entry, case) for entry in _elements() if _applies(entry, types, civil))


def _applies(entry: Mapping[str, Any], types: frozenset[str], civil: bool) -> bool:
    if entry.get("only_scope") == "civil" and not civil:
        return False
    if types and types <= frozenset(entry.get("except", ())):
        return False
    return entry["applies_to"] == "all" or bool(types & frozenset(entry["applies_to"]))


def _item(entry: Mapping[str, Any], case: _Case) -> CompletenessItem:
    rule = _RULES.get(entry["id"])
    state, evidence = rule(case) if rule else ("unsure", ())
    if state != "missing":
        return CompletenessItem(entry["id"], state, None, evidence)
    consequence = entry["consequence"]
    types = {label.code for label in case.classification.request_types}
    blocking = bool(types & set(consequence.get("blocking_for", ())))
    return CompletenessItem(entry["id"], state, "blocking" if blocking else _SEVERITY[consequence["severity"]], ())


_Answer = tuple[State, tuple[Evidence, ...]]


def _authority(case: _Case) -> _Answer:
    stated = case.metadata.requesting_authority
    return ("found", stated.evidence) if stated.value else ("unsure", ())


def _facts(case: _Case) -> _Answer:
    for cue in case.cues.of("facts"):
        if case.text.line_at(cue.start).start == cue.start or case.words > FEW_WORDS:
            return "found", (case.text.evidence(cue.start, cue.start + 160),)
    if case.words < FEW_WORDS:
        return "missing", ()
    return ("found" if case.words > MANY_WORDS else "unsure"), ()


def _assistance(case: _Case) -> _Answer:
    labels = case.classification.request_types
    evidence = tuple(Evidence(quote.page, quote.quote) for label in labels for quote in label.evidence[:1])
    if any(label.code != "other" for label in labels):
        return "found", evidence
    return ("found" if len(_LIST_OF_ACTS.findall(case.text.folded)) >= 2 else "unsure"), ()


def _identity(case: _Case) -> _Answer:
    births = case.cues.of("born")
    if case.metadata.persons or births:
        return "found", tuple(case.text.evidence(max(0, cue.start - 60), cue.end + 20) for cue in births[:3])
    return "unsure", ()


def _purpose(case: _Case) -> _Answer:
    cues = [cue for cue in case.cues.of("purpose") if cue.end - cue.start > 3]
    return ("found", (_sentence(case, cues[0].start, cues[0].end),)) if cues else ("unsure", ())


def _legal_basis(case: _Case) -> _Answer:
    bases = case.metadata.legal_bases
    if bases:
        return "found", bases[0].evidence
    return ("unsure" if case.cues.has("basis") else "missing"), ()


def _offence(case: _Case) -> _Answer:
    found = _PENALTY.search(case.text.folded)
    return ("found", (_sentence(case, found.start(), found.end()),)) if found else ("unsure", ())


def _time_limits(case: _Case) -> _Answer:
    return ("found", case.metadata.deadline.evidence) if case.metadata.deadline.value else ("unsure", ())


def _confidentiality(case: _Case) -> _Answer:
    stated = case.metadata.confidential
    return ("found", stated.evidence) if stated.value is not None else ("unsure", ())


def _attachments(case: _Case) -> _Answer:
    announced = case.cues.of("annex")
    if not announced:
        return "unsure", ()
    return ("found" if case.annexes else "unsure"), (_sentence(case, announced[0].start, announced[0].end),)


def _addressee(case: _Case) -> _Answer:
    stated = case.metadata.addressee
    return ("found", stated.evidence) if stated.value else ("unsure", ())


def _translation(case: _Case) -> _Answer:
    return ("found" if case.translated else "unsure"), ()


def _questions(case: _Case) -> _Answer:
    return ("found" if len(_QUESTIONS.findall(case.text.folded)) >= 2 or case.annexes else "unsure"), ()


def _bank(case: _Case) -> _Answer:
    for found in _IBAN.finditer(case.text.folded):
        if iban.is_valid(found.group()):
            return "found", (_sentence(case, found.start(), found.end()),)
    account = _ACCOUNT.search(case.text.folded)
    return ("found", (_sentence(case, account.start(), account.end()),)) if account else ("unsure", ())


def _sentence(case: _Case, start: int, end: int) -> Evidence:
    sentence = case.text.sentence_at(start, end)
    return case.text.evidence(sentence.start, sentence.end)


_RULES: Mapping[str, Callable[[_Case], _Answer]] = {
    "authority_making_request": _authority,
    "summary_of_facts": _facts,
    "assistance_sought": _assistance,
    "identity_location_nationality": _identity,
    "purpose": _purpose,
    "legal_basis": _legal_basis,
    "offence_and_applicable_law": _offence,
    "time_limits": _time_limits,
    "confidentiality_request": _confidentiality,
    "attachments_present": _attachments,
    "correct_addressee_and_channel": _addressee,
    "form_written": _translation,
    "translation_quality": _translation,
    "questions_or_topics": _questions,
    "bank_particulars": _bank,
}


@lru_cache(maxsize=1)
def _elements() -> tuple[Mapping[str, Any], ...]:
    content = yaml.load(_PROFILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(content["items"])
