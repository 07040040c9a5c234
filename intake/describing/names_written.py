"""Where a person's name begins and ends in a text, in scripts with capitals and in scripts without."""

import re

from intake.describing.cues import Cues
from intake.describing.text import LetterText, Span

LONGEST_NAME = 6  #: words
PARTICLES = frozenset(
    (
        "de",
        "del",
        "da",
        "do",
        "dos",
        "van",
        "von",
        "bin",
        "binti",
        "ibn",
        "al",
        "el",
        "ben",
        "der",
        "den",
        "la",
        "di",
        "y",
    )
)
#: Titles and articles that stand before a name and are none of it.
_BEFORE_NAME_WORDS = """
dr prof mag dipl ing mr mrs ms m mme herr herrn frau sr sra don dona sig signor pan pani the der die das le la
el il lo los las les o a named monsieur madame senor senora г-н г-жа гр adv avv dott dott.ssa
"""
_BEFORE_NAME = frozenset(_BEFORE_NAME_WORDS.split())
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_OPENING = re.compile(r"[\s:.,\-–(\"«“']{0,6}")
_UNCASED = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u10a0-\u10ff\u2e80-\u9fff\uac00-\ud7af]")
_HAN_NAME = re.compile(
    r"(?!者|様|殿)[\u4e00-\u9fff]{2,4}(?=[，,。、;；（(：:\s]|$)|[\u4e00-\u9fff]{1,3}·[\u4e00-\u9fff·]{1,8}"
)
#: The hundred most frequent family names of China.
_HAN_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任"
    "沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚邵万萬钱錢严嚴覃武戴莫孔向汤湯"
)
#: A Thai name: given name, blank, family name; words run on without blanks otherwise.
_THAI_NAME = re.compile(r"[\u0e01-\u0e4e]{2,15} [\u0e01-\u0e4e]{2,20}(?=[\s,.()]|$)")
_ENDS_NAME = re.compile(r"[،,.;:()«»\"\n؛।]|$")
_AND = frozenset(("و", "and", "et", "und", "e", "y", "i", "и", "та", "ve"))


def name_after(text: LetterText, cues: Cues, place: int, *, announced: bool = True) -> Span | None:
    """Return the name that begins right after a place of the folded text.

    Args:
        text: the letter.
        cues: its cues.
        place: where the word before the name ends.
        announced: whether that word is followed by names alone, as a title or *Name:* is; without capitals nothing
            else shows that what follows is one.
    """
    opening = _OPENING.match(text.folded, place)
    start = opening.end() if opening else place
    if start >= len(text.folded) or "\n\n" in text.folded[place:start]:
        return None
    if _UNCASED.match(text.folded, start):
        known = announced or text.folded[start] in _HAN_SURNAMES
        span = _uncased(text, start) if known else None
    else:
        span = _cased(text, start)
    return span if span and not is_office(cues, span) else None


def is_office(cues: Cues, span: Span) -> bool:
    """Whether a stretch holds a word for a court, ministry … and so is no person."""
    return cues.has("authority", span.start, span.end + 1) or cues.has("addressee", span.start, span.end)


def _cased(text: LetterText, start: int) -> Span | None:
    words: list[Span] = []
    end = start
    for found in _WORD.finditer(text.folded, start, min(len(text.folded), start + 90)):
        written, word = text.words(found.start(), found.end()), found.group().rstrip(".")
        between = text.folded[end : found.start()]
        if between.strip(" ") not in (("", ".") if not words else ("",)) or len(words) == LONGEST_NAME:
            break
        end = found.end()
        if not words and (word in _BEFORE_NAME or found.group() in _BEFORE_NAME):
            continue
        if not written[0].isupper() and not (word in PARTICLES and words):
            break
        words.append(Span(found.start(), found.end()))
        if found.group().endswith(".") and len(found.group()) > 3:
            break
    while words and text.folded[words[-1].start : words[-1].end] in PARTICLES:
        words.pop()
    if len(words) < 2:
        return None
    end = words[-1].end
    return Span(words[0].start, end - (text.folded[end - 1] in ".-'" and end - words[-1].start > 3))


def _uncased(text: LetterText, start: int) -> Span | None:
    """Without capitals a name is believed when punctuation ends it after two to four words."""
    if "\u2e80" <= text.folded[start] <= "\u9fff":
        found = _HAN_NAME.match(text.folded, start)
        return Span(start, found.end()) if found else None
    if "\u0e00" <= text.folded[start] <= "\u0e7f":
        thai = _THAI_NAME.match(text.folded, start)
        return Span(start, thai.end()) if thai else None
    ending = _ENDS_NAME.search(text.folded, start)
    end = ending.start() if ending else len(text.folded)
    words = text.folded[start:end].split()
    if not 2 <= len(words) <= 4 or _AND & set(words) or any(c.isdigit() for c in text.folded[start:end]):
        return None
    return Span(start, start + len(text.folded[start:end].rstrip()))
