"""What in a letter is for a lawyer's eye: political and military offences, nationality, immunity, the death penalty."""

from collections.abc import Iterator, Mapping

from intake.counter.values import CounterWarning, WarningCode
from intake.describing.signs import Sign, Signs
from intake.describing.text import LetterText
from intake.values import Description, Evidence

_GROUNDS: Mapping[str, WarningCode] = {
    "political": "political",
    "military": "military",
    "immunity": "immunity",
    "death_penalty": "death_penalty",
    "own_national": "nationality",
}
#: Grounds of which letters say as a formula that they are absent. An assurance about death is itself to be weighed.
_FORMULAS = ("political", "military", "immunity")
_LIBERTY = frozenset({"extradition", "provisional_arrest", "transfer_of_sentenced_persons"})


def find_grounds(
    description: Description, text: LetterText, signs: Signs, state: str | None
) -> Iterator[CounterWarning]:
    """Yield each ground once, with the words.

    Args:
        description: of the letter.
        text: the request's own text.
        signs: its signs.
        state: our State; a person of its nationality whose liberty is asked for is a matter for a lawyer.
    """
    for name, code in _GROUNDS.items():
        affirmed = [one for one in signs.of(name) if name not in _FORMULAS or not _is_denied(one, text, signs)]
        if affirmed:
            yield CounterWarning(code, {}, (_words(affirmed[0], text),))
        elif name == "own_national" and state and _is_our_national(description, state):
            yield CounterWarning(code, {"state": state})


def _is_denied(sign: Sign, text: LetterText, signs: Signs) -> bool:
    sentence = text.sentence_at(sign.start, sign.end)
    return any(sentence.start <= one.start < sentence.end for one in signs.of("denial"))


def _is_our_national(description: Description, state: str) -> bool:
    types = {label.code for label in description.classification.request_types}
    return bool(types & _LIBERTY) and any(one.nationality == state for one in description.metadata.persons)


def _words(sign: Sign, text: LetterText) -> Evidence:
    sentence = text.sentence_at(sign.start, sign.end)
    return text.evidence(sentence.start, sentence.end)
