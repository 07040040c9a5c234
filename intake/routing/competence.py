"""Who must act on a letter, by the rules of a profile, with the reasons in plain sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.routing.profile import Condition, Matter, Profile, Rule, Stage
from intake.values import Description, Route

CIVIL = frozenset({"civil_or_commercial", "family_or_maintenance"})
ENFORCEMENT = frozenset({"confiscation_or_forfeiture", "asset_recovery_return", "transfer_of_sentenced_persons"})
MOST_CANDIDATES = 3
UNDETERMINED = "Competence undetermined"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What rules may ask of a letter."""

    offences: frozenset[str]
    stage: Stage
    matter: Matter
    legal_basis: frozenset[str]
    requesting_state: str | None
    origin: str


class ProfileCompetence:
    """Applies a profile: the first rule that fits decides (a ``Competence``)."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def assign(self, description: Description) -> Route:
        """Return the competent authority with reasons; never raises, and doubt is a review."""
        doubts = _doubts(self._profile, description)
        if not description.classification.is_request:
            return self._without_request(description, doubts)
        types = [label.code for label in description.classification.request_types]
        facts = _facts(description)
        if not types:
            return self._undetermined(facts, (), ("No request type could be told.", *doubts))
        rule = self._first_rule(facts, types[0])
        if rule is None:
            return self._undetermined(facts, types, doubts)
        others = self._other_measures(facts, types[1:], rule)
        reasons = (self._reason(rule, facts, types[0]), *others.reasons, *_unsure_of(rule, facts))
        required = (f"A person must confirm: {rule.review}",) if rule.review else ()
        copies = tuple(dict.fromkeys([*rule.copies, *others.copies]))
        review = bool(doubts or required or others.copies)
        return Route(rule.to, copies, review, (*reasons, *required, *doubts))

    def _first_rule(self, facts: _Facts, request_type: str) -> Rule | None:
        for rule in self._profile.rules:
            if all(_holds(rule.when, name, facts, request_type) for name in rule.when.names()):
                return rule
        return self._profile.default

    def _other_measures(self, facts: _Facts, types: Sequence[str], chosen: Rule) -> "_Others":
        """Measures beside the first that another authority would have to take."""
        copies, reasons = [], []
        for request_type in types:
            rule = self._first_rule(facts, request_type)
            if rule and rule.to != chosen.to:
                copies.append(rule.to)
                reasons.append(f"It also asks for {_plain(request_type)}, which is for {self._name(rule.to)}.")
        return _Others(tuple(copies), tuple(reasons))

    def _without_request(self, description: Description, doubts: Sequence[str]) -> Route:
        confidence = description.classification.is_request_confidence
        reason = f"This does not look like a request (confidence {confidence:.2f}); a person decides where it belongs."
        return Route(self._profile.not_a_request, (), True, (reason, *doubts))

    def _undetermined(self, facts: _Facts, types: Sequence[str], doubts: Sequence[str]) -> Route:
        reasons = [f"{UNDETERMINED}: no rule of the profile {self._profile.code} fits."]
        ranked = self._candidates(facts, types)
        if ranked:
            reasons.append("Candidates, most likely first: " + ", ".join(map(self._name, ranked)) + ".")
        return Route(None, (), True, (*reasons, *doubts))

    def _candidates(self, facts: _Facts, types: Sequence[str]) -> list[str]:
        """Authorities by how much of their best rule fits."""
        best: dict[str, float] = {}
        for rule in self._profile.rules:
            names = rule.when.names()
            fitting = sum(any(_holds(rule.when, n, facts, t) for t in types or ("",)) for n in names)
            best[rule.to] = max(best.get(rule.to, 0.0), fitting / len(names))
        return sorted((code for code in best if best[code] > 0), key=lambda code: -best[code])[:MOST_CANDIDATES]

    def _reason(self, rule: Rule, facts: _Facts, request_type: str) -> str:
        if rule is self._profile.default:
            because = "no special rule applies, so it goes to the authority for all other letters"
        else:
            because = _because(rule.when, facts, request_type)
        chain = f", then {', then '.join(rule.then)}" if rule.then else ""
        mark = " The rule is marked unverified." if rule.unverified else ""
        return f"{self._name(rule.to)}{chain}: {because} (profile {self._profile.code}, line {rule.line}).{mark}"

    def _name(self, code: str) -> str:
        authority = self._profile.authority(code)
        return authority.name if authority else code


@dataclass(frozen=True, slots=True)
class _Others:
    copies: tuple[str, ...]
    reasons: tuple[str, ...]


def _facts(description: Description) -> _Facts:
    offences = frozenset(label.code for label in description.classification.offences)
    metadata = description.metadata
    return _Facts(
        offences=offences,
        stage=_stage(description),
        matter="unknown" if not offences else "civil" if offences <= CIVIL else "criminal",
        legal_basis=frozenset(basis.value for basis in metadata.legal_bases),
        requesting_state=metadata.requesting_state.value,
        origin=(metadata.requesting_authority.value or "").lower(),
    )


def _stage(description: Description) -> Stage:
    """The stage of the proceedings as far as the description tells it."""
    types = {label.code for label in description.classification.request_types}
    if types & ENFORCEMENT:
        return "enforcement"
    return "trial" if description.metadata.deadline.kind == "hearing" else "unknown"


def _holds(condition: Condition, name: str, facts: _Facts, request_type: str) -> bool:
    wanted: frozenset[str] = getattr(condition, name)
    if name == "request_types":
        return request_type in wanted
    if name == "requesting_state":
        return facts.requesting_state in wanted
    if name == "origin":
        return any(word in facts.origin for word in wanted)
    value: frozenset[str] | str = getattr(facts, name)
    return value in wanted if isinstance(value, str) else bool(value & wanted)


_LEAD = {
    "offences": "it concerns",
    "stage": "the proceedings are at the stage of",
    "matter": "the matter is",
    "legal_basis": "it rests on",
    "requesting_state": "it comes from",
    "origin": "it was written by",
}


def _because(condition: Condition, facts: _Facts, request_type: str) -> str:
    """What of the letter met the condition, in words."""
    parts = []
    for name in condition.names():
        if name == "request_types":
            parts.append(f"it asks for {_plain(request_type)}")
            continue
        wanted: frozenset[str] = getattr(condition, name)
        value: frozenset[str] | str = getattr(facts, name)
        met = wanted & value if isinstance(value, frozenset) else wanted
        parts.append(f"{_LEAD[name]} {_either(met or wanted)}")
    return " and ".join(parts)


def _unsure_of(rule: Rule, facts: _Facts) -> tuple[str, ...]:
    """The stage is concluded, not read: a rule that rests on it says so."""
    return (f"The stage of the proceedings is taken to be {facts.stage}.",) if rule.when.stage else ()


def _doubts(profile: Profile, description: Description) -> tuple[str, ...]:
    """Why a person must look at the letter, whatever the rules say."""
    found = description.classification
    doubts = []
    if not found.certain:
        doubts.append("The classifier is not certain of this letter.")
    if found.is_request and found.is_request_confidence < profile.review_below:
        doubts.append(f"It is not certain that this is a request (confidence {found.is_request_confidence:.2f}).")
    for label in (*found.request_types, *found.offences):
        if label.confidence < profile.review_below:
            doubts.append(f"{_plain(label.code).capitalize()} is not certain (confidence {label.confidence:.2f}).")
    if found.suspected:
        doubts.append(f"It may also be about {', '.join(_plain(label.code) for label in found.suspected)}.")
    if description.language is None:
        doubts.append("The language of the letter could not be told.")
    if any(document.language is None for document in description.documents) and description.language is not None:
        doubts.append("A part of the letter is in a language that could not be told.")
    if description.illegible_pages:
        pages = ", ".join(map(str, description.illegible_pages))
        doubts.append(f"Hardly legible: page {pages}; compare with the scan or ask for another copy.")
    return tuple(doubts)


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _either(values: frozenset[str]) -> str:
    listed = sorted(map(_plain, values))
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"
