"""The annexes that a letter announces, checked off against those that came."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from intake.describing.annex_labels import label_after
from intake.describing.cues import Cue, Cues, find_cues
from intake.describing.folding import fold
from intake.describing.text import LetterText, Span
from intake.metadata import Annex, Evidence
from intake.values import Document, PageReading

MOST = 40  #: annexes listed
MOST_COUNTED = 20  #: annexes that a mere number announces
LONGEST_ITEM = 200  #: characters of one line of the list
ALIKE = 62  #: likeness, 0..100, of an announcement and an annex's first lines
_ITEM = re.compile(r"[ \t]*(?:\(?(\d{1,2}|[a-zа-я])[.)、:]|[-–•*·])[ \t]*(?=\S)")
_PARTED = re.compile(r";(?![^(]*\))|\s(?=\(?\d{1,2}[.)]\s)")
_NOTHING = re.compile(
    r"(?:none|nil|neant|aucune?|keine|ninguno|ninguna|nessuno|brak|нет|по тексту|только в адрес|упомянут\w*|"
    r"as stated|wie erwahnt|لا يوجد|无|なし)\W*$"
)
#: A number of sheets or copies says how thick the annexes are, not what they are.
_SHEETS = re.compile(
    r"(?:всего )?(?:[^\W\d]{1,3}\s)?\d{1,3}\s*(?:\([^)]*\))?\s*(?:"
    r"sheet|page|л\.|л$|pag|p\.|feuill|hoja|folio|folha|fogli|seite|blatt|стр|лист|арк|аркуш|парақ|бет|"
    r"sayfa|yaprak|stron|kart|listy|list[uů]|lap|oldal|blad|sid|sivu|leht|vərəq|页|頁|葉|枚|부|매|berkas|lembar|rangkap|ورق|صفح|برگ)"
)
#: Articles that a list of statutes goes on with are no annexes of their own.
_ARTICLE = re.compile(
    r"\W*(?:art|cl|арт|ст|чл|sec|neni|section|madde|มาตรา)\b|\W*(?:§|第|ماد|الماد|\d+\.? ?(?:str|pant|straipsn|§))"
)
_COMMA = re.compile(r"[,،、，](?![^(]*\))\s*")
_COUNT = re.compile(r"\(?(\d{1,2})\)?[\s.]*$")
_LEAD = re.compile(r"^\W+|\W+$")


def find_announced(text: LetterText, cues: Cues) -> tuple[Annex, ...]:
    """Return the annexes that a text announces: by a list, a number, or where it speaks of them."""
    listed = list(_listed(text, cues))
    labels = {annex.label for annex in listed}
    mentioned = {annex.label: annex for annex in reversed(list(_mentioned(text, cues)))}
    counted = [] if listed or mentioned else list(_counted(text, cues))
    more = [annex for label, annex in reversed(mentioned.items()) if label not in labels]
    if listed and not any(labels):
        more = [annex for annex in more if not (annex.label or "").isdigit() or int(annex.label or 0) > len(listed)]
    return (*listed, *more, *counted)[:MOST]


def check_off(
    announced: Sequence[Annex], documents: Sequence[Document], readings: Sequence[PageReading]
) -> tuple[Annex, ...]:
    """Say of each announced annex whether it came, and add those that came unannounced."""
    came = {document.number: document for document in documents if document.kind == "annex"}
    translations = [document for document in documents if document.kind == "translation"]
    first_lines = {number: _first_lines(document, readings) for number, document in came.items()}
    checked: list[Annex] = []
    for annex in announced:
        number = _by_label(annex, came) or _by_words(annex, came, first_lines)
        if number is None and translations and _is_translation(annex):
            checked.append(replace(annex, state="came", document=translations[0].number))
            continue
        came.pop(number or 0, None)
        checked.append(replace(annex, state="came", document=number) if number else annex)
    checked = _in_order(checked, came)
    extra = [
        Annex(_heading(first_lines[number]), document.label, "unannounced", number, 0.7, _seen(document, first_lines))
        for number, document in came.items()
    ]
    return (*checked, *extra)[:MOST]


def _listed(text: LetterText, cues: Cues) -> Iterator[Annex]:
    for cue in _list_heads(text, cues):
        for label, span in _items(text, cue):
            words = " ".join(text.words(span.start, span.end).split()).strip(" ,;،、")
            evidence = (text.evidence(span.start, span.end),)
            yield Annex(words[:LONGEST_ITEM], label, "missing", None, 0.85, evidence)
        return


def _list_heads(text: LetterText, cues: Cues) -> Iterator[Cue]:
    """Words such as *Enclosures* that open a line and are followed by a colon or the end of the line."""
    for cue in cues.of("annex_list"):
        line = text.line_at(cue.start)
        rest = text.folded[cue.end : line.end]
        opens = text.folded[line.start : cue.start].strip(" *_-") == ""
        if opens and re.match(r"\s*(?:\([^)\n]{1,20}\))?\s*[:：]|\s*$|\s*\d{1,2}[.)]\s", rest):
            yield cue


def _items(text: LetterText, cue: Cue) -> list[tuple[str | None, Span]]:
    """The lines of the list: what stands behind the colon, then numbered lines or lines up to a gap."""
    items: list[tuple[str | None, Span]] = []
    place = text.line_at(cue.start).end
    inline = re.compile(r"\s*(?:\([^)\n]{1,20}\))?\s*[:：]?\s*").match(text.folded, cue.end)
    start = min(inline.end() if inline else cue.end, len(text.folded))
    if start < place:
        items += _parts(text, Span(start, place))
    while place < len(text.folded) and len(items) < MOST:
        line = text.line_at(place + 1)
        words = text.folded[line.start : line.end]
        numbered = _ITEM.match(words)
        if not words.strip() and items:
            break
        if numbered or (words.strip() and not items and len(words) < 100):
            begin = line.start + (numbered.end() if numbered else len(words) - len(words.lstrip()))
            label = numbered.group(1).upper() if numbered and numbered.group(1) else None
            items.append((label, Span(begin, line.end)))
        elif words.strip() and items and items[-1][0] is None and not numbered:
            break
        place = max(line.end, place + 1)
    if len(items) == 1 and items[0][0] is None:
        items = _by_commas(text, items[0][1])
    return [(label, span) for label, span in items if _is_item(text.folded[span.start : span.end])]


def _by_commas(text: LetterText, span: Span) -> list[tuple[str | None, Span]]:
    """A single line that names three things or more."""
    starts = [span.start, *(span.start + m.end() for m in _COMMA.finditer(text.folded[span.start : span.end]))]
    if len(starts) < 3:
        return [(None, span)]
    return [(None, Span(start, end)) for start, end in zip(starts, [*starts[1:], span.end], strict=True)]


def _parts(text: LetterText, span: Span) -> list[tuple[str | None, Span]]:
    """What stands on the heading's own line: one item, or several numbered or parted by semicolons."""
    parts, start = [], span.start
    for stop in [*(m.start() for m in _PARTED.finditer(text.folded[span.start : span.end])), span.end - span.start]:
        end = span.start + stop
        numbered = _ITEM.match(text.folded, start)
        label = numbered.group(1).upper() if numbered and numbered.group(1) else None
        parts.append((label, Span(numbered.end() if numbered else start, end)))
        start = end + 1 if text.folded[end : end + 1] == ";" else end
    return parts


