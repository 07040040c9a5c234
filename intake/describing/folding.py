"""Text made comparable: one case, one kind of digit, one form of each letter, nothing invisible."""

import unicodedata
from functools import lru_cache

#: Letters that scribes and keyboards write in several ways: hamza seats, Persian and Arabic yeh and kaf, Cyrillic yo.
_ONE_FORM = str.maketrans(
    "أإآٱىیےئكةهۀەؤڪ" + "ёѐ" + "ıſ" + "׳״’‘ʼ`´“”„«»" + "–—−‐‑‒―" + "  " + "،؛",
    "اااايييي" + "ك" + "هههه" + "وك" + "ее" + "is" + "'\"'''''\"\"\"\"\"" + "-------" + "  " + ",;",
)


@lru_cache(maxsize=20_000)
def fold_character(character: str) -> str:
    """Return the comparable form of one character: one character, or none for what cannot be seen."""
    category = unicodedata.category(character)
    if character == "\n":
        return "\n"
    if category == "Cc" or category.startswith("Z"):
        return " "
    if category == "Cf" or character == "ـ":
        return ""
    if category == "Mn" and ("\u0300" <= character <= "\u036f" or "\u0590" <= character <= "\u06ff"):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    folded = character.translate(_ONE_FORM)
    wide = unicodedata.normalize("NFKC", folded)
    folded = wide if len(wide) == 1 else folded
    lower = folded.lower()
    folded = lower if len(lower) == 1 else lower[0]
    return _without_accent(folded).translate(_ONE_FORM)


def _without_accent(character: str) -> str:
    """Drop the accent of a Latin or Greek letter; Vietnamese tone letters and Cyrillic short i keep theirs."""
    if "\u1ea0" <= character <= "\u1eff" or character in "ơưăâêôđ" or character < "\u00c0" or character > "\u1fff":
        return character
    parts = unicodedata.normalize("NFD", character)
    latin_or_greek = parts[0] < "\u0400" or character >= "\u1f00"
    return parts[0] if len(parts) > 1 and latin_or_greek else character


def fold(text: str) -> str:
    """Return the comparable form of a text.

    >>> fold("ДЁШЕВО № ٢٠٢٣ Çağrı")
    'дешево № 2023 cagri'
    """
    return "".join(map(fold_character, text))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return the comparable form and, for each of its characters, the place of that character in ``text``."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        form = fold_character(character)
        if form:
            folded.append(form)
            places.append(place)
    return "".join(folded), places
