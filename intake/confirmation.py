"""What a person confirms or corrects of a letter, and how it stands over the program's proposal."""

import datetime
from copy import deepcopy
from typing import Any

import pycountry
from pydantic import BaseModel, ConfigDict, Field, field_validator

from classifier.taxonomy import load_taxonomy
from storage.values import Letter


class ConfirmedMetadata(BaseModel):
    """Metadata as a person says it is; None where the letter is silent."""

    model_config = ConfigDict(extra="forbid")

    requesting_state: str | None = None  #: ISO 3166-1 alpha-2
    requesting_authority: str | None = Field(default=None, max_length=500)
    addressee: str | None = Field(default=None, max_length=500)
    reference: str | None = Field(default=None, max_length=200)
    date: datetime.date | None = None
    deadline: datetime.date | None = None
    confidential: bool | None = None

    @field_validator("requesting_state")
    @classmethod
    def _is_a_state(cls, code: str | None) -> str | None:
        if code and not pycountry.countries.get(alpha_2=code):
            raise ValueError("not an ISO 3166-1 alpha-2 code")
        return code or None


class Confirmation(BaseModel):
    """One person's word on one letter; the next training learns from it."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(description="Version of the letter as the person saw it.")
    is_request: bool
    request_types: list[str] = Field(max_length=24, description="Codes of the taxonomy, the primary one first.")
    offences: list[str] = Field(max_length=45, description="Codes of the taxonomy, the primary one first.")
    metadata: ConfirmedMetadata = ConfirmedMetadata()
    urgent: bool = False
    authority: str | None = Field(None, description="Queue of the competent authority; None files the letter.")
    copies: list[str] = Field(default_factory=list, max_length=10)
    note: str = Field("", max_length=2000)

    @field_validator("request_types")
    @classmethod
    def _known_types(cls, codes: list[str]) -> list[str]:
        return _known(codes, {kind.code for kind in load_taxonomy().request_types})

    @field_validator("offences")
    @classmethod
    def _known_offences(cls, codes: list[str]) -> list[str]:
        return _known(codes, {kind.code for kind in load_taxonomy().offences})


def _known(codes: list[str], known: set[str]) -> list[str]:
    if not known.issuperset(codes):
        raise ValueError("not codes of the taxonomy")
    return list(dict.fromkeys(codes))


def confirmed_report(letter: Letter) -> dict[str, Any]:
    """The description with a person's word over the program's; what the program said stays in ``proposed``."""
    proposed = letter.description or {}
    said = letter.confirmation
    if said is None:
        return proposed
    report = deepcopy(proposed)
    report["proposed"] = {name: proposed.get(name) for name in ("is_request", "request_types", "offences", "route")}
    report["is_request"] = {"value": said["is_request"], "confidence": 1.0}
    for kind in ("request_types", "offences"):
        evidence = {label["code"]: label["evidence"] for label in proposed.get(kind, [])}
        report[kind] = [{"code": c, "confidence": 1.0, "evidence": evidence.get(c, [])} for c in said[kind]]
    metadata = report.setdefault("metadata", {})
    for name, value in {**said["metadata"], "urgent": said["urgent"]}.items():
        stated = metadata.setdefault(name, {})
        if stated.get("value") != value:
            metadata[name] = {**stated, "value": value, "confidence": 1.0, "evidence": []}
    report["route"] = {
        "authority": said["authority"],
        "copies": said["copies"],
        "review": False,
        "reasons": ["Confirmed by the registry."],
    }
    return report
