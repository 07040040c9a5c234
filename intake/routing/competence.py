"""Who must act on a letter, by the rules of a profile, with the reasons in plain sentences."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from intake.routing.choosing import Choice, candidates, choose
from intake.routing.doubts import doubts
from intake.routing.facts import Facts, because, facts_of
from intake.routing.profile import Profile, Rule
from intake.routing.wording import in_english
from intake.values import Description, Part, Reason, Route


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
        doubtful = tuple(doubts(description, self.profile.review_below))
        found = description.classification
        if not found.is_request:
            grounds = (Reason("not_a_request", {"confidence": found.is_request_confidence}), *doubtful)
            return Route(self.profile.not_a_request, (), True, _spoken(grounds), grounds=grounds)
        types = [label.code for label in found.request_types]
        if not types:
            return self._undetermined((), self.profile.rules, (Reason("no_request_type"), *doubtful))
        chosen = {request_type: choose(self.profile, self.facts, request_type) for request_type in types}
        first = chosen[types[0]]
        if first.rule is None:
            rules = first.rivals if first.is_tied else self.profile.rules
            return self._undetermined(types[:1], rules, (self._why_open(first), *doubtful))
        return self._determined(chosen, first.rule, doubtful)

    def _determined(self, chosen: dict[str, Choice], first: Rule, doubtful: Sequence[Reason]) -> Route:
        rules = list(dict.fromkeys(choice.rule for choice in chosen.values() if choice.rule))
        parts = self._parts(chosen)
        acting = {part.authority for part in parts}.union(*(part.then for part in parts))
        copies = _others((code for rule in rules for code in rule.copies), acting)
        notices = _others((code for rule in rules for code in rule.notify), acting | set(copies))
        steps = tuple(dict.fromkeys(step for rule in rules for step in rule.review))
        rivals = candidates(self.profile, self.facts, tuple(chosen), _rivals(chosen, acting))
        open_ones = [kind for kind, choice in chosen.items() if choice.rule is None]
        grounds = (
            self._reason(first, chosen),
            *self._other_measures(chosen, first),
            *self._stage_taken(rules),
            *(Reason("told", {"authority": self._name(code)}) for code in notices),
            *(Reason("may_be_for", {"authority": self._name(one.authority), "rule": one.ground}) for one in rivals),
            *(Reason("confirm", {"step": step}) for step in steps),
            *doubtful,
        )
        review = bool(doubtful or steps or rivals or open_ones or len(parts) > 1)
        return Route(first.to, copies, review, _spoken(grounds), parts, notices, steps, tuple(rivals), grounds)

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

    def _other_measures(self, chosen: dict[str, Choice], first: Rule) -> Iterator[Reason]:
        for request_type, choice in chosen.items():
            if choice.rule is None:
                asked = {"request_type": request_type, "why_open": (self._why_open(choice),)}
                yield Reason("also_undetermined", asked)
            elif choice.rule.to != first.to:
                authority = self._name(choice.rule.to)
                yield Reason("also_for", {"request_type": request_type, "authority": authority})

    def _undetermined(self, types: Sequence[str], rules: Sequence[Rule], said: Sequence[Reason]) -> Route:
        ranked = candidates(self.profile, self.facts, types, rules)
        grounds = [Reason("undetermined", {"profile": self.profile.code}), *said]
        if ranked:
            named = (Reason("candidate", {"authority": self._name(c.authority), "rule": c.ground}) for c in ranked)
            grounds.insert(1, Reason("candidates", {"candidates": tuple(named)}))
        return Route(None, (), True, _spoken(grounds), candidates=tuple(ranked), grounds=tuple(grounds))

    def _why_open(self, choice: Choice) -> Reason:
        if not choice.is_tied:
            return Reason("no_rule")
        return Reason("several_rules", {"lines": tuple(str(rule.line) for rule in choice.rivals)})

    def _reason(self, rule: Rule, chosen: dict[str, Choice]) -> Reason:
        met: Reason | tuple[Reason, ...]
        if rule is self.profile.default:
            met = Reason("by_default")
        else:
            request_type = next(kind for kind, choice in chosen.items() if choice.rule is rule)
            met = because(rule.when, self.facts, request_type)
        code = "chosen_unverified" if rule.unverified else "chosen"
        values = {"authority": self._chain(rule), "met": met, "profile": self.profile.code, "line": rule.line}
        return Reason(code, values)

    def _chain(self, rule: Rule) -> str | Reason:
        """The authority, and who acts after it."""
        chain: str | Reason = self._name(rule.to)
        for code in rule.then:
            chain = Reason("in_turn", {"authority": chain, "next": self._name(code)})
        return chain

    def _stage_taken(self, rules: Sequence[Rule]) -> Iterator[Reason]:
        """The stage is concluded, not read: a letter that a rule sends by its stage says so."""
        if not any(rule.when.stage for rule in rules):
            return
        stage, shown_by = self.facts.stage, self.facts.stage_shown_by
        yield (
            Reason("stage_shown", {"stage": stage, "shown_by": shown_by})
            if shown_by
            else Reason("stage", {"stage": stage})
        )

    def _name(self, code: str) -> str:
        authority = self.profile.authority(code)
        return authority.name if authority else code


def _spoken(grounds: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(map(in_english, grounds))


def _others(codes: Iterable[str], acting: set[str]) -> tuple[str, ...]:
    """Codes once each, without those who act or get it anyway."""
    return tuple(dict.fromkeys(code for code in codes if code not in acting))


def _rivals(chosen: dict[str, Choice], acting: set[str]) -> list[Rule]:
    rules = dict.fromkeys(rule for choice in chosen.values() for rule in choice.rivals)
    return [rule for rule in rules if rule.to not in acting]
