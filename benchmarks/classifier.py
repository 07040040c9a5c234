"""Compares Rogatory's classifier with two peers on the same grouped split, and shows the speed of each.

    python -m benchmarks.classifier [--letters training_data/letters] [--part 4]

The peers learn from the same letters: paperless-ngx's recipe (CountVectorizer of 1- to 2-grams of words, MLP), and
TF-IDF of character n-grams with logistic regression. One template group in ``--part`` is judged, not learnt.
The figures on ../shared/letters (other authors, other languages) are reported apart: nothing is fitted on them.
"""

import argparse
import json
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.multiclass import OneVsRestClassifier  # type: ignore[import-untyped]
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import MultiLabelBinarizer  # type: ignore[import-untyped]

from classifier.evaluation import Truth, evaluate, format_table
from classifier.phrases import load_phrases
from classifier.samples import TrainingLetter, load_letters
from classifier.targets import split_by_template
from classifier.training import train
from classifier.values import Classification, Label

ROOT = Path(__file__).parents[1]
VALIDATION = ROOT.parent / "shared" / "letters"
Answerer = Callable[[str, str], Classification]


def truth_of(letter: TrainingLetter) -> Truth:
    return Truth(letter.language, letter.is_request, letter.request_types, letter.offences)


def rogatory(letters: Sequence[TrainingLetter]) -> Answerer:
    model, _ = train(letters, load_phrases(ROOT / "training_data" / "passages"), seed=0)
    return lambda text, language: model.classify([text], language)


def peer(letters: Sequence[TrainingLetter], make: Callable[[], object]) -> Answerer:
    """Fit one multi-label pipeline for request types and one for offences; ``other`` alone means not a request."""
    texts = [letter.text for letter in letters]
    fitted = []
    for given in ([letter.request_types for letter in letters], [letter.offences for letter in letters]):
        binarizer = MultiLabelBinarizer().fit(given)
        pipeline = make()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            pipeline.fit(texts, binarizer.transform(given))  # type: ignore[attr-defined]
        fitted.append((pipeline, binarizer.classes_))

    def answer(text: str, language: str) -> Classification:
        del language
        labels = []
        for pipeline, codes in fitted:
            chances = pipeline.predict_proba([text])[0]  # type: ignore[attr-defined]
            order = np.argsort(-chances)
            chosen = [i for i in order if chances[i] >= 0.3] or [order[0]]
            labels.append(tuple(Label(str(codes[i]), float(chances[i])) for i in chosen))
        is_request = labels[0][0].code != "other" or len(labels[0]) > 1
        return Classification(is_request, 0.5, labels[0], labels[1], (), False, "peer")

    return answer


def paperless() -> object:
    return make_pipeline(CountVectorizer(ngram_range=(1, 2), min_df=0.01), MLPClassifier(tol=0.01, random_state=0))


def plain() -> object:
    counts = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), max_features=60_000, sublinear_tf=True)
    return make_pipeline(counts, OneVsRestClassifier(LogisticRegression(C=20, max_iter=300)))


def validation_letters() -> list[tuple[str, Truth]]:
    found = []
    for path in sorted(VALIDATION.glob("v*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        labels = raw["labels"]
        truth = Truth(
            raw["language"], not raw["not_a_request"], tuple(labels["request_types"]), tuple(labels["offences"])
        )
        found.append((path.with_suffix(".txt").read_text(encoding="utf-8"), truth))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--letters", type=Path, default=ROOT / "training_data" / "letters")
    parser.add_argument("--part", type=int, default=4, help="one in how many template groups is left out")
    arguments = parser.parse_args()
    letters = load_letters(arguments.letters)
    folds = split_by_template(letters, arguments.part, seed=1)
    known = [letter for letter, fold in zip(letters, folds, strict=True) if fold != 0]
    held = [(letter.text, truth_of(letter)) for letter, fold in zip(letters, folds, strict=True) if fold == 0]
    apart = validation_letters()
    print(f"{len(known)} to learn from, {len(held)} of other templates to judge, {len(apart)} independent")
    if not apart:
        print(f"no independent letters at {VALIDATION}: their columns stay empty")
    print(f"{'':12}" + f"{'types F1':>9}{'offences':>9}{'request?':>9} |" * 2 + f"{'ms/letter':>10}{'train s':>9}")
    ours: Answerer | None = None
    candidates = (
        ("rogatory", rogatory),
        ("paperless", lambda le: peer(le, paperless)),
        ("tf-idf", lambda le: peer(le, plain)),
    )
    for name, make in candidates:
        started = time.perf_counter()
        answer = make(known)
        seconds = time.perf_counter() - started
        ours = ours or answer
        line, started = f"{name:12}", time.perf_counter()
        for group in (held, apart):
            if group:
                overall = evaluate([(truth, answer(text, truth.language)) for text, truth in group]).overall
                line += f"{overall.types_f1:9.3f}{overall.offences_f1:9.3f}{overall.is_request:9.3f} |"
            else:
                line += f"{'-':>9}{'-':>9}{'-':>9} |"
        speed = (time.perf_counter() - started) * 1000 / (len(held) + len(apart))
        print(f"{line}{speed:10.1f}{seconds:9.0f}")
    if ours and apart:
        print("\nRogatory on the independent letters")
        print(format_table(evaluate([(truth, ours(text, truth.language)) for text, truth in apart])))


if __name__ == "__main__":
    main()
