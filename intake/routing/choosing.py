"""Which rule of a profile is for a measure: the first that fits, none, or several between which a person decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from intake.routing.facts import Facts, against, because, fits, holds
from intake.routing.profile import Profile, Rule
from intake.routing.wording import in_english
from intake.values import Candidate, Reason

MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """What the rules say of one measure."""

    rule: Rule | None  #: None leaves competence undetermined
    rivals: tuple[Rule, ...] = ()  #: rules for other authorities that fit as well, or may
    is_tied: bool = False  #: whether several rules of one group fit, for different authorities


def choose(profile: Profile, facts: Facts, request_type: str) -> Choice:
    """Try the rules from the top; those of one group are tried together."""
    rivals: list[Rule] = []
    for rules in _ranks(profile.rules):
        answers = [(rule, fits(rule.when, facts, request_type)) for rule in rules]
        fitting = [rule for rule, answer in answers if answer]
        rivals += [rule for rule, answer in answers if answer is None]
        if len({rule.to for rule in fitting}) > 1:
            return Choice(None, (*fitting, *rivals), is_tied=True)
        if fitting:
            return Choice(fitting[0], _for_others(rivals, fitting[0].to))
    if profile.default:
        return Choice(profile.default, _for_others(rivals, profile.default.to))
    return Choice(None, tuple(rivals))


def _ranks(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules in the order in which they are tried: one after the other, a group at once."""
    numbered = enumerate(rules)
    for _, rank in groupby(numbered, lambda one: ("group", one[1].group) if one[1].group is not None else one[0]):
        yield [rule for _, rule in rank]


def _for_others(rules: Sequence[Rule], authority: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.to != authority)


def candidates(profile: Profile, facts: Facts, request_types: Sequence[str], rules: Sequence[Rule]) -> list[Candidate]:
    """Authorities that may be competent, by how much of their best rule the letter meets.

    Args:
        profile: with the names of the authorities.
        facts: of the letter.
        request_types: the measures that are open.
        rules: those that come into question.
    """
    best: dict[str, Candidate] = {}
    for rule in rules:
        for request_type in request_types or ("",):
            found = _candidate(profile, rule, facts, request_type)
            if found.fit > 0 and (rule.to not in best or found.fit > best[rule.to].fit):
                best[rule.to] = found
    return sorted(best.values(), key=lambda one: -one.fit)[:MOST_CANDIDATES]


def _candidate(profile: Profile, rule: Rule, facts: Facts, request_type: str) -> Candidate:
    """How much of a rule is met; what the letter does not say counts less."""
    names = rule.when.names()
    weights: dict[bool | None, float] = {True: 1.0, None: 0.4, False: 0.0}
    fit = sum(weights[holds(rule.when, name, facts, request_type)] for name in names) / max(len(names), 1)
    met = because(rule.when, facts, request_type)
    why = (*([Reason("together", {"met": met})] if met else []), *against(rule.when, facts, request_type))
    ground = Reason("rule", {"why": why, "profile": profile.code, "line": rule.line})
    return Candidate(rule.to, round(fit, 2), f"{in_english(ground)}.", ground)
