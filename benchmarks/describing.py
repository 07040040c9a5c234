"""How well the describing room reads the validation letters, and how fast.

Usage: ``python -m benchmarks.describing [--wrong]`` from the repository; ``--wrong`` lists what was not met.
"""

import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

STARTED = time.perf_counter()

from classifier.values import Classification  # noqa: E402 - the import is what is timed
from intake.describing.describer import LetterDescriber  # noqa: E402
from intake.values import Metadata, PageReading  # noqa: E402

LETTERS = Path("../shared/letters")


class NoOpinion:
    """A classifier that takes every letter for a request and says no more."""

    def classify(self, pages: Sequence[str], language: str | None) -> Classification:  # noqa: ARG002
        return Classification(True, 0.5, (), (), (), certain=False, model="none")


def readings(text: str, language: str, script: str) -> list[PageReading]:
    return [
        PageReading(number, page, language, 1.0, script, 0, 0.0, 1.0, "text", "none")
        for number, page in enumerate(text.split("\f"), 1)
    ]


def letters() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in sorted(LETTERS.glob("v*.txt")):
        yield path.stem, path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8"))


def same_number(expected: str | None, found: str | None) -> bool:
    """Whether one number holds the other, strokes and labels aside."""
    if expected is None or found is None:
        return expected is None and found is None
    one, other = (re.sub(r"[\W_]+", "", value).lower() for value in (expected, found))
    digits_one, digits_other = re.sub(r"\D", "", one), re.sub(r"\D", "", other)
    if len(digits_one) < 3 or len(digits_other) < 3:
        return one == other
    return digits_one in digits_other or digits_other in digits_one


def outcome(labels: dict[str, Any], found: Metadata) -> dict[str, tuple[bool, Any, Any]]:
    pairs = {
        "requesting_state": found.requesting_state.value,
        "requested_state": found.requested_state.value,
        "date": found.date.value,
        "deadline": found.deadline.value,
        "urgent": found.urgent.value,
        "confidential": found.confidential.value,
    }
    met = {name: (labels[name] == value, labels[name], value) for name, value in pairs.items()}
    met["reference"] = (
        same_number(labels["reference"], found.reference.value),
        labels["reference"],
        found.reference.value,
    )
    return met


def f1(results: list[tuple[bool, Any, Any]]) -> float:
    hits = sum(1 for _, expected, value in results if expected is True and value is True)
    said = sum(1 for _, _, value in results if value is True)
    true = sum(1 for _, expected, _ in results if expected is True)
    return 2 * hits / (said + true) if said + true else 1.0


def main() -> None:
    if not LETTERS.is_dir():
        print(f"{LETTERS} is absent: nothing to measure")
        return
    describer = LetterDescriber(NoOpinion())
    results: dict[str, list[tuple[bool, Any, Any]]] = {}
    seconds: list[float] = []
    worked: list[float] = []
    for name, text, labelled in letters():
        started, began = time.perf_counter(), time.process_time()
        description = describer.describe(readings(text, labelled["language"], labelled["script"]))
        seconds.append(time.perf_counter() - started)
        worked.append(time.process_time() - began)
        if len(seconds) == 1:
            print(f"import and first letter: {time.perf_counter() - STARTED:.2f} s")
        for field, result in outcome(labelled["labels"], description.metadata).items():
            results.setdefault(field, []).append(result)
            if (
                "--wrong" in sys.argv
                and not result[0]
                and (field not in ("urgent", "confidential") or True in result[1:])
            ):
                print(f"  {name} {field}: expected {result[1]!r}, found {result[2]!r}")
    count = len(seconds)
    for field in ("requesting_state", "requested_state", "reference", "date"):
        print(f"{field}: {sum(met for met, _, _ in results[field])} of {count}")
    with_one = [r for r in results["deadline"] if r[1]]
    invented = [r for r in results["deadline"] if not r[1] and r[2]]
    print(f"deadline: right {sum(r[0] for r in with_one)} of {len(with_one)}, invented {len(invented)}")
    for field in ("urgent", "confidential"):
        print(f"{field}: F1 {f1(results[field]):.2f}")
    # The first letter that names a law pays for its pattern; other programs on the machine stretch the time on the
    # clock, not the time of the processor.
    again = []
    for _, text, labelled in letters():
        pages = readings(text, labelled["language"], labelled["script"])
        began = time.process_time()
        describer.describe(pages)
        again.append(time.process_time() - began)
    kinds = (("on the clock", seconds[1:]), ("of the processor", worked[1:]), ("of the processor, again", again))
    for kind, measured in kinds:
        later = sorted(measured)
        print(f"a letter, {kind}: median {1000 * later[len(later) // 2]:.1f} ms, slowest {1000 * later[-1]:.1f} ms")


if __name__ == "__main__":
    main()
