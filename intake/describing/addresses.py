"""Addresses of machines and mailboxes: IP addresses, domains, web addresses, e-mail accounts."""

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address

from publicsuffixlist import PublicSuffixList

from intake.describing.cues import Cues
from intake.describing.text import LetterText, Span
from intake.metadata import Particular, ParticularKind

BESIDE = 60  #: characters before an address in which a word such as *server* makes it one
_DEFANGED = ((re.compile(r"\[\.\]|\(\.\)|\[dot\]"), "."), (re.compile(r"^hxxp"), "http"), (re.compile(r"\[:\]"), ":"))
_DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\])"  #: police letters break addresses so that nobody follows them
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]+@[\w-]+(?:{_DOT}[\w-]+)+")
_URL = re.compile(r"(?<!\w)h(?:tt|xx)ps?(?::|\[:\])//[^\s<>\"'«»()]+")
_IPV4 = re.compile(rf"(?<![\d.])\d{{1,3}}(?:{_DOT}\d{{1,3}}){{3}}(?![\d]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})(?::[0-9a-f]{1,4})*(?![\w:])")
_DOMAIN = re.compile(rf"(?<![\w.@/-])(?:[a-z\d](?:[a-z\d-]*[a-z\d])?{_DOT}){{1,5}}[a-z]{{2,18}}(?![\w-])")


def find_addresses(text: LetterText, cues: Cues) -> Iterator[tuple[Span, Particular]]:
    """Yield addresses with their place in the folded text."""
    taken: list[Span] = []
    for kind, pattern, confidence in _PATTERNS:
        for found in pattern.finditer(text.folded):
            start, end = found.start(), found.end() - len(found.group()) + len(found.group().rstrip(".,;:"))
            if any(start < other.end and other.start < end for other in taken):
                continue
            value = _mended(text.folded[start:end])
            if _is_one(kind, value, text, cues, Span(start, end)):
                taken.append(Span(start, end))
                evidence = (text.evidence(max(0, start - 40), end),)
                yield Span(start, end), Particular(value, kind, None, None, confidence, evidence)


_PATTERNS: tuple[tuple[ParticularKind, re.Pattern[str], float], ...] = (
    ("url", _URL, 0.95),
    ("email", _EMAIL, 0.95),
    ("ip", _IPV4, 0.9),
    ("ip", _IPV6, 0.9),
    ("domain", _DOMAIN, 0.8),
)


def _mended(written: str) -> str:
    for broken, whole in _DEFANGED:
        written = broken.sub(whole, written)
    return written


def _is_one(kind: ParticularKind, value: str, text: LetterText, cues: Cues, span: Span) -> bool:
    if kind == "ip":
        return _is_ip(value, cues.has("server", max(0, span.start - BESIDE), span.start))
    if kind == "domain":
        return _is_domain(value, text, cues, span)
    return kind == "url" or _suffix(value.partition("@")[2]) is not None


def _is_ip(value: str, named: bool) -> bool:
    """Four small numbers may be the number of a paragraph, unless a word calls them an address."""
    try:
        address = ip_address(value)
    except ValueError:
        return False
    if address.version == 6:
        return value.count(":") >= 3
    return named or len(value.replace(".", "")) >= 7


def _is_domain(value: str, text: LetterText, cues: Cues, span: Span) -> bool:
    """A full stop without a blank after it makes no domain: it needs *www*, a word for it, or brackets."""
    labels = value.split(".")
    if len(labels[-2]) < 2 or not any(c.isalpha() for c in labels[-2]):
        return False
    named = cues.has("server", max(0, span.start - BESIDE), span.start)
    written = text.words(span.start, span.end)
    return (value.startswith("www.") or named or "[" in written) and _suffix(value) is not None


def _suffix(domain: str) -> str | None:
    return _suffixes().publicsuffix(domain, accept_unknown=False)


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    # Encoding the list's own letters takes longer than all the rest, and few domains need it.
    return PublicSuffixList(only_icann=True, accept_encoded_idn=False)
