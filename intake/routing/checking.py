"""Finds what a profile says in vain: rules that never fit, codes that do not exist, authorities that get nothing."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pycountry
import yaml

from intake.routing.competence import CIVIL
from intake.routing.profile import Condition, Profile, Rule


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
        elif earlier := _shadowing(profile.rules[:index], rule):
            lines = ", ".join(str(other.line) for other in earlier)
            yield f"Line {rule.line}: this rule never fits, because of line {lines} above it; move it up or remove it."


def _contradiction(when: Condition) -> str | None:
    if when.matter == {"civil"} and when.offences and not when.offences & CIVIL:
        return "a civil matter has none of these offences"
    if when.matter == {"unknown"} and when.offences:
        return "the matter is unknown only where no offence is"
    if when.matter == {"criminal"} and when.offences and when.offences <= CIVIL:
        return "a criminal matter is not only about these"
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
    request_types, offences = _taxonomy()
    for rule in profile.rules:
        unknown = sorted((rule.when.request_types - request_types) | (rule.when.offences - offences))
        for code in unknown:
            yield f"Line {rule.line}: {code!r} is no code of the taxonomy; look it up in docs/reference."
        for state in sorted(rule.when.requesting_state):
            if state != "XK" and pycountry.countries.get(alpha_2=state) is None:
                yield f"Line {rule.line}: {state!r} is no State; write its two letters of ISO 3166-1."


def _idle_authorities(profile: Profile) -> Iterator[str]:
    rules = [*profile.rules, *([profile.default] if profile.default else [])]
    used = {code for rule in rules for code in (rule.to, *rule.copies)} | {profile.not_a_request}
    for authority in profile.authorities:
        if authority.code not in used:
            yield f"The authority {authority.code!r} has no rule; write one or remove the authority."


def _uncovered(profile: Profile) -> Iterator[str]:
    if profile.default:
        return
    covered: frozenset[str] = frozenset()
    for rule in profile.rules:
        if set(rule.when.names()) == {"request_types"}:
            covered |= rule.when.request_types
    left = sorted(_taxonomy()[0] - covered)
    if left:
        yield f"Without a default some letters stay undetermined: {', '.join(left)}; add a 'default' or rules for them."


@lru_cache(maxsize=1)
def _taxonomy() -> tuple[frozenset[str], frozenset[str]]:
    text = files("classifier").joinpath("taxonomy.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return (
        frozenset(entry["id"] for entry in content["request_types"]),
        frozenset(entry["id"] for entry in content["offences"]),
    )
