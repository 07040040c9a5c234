"""Languages by langdetect, seeded, with the profiles that the project trained for those it lacks."""

import hashlib
import importlib.metadata
from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from langdetect.detector_factory import DetectorFactory  # type: ignore[import-untyped]
from langdetect.lang_detect_exception import LangDetectException  # type: ignore[import-untyped]
from typing_extensions import override

from intake.reading.languages import LANGUAGES
from intake.reading.neighbours import pool_neighbours
from intake.reading.ranking import LanguageRanker

#: taxonomy languages that langdetect 1.0.9 has no profile of; ``profile_training`` makes ours
LACKED: Final = ("be", "kk", "uz", "uz-Cyrl", "tg", "mn", "ka", "hy", "az", "sr-Cyrl", "sr-Latn", "ms")
_SEED: Final = 7
#: what langdetect calls a taxonomy code that it does not know by that name
_LABELS: Final[Mapping[str, str]] = {"zh": "zh-cn", "zh-Hant": "zh-tw"}
#: The detector stops once it is sure; more text than this only costs time, characters.
_MOST_TEXT: Final = 3_000


class LangdetectRanker(LanguageRanker):
    """Asks among the candidates only; the profiles are loaded once per process, about 60 MB."""

    def __init__(self, *, extended: bool = True) -> None:
        """Choose the profiles.

        Args:
            extended: with the project's own profiles beside langdetect's; without them for comparison only.
        """
        self._extended = extended

    @property
    @override
    def version(self) -> str:
        own = f" with profiles {_fingerprint()}" if self._extended else ""
        return f"langdetect {importlib.metadata.version('langdetect')}{own}"

    @override
    def rank(self, text: str, candidates: Sequence[str]) -> Mapping[str, float]:
        factory = _load(self._extended)
        labels = {code: _LABELS.get(code, code) for code in candidates}
        known = {code: label for code, label in labels.items() if label in factory.langlist}
        if not known:
            return {}
        detector = factory.create()
        detector.set_prior_map(dict.fromkeys(known.values(), 1.0))
        detector.append(text[:_MOST_TEXT].lower())
        try:
            detector.get_probabilities()
        except LangDetectException:
            # Its way to say that the text has no letters it knows.
            return {}
        shares = dict(zip(factory.langlist, detector.langprob, strict=True))
        return pool_neighbours({code: float(shares[label]) for code, label in known.items()})


@cache
def _load(extended: bool) -> DetectorFactory:
    factory = DetectorFactory()
    factory.set_seed(_SEED)
    theirs = files("langdetect") / "profiles"
    wanted = {_LABELS.get(code, code) for code in LANGUAGES}
    profiles = [place.read_text("utf-8") for place in sorted(theirs.iterdir(), key=str) if place.name in wanted]
    factory.load_json_profile(profiles + (_own_profiles() if extended else []))
    # Its lists of Python numbers take three times the memory of the numbers.
    factory.word_lang_prob_map = {gram: array("f", shares) for gram, shares in factory.word_lang_prob_map.items()}
    return factory


def _own_profiles() -> list[str]:
    folder = files("intake.reading") / "profiles"
    return [(folder / f"{code}.json").read_text("utf-8") for code in LACKED]


@cache
def _fingerprint() -> str:
    return hashlib.sha256("".join(_own_profiles()).encode()).hexdigest()[:8]
