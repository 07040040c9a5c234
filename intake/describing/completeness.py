"""What a complete request holds and whether this one does, by the profiles of ``completeness.yaml``.

It answers *found* with the words, *missing* where nothing of the kind stands in a legible text in a language whose
words are known (``signs.yaml``), *unsure* otherwise. It never says that a request may be refused.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from classifier.values import Classification
from intake.describing.cues import Cues
from intake.describing.elements import RULES, applies_in_kind
from intake.describing.looks import Case
from intake.describing.signs import find_signs
from intake.describing.text import LetterText
from intake.values import CompletenessItem, Metadata

_FOLDER = Path(__file__).parent
Severity = Literal["blocking", "curable", "obtainable"]

#: How bad the source calls a lack, in the words of the interface: a delay can be cured, a note can be obtained by us.
_SEVERITY: Mapping[str, Severity] = {"blocking": "blocking", "delay": "curable", "advisory": "obtainable"}
CIVIL_OFFENCES = frozenset({"civil_or_commercial", "family_or_maintenance"})
#: Instruments whose contents of a request are the common minimum when the one invoked is silent (UNCAC art. 46(15)).
_MINIMUM = ("uncac", "untoc")
#: Names in the profiles of sources that are no instruments, and of those that `legal_bases.yaml` calls otherwise.
_OTHER_SOURCES = {
    "practice": "good practice",
    "note": "CAC/COSP/2019/7, paragraph",
    "un_model_extradition": "UN Model Treaty on Extradition",
    "commonwealth": "Harare Scheme",
    "kenya_mla_act": "Kenya, Mutual Legal Assistance Act",
    "extradition": "extradition treaties",
}
_SAME = {"eio": "eio_2014_41", "eu_2020_1784": "eu_service_2020_1784"}


def check_completeness(
    text: LetterText,
    cues: Cues,
    metadata: Metadata,
    classification: Classification,
    kinds: frozenset[str],
    *,
    legible: bool = True,
) -> tuple[CompletenessItem, ...]:
    """Return each element that a request of these types must hold; nothing for what is not a request.

    Args:
        text: the request's own text.
        cues: its cues.
        metadata: what it says of itself.
        classification: its request types and offences.
        kinds: kinds of the documents in the scan.
        legible: whether all its pages can be relied on; otherwise nothing is called missing.
    """
    if not classification.is_request:
        return ()
    signs = find_signs(text.folded, text.languages)
    types = frozenset(label.code for label in classification.request_types)
    case = Case(text, cues, signs, metadata, types, kinds, legible)
    civil = bool(CIVIL_OFFENCES & {label.code for label in classification.offences})
    return tuple(_item(entry, case, classification) for entry in _elements() if _applies(entry, case, civil))


def _applies(entry: Mapping[str, Any], case: Case, civil: bool) -> bool:
    if entry.get("only_scope") == "civil" and not civil:
        return False
    if case.types and case.types <= frozenset(entry.get("except", ())):
        return False
    asked = entry["applies_to"] == "all" or bool(case.types & frozenset(entry["applies_to"]))
    return asked and applies_in_kind(entry["id"], case)


def _item(entry: Mapping[str, Any], case: Case, classification: Classification) -> CompletenessItem:
    state, evidence = RULES[entry["id"]](case)
    if entry["id"] == "assistance_sought" and not evidence:
        quotes = (label.evidence[0] for label in classification.request_types if label.evidence)
        evidence = tuple(case.quoted(quote.page, quote.quote) for quote in quotes)
    source = _source(entry["sources"], tuple(basis.value for basis in case.metadata.legal_bases))
    if state != "missing":
        return CompletenessItem(entry["id"], state, None, evidence, source)
    consequence = entry["consequence"]
    blocking = bool(case.types & set(consequence.get("blocking_for", ())))
    severity = "blocking" if blocking else _SEVERITY[consequence["severity"]]
    return CompletenessItem(entry["id"], state, severity, (), source)


def _source(sources: Mapping[str, Any], invoked: tuple[str, ...]) -> str:
    """Where the element comes from: the instrument invoked, else the common minimum, else the first that has it."""
    by_id = {_SAME.get(name, name): article for name, article in sources.items()}
    for name in (*invoked, *_MINIMUM, *by_id):
        if name in by_id:
            return _cited(name, by_id[name])
    raise ValueError("an element without a source")


def _cited(name: str, article: object) -> str:
    title = _OTHER_SOURCES.get(name) or _short_names().get(name, name)
    return title if article is True or article == "yes" else f"{title} {article}"


@lru_cache(maxsize=1)
def _short_names() -> Mapping[str, str]:
    content = yaml.load((_FOLDER / "legal_bases.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {one["id"]: one["short"] for one in content["instruments"]}


@lru_cache(maxsize=1)
def _elements() -> tuple[Mapping[str, Any], ...]:
    """The elements of the profiles, save the one that says how to ask for the others (UNCAC art. 46(16))."""
    content = yaml.load((_FOLDER / "completeness.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(entry for entry in content["items"] if entry["id"] in RULES)
