"""How often an offence that a cited provision stands for is labelled in its letter, by certainty; training letters.

Run: python -m benchmarks.provisions
"""

import time
from collections import Counter
from pathlib import Path

from classifier.provisions import find_provisions
from classifier.samples import load_letters
from classifier.statutes import load_statutes

LETTERS = Path(__file__).parents[1] / "training_data" / "letters"


def main() -> None:
    begun = time.process_time()
    load_statutes()
    print(f"table read in {time.process_time() - begun:.2f} s of processor time")
    letters = load_letters(LETTERS)
    for letter in letters:
        find_provisions(letter.text, letter.language)
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    begun = time.process_time()
    for letter in letters:
        proposed: dict[str, float] = {}
        for match in find_provisions(letter.text, letter.language):
            proposed[match.code] = max(match.certainty, proposed.get(match.code, 0.0))
        for code, certainty in proposed.items():
            band = "0.8 to 1" if certainty >= 0.75 else "0.45 to 0.75" if certainty >= 0.45 else "below 0.45"
            (right if code in letter.offences else wrong)[band] += 1
    spent = time.process_time() - begun
    print(f"{len(letters)} letters, {spent / sum(len(x.text) for x in letters) * 5e6:.1f} ms for 5,000 characters")
    for band in sorted(right | wrong, reverse=True):
        total = right[band] + wrong[band]
        print(f"certainty {band:<13} {right[band]:5} of {total:5} labelled ({right[band] / total:.0%})")
    total = right.total() + wrong.total()
    print(f"together {right.total()} of {total} ({right.total() / total:.0%})")


if __name__ == "__main__":
    main()
