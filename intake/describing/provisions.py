"""Provisions of foreign law that a letter cites, as it cites them; treaties are legal bases."""

import re

from classifier.cited import cited_articles
from intake.describing.folding import fold
from intake.describing.text import LetterText
from intake.metadata import CitedProvision

MOST = 20  #: provisions listed; more is a statute quoted
SUREST = 0.9  #: confidence, 0..1, that a citation can have
_TREATY = re.compile(
    r"conv|konv|konw|treat|trait|trat|abkomm|ubereink|protoco|protok|договор|конвенц|угод|umow|smlouv|ugovor|sozles|anla|συμβ|اتفاق|"
    r"კონვენც|կոնվենց|अभिसमय|संधि|کنوانسی|معاهد|συνθηκ|公约|公約|条约|條約|条約|협약|조약|อนุสัญญา|verdrag|egyezm|sopimus|leping|ligum|sutart|accord|agreement|2014/41|2002/584"
)


def find_provisions_cited(text: LetterText, state: str | None) -> tuple[CitedProvision, ...]:
    """Return the articles cited beside a law that the letter names.

    Args:
        text: the letter.
        state: ISO 3166-1 alpha-2 code of the requesting State, whose law is meant where nothing else is said.
    """
    found: dict[tuple[str, str], CitedProvision] = {}
    for cited in cited_articles(text.original, text.languages[0] if text.languages else None, state):
        start, end = text.place_of(cited.start), text.place_of(cited.end)
        if _is_treaty(cited.law) or (cited.state is None and _is_bare(cited.law)):
            continue
        evidence = text.evidence(max(0, start - 30), min(len(text.folded), end + 60))
        provision = CitedProvision(cited.articles, cited.law, cited.state, min(SUREST, cited.certainty), (evidence,))
        found.setdefault((cited.articles, cited.law), provision)
    return tuple(found.values())[:MOST]


def _is_bare(law: str) -> bool:
    """A single word such as *Act* says not which law is meant."""
    return " " not in law.strip() and not any(c.isdigit() for c in law)


def _is_treaty(law: str) -> bool:
    return bool(_TREATY.search(fold(law)))
