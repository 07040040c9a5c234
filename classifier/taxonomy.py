"""The codes a letter can get, with their terms in every language, and the words by which passages show their part."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

#: Most intrusive first: ambiguities.md §1, test 3.
INTRUSIVENESS = (
    "extradition",
    "provisional_arrest",
    "transfer_of_sentenced_persons",
    "transfer_of_proceedings",
    "confiscation_or_forfeiture",
    "freezing_or_restraint",
    "asset_recovery_return",
    "interception",
    "search_and_seizure",
    "covert_or_controlled_delivery",
    "electronic_evidence",
    "bank_records",
    "joint_investigation",
    "transfer_of_detained_witness",
    "video_hearing",
    "taking_evidence",
    "identify_or_trace_assets",
    "forensic_or_expert_examination",
    "business_or_official_records",
    "identify_or_locate_persons",
    "criminal_records",
    "service_of_documents",
    "spontaneous_information",
    "other",
)

Facet = Literal["request_type", "offence"]
Terms = Mapping[str, tuple[str, ...]]  #: language -> terms


@dataclass(frozen=True, slots=True)
class Category:
    """One code: a request type or an offence."""

    code: str
    facet: Facet
    label: str
    definition: str
    terms: Terms
    hints: Terms  #: single words that speak for it without naming it (hints.yaml)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The versioned list of codes."""

    version: str
    languages: tuple[str, ...]
    request_types: tuple[Category, ...]
    offences: tuple[Category, ...]
    markers: Mapping[str, Terms]  #: phrases that show what kind of paper it is
    cues: Mapping[str, Terms]  #: beginnings of words that show what a passage is for (cues.yaml)

    @property
    def categories(self) -> tuple[Category, ...]:
        return self.request_types + self.offences

    def codes(self, facet: Facet) -> tuple[str, ...]:
        """Return the codes of a facet in the order of the taxonomy."""
        return tuple(c.code for c in (self.request_types if facet == "request_type" else self.offences))


@cache
def load_taxonomy() -> Taxonomy:
    """Return the taxonomy that comes with the package; it is read once."""
    raw, hints = _read("taxonomy.yaml"), _read("hints.yaml")
    return Taxonomy(
        version=str(raw["version"]),
        languages=tuple(raw["languages"]),
        request_types=tuple(_category(entry, "request_type", hints) for entry in raw["request_types"]),
        offences=tuple(_category(entry, "offence", hints) for entry in raw["offences"]),
        markers={entry["id"]: _terms(entry["terms"]) for entry in raw["markers"]},
        cues={name: _terms(by_language) for name, by_language in _read("cues.yaml").items()},
    )


def known_languages(language: str | None) -> tuple[str, ...]:
    """Return the taxonomy's languages that serve a letter in ``language`` (BCP 47), best first; empty when unknown.

    >>> known_languages("zh-TW"), known_languages("nb"), known_languages("bs")
    (('zh-Hant', 'zh'), ('no',), ('hr', 'sr-Latn'))
    """
    if language is None:
        return ()
    served = _SERVED.get(language.lower())
    if served is None:
        base = language.split("-")[0].lower()
        served = _SERVED.get(base, (base,))
    return tuple(code for code in served if code in load_taxonomy().languages)


_SERVED: dict[str, tuple[str, ...]] = {
    "zh": ("zh", "zh-Hant"),
    "zh-cn": ("zh", "zh-Hant"),
    "zh-hans": ("zh", "zh-Hant"),
    "zh-hant": ("zh-Hant", "zh"),
    "zh-tw": ("zh-Hant", "zh"),
    "zh-hk": ("zh-Hant", "zh"),
    "sr": ("sr-Cyrl", "sr-Latn"),
    "sr-latn": ("sr-Latn", "hr"),
    "sr-cyrl": ("sr-Cyrl",),
    "sh": ("sr-Latn", "hr"),
    "bs": ("hr", "sr-Latn"),
    "cnr": ("sr-Latn", "hr"),
    "uz": ("uz", "uz-Cyrl"),
    "uz-cyrl": ("uz-Cyrl",),
    "uz-latn": ("uz",),
    "nb": ("no",),
    "nn": ("no",),
    "fil": ("en",),
    "iw": ("he",),
    "in": ("id",),
    "mo": ("ro",),
    "prs": ("fa",),
    "gl": ("pt", "es"),
    "ca": ("es", "fr"),
    "ky": ("kk",),
}


def _read(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    parsed: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return parsed


def _category(entry: dict[str, Any], facet: Facet, hints: dict[str, dict[str, str]]) -> Category:
    words = {language: tuple(line.split()) for language, line in hints.get(entry["id"], {}).items()}
    return Category(entry["id"], facet, entry["label"], entry["definition"], _terms(entry["terms"]), words)


def _terms(by_language: dict[str, list[str]]) -> Terms:
    return {language: tuple(terms) for language, terms in by_language.items()}
