"""Sets aside what stands in a letter without being its own words: orders to the program, floods of key words, laws
quoted at length, passages that come again. What is left is judged as if the rest were not there."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Literal

import numpy as np
import yaml
from numpy.typing import NDArray

from classifier.cues import CUE_NAMES
from classifier.folding import fold
from classifier.passages import Passage

Floats = NDArray[np.float32]
#: Why a passage is set aside.
Aside = Literal["order", "flood", "law", "repeated"]

_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af\u0590-\u06ff]")
#: What programs say to one another: names with underscores, keys in quotes.
_SYNTAX = re.compile(
    r"is_request|request_types|[{,]\s*\"\w+\"\s*:|\"?\b[a-z]+_[a-z_]+\b\"?\s*[:=]|<\|?\w+\|?>|\[/?inst\]"
)
_BOX = re.compile(r"[☐□☑☒✓✔■]|\[[ xXх✓_]?\]|\([xXх ]\)")
#: An article that opens a line of a law, with its number; cited articles go on with a comma or a letter.
_ARTICLE = re.compile(
    r"^\W{0,3}(?:art[a-z]{0,7}\.?|sec(?:tion|\.)?|§{1,2}|paragraph|стат[а-яьтя]{1,3}|ст\.|член|чл\.|бап|модда|modda|madde|"
    r"madda|clanak|clan|cl\.|clen|pasal|fasal|dieu|neni|straipsnis|pants|"
    r"المادة|الماده|ماده|دفعه|سعيف|סעיף|αρθρο|მუხლი|հոդված|มาตรา|धारा|अनुच्छेद|제)\s{0,2}"
    r"(?:no\.?\s?)?([\d٠-٩۰-۹]{1,4})(?![\d,]|\([a-z]\))|^第\s?([\d〇零一二三四五六七八九十百千]{1,9})\s?[条條]"
)
_WORDS = re.compile(r"[^\W\d_]+")
_COMES_AGAIN = 12  #: letters from which a passage that comes again counts once
_LAW_FROM = 3  #: articles in a row that make a quotation of a law
_LAW_GAP = 5  #: passages from one article to the next at most
_FLOOD_TOPICS = 5  #: topics named in one breath, without a sentence around them
_FLOOD_SHARE = 0.4  #: of the pieces of a heap, or of its passages, that name one
_BARE_WORDS = 4  #: of a piece that is a key word rather than a sentence
_FEW_WORDS = 40  #: characters of a passage in a heap of short ones


def set_aside(
    pages: Sequence[str], passages: Sequence[Passage], folded: Sequence[str], named: Floats, cues: Floats
) -> dict[int, Aside]:
    """Return which passages are not the letter's own words, and why.

    Args:
        pages: text of each page, in order.
        passages: of the letter, in order.
        folded: their texts, folded.
        named: (P, topics) 1 where a term of the topic stands whole.
        cues: (P, CUE_NAMES) 1 where a word of the group stands.
    """
    asking, charging = (cues[:, CUE_NAMES.index(name)] > 0 for name in ("ask", "charge"))
    aside: dict[int, Aside] = {}
    aside |= {row: "law" for row in _find_laws(pages, passages, folded, asking)}
    aside |= {row: "flood" for row in _find_floods(passages, folded, named, asking | charging)}
    aside |= {row: "order" for row in _find_orders(pages, passages, folded)}
    seen: set[str] = set()
    for row, text in enumerate(folded):
        letters = "".join(_WORDS.findall(text))
        if letters in seen and len(letters) >= _COMES_AGAIN:
            aside.setdefault(row, "repeated")
        seen.add(letters)
    return aside


def _find_orders(pages: Sequence[str], passages: Sequence[Passage], folded: Sequence[str]) -> Iterator[int]:
    """Yield passages that give orders to a program; what programs say to one another is left out by the line."""
    for row, text in enumerate(folded):
        if _SYNTAX.search(text):
            yield from _beside(row, lambda a, b: _goes_on(pages, passages[a], passages[b]), len(passages))
        elif _orders().search(text):
            yield row


def _beside(row: int, joins: Callable[[int, int], bool], count: int) -> range:
    """Return the passages around one that hang together."""
    first = last = row
    while first > 0 and joins(first - 1, first):
        first -= 1
    while last + 1 < count and joins(last, last + 1):
        last += 1
    return range(first, last + 1)


def _find_floods(
    passages: Sequence[Passage], folded: Sequence[str], named: Floats, speaking: NDArray[np.bool_]
) -> Iterator[int]:
    """Yield passages that heap up key words: many in one, or a row of passages of a word or two."""
    plain = [not said and not _BOX.search(p.text) for p, said in zip(passages, speaking, strict=True)]
    names = named.sum(axis=1)
    for row, text in enumerate(folded):
        pieces = _pieces(text)
        heaped = names[row] >= _FLOOD_TOPICS and names[row] >= _FLOOD_SHARE * len(set(pieces))
        # Whoever asks or accuses makes at least one piece of it a sentence, and does not say it all again.
        is_bare = max(map(_weigh_words, pieces), default=0) <= _BARE_WORDS or len(pieces) >= 2 * len(set(pieces))
        if heaped and (plain[row] or (is_bare and not _BOX.search(passages[row].text))):
            # A long flood was cut into passages; its last one may be short.
            def goes_on(a: int, b: int) -> bool:
                return plain[a] and plain[b] and names[a] > 0 and names[b] > 0 and passages[a].page == passages[b].page

            yield from _beside(row, goes_on, len(passages))
    short = [plain[row] and len(p.text) < _FEW_WORDS and not p.is_item for row, p in enumerate(passages)]
    for run in _runs(short):
        heap = [row for row in run if names[row] > 0]
        if int(named[run].max(axis=0).sum()) >= _FLOOD_TOPICS and len(heap) >= _FLOOD_SHARE * len(run):
            yield from range(heap[0], heap[-1] + 1)


def _runs(flags: Sequence[bool]) -> list[list[int]]:
    """Return the stretches in which a flag holds, each as its row numbers."""
    groups = groupby(range(len(flags)), key=lambda row: flags[row])
    return [list(rows) for holds, rows in groups if holds]


def _weigh_words(piece: str) -> float:
    """Return how many words a piece has; scripts without spaces count by characters."""
    return len(piece) / 2 if _UNSPACED.search(piece) and " " not in piece else len(piece.split())


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,;،、؛\n/|]+", text) if piece.strip()]


def _find_laws(
    pages: Sequence[str], passages: Sequence[Passage], folded: Sequence[str], asking: NDArray[np.bool_]
) -> Iterator[int]:
    """Yield the passages of a law quoted article by article; what asks for something is no law."""
    heads = ((row, _ARTICLE.match(text)) for row, text in enumerate(folded))
    numbers = {row: found.group(1) or found.group(2) for row, found in heads if found}
    runs: list[list[int]] = []
    for row in numbers:
        if runs and row - runs[-1][-1] <= _LAW_GAP:
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in runs:
        if len({numbers[row] for row in run}) < _LAW_FROM:
            continue
        last = run[-1]
        # The last article goes on as long as its sentences stand on one line.
        while last + 1 < len(passages) and _goes_on(pages, passages[last], passages[last + 1]):
            last += 1
        first = run[0] - 1 if run[0] > 0 and passages[run[0] - 1].is_heading else run[0]
        yield from (row for row in range(first, last + 1) if row in numbers or not asking[row])


def _goes_on(pages: Sequence[str], first: Passage, second: Passage) -> bool:
    return first.page == second.page and "\n" not in pages[first.page - 1][first.end : second.start]


@cache
def _orders() -> re.Pattern[str]:
    text = files(__package__).joinpath("orders.yaml").read_text(encoding="utf-8")
    raw: dict[str, dict[str, list[str]]] = yaml.load(text, Loader=yaml.CSafeLoader)
    entries = {entry for by_language in raw.values() for entries in by_language.values() for entry in entries}
    sources = []
    for entry in sorted(entries, key=len, reverse=True):
        folded = re.escape(fold(entry.rstrip("$")))
        start = "" if _UNSPACED.search(folded) else r"(?<!\w)"
        sources.append(start + folded + (r"(?!\w)" if entry.endswith("$") else ""))
    return re.compile("|".join(sources))
