"""What is known of a model: where it comes from, how good it is, what it is and is not for."""

import json
from dataclasses import dataclass, field, fields
from typing import Any

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


def card_from_json(content: bytes) -> Card:
    """Return the card written as JSON.

    Raises:
        ValueError: when it is not a card.
    """
    raw = json.loads(content)
    if not isinstance(raw, dict) or set(raw) != {f.name for f in fields(Card)}:
        raise ValueError("not a model card")
    return Card(**(raw | {"languages": tuple(raw["languages"])}))