def _is_item(words: str) -> bool:
    words = words.strip()
    if _ARTICLE.match(words):
        return False
    if _SHEETS.match(words) and len(words.split()) < 6:
        return False
    return len(words) > 2 and not _NOTHING.match(words) and not _COUNT.match(words) and any(c.isalpha() for c in words)


def _mentioned(text: LetterText, cues: Cues) -> Iterator[Annex]:
    for cue in cues.of("annex"):
        label = label_after(text.folded, cue)
        if label and label.value and not text.words(label.end - 1, label.end).islower():
            words = " ".join(text.words(label.start, label.end).split())
            sentence = text.sentence_at(label.start, label.end)
            yield Annex(words, label.value, "missing", None, 0.8, (text.evidence(sentence.start, sentence.end),))


def _counted(text: LetterText, cues: Cues) -> Iterator[Annex]:
    """*Enclosures: 3* announces three without saying what they are."""
    for cue in _list_heads(text, cues):
        line = text.line_at(cue.start)
        found = _COUNT.match(text.folded[cue.end : line.end].lstrip(" :："))
        if found and int(found.group(1)) <= MOST_COUNTED:
            evidence = (text.evidence(line.start, line.end),)
            words = " ".join(text.words(cue.start, cue.end).split())
            for number in range(1, int(found.group(1)) + 1):
                yield Annex(words, str(number), "missing", None, 0.6, evidence)
            return


def _by_label(annex: Annex, came: Mapping[int, Document]) -> int | None:
    return next((n for n, document in came.items() if annex.label and document.label == annex.label), None)


def _by_words(annex: Annex, came: Mapping[int, Document], first_lines: Mapping[int, str]) -> int | None:
    wanted = fold(annex.value)
    heads = {n: fold(first_lines[n]) for n, document in came.items() if not (annex.label and document.label)}
    likeness = [(fuzz.token_set_ratio(wanted, head), n) for n, head in heads.items() if len(wanted) > 6]
    best = max(likeness, default=(0.0, 0))
    return best[1] if best[0] >= ALIKE else None


def _in_order(checked: Sequence[Annex], came: dict[int, Document]) -> list[Annex]:
    """As many left announced as came without a label: they are those, in their order."""
    missing = [annex for annex in checked if annex.state == "missing"]
    unlabelled = [number for number, document in came.items() if document.label is None]
    if not missing or len(missing) != len(unlabelled):
        return list(checked)
    given = dict(zip(map(id, missing), unlabelled, strict=True))
    for number in unlabelled:
        came.pop(number)
    return [
        replace(annex, state="came", document=given[id(annex)], confidence=0.5) if id(annex) in given else annex
        for annex in checked
    ]


def _is_translation(annex: Annex) -> bool:
    return find_cues(fold(annex.value), ()).has("translation")


def _first_lines(document: Document, readings: Sequence[PageReading]) -> str:
    page = next(reading for reading in readings if reading.number == document.first_page)
    return page.text[:300].strip()


def _heading(first_lines: str) -> str:
    return _LEAD.sub("", first_lines.split("\n", maxsplit=1)[0])[:LONGEST_ITEM]


def _seen(document: Document, first_lines: Mapping[int, str]) -> tuple[Evidence, ...]:
    return (Evidence(document.first_page, _heading(first_lines[document.number])),)
