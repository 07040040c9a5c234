"""Says which offences the provisions that a letter cites stand for: evidence for a proposal, no legal statement."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from classifier.citations import Article, ArticleList, Reading, make_finder, normalise, read
from classifier.jurisdiction import AGREED, Jurisdiction, Meaning
from classifier.statutes import WHOLE, Law, LawMention, expand, load_statutes
from classifier.taxonomy import load_taxonomy

_READ_LIMIT = 120_000  #: characters of a text that are read at most
_TOO_FAR = 5.0
_RANGE = 40  #: articles that a hyphen spans at most
_HAS_PARAGRAPH = re.compile(r"\d[./]\d")
_REACH = 60  #: folded characters between an article and its law at most
_CHAIN = 160  #: characters to the next citation that names the law for this one as well
_BREAK = re.compile(r"[.!?]\s+(?=\S)|\n\s*\n|[。！？]")
_AND = re.compile(r"\W*(?:and|et|e|y|und|en|i|и|та|және|ve|və|तथा|एवं|और|व|oraz|si|och|og|ja|és|及|和|並|및|و|ו)(?!\w)")
#: Languages that put the law before the article.
_LAW_FIRST = frozenset({"zh", "ja", "ko", "tr", "hu", "uz", "kk", "ky", "az", "ka", "hy", "mn", "fi", "et", "hi", "ur"})
#: How far an article is trusted to belong to a law: beside it; without a word for "article"; by the next citation's
#: law; by the last law named; in an older code; a law as a whole.
_BESIDE, _BARE, _NEXT, _LAST, _OLDER, _WHOLE = 1.0, 0.9, 0.8, 0.6, 0.6, 0.6


@dataclass(frozen=True, slots=True)
class ProvisionMatch:
    """One cited article that stands for an offence."""

    code: str  #: of the taxonomy
    start: int  #: characters from the beginning of the text
    end: int  #: exclusive
    certainty: float  #: that the letter means this law and this article, 0..1
    state: str | None = None  #: whose law it is, ISO 3166-1 alpha-2; None for a treaty
    law: str = ""  #: the law's name as the text has it; empty where none stands near the article


def find_provisions(text: str, language: str | None, state: str | None = None) -> list[ProvisionMatch]:
    """Return the offences of the articles that a text cites, in the order of the text.

    Args:
        text: a passage or a whole letter; a law named once serves the articles that follow it.
        language: BCP 47 code of the letter, or None when undetermined.
        state: ISO 3166-1 alpha-2 code of the requesting State, where it is known.
    """
    reading, mentions = find_laws(text)
    jurisdiction = Jurisdiction(reading, language, state)
    assumed = jurisdiction.assume()
    if not assumed.laws and not any(m.laws or m.name.code_languages for m in mentions):
        return []
    meanings = jurisdiction.resolve(mentions)
    found = [m for mention, meaning in zip(mentions, meanings, strict=True) for m in _of_whole(mention, meaning)]
    for articles, index, trust in find_articles(reading, mentions, language):
        if index is not None:
            law = reading.original[reading.place(mentions[index].start) : reading.place(mentions[index].end - 1) + 1]
            found.extend(replace(m, law=law) for m in _of_articles(articles, meanings[index], trust))
        elif articles.announced:
            found.extend(_of_articles(articles, assumed, _BESIDE))
    return sorted(
        {
            replace(
                m,
                start=reading.place(m.start),
                end=reading.place(m.end - 1) + 1,
                certainty=round(m.certainty, 3),
            )
            for m in found
        },
        key=lambda m: (m.start, m.end, m.code),
    )


def find_laws(text: str) -> tuple[Reading, list[LawMention]]:
    """Return a text made ready for looking, as far as texts are read, and the laws it names."""
    reading = read(text[:_READ_LIMIT])
    return reading, list(load_statutes().find_laws(reading))


def find_articles(
    reading: Reading, mentions: Sequence[LawMention], language: str | None
) -> list[tuple[ArticleList, int | None, float]]:
    """Return the lists of articles, each with the mention it belongs to, or None, and the trust in that."""
    lists = _outside_names(_article_finder()(reading.folded), mentions)
    law_first = (language or "").lower().split("-")[0] in _LAW_FIRST
    attached = _attach(reading.folded, lists, mentions, law_first)
    return [(articles, index, trust) for articles, (index, trust) in zip(lists, attached, strict=True)]


def offence_signals(passages: Sequence[str], language: str | None, state: str | None = None) -> NDArray[np.float32]:
    """Return how surely each passage cites a provision of each offence, float32 of shape (passages, offences), 0..1.

    Passages are read as one text, so a law named in one serves the next. Offences are in the order of the taxonomy.
    """
    codes = {code: column for column, code in enumerate(load_taxonomy().codes("offence"))}
    signals = np.zeros((len(passages), len(codes)), np.float32)
    starts = np.cumsum([0] + [len(p) + 1 for p in passages])
    for match in find_provisions("\n".join(passages), language, state):
        row = int(np.searchsorted(starts, match.start, side="right")) - 1
        column = codes[match.code]
        signals[row, column] = max(signals[row, column], match.certainty)
    return signals


@cache
def _article_finder() -> Callable[[str], Iterator[ArticleList]]:
    """Return what finds the lists of articles in a folded text."""
    return make_finder(load_statutes().words)


def _outside_names(lists: Iterable[ArticleList], mentions: Sequence[LawMention]) -> list[ArticleList]:
    """Return the lists without the numbers that are part of a law's name."""
    starts, ends = [m.start for m in mentions], [m.end for m in mentions]
    kept = []
    for entry in lists:
        articles = tuple(
            a for a in entry.articles if not (i := bisect_right(starts, a.start)) or ends[i - 1] <= a.start
        )
        if articles == entry.articles:
            kept.append(entry)
        elif articles and entry.announced != "after":
            kept.append(ArticleList(articles, entry.start, articles[-1].end, entry.announced))
    return kept


