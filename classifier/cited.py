"""Lists the articles of laws that a text cites, whether or not they are known to stand for an offence."""

from dataclasses import dataclass, replace

from classifier.jurisdiction import Jurisdiction
from classifier.provisions import find_articles, find_laws

BESIDE = 2  #: characters between an article and its paragraph


@dataclass(frozen=True, slots=True)
class CitedArticles:
    """Articles cited in one breath, with the law they are of."""

    articles: str  #: as written
    law: str  #: the law's name as written
    state: str | None  #: whose law it is, ISO 3166-1 alpha-2; None where unknown, or of a treaty
    start: int  #: characters from the beginning of the text, of articles and law together
    end: int  #: exclusive
    certainty: float  #: that the articles are of this law, 0..1


def cited_articles(text: str, language: str | None, state: str | None = None) -> list[CitedArticles]:
    """Return the articles cited beside a named law, in the order of the text.

    Args:
        text: a passage or a whole letter; a law named once serves the articles that follow it.
        language: BCP 47 code of the letter, or None when undetermined.
        state: ISO 3166-1 alpha-2 code of the requesting State, where it is known.
    """
    reading, mentions = find_laws(text)
    if not mentions:
        return []
    meanings = Jurisdiction(reading, language, state).resolve(mentions)
    found: list[CitedArticles] = []
    before: int | None = None
    for entry, index, trust in find_articles(reading, mentions, language):
        if index is None:
            continue
        mention, meaning = mentions[index], meanings[index]
        first, last = reading.place(entry.start), reading.place(entry.end - 1) + 1
        start, end = reading.place(mention.start), reading.place(mention.end - 1) + 1
        states = {law.state for law in meaning.laws[:1]}
        if before == index and first - found[-1].end <= BESIDE:
            # "art. 286 § 1": the paragraph belongs to the article before it.
            found[-1] = replace(found[-1], articles=" ".join(text[found[-1].start : last].split()), end=last)
            continue
        before = index
        found.append(
            CitedArticles(
                " ".join(text[first:last].split()),
                " ".join(text[start:end].split()),
                states.pop() if states else None,
                first,
                last,
                round(trust * (meaning.certainty if meaning.laws else 0.8), 2),
            )
        )
    return found
