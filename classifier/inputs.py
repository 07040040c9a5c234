"""Names what the last two steps of the model look at, and gathers the names under what a clerk would call them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from classifier.cues import CUE_NAMES, SHAPE_NAMES
from classifier.features import PLACE_NAMES
from classifier.heads import LETTER_HEADS, ROLE_HEADS
from classifier.network import Network
from classifier.taxonomy import Facet, load_taxonomy

Floats = NDArray[np.float32]

#: Of the parts that a passage plays, how many ``view_pairs`` hands on from its neighbours.
_NEIGHBOURS_SHOW = ROLE_HEADS.index("ask") + 3
#: What the names of ``pair_inputs`` and ``code_inputs`` are about; the longest beginning that fits counts.
_PAIR_KINDS = {
    "topic": "wording", "topic_letter": "elsewhere", "topic_before": "neighbours", "topic_after": "neighbours",
    "cover": "term", "full": "term", "hint": "term", "terms": "term", "cover_before": "neighbours",
    "full_letter": "elsewhere", "hint_letter": "elsewhere", "full_mean": "elsewhere", "cited": "cited",
    "topic_intro": "list", "cover_intro": "list", "intro_": "list", "in_list": "list",
    "role_ask": "asks", "cue_ask": "asks", "role_offence": "charges", "cue_charge": "charges",
    "role_past": "done", "cue_done": "done", "role_announced": "announced", "cue_later": "announced",
    "role_negated": "denied", "cue_none": "denied", "role_statute": "law", "shape_articles": "law",
    "role_option": "option", "shape_ticked": "option", "shape_unticked": "option",
    "role_context": "background", "role_none": "background", "cue_": "paper",
    "before_": "neighbours", "after_": "neighbours", "shape_": "place", "place_": "place",
    "familiarity": "unfamiliar", "letter_": "letter",
}  # fmt: skip
_CODE_KINDS = {
    "best": "passages", "second": "passages", "any": "passages", "foremost": "passages", "best_lead": "rivals",
    "topic": "wording", "heading": "heading", "cover": "term", "full": "term", "hint": "term", "cited": "cited",
    "place": "place", "letter_": "letter", "code_": "frequency",
}  # fmt: skip
_REQUEST_KINDS = {
    "letter_": "letter", "measure_": "measures", "ask_": "asks", "role_ask": "asks", "role_": "part_",
    "mean_cue_": "cue_", "top_cue_": "cue_", "marker_": "marker_", "shape_": "form", "size": "size",
    "familiarity": "unfamiliar",
}  # fmt: skip


def pair_inputs() -> tuple[str, ...]:
    """Names of the inputs by which a (passage, code) is judged, in the order of ``view_pairs``."""
    roles, cues = ROLE_HEADS, CUE_NAMES
    by_code = (
        "topic", "topic_lead", "topic_letter", "topic_before", "topic_after", "topic_intro", "cover", "full", "hint",
        "hint_lead", "cover_lead", "full_letter", "hint_letter", "full_mean", "cover_before", "cover_intro", "cited",
        "cited_letter",
    )  # fmt: skip
    return (
        *by_code,
        *(f"role_{name}" for name in roles),
        *(f"intro_role_{name}" for name in roles),
        *(f"before_role_{name}" for name in roles[:_NEIGHBOURS_SHOW]),
        *(f"after_role_{name}" for name in roles[:_NEIGHBOURS_SHOW]),
        *(f"cue_{name}" for name in cues),
        *(f"intro_cue_{name}" for name in cues),
        *(f"before_cue_{name}" for name in cues),
        *(f"shape_{name}" for name in SHAPE_NAMES),
        *(f"place_{name}" for name in PLACE_NAMES),
        "in_list", "familiarity", "terms",
        *_letter_names(),
    )  # fmt: skip


def _letter_names() -> tuple[str, ...]:
    return (
        *(f"letter_cue_{name}" for name in CUE_NAMES),
        *(f"letter_marker_{name}" for name in load_taxonomy().markers),
        *(f"letter_{name}" for name in LETTER_HEADS),
        "letter_size",
        "letter_ask",
    )


def code_inputs(facet: Facet) -> tuple[str, ...]:
    """Names of the inputs by which a code of a letter is decided, in the order of ``code_rows``."""
    by_code = ("best", "second", "any", "best_lead", "topic", "heading", "cover", "full", "hint", "cited", "place",
               "foremost")  # fmt: skip
    common = (*LETTER_HEADS, "found", "rival", "size", "familiarity")
    codes = load_taxonomy().codes(facet)
    return (*by_code, *(f"letter_{name}" for name in common), *(f"code_{code}" for code in codes))


def request_inputs() -> tuple[str, ...]:
    """Names of the inputs by which request or not is decided, in the order of ``request_row``."""
    return (
        *(f"letter_{name}" for name in LETTER_HEADS),
        "measure_best", "measure_three", "measure_sum", "ask_best", "ask_three",
        *(f"role_{name}" for name in ROLE_HEADS),
        *(f"mean_cue_{name}" for name in CUE_NAMES),
        *(f"top_cue_{name}" for name in CUE_NAMES),
        *(f"marker_{name}" for name in load_taxonomy().markers),
        *(f"shape_{name}" for name in SHAPE_NAMES),
        "size", "familiarity",
    )  # fmt: skip


@cache
def pair_groups(*, in_list: bool) -> Mapping[str, NDArray[np.intp]]:
    """Return where the inputs of each kind stand; a passage outside any list introduces itself."""
    names = pair_inputs()
    if not in_list:
        # What its own list would say is then what the passage itself says.
        names = tuple(n.removeprefix("intro_").removesuffix("_intro") for n in names)
    return _gather(names, _PAIR_KINDS)


@cache
def code_groups(facet: Facet) -> Mapping[str, NDArray[np.intp]]:
    """Return where the inputs of each kind stand for a code of a letter."""
    return _gather(code_inputs(facet), _CODE_KINDS)


@cache
def request_groups() -> Mapping[str, NDArray[np.intp]]:
    """Return where the inputs of each kind stand for request or not; cues and markers are a kind each."""
    return _gather(request_inputs(), _REQUEST_KINDS)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one kind of input does to a score."""

    weight: float  #: log-odds by which it moves the score, against what it usually is
    present: bool  #: whether the inputs are rather above what they usually are


def measure_effects(network: Network, row: Floats, groups: Mapping[str, NDArray[np.intp]]) -> dict[str, Effect]:
    """Return what each kind of input does to a score.

    Args:
        network: that gives the score.
        row: its inputs, (inputs,).
        groups: where the inputs of each kind stand.
    """
    rows = np.repeat(row[None, :], len(groups) + 1, axis=0)
    for place, columns in enumerate(groups.values(), start=1):
        rows[place, columns] = network.mean[columns]
    scores = network.score(rows)
    unusual = (row - network.mean) / network.spread
    return {
        kind: Effect(float(scores[0] - score), bool(unusual[columns].sum() > 0.0))
        for (kind, columns), score in zip(groups.items(), scores[1:], strict=True)
    }


def _gather(names: Sequence[str], kinds: Mapping[str, str]) -> Mapping[str, NDArray[np.intp]]:
    groups: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        beginning = max((b for b in kinds if name == b or name.startswith(b)), key=len)
        kind = kinds[beginning]
        groups.setdefault(kind + name.removeprefix(beginning) if kind.endswith("_") else kind, []).append(place)
    return {kind: np.array(places, np.intp) for kind, places in groups.items()}