def _attach(
    folded: str, lists: Sequence[ArticleList], mentions: Sequence[LawMention], law_first: bool
) -> list[tuple[int | None, float]]:
    """Return for each list the number of the mention it belongs to, and how far that is trusted, 0..1."""
    starts = [m.start for m in mentions]
    attached: list[tuple[int | None, float]] = []
    for i, entry in enumerate(lists):
        after = bisect_right(starts, entry.end - 1)
        before = bisect_right(starts, entry.start) - 1
        costs = []
        if before >= 0:
            follows = i > 0 and attached[-1][0] == before and lists[i - 1].start >= mentions[before].end
            anchor = lists[i - 1].end if follows else mentions[before].end
            costs.append((_cost(folded[anchor : entry.start], entry) + 0.4 * (not law_first), before))
        if after < len(mentions):
            costs.append((_cost(folded[entry.end : starts[after]], entry) + 0.4 * law_first, after))
        cost, index = min(costs, default=(_TOO_FAR, 0))
        attached.append((index, _BESIDE if entry.announced else _BARE) if cost < _TOO_FAR else (None, 0.0))
    return _inherit(folded, lists, mentions, attached)


def _inherit(
    folded: str,
    lists: Sequence[ArticleList],
    mentions: Sequence[LawMention],
    attached: Sequence[tuple[int | None, float]],
) -> list[tuple[int | None, float]]:
    """Give lists without a law of their own the law of the citation they stand beside, or the last that was named."""
    starts = [m.start for m in mentions]
    given = list(attached)
    for i in range(len(lists) - 1, -1, -1):
        if given[i][0] is not None or not lists[i].announced:
            continue
        following = given[i + 1] if i + 1 < len(lists) else (None, 0.0)
        between = folded[lists[i].end : lists[i + 1].start] if i + 1 < len(lists) else ""
        is_next = following[0] is not None and starts[following[0]] >= lists[i].end
        if is_next and len(between) <= _CHAIN and not _BREAK.search(between):
            given[i] = (following[0], _NEXT)
        elif (last := bisect_right(starts, lists[i].start) - 1) >= 0:
            named = mentions[last]
            is_near = lists[i].start - named.end <= _CHAIN
            if is_near or named.laws or named.name.code_languages:
                given[i] = (last, _LAST)
    return given


def _cost(gap: str, entry: ArticleList) -> float:
    """Return how little a gap binds an article to a law."""
    if len(gap) > _REACH or (not entry.announced and len(gap.strip(" ,(:-\n'")) > 0):
        return _TOO_FAR
    cost = len(gap) / 20
    cost += 5.0 * bool(_BREAK.search(gap)) + 3.0 * (";" in gap) + 2.0 * bool(_AND.match(gap))
    return cost + 0.5 * ("," in gap or "、" in gap) + 2.0 * any(c.isdigit() for c in gap)


def _of_whole(mention: LawMention, meaning: Meaning) -> Iterator[ProvisionMatch]:
    for law in meaning.laws[:1]:
        for code in law.codes(WHOLE):
            yield ProvisionMatch(code, mention.start, mention.end, meaning.certainty * _WHOLE, law.state)


def _of_articles(entry: ArticleList, meaning: Meaning, trust: float) -> Iterator[ProvisionMatch]:
    for article in entry.articles:
        said = [(law, codes) for law in meaning.laws if (codes := _codes_of(article, law))]
        certainty = meaning.certainty
        is_known = bool(said)
        if not said:
            said = [(law, codes) for law in meaning.others if (codes := _codes_of(article, law))]
            certainty = AGREED if len({frozenset(codes) for _, codes in said}) == 1 else 0.0
        elif said[0][0] is not meaning.laws[0]:
            certainty *= _OLDER
        if certainty:
            for code in said[0][1]:
                state = said[0][0].state if is_known else None
                yield ProvisionMatch(code, article.start, article.end, certainty * trust, state)


def _codes_of(article: Article, law: Law) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for number in _numbers(article, law) for code in law.codes(number)))


def _numbers(article: Article, law: Law) -> list[str]:
    """Return the articles a citation may mean: as written, a list by slashes, a range, or one with its paragraphs."""
    first, whole = normalise(article.first), normalise(article.first + article.paragraph)
    if article.last is not None:
        return expand(first, normalise(article.last))
    parts = first.split("-")
    base = parts[0].rstrip("abcdfghj")
    ways = [[whole], [first], parts if all(law.holds(p) for p in parts) else []]
    if len(parts) == 2 and first.replace("-", "").isdecimal() and 0 < int(parts[1]) - int(parts[0]) <= _RANGE:
        ways.append(expand(*parts))
    if " " in article.first.strip():
        ways.append([base])
    if _HAS_PARAGRAPH.search(article.first):
        ways.extend(["-".join(parts[:n])] for n in range(len(parts) - 1, 0, -1))
    return next((numbers for numbers in ways if any(law.holds(n) for n in numbers)), [])
