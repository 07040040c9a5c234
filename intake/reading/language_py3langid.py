"""Languages by py3langid: a naive Bayes model of 142 languages, with every language of the taxonomy among them."""

import importlib.metadata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from py3langid.langid import MODEL_FILE  # type: ignore[import-untyped]
from py3langid.langid import LanguageIdentifier as Model
from typing_extensions import override

from intake.reading.ranking import LanguageRanker

#: What the model calls a taxonomy code that it does not know by that name.
_LABELS: Final[Mapping[str, str]] = {
    "sr-Cyrl": "sr",
    "sr-Latn": "sr",
    "uz-Cyrl": "uz",
    "zh-Hant": "zh",
}


class Py3langidRanker(LanguageRanker):
    """The model is loaded once per process, when first asked; about 40 MB."""

    @property
    @override
    def version(self) -> str:
        return f"py3langid {importlib.metadata.version('py3langid')}"

    @override
    def rank(self, text: str, candidates: Sequence[str]) -> Mapping[str, float]:
        known = dict(_load().rank(text))
        found = {code: float(known.get(_LABELS.get(code, code), 0.0)) for code in candidates}
        total = sum(found.values())
        return {code: share / total for code, share in found.items()} if total > 0 else {}


@cache
def _load() -> Model:
    return Model.from_model_file(MODEL_FILE, norm_probs=True)
