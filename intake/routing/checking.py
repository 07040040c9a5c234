"""Finds what a profile says in vain: rules that never fit, codes that do not exist, authorities that get nothing."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import pycountry

from intake.routing import codes
from intake.routing.facts import CIVIL
from intake.routing.profile import Condition, Profile, Rule
from intake.routing.stage import ENFORCEMENT


def check_profile(profile: Profile) -> list[str]:
    """Return what is wrong with a profile, each in one sentence with the line; an empty list when nothing is."""
    return [
        *_rules_that_never_fit(profile),
        *_unknown_codes(profile),
        *_idle_authorities(profile),
        *_uncovered(profile),
    ]


def _rules_that_never_fit(profile: Profile) -> Iterator[str]:
    for index, rule in enumerate(profile.rules):
        if reason := _contradiction(rule.when):
            yield f"Line {rule.line}: this rule never fits: {reason}; correct its condition."
        elif earlier := _shadowing(_before(profile, index), rule):
            lines = ", ".join(str(other.line) for other in earlier)
            yield f"Line {rule.line}: this rule never fits, because of line {lines} above it; move it up or remove it."


def _before(profile: Profile, index: int) -> tuple[Rule, ...]:
    """Rules that are tried before one: those above it, without those of its own group."""
    own = profile.rules[index].group
    return tuple(rule for rule in profile.rules[:index] if own is None or rule.group != own)


def _contradiction(when: Condition) -> str | None:
    if when.matter == {"civil"} and when.offences and not when.offences & CIVIL:
        return "a civil matter has none of these offences"
    if when.matter == {"unknown"} and when.offences:
        return "the matter is unknown only where no offence is"
    if when.request_types and when.request_types <= ENFORCEMENT and when.stage and "enforcement" not in when.stage:
        return "what it asks for is asked at the stage of enforcement"
    return None


def _shadowing(earlier: tuple[Rule, ...], rule: Rule) -> list[Rule]:
    """Earlier rules that together take every letter this one would; empty when some are left to it."""
    able = [other for other in earlier if _implied(other.when, rule.when)]
    everything = [other for other in able if not other.when.request_types]
    if everything:
        return everything[:1]
    left = rule.when.request_types
    if not left:
        return []
    used = [other for other in able if other.when.request_types & left]
    return used if left <= frozenset().union(*(other.when.request_types for other in used)) else []


def _implied(wider: Condition, narrower: Condition) -> bool:
    """Whether whatever meets ``narrower`` meets ``wider``, request types set aside."""
    return all(
        getattr(narrower, name) and getattr(narrower, name) <= getattr(wider, name)
        for name in wider.names()
        if name != "request_types"
    )


def _unknown_codes(profile: Profile) -> Iterator[str]:
    for rule in profile.rules:
        when = rule.when
        unknown = [(code, codes.request_types()) for code in sorted(when.request_types - codes.request_types())]
        unknown += [(code, codes.offences()) for code in sorted(when.offences - codes.offences())]
        for code, known in unknown:
            yield f"Line {rule.line}: {code!r} is no code of the taxonomy; {_nearest(code, known)}."
        for basis in sorted(when.legal_basis - codes.legal_bases().keys()):
            yield f"Line {rule.line}: {basis!r} is no instrument; {_nearest(basis, codes.legal_bases())}."
        for state in sorted(when.requesting_state):
            if state != "XK" and pycountry.countries.get(alpha_2=state) is None:
                yield f"Line {rule.line}: {state!r} is no State; write its two letters of ISO 3166-1."


def _nearest(code: str, known: Iterable[str]) -> str:
    """What the writer of a code may have meant."""
    close = get_close_matches(code, sorted(known), 1)
    return f"write {close[0]!r} if that is meant" if close else "write one of: " + ", ".join(sorted(known))


def _idle_authorities(profile: Profile) -> Iterator[str]:
    rules = [*profile.rules, *([profile.default] if profile.default else [])]
    used = {code for rule in rules for code in (rule.to, *rule.then, *rule.copies, *rule.notify)}
    for authority in profile.authorities:
        if authority.code not in used | {profile.not_a_request}:
            yield (
                f"Line {authority.line}: the authority {authority.code!r} has no rule; "
                "write one or remove the authority."
            )


def _uncovered(profile: Profile) -> Iterator[str]:
    if profile.default:
        return
    covered: frozenset[str] = frozenset()
    for rule in profile.rules:
        if set(rule.when.names()) == {"request_types"}:
            covered |= rule.when.request_types
    left = sorted(codes.request_types() - covered)
    if left:
        yield f"Without a default some letters stay undetermined: {', '.join(left)}; add a 'default' or rules for them."
