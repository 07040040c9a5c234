"""Which letters belong together, so that none of them helps to judge a model that learnt from another of them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence

from classifier.folding import fold, split_words

#: Share of runs of five words that letters have in common from which on they are of one pattern.
ALIKE = 0.5
_RUN = 5  #: words
_LONGEST = 20_000  #: characters of a letter that are looked at


def group_alike(texts: Sequence[str], marks: Sequence[Collection[Hashable]]) -> list[list[int]]:
    """Return the places of letters that belong together, in groups.

    Letters belong together when they share a mark, or when the shorter of them is in good part in the other; so do
    those that are joined by others.

    >>> group_alike(["a b c d e f", "one", "a b c d e f g"], [{"x"}, {"x", "y"}, set()])
    [[0, 1, 2]]

    Args:
        texts: what the letters say.
        marks: of each letter, whatever is the same for letters of one case or sender.
    """
    leader = list(range(len(texts)))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    first_with: dict[Hashable, int] = {}
    for place, own in enumerate(marks):
        for mark in own:
            leader[lead(place)] = lead(first_with.setdefault(mark, place))
    holders: dict[int, list[int]] = defaultdict(list)
    runs: list[set[int]] = []
    for place, text in enumerate(texts):
        runs.append(_runs(text))
        shared = Counter(other for run in runs[place] for other in holders[run])
        for other, count in shared.items():
            if count >= ALIKE * max(1, min(len(runs[place]), len(runs[other]))):
                leader[lead(place)] = lead(other)
        for run in runs[place]:
            holders[run].append(place)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(texts)):
        groups[lead(place)].append(place)
    return sorted(groups.values())


def _runs(text: str) -> set[int]:
    words = split_words(fold(text[:_LONGEST]))
    return {hash(tuple(words[start : start + _RUN])) for start in range(max(1, len(words) - _RUN + 1))}
