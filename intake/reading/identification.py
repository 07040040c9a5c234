"""The language of a text: its script first, then its letters, then what statistical models say of the rest."""

import math
import re
from collections.abc import Sequence

from typing_extensions import override

from intake.reading.alphabets import letter_evidence
from intake.reading.languages import languages_of
from intake.reading.neighbours import word_evidence
from intake.reading.ranking import LanguageRanker
from intake.reading.scripts import count_letters, find_script, share_in_script
from intake.seams import LanguageIdentifier

#: Fewer letters than this name no language, unless the script itself does.
_LEAST_LETTERS = 12
#: More text than this teaches nothing new, characters.
_MOST_TEXT = 6_000
#: A language that a model gives less than this may still be right: its neighbours or the letters decide.
_FLOOR = 1e-4
#: Below this the answer is "undetermined".
_LEAST_CONFIDENCE = 0.4
_NOT_PROSE = re.compile(r"\S*[\d@/\\]\S*|https?:\S+")


class ScriptAwareIdentifier(LanguageIdentifier):
    """Asks the models only among the languages of the text's own script, and weighs their answer with its letters."""

    def __init__(self, rankers: Sequence[LanguageRanker]) -> None:
        """Take the models whose answers are multiplied.

        Args:
            rankers: at least one.
        """
        self._rankers = tuple(rankers)

    @property
    def version(self) -> str:
        """The models' names and versions."""
        return ", ".join(ranker.version for ranker in self._rankers)

    @override
    def identify(self, text: str, script: str | None) -> tuple[str | None, float]:
        text = text[:_MOST_TEXT]
        found, share = find_script(text)
        if found is None:
            return None, 0.0
        # The text's own letters are better evidence than what somebody thought of its image.
        if script is None or share_in_script(text, script) < share / 2 or {script, found} <= {"Hans", "Hant", "Jpan"}:
            script = found
        letters = sum(count_letters(text).values())
        candidates = languages_of(script)
        if len(candidates) == 1:
            return (candidates[0], min(0.99, share)) if letters >= 3 else (None, 0.0)
        if letters < _LEAST_LETTERS or not candidates:
            return None, 0.0
        return self._weigh(_NOT_PROSE.sub(" ", text), script, candidates)

    def _weigh(self, text: str, script: str, candidates: Sequence[str]) -> tuple[str | None, float]:
        scores = letter_evidence(text, script, candidates)
        for code, weight in word_evidence(text, candidates).items():
            scores[code] += weight
        for ranker in self._rankers:
            ranked = ranker.rank(text, candidates)
            if ranked:
                scores = {code: score + math.log(max(ranked.get(code, 0.0), _FLOOR)) for code, score in scores.items()}
        best = max(scores, key=lambda code: scores[code])
        confidence = 1 / sum(math.exp(score - scores[best]) for score in scores.values())
        return (best, confidence) if confidence >= _LEAST_CONFIDENCE else (None, confidence)
