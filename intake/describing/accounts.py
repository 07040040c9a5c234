"""Bank accounts, payment cards and wallets that a letter names, checked by their check digits."""

import re
from collections.abc import Callable, Iterator, Sequence

from stdnum import bitcoin, iban, luhn
from stdnum.ar import cbu
from stdnum.cz import bankaccount

from intake.describing.cues import Cues
from intake.describing.dates import FoundDate
from intake.describing.labelled import numbers_after
from intake.describing.text import LetterText, Span
from intake.metadata import Particular

SHORTEST_IBAN, LONGEST_IBAN = 15, 34  #: characters, ISO 13616
FEWEST = 5  #: figures of an account number
BESIDE = 60  #: characters before a card number in which the word *card* stands
_IBAN_START = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?=[ -]?[a-z0-9])")
_NAMED_IBAN = re.compile(r"iban[\s:.]{0,4}$")
_CARD = re.compile(
    r"(?<![\w.+-])(?:\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?:\d{3})?|3[47]\d{2}[ -]?\d{6}[ -]?\d{5})(?![\w-])"
)
_ISSUED = re.compile(r"3[47]|4|5[0-8]|6|2[2-7]|35|220[0-4]")  #: first figures that card schemes use, ISO/IEC 7812
_WALLET = re.compile(r"(?<!\w)(?:bc1[a-z0-9]{25,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|0x[0-9a-fA-F]{40})(?!\w)")
_AMOUNT = re.compile(r"[.,]\d{2}$|^(?:19|20)\d\d[-/](?:\d{2}|\d{4})$")
_MONEY = re.compile(r"\s?(?:eur|usd|chf|gbp|rub|try|€|\$|£|₽|₺|zl|kc|ron|lei|руб|грн|%)")


def find_accounts(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> Iterator[tuple[Span, Particular]]:
    """Yield accounts and cards with their place in the folded text."""
    taken: list[Span] = []
    for span, found in (*_ibans(text), *_cards(text, cues), *_wallets(text)):
        if _is_free(span, taken):
            taken.append(span)
            yield span, found
    dated = [Span(found.start, found.end) for found in dates]
    for cue in cues.of("account"):
        for span in numbers_after(text, cue, FEWEST):
            written = text.folded[span.start : span.end]
            is_money = _AMOUNT.search(written) or _MONEY.match(text.folded, span.end)
            if is_money or not _is_free(span, taken) or not _is_free(span, dated):
                break
            taken.append(span)
            yield span, _account(text, cue.start, span)


def mask_cards(words: str) -> str:
    """Hide the figures of payment cards except the last four.

    >>> mask_cards("card 4111 1111 1111 1111 of the bank")
    'card ************1111 of the bank'
    """
    return _CARD.sub(lambda found: _masked(found.group()) if _is_card(found.group()) else found.group(), words)


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    return all(span.end <= other.start or other.end <= span.start for other in taken)


def _ibans(text: LetterText) -> Iterator[tuple[Span, Particular]]:
    for found in _IBAN_START.finditer(text.folded):
        span, is_valid = _iban_span(text.folded, found.start())
        named = _NAMED_IBAN.search(text.folded, max(0, found.start() - 10), found.start())
        if span is None or not (is_valid or named):
            continue
        value = iban.compact(text.folded[span.start : span.end]).upper()
        evidence = (text.evidence(max(0, span.start - 30), span.end),)
        confidence = 0.97 if is_valid else 0.4
        yield span, Particular(value, "iban", value[:2], is_valid, confidence, evidence)


def _iban_span(folded: str, start: int) -> tuple[Span | None, bool]:
    """The longest run of groups that its check digits confirm, or else that looks like one."""
    signs, ends = "", []
    for place in range(start, min(len(folded), start + LONGEST_IBAN + 12)):
        character = folded[place]
        if character.isascii() and character.isalnum():
            signs += character
            ends.append(place + 1)
        elif character not in " -" or not folded[place - 1].isalnum():
            break
    for length in range(min(LONGEST_IBAN, len(signs)), SHORTEST_IBAN - 1, -1):
        following = folded[ends[length - 1] : ends[length - 1] + 1]
        if not following.isalnum() and iban.is_valid(signs[:length]):
            return Span(start, ends[length - 1]), True
    figures = re.match(r"[a-z]{2}\d{2}(?: ?[a-z\d]*\d[a-z\d]*)+", folded[start : start + LONGEST_IBAN + 8])
    is_long = figures is not None and len(figures.group().replace(" ", "")) >= SHORTEST_IBAN
    return (Span(start, start + figures.end()) if figures and is_long else None), False


def _cards(text: LetterText, cues: Cues) -> Iterator[tuple[Span, Particular]]:
    for found in _CARD.finditer(text.folded):
        grouped = " " in found.group() or "-" in found.group()
        named = cues.has("card", max(0, found.start() - BESIDE), found.start())
        if not _is_card(found.group()) or not (grouped or named):
            continue
        evidence = text.evidence(max(0, found.start() - 30), found.end())
        hidden = type(evidence)(evidence.page, mask_cards(evidence.quote))
        yield (
            Span(found.start(), found.end()),
            Particular(_masked(found.group()), "card", None, True, 0.9 if named else 0.7, (hidden,)),
        )


def _is_card(written: str) -> bool:
    return bool(_ISSUED.match(written)) and luhn.is_valid(re.sub(r"\D", "", written))


def _masked(written: str) -> str:
    figures = re.sub(r"\D", "", written)
    return "*" * (len(figures) - 4) + figures[-4:]


def _wallets(text: LetterText) -> Iterator[tuple[Span, Particular]]:
    """Addresses of crypto-assets; capitals count in them, so the text is searched as written."""
    for found in _WALLET.finditer(text.original):
        address = found.group()
        is_valid = bitcoin.is_valid(address) if not address.startswith("0x") else None
        if is_valid is False:
            continue
        start, end = text.place_of(found.start()), text.place_of(found.end())
        yield Span(start, end), Particular(address, "account", None, is_valid, 0.9, (text.evidence(start, end),))


def _account(text: LetterText, start: int, span: Span) -> Particular:
    value = " ".join(text.words(span.start, span.end).split())
    national: tuple[tuple[str, Callable[[str], bool]], ...] = (("AR", cbu.is_valid), ("CZ", bankaccount.is_valid))
    folded = text.folded[span.start : span.end]
    state = next((state for state, is_valid in national if "/" in folded + value and is_valid(folded)), None)
    if state is None and cbu.is_valid(folded):
        state = "AR"
    evidence = (text.evidence(start, span.end),)
    return Particular(value, "account", state, True if state else None, 0.8, evidence)
