"""What rules may ask of a letter, and whether a rule's condition holds: yes, no, or the letter does not say."""

import re
from dataclasses import dataclass, field

from intake.routing.codes import legal_bases
from intake.routing.profile import Condition, Matter, Stage
from intake.routing.stage import StageFound, find_stage, looked_for
from intake.values import Description, Reason

CIVIL = frozenset({"civil_or_commercial", "family_or_maintenance"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules may ask of a letter."""

    offences: frozenset[str] = frozenset()
    stage: Stage = "unknown"
    stage_shown_by: Reason | None = None
    matter: Matter = "unknown"
    legal_basis: frozenset[str] = frozenset()
    requesting_state: str | None = None
    origin: str = ""  #: name of the requesting authority, lower case
    text: str = field(default="", repr=False)  #: of the request, lower case


def facts_of(description: Description, request_text: str) -> Facts:
    """The facts of a described letter."""
    metadata = description.metadata
    found = description.classification
    offences = frozenset(label.code for label in found.offences)
    bases = frozenset(basis.value for basis in metadata.legal_bases)
    origin, text = (metadata.requesting_authority.value or "").lower(), request_text.lower()
    types = [label.code for label in found.request_types]
    stage: StageFound = find_stage(types, metadata.deadline.kind == "hearing", origin, text)
    return Facts(
        offences=offences,
        stage=stage.stage,
        stage_shown_by=stage.because,
        matter=_matter(offences, bases),
        legal_basis=bases,
        requesting_state=metadata.requesting_state.value,
        origin=origin,
        text=text,
    )


def _matter(offences: frozenset[str], bases: frozenset[str]) -> Matter:
    if offences:
        return "civil" if offences <= CIVIL else "criminal"
    known = legal_bases()
    scopes = {known[basis] for basis in bases if basis in known}
    return "civil" if scopes == {frozenset({"civil"})} else "unknown"


def holds(condition: Condition, name: str, facts: Facts, request_type: str) -> bool | None:
    """Whether one kind of value fits; None when the letter does not say what is asked."""
    wanted: frozenset[str] = getattr(condition, name)
    if name == "request_types":
        return request_type in wanted
    if name == "place":
        return bool(places_in(facts.text, wanted))
    if name == "origin":
        return any(word in facts.origin for word in wanted) if facts.origin else None
    value: frozenset[str] | str | None = getattr(facts, name)
    if name == "offences" and not value and facts.matter == "civil":
        # Its instruments say that it is civil: what stands for such a matter among the offences fits.
        return bool(wanted & CIVIL)
    if isinstance(value, frozenset):
        # A letter that cites no instrument rests on none; one without offence has one that was not found.
        return bool(value & wanted) if value or name == "legal_basis" else None
    return None if value in {None, "unknown"} - wanted else value in wanted


def fits(condition: Condition, facts: Facts, request_type: str) -> bool | None:
    """Whether a whole condition holds; None when it may, for all that the letter says."""
    answers = [holds(condition, name, facts, request_type) for name in condition.names()]
    if False in answers:
        return False
    return None if None in answers else True


def places_in(text: str, places: frozenset[str]) -> list[str]:
    """Those of the places that the text names."""
    return sorted(place for place in places if re.search(looked_for(place), text))


#: Names under which a reason lists the values of a condition.
_NAMES = {
    "request_types": "request_types",
    "offences": "offences",
    "stage": "stages",
    "matter": "matters",
    "legal_basis": "legal_bases",
    "requesting_state": "states",
    "origin": "origins",
    "place": "places",
}
MOST = 3  #: values that are listed of a condition not met: a rule may name dozens


def because(condition: Condition, facts: Facts, request_type: str) -> tuple[Reason, ...]:
    """What of the letter meets the condition; empty when nothing does."""
    met = [name for name in condition.names() if holds(condition, name, facts, request_type)]
    return tuple(_met(condition, name, facts, request_type) for name in met)


def _met(condition: Condition, name: str, facts: Facts, request_type: str) -> Reason:
    if name == "request_types":
        return Reason("met_request_types", {"request_types": (request_type,)})
    wanted: frozenset[str] = getattr(condition, name)
    if name == "place":
        return Reason("met_place", {"some_places": tuple(place.title() for place in places_in(facts.text, wanted))})
    value: frozenset[str] | str | None = getattr(facts, name)
    shown = wanted & value if isinstance(value, frozenset) else wanted
    return Reason(f"met_{name}", {_NAMES[name]: tuple(sorted(shown or wanted))})


def against(condition: Condition, facts: Facts, request_type: str) -> tuple[Reason, ...]:
    """What of the condition is not met: the letter does not say it, or says something else."""
    said = []
    for answer, code in ((None, "not_known"), (False, "not_fitting")):
        names = [name for name in condition.names() if holds(condition, name, facts, request_type) is answer]
        if names:
            asked = (
                Reason(f"asked_{name}", {f"some_{_NAMES[name]}": _some(getattr(condition, name))}) for name in names
            )
            said.append(Reason(code, {"asked": tuple(asked)}))
    return tuple(said)


def _some(values: frozenset[str]) -> tuple[str, ...]:
    """A few of the values."""
    listed = sorted(values)
    return (*listed[:MOST], *(["…"] if len(listed) > MOST else []))
