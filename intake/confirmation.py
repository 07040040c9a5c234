"""What a person confirms or corrects of a letter, and how it stands over the program's proposal."""

import datetime
from collections.abc import Collection, Container, Mapping
from copy import deepcopy
from typing import Any

import pycountry
from pydantic import BaseModel, ConfigDict, Field, field_validator

from classifier.taxonomy import load_taxonomy
from intake.errors import BadRequest
from storage.postings import confirmed_postings
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
    also: list[str] = Field(default_factory=list, max_length=10, description="Others that must act on a part of it.")
    copies: list[str] = Field(default_factory=list, max_length=10)
    notices: list[str] = Field(default_factory=list, max_length=10, description="Told of it without getting it.")
    steps: list[str] = Field(default_factory=list, max_length=20, description="Steps of the review that are done.")
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
    postings = confirmed_postings(said, proposed.get("route"))
    report["route"] = {
        "authority": said["authority"],
        "copies": said["copies"],
        "review": False,
        "reasons": ["Confirmed by the registry."],
        "parts": [
            {"authority": one.authority, "request_types": list(one.request_types), "then": list(one.then)}
            for one in postings
            if one.kind == "act"
        ],
        "notices": said.get("notices", []),
        "steps": said.get("steps", []),
        "candidates": [],
        "grounds": [{"code": "confirmed", "values": {}}],
    }
    return report


def check_route(said: Mapping[str, Any], letter: Letter, queues: Container[str]) -> None:
    """Refuse a confirmation that cannot be posted.

    Raises:
        BadRequest: when an authority has no queue here, or a step of the review is not done.
    """
    others = (code for kind in ("also", "copies", "notices") for code in said.get(kind, ()))
    for code in (said["authority"], *others):
        if code is not None and code not in queues:
            raise BadRequest("This authority has no queue here: choose one of the list.")
    if open_steps(letter, said["authority"], said.get("steps", ())):
        raise BadRequest("A step of the review is not done: see `route.steps` of the letter.")


def open_steps(letter: Letter, authority: str | None, done: Collection[str]) -> list[str]:
    """Steps of the review that the profile demands for this authority and nobody has done yet."""
    route = (letter.description or {}).get("route") or {}
    demanded = route.get("steps", ()) if authority is not None and authority == route.get("authority") else ()
    return [step for step in demanded if step not in done]
