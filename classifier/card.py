"""What is known of a model: where it comes from, how good it is, what it is and is not for."""

import json
from dataclasses import dataclass, field, fields
from importlib.metadata import PackageNotFoundError, version
from typing import Any

#: What stands as code version on the card of a model trained from sources that are not installed.
SOURCES = "source"

PURPOSE = (
    "Proposes request types and offences of letters rogatory and says whether a letter is a request at all, "
    "for a person to confirm and for routing inside a central authority."
)
NOT_FOR = (
    "Not for deciding on admissibility, dual criminality or refusal; not for judging persons; not for letters in "
    "languages outside the taxonomy without review; not for papers other than correspondence of legal cooperation."
)


@dataclass(frozen=True, slots=True)
class Card:
    """The card of one model; figures are shares 0..1."""

    id: str
    made_at: str  #: ISO 8601, UTC
    code_version: str
    data_sha256: str  #: over ids, labels and texts of the training letters
    letters: int
    languages: tuple[str, ...]
    seed: int
    figures: dict[str, Any] = field(default_factory=dict)  #: grouped validation: overall, per class, per language
    unseen_language_figures: dict[str, Any] = field(default_factory=dict)  #: each language left out of training in turn
    purpose: str = PURPOSE
    not_for: str = NOT_FOR
    #: SHA-256 by what was learnt from or kept out: ``training_text``, ``confirmed_letters``, ``test_part``
    hashes: dict[str, str] = field(default_factory=dict)
    confirmed_letters: int = 0  #: how many of ``letters`` people confirmed or corrected
    test_figures: dict[str, Any] = field(default_factory=dict)  #: on the frozen test part, which it has not learnt from


def card_from_json(content: bytes) -> Card:
    """Return the card written as JSON; what cards of before do not hold is empty.

    Raises:
        ValueError: when it is not a card.
    """
    raw = json.loads(content)
    known = {f.name for f in fields(Card)}
    if not isinstance(raw, dict) or not set(raw) <= known or not isinstance(raw.get("languages"), list):
        raise ValueError("not a model card")
    try:
        return Card(**(raw | {"languages": tuple(raw["languages"])}))
    except TypeError as error:
        raise ValueError("not a model card") from error


def running_version() -> str:
    """Version of the code that runs."""
    try:
        return version("rogatory")
    except PackageNotFoundError:
        return SOURCES


def fits_running_code(card: Card) -> bool:
    """Whether a model was made by the code that runs; sources that are not installed have no version to compare."""
    versions = {card.code_version, running_version()}
    return SOURCES in versions or len(versions) == 1
