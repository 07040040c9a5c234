"""The way by which a letter says that it comes; how the answer should come is another matter."""

from collections.abc import Mapping

from intake.describing.cues import Cue, Cues
from intake.describing.text import LetterText
from intake.metadata import ChannelStated, Stated

_CHANNELS: Mapping[str, ChannelStated] = {
    "channel_diplomatic": "diplomatic",
    "channel_interpol": "interpol",
    "channel_eurojust": "eurojust",
    "channel_direct": "direct",
    "channel_post": "post",
    "channel_electronic": "electronic",
}
#: Channels that prose often mentions for another reason than the way of the letter.
_MARKED = ("interpol", "eurojust", "post", "electronic")
SHORT_LINE = 60  #: characters of a line that is a mark, not prose
HEAD = 700  #: characters in which an embassy's note or a line such as *By e-mail* shows the way
ASKED = 90  #: characters before such words in which *reply* makes them a wish for the answer


def find_channel(text: LetterText, cues: Cues) -> Stated[ChannelStated]:
    """Return the channel that the letter names or shows; silence for a wish how to answer."""
    note = [*cues.of("embassy", 0, min(HEAD, text.body_start)), *cues.of("courtesy", 0, HEAD * 2)]
    if note and cues.has("courtesy"):
        return Stated("diplomatic", 0.9, (text.evidence(note[0].start, note[0].end + 60),))
    named = [(cue, channel) for concept, channel in _CHANNELS.items() for cue in cues.of(concept)]
    named = [(cue, channel) for cue, channel in named if _is_way(text, cues, cue, channel)]
    if not named:
        return Stated()
    cue, channel = min(named, key=lambda pair: (pair[0].start >= text.body_start, pair[0].start))
    confidence = 0.85 if cue.start < text.body_start else 0.6
    sentence = text.sentence_at(cue.start, cue.end)
    return Stated(channel, confidence, (text.evidence(sentence.start, sentence.end),))


def _is_way(text: LetterText, cues: Cues, cue: Cue, channel: ChannelStated) -> bool:
    line = text.line_at(cue.start)
    length = (line.end - line.start) * (1.0 if text.folded[cue.start] < "\u2e80" else 2.2)
    if channel in _MARKED and cue.start >= text.body_start and length > SHORT_LINE:
        return False
    return not _is_about_answer(text, cues, cue)


def _is_about_answer(text: LetterText, cues: Cues, cue: Cue) -> bool:
    sentence = text.sentence_at(cue.start, cue.end)
    start = max(sentence.start, cue.start - ASKED)
    return cues.has("reply", start, cue.start) or cues.has("reply", cue.end, min(sentence.end, cue.end + ASKED))
