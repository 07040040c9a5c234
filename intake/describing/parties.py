"""Which State asks, which State is asked, which office writes and to whom."""

import re
from collections import defaultdict
from collections.abc import Sequence

from intake.describing.cues import Cues
from intake.describing.dates import FoundDate
from intake.describing.heading import Heading
from intake.describing.names import load_names
from intake.describing.states import Mention, find_cities, find_states
from intake.describing.text import LetterText, Span
from intake.values import Evidence, Stated

#: How much each sign says about who asks. Set by hand, with the validation letters in view: no fitted weights.
IN_LETTERHEAD = {"name": 5.0, "adjective": 3.0, "city": 2.5}
IN_ADDRESSEE = {"name": 6.0, "adjective": 3.0, "city": 3.0}
EMBASSY = 7.0  #: an embassy's own State asks, not the one it sits in
DATELINE = 2.5
AT_THE_END = 1.2
CALLING_CODE = 1.5
SPOKEN = 3.0  #: for a language spoken in one State alone
ENOUGH = 1.3  #: below, the letter is silent about who asks
ENOUGH_ASKED = 0.8  #: and about who is asked: one plain mention will do

_PHONE = re.compile(r"(?<![\w+])\+\s?(\d{1,3})[\s(\d-]{5,}")
#: A treaty is called by the town where it was signed; that town is nobody's.
_TREATY = re.compile(
    "conven|konven|конвен|канвен|konwen|ubereinkomm|umluv|dohovor|egyezm|sozles|συμβασ|اتفاقي|yleissop|verdrag|公约|公約|条約"
)
_LABEL = re.compile(r"^[^\W\d]{1,12}\s*:\s*")


class Tally:
    """Signs for each State with the words that gave them."""

    def __init__(self, text: LetterText) -> None:
        self._text = text
        self._weights: dict[str, float] = defaultdict(float)
        self._best: dict[str, tuple[float, Evidence]] = {}

    def add(self, mention: Mention, weight: float) -> None:
        """Count a mention."""
        self.add_weight(mention.state, weight)
        if weight > self._best.get(mention.state, (0.0,))[0]:
            self._best[mention.state] = (weight, self._text.evidence(mention.start, mention.end))

    def add_weight(self, state: str, weight: float) -> None:
        """Count a sign that no words show, such as the language."""
        self._weights[state] += weight

    def winner(self, enough: float, without: str | None = None) -> Stated[str]:
        """Return the State with most signs, silent when there are too few."""
        ranked = sorted((weight, state) for state, weight in self._weights.items() if state != without)
        if not ranked or ranked[-1][0] < enough:
            return Stated()
        weight, state = ranked[-1]
        rival = max(ranked[-2][0], 0.0) if len(ranked) > 1 else 0.0
        confidence = min(0.99, 0.5 + 0.5 * (weight - rival) / (weight + 1.0))
        evidence = self._best.get(state)
        return Stated(state, round(confidence, 2), (evidence[1],) if evidence else ())


def find_parties(
    text: LetterText, cues: Cues, heading: Heading, dates: Sequence[FoundDate]
) -> tuple[Stated[str], Stated[str]]:
    """Return the requesting and the requested State (ISO 3166-1 alpha-2)."""
    mentions = find_states(text)
    asking = _count_asking(text, cues, heading, mentions, dates)
    requesting = asking.winner(ENOUGH)
    if _is_to_several(cues, heading, mentions, requesting.value):
        return requesting, Stated()
    asked = _count_asked(text, heading, mentions)
    return requesting, asked.winner(ENOUGH_ASKED, without=requesting.value)


def _is_to_several(cues: Cues, heading: Heading, mentions: Sequence[Mention], requesting: str | None) -> bool:
    """Whether the addressees' lines name several States, of which none is the one that is asked."""
    named = {
        mention.state for line in heading.addressee for mention in _within(mentions, line) if mention.by == "name"
    } - {requesting}
    return len(named) > 1 and not any(cues.has("embassy", line.start, line.end) for line in heading.addressee)


