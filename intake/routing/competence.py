"""Who must act on a letter, by the rules of a profile, with the reasons in plain sentences."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from intake.routing.choosing import Choice, candidates, choose
from intake.routing.doubts import doubts
from intake.routing.facts import Facts, because, facts_of, plain
from intake.routing.profile import Profile, Rule
from intake.values import Candidate, Description, Part, Route

UNDETERMINED = "Competence undetermined"
CONFIRM = "A person must confirm"


class ProfileCompetence:
    """Applies the profile in force: the first rule that fits decides (a ``Competence``)."""

    def __init__(self, profile: Profile | Callable[[], Profile]) -> None:
        """Take a profile, or what gives the one in force at the moment."""
        self._current = profile if callable(profile) else lambda: profile

    def assign(self, description: Description, request_text: str = "") -> Route:
        """Return the competent authorities with reasons; never raises, and doubt is a review."""
        profile = self._current()
        return _Assignment(profile, facts_of(description, request_text)).route(description)


@dataclass(frozen=True, slots=True)
class _Assignment:
    """One letter before one profile."""

    profile: Profile
    facts: Facts

    def route(self, description: Description) -> Route:
        doubtful = doubts(description, self.profile.review_below)
        found = description.classification
        if not found.is_request:
            confidence = found.is_request_confidence
            reason = f"This does not look like a request (confidence {confidence:.2f}); a person says where it belongs."
            return Route(self.profile.not_a_request, (), True, (reason, *doubtful))
        types = [label.code for label in found.request_types]
        if not types:
            return self._undetermined((), self.profile.rules, ("No request type could be told.", *doubtful))
        chosen = {request_type: choose(self.profile, self.facts, request_type) for request_type in types}
        first = chosen[types[0]]
        if first.rule is None:
            rules = first.rivals if first.is_tied else self.profile.rules
            return self._undetermined(types[:1], rules, (*self._why_open(first), *doubtful))
        return self._determined(chosen, first.rule, doubtful)

    def _determined(self, chosen: dict[str, Choice], first: Rule, doubtful: Sequence[str]) -> Route:
        rules = list(dict.fromkeys(choice.rule for choice in chosen.values() if choice.rule))
        parts = self._parts(chosen)
        acting = {part.authority for part in parts}.union(*(part.then for part in parts))
        copies = _others((code for rule in rules for code in rule.copies), acting)
        notices = _others((code for rule in rules for code in rule.notify), acting | set(copies))
        steps = tuple(dict.fromkeys(step for rule in rules for step in rule.review))
        rivals = candidates(self.profile, self.facts, tuple(chosen), _rivals(chosen, acting))
        open_ones = [kind for kind, choice in chosen.items() if choice.rule is None]
        reasons = (
            self._reason(first, chosen),
            *self._other_measures(chosen, first),
            *self._stage_taken(rules),
            *(f"{self._name(code)} is told that the letter came." for code in notices),
            *self._rival_reasons(rivals),
            *(f"{CONFIRM}: {step}" for step in steps),
            *doubtful,
        )
        review = bool(doubtful or steps or rivals or open_ones or len(parts) > 1)
        return Route(first.to, copies, review, reasons, parts, notices, steps, tuple(rivals))

    def _parts(self, chosen: dict[str, Choice]) -> tuple[Part, ...]:
        """One part for each authority that must act, with its measures."""
        types: dict[str, list[str]] = {}
        chains: dict[str, tuple[str, ...]] = {}
        for request_type, choice in chosen.items():
            if choice.rule:
                types.setdefault(choice.rule.to, []).append(request_type)
                chains.setdefault(choice.rule.to, self._queues(choice.rule.then))
        return tuple(Part(code, tuple(asked), chains[code]) for code, asked in types.items())

    def _queues(self, chain: Sequence[str]) -> tuple[str, ...]:
        return tuple(code for code in chain if self.profile.authority(code))

    def _other_measures(self, chosen: dict[str, Choice], first: Rule) -> list[str]:
        said = []
        for request_type, choice in chosen.items():
            if choice.rule is None:
                why = " ".join(self._why_open(choice))
                said.append(f"It also asks for {plain(request_type)}, for which competence is undetermined. {why}")
            elif choice.rule.to != first.to:
                said.append(f"It also asks for {plain(request_type)}, which is for {self._name(choice.rule.to)}.")
        return said

    def _undetermined(self, types: Sequence[str], rules: Sequence[Rule], said: Sequence[str]) -> Route:
        ranked = candidates(self.profile, self.facts, types, rules)
        reasons = [f"{UNDETERMINED}: no authority follows from the profile {self.profile.code}.", *said]
        if ranked:
            named = "; ".join(f"{self._name(one.authority)}: {one.reason.removesuffix('.')}" for one in ranked)
            reasons.insert(1, f"Candidates, most likely first: {named}.")
        return Route(None, (), True, tuple(reasons), candidates=tuple(ranked))

    def _why_open(self, choice: Choice) -> tuple[str, ...]:
        if not choice.is_tied:
            return ("No rule fits.",)
        lines = ", ".join(str(rule.line) for rule in choice.rivals)
        return (f"Several rules fit or may fit (lines {lines}), for different authorities.",)

    def _rival_reasons(self, rivals: Sequence[Candidate]) -> list[str]:
        return [f"It may be for {self._name(one.authority)}: {one.reason}" for one in rivals]

    def _reason(self, rule: Rule, chosen: dict[str, Choice]) -> str:
        if rule is self.profile.default:
            why = "no special rule applies, so it goes to the authority for all other letters"
        else:
            request_type = next(kind for kind, choice in chosen.items() if choice.rule is rule)
            why = because(rule.when, self.facts, request_type)
        chain = f", then {', then '.join(map(self._name, rule.then))}" if rule.then else ""
        mark = " The rule is marked unverified." if rule.unverified else ""
        return f"{self._name(rule.to)}{chain}: {why} (profile {self.profile.code}, line {rule.line}).{mark}"

    def _stage_taken(self, rules: Sequence[Rule]) -> list[str]:
        """The stage is concluded, not read: a letter that a rule sends by its stage says so."""
        if not any(rule.when.stage for rule in rules):
            return []
        shown = f", as shown by: {self.facts.stage_shown_by}" if self.facts.stage_shown_by else ""
        return [f"The stage of the proceedings is taken to be {self.facts.stage}{shown}."]

    def _name(self, code: str) -> str:
        authority = self.profile.authority(code)
        return authority.name if authority else code


def _others(codes: Iterable[str], acting: set[str]) -> tuple[str, ...]:
    """Codes once each, without those who act or get it anyway."""
    return tuple(dict.fromkeys(code for code in codes if code not in acting))


def _rivals(chosen: dict[str, Choice], acting: set[str]) -> list[Rule]:
    rules = dict.fromkeys(rule for choice in chosen.values() for rule in choice.rivals)
    return [rule for rule in rules if rule.to not in acting]