def _count_asking(
    text: LetterText, cues: Cues, heading: Heading, mentions: Sequence[Mention], dates: Sequence[FoundDate]
) -> Tally:
    tally = Tally(text)
    for rank, line in enumerate(heading.sender):
        fade = 1.0 if rank < 4 else 0.6
        named = _within(mentions, line)
        states = {mention.state for mention in named if mention.by == "name"}
        # Towns of one name lie in several States; beside a State's name it is that State's.
        towns = [town for town in find_cities(text, line.start, line.end) if not states or town.state in states]
        for mention in (*named, *towns):
            if not _TREATY.search(text.folded, max(line.start, mention.start - 45), mention.start):
                tally.add(mention, fade * IN_LETTERHEAD[mention.by])
    for mention in _embassies(text, cues, mentions):
        tally.add(mention, EMBASSY)
    for mention in _datelines(text, heading, dates):
        tally.add(mention, DATELINE)
    end = Span(max(text.body_start, len(text.folded) - 350), len(text.folded))
    for mention in (*_within(mentions, end), *find_cities(text, end.start, end.end)):
        tally.add(mention, AT_THE_END if mention.by == "name" else AT_THE_END / 3)
    for phone in _PHONE.finditer(text.folded):
        called = (load_names().calling_codes.get(phone.group(1)[:length]) for length in (3, 2, 1))
        if state := next(filter(None, called), None):
            tally.add_weight(state, CALLING_CODE)
    _count_language(text, tally)
    return tally


def _datelines(text: LetterText, heading: Heading, dates: Sequence[FoundDate]) -> list[Mention]:
    """Cities written before a date at the beginning of a line."""
    found: list[Mention] = []
    for dated in dates:
        line = text.line_at(dated.start)
        treaty = _TREATY.search(text.folded, line.start, dated.start)
        if dated.start - line.start < 45 and not treaty and not _inside(line, heading.addressee):
            found += find_cities(text, line.start, dated.start)
    return found


def _count_language(text: LetterText, tally: Tally) -> None:
    for language in text.languages[:1]:
        speakers = load_names().speakers
        shares = speakers.get(language) or speakers.get(language.split("-")[0], {})
        for state, share in shares.items():
            tally.add_weight(state, SPOKEN * share * share)


def _count_asked(text: LetterText, heading: Heading, mentions: Sequence[Mention]) -> Tally:
    tally = Tally(text)
    for line in heading.addressee:
        for mention in (*_within(mentions, line), *find_cities(text, line.start, line.end)):
            tally.add(mention, IN_ADDRESSEE[mention.by])
    seen: dict[str, int] = defaultdict(int)
    for mention in mentions:
        if mention.start >= text.body_start or not heading.addressee:
            seen[mention.state] += 1
            tally.add(mention, (1.0 if mention.by == "name" else 0.6) / seen[mention.state])
    for mention in find_cities(text, text.body_start, len(text.folded)):
        seen[mention.state] += 1
        tally.add(mention, 0.4 / seen[mention.state])
    return tally


def _embassies(text: LetterText, cues: Cues, mentions: Sequence[Mention]) -> list[Mention]:
    """The State named first after the word embassy, or the adjective just before it, high on the first page."""
    found = []
    for cue in cues.of("embassy", 0, min(len(text.folded), 700)):
        before = [
            m for m in mentions if cue.start - 14 <= m.end <= cue.start and "\n" not in text.folded[m.end : cue.start]
        ]
        after = [m for m in mentions if cue.end <= m.start <= cue.end + 25]
        found += before[-1:] or after[:1]
    return found


def _within(mentions: Sequence[Mention], span: Span) -> list[Mention]:
    return [mention for mention in mentions if span.start <= mention.start < span.end]


def _inside(line: Span, lines: Sequence[Span]) -> bool:
    return any(line.start <= other.start < line.end for other in lines)


def find_requesting_authority(text: LetterText, cues: Cues, heading: Heading) -> Stated[str]:
    """Return the office that writes: its lines of the letterhead, or those above the signature."""
    offices = [line for line in heading.sender if cues.has("authority", line.start, line.end)][:3]
    if not offices:
        tail = [line for line in text.lines[-6:] if cues.has("authority", line.start, line.end)]
        offices = [line for line in tail if line.end - line.start < 60][:1]
    return _joined(text, offices, 0.8 if heading.addressee else 0.6)


def find_addressee(text: LetterText, heading: Heading) -> Stated[str]:
    """Return the office written to."""
    return _joined(text, heading.addressee[:3], 0.75)


def _joined(text: LetterText, lines: Sequence[Span], confidence: float) -> Stated[str]:
    parts = [_LABEL.sub("", text.words(line.start, line.end).strip()).strip(" ,;") for line in lines]
    value = ", ".join(part for part in parts if part)
    evidence = tuple(text.evidence(line.start, line.end) for line in lines)
    return Stated(value, confidence, evidence) if value else Stated()
