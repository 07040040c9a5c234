"""Reads a page: straighten, find the language on a strip, read once with that language's model, look for lost lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from typing_extensions import override

from intake.reading.assembly import assemble_text
from intake.reading.cleaning import CleanPage, clean_page, find_ink
from intake.reading.coverage import text_ink, uncovered_share
from intake.reading.emptiness import is_bare, is_faint_print
from intake.reading.geometry import Rotation, Straightened, find_slant, straighten
from intake.reading.identification import ScriptAwareIdentifier
from intake.reading.language_langdetect import LangdetectRanker
from intake.reading.language_py3langid import Py3langidRanker
from intake.reading.languages import LANGUAGES, SCRIPTS, Language, find_language
from intake.reading.legibility import Legibility, judge_legibility
from intake.reading.ocr import Layout, OcrEngine, OcrWord, Recognition
from intake.reading.ocr_pytesseract import PytesseractEngine
from intake.reading.ocr_tesserocr import TesserocrEngine
from intake.reading.patience import PatientEngine
from intake.reading.pieces import Ink
from intake.reading.probing import Probe, find_direction, probe, read_strip
from intake.reading.ranking import LanguageRanker
from intake.reading.rescue import read_lost_lines
from intake.reading.second_script import read_second_script
from intake.reading.shrinking import read_shrunk
from intake.reading.text_layer import LayerVerdict, judge_layer
from intake.reading.typography import set_right
from intake.seams import LanguageIdentifier, PageReader
from intake.values import PageReading, RenderedPage, Word

#: counted up when the way of reading changes, so that remembered readings are made anew
_WAY = 2
#: less ink than this share of the page is a blank page, more than this is no page of text
_BLANK, _BLACK = 0.0002, 0.6
#: Below this contrast what seems ink may be the paper's own fibres.
_NO_CONTRAST = 0.1
#: more ink than this without a word: the page is read in another way
_LOST = 0.08
#: confidence of a page in a known language below which it may stand on its head
_STANDING = 0.6
#: a strip that scores less than this may lie on its side
_DOUBTFUL = 0.35
#: a page less legible than this says nothing of its language
_NONSENSE = 0.2
#: how sure a whole page must be of another language than its strip was, to be read again
_OVERRULED = 0.9


@dataclass(frozen=True, slots=True)
class _Upright:
    """A page turned upright, with what is known of its language."""

    page: Straightened
    ink: Ink
    rotation: Rotation
    skew: float
    probe: Probe

    @property
    def model(self) -> str:
        """The model to read the page with: its language's, else its script's."""
        known = LANGUAGES.get(self.probe.language or "")
        return known.model if known else SCRIPTS[self.probe.script or "Latn"].model


@dataclass(frozen=True, slots=True)
class _Search:
    """What is known of a page before it is looked at."""

    told: Language | None  #: by a person
    neighbour: Language | None  #: of another page of the document
    thorough: bool  #: the whole strip is wanted, to compare with a text layer


class TesseractReader(PageReader):
    """Reads pages with Tesseract, told nothing about them. One per process; may be sent to another process."""

    def __init__(self, engine: OcrEngine, identifier: LanguageIdentifier) -> None:
        """Take the engine and the identifier; models are loaded when the first page needs them."""
        self._engine = engine
        self._identifier = identifier

    @property
    @override
    def version(self) -> str:
        identifier = getattr(self._identifier, "version", type(self._identifier).__name__)
        return f"{self._engine.version}, {identifier}, way {_WAY}"

    @override
    def read_page(
        self, page: RenderedPage, language_hint: str | None, neighbour: PageReading | None = None
    ) -> PageReading:
        clean = clean_page(page.image)
        share = float(clean.ink.mean())
        bare = clean.contrast < _NO_CONTRAST and is_bare(page.image)
        if share < _BLANK or share > _BLACK or clean.letter_height == 0 or bare:
            return self._nothing(page, black=share > _BLACK)
        told = find_language(language_hint) if language_hint else None
        search = _Search(told, _language_of(neighbour), thorough=bool(page.text_layer))
        upright = self._turn_upright(clean, search)
        layer = self._judge_layer(page.text_layer, upright)
        if layer.usable and page.text_layer:
            return self._from_layer(page, page.text_layer, upright, told)
        words, lost = self._read_words(upright, clean)
        if told and Recognition(words).confidence < _STANDING:
            upright, turned = self._turn_over(upright, clean, told)
            words, lost = self._read_words(upright, clean) if turned else (words, lost)
        language, sure = self._name_language(words, upright.probe, told)
        if told is None and not clean.noisy and _overrules(language, sure, upright.probe):
            upright = replace(upright, probe=replace(upright.probe, language=language, language_confidence=sure))
            words, lost = self._read_words(upright, clean)
        judged = judge_legibility(words, lost, clean, page.image, upright.rotation)
        if judged.value < _NONSENSE and told is None:
            # What was made of ink that is no text has a language only by chance.
            language, sure = None, 0.0
        return self._reading(page, upright, words, (language, sure), judged, layer)

    def _judge_layer(self, layer: str | None, upright: _Upright) -> LayerVerdict:
        if not layer:
            return LayerVerdict(usable=False)
        # A page whose language was told has not been probed.
        seen = upright.probe.text or read_strip(upright.page.pixels, upright.ink, self._engine, upright.model)
        return judge_layer(layer, seen, upright.ink, self._identifier)

    def _nothing(self, page: RenderedPage, *, black: bool) -> PageReading:
        faint = not black and is_faint_print(page.image)
        flags: tuple[str, ...] = ("rescan:black",) if black else ("rescan:faint",) if faint else ("blank",)
        # A page that shows nothing but carries text carries it for machines only.
        hidden = ("hidden_text",) if page.text_layer and page.text_layer.strip() else ()
        flags += hidden
        return PageReading(
            page.image.number, "", None, 0.0, None, 0, 0.0, 0.0, "ocr", self.version, (), flags + page.flags
        )

    def _turn_upright(self, clean: CleanPage, search: _Search) -> _Upright:
        slant = find_slant(clean.ink)
        best = self._stand_up(clean, slant.vertical, slant.skew, search)
        if best.probe.score < _DOUBTFUL and search.told is None:
            other = self._stand_up(clean, not slant.vertical, 0.0, search)
            if other.probe.score > best.probe.score:
                return other
        return best

    def _stand_up(self, clean: CleanPage, vertical: bool, skew: float, search: _Search) -> _Upright:
        rotation: Rotation = 90 if vertical else 0
        page = straighten(clean.pixels, clean.scale, rotation, skew)
        ink = find_ink(page.pixels)
        told = search.told
        if told:
            # Nearly every page of a known language stands upright; one that does not is hardly read at all.
            found = Probe(False, told.script, told.code, 1.0, 1.0, "")
        else:
            found = probe(page.pixels, ink, self._engine, self._identifier, search.neighbour, thorough=search.thorough)
        if found.flipped:
            rotation = 270 if vertical else 180
            page = straighten(clean.pixels, clean.scale, rotation, skew)
            ink = find_ink(page.pixels)
        return _Upright(page, ink, rotation, skew, found)

    def _turn_over(self, upright: _Upright, clean: CleanPage, told: Language) -> tuple[_Upright, bool]:
        """Return a page of a known language, turned by half when it stands on its head, and whether it was."""
        if not find_direction(upright.page.pixels, upright.ink, self._engine, told.model):
            return upright, False
        rotation: Rotation = 270 if upright.rotation == 90 else 180
        page = straighten(clean.pixels, clean.scale, rotation, upright.skew)
        return replace(upright, page=page, ink=find_ink(page.pixels), rotation=rotation), True

    def _read_words(self, upright: _Upright, clean: CleanPage) -> tuple[tuple[OcrWord, ...], float]:
        """Return the words of a page and the share of its ink that none of them accounts for."""
        pixels, model, letter = upright.page.pixels, upright.model, clean.letter_height
        ink = text_ink(upright.ink, letter)
        layout: Layout = "block" if clean.noisy else "page"
        read = read_shrunk(self._engine, pixels, model, layout, letter, upright.probe.script)
        lost = uncovered_share(ink, read.words, letter)
        if clean.noisy:
            return read.words, lost
        if lost > _LOST or not read.complete:
            again = read_shrunk(self._engine, pixels, model, "block", letter, upright.probe.script)
            again_lost = uncovered_share(ink, again.words, letter)
            if (1 - again_lost) * again.confidence > (1 - lost) * read.confidence:
                read = again
        words = read_lost_lines(pixels, ink, read.words, letter, self._engine, model)
        words = read_second_script(pixels, words, upright.probe.script, self._engine)
        words = tuple(replace(word, text=set_right(word.text, upright.probe.language)) for word in words)
        return words, uncovered_share(ink, words, letter)

    def _name_language(
        self, words: tuple[OcrWord, ...], found: Probe, told: Language | None
    ) -> tuple[str | None, float]:
        language, sure = self._identifier.identify(assemble_text(words), found.script)
        if told:
            return told.code, sure if language == told.code else 0.5
        if language is None:
            return found.language, found.language_confidence
        return language, sure

    def _from_layer(self, page: RenderedPage, text: str, upright: _Upright, told: Language | None) -> PageReading:
        language, sure = self._identifier.identify(text, upright.probe.script)
        script = LANGUAGES[language].script if language else upright.probe.script
        return PageReading(
            number=page.image.number,
            text=text,
            language=told.code if told else language,
            language_confidence=sure,
            script=told.script if told else script,
            rotation=upright.rotation,
            skew=upright.skew,
            legibility=1.0,
            source="text_layer",
            engine=self.version,
            flags=page.flags,
        )

    def _reading(
        self,
        page: RenderedPage,
        upright: _Upright,
        words: tuple[OcrWord, ...],
        language: tuple[str | None, float],
        judged: Legibility,
        layer: LayerVerdict,
    ) -> PageReading:
        size = (page.image.width, page.image.height)
        code, sure = language
        return PageReading(
            number=page.image.number,
            text=set_right(assemble_text(words), code),
            language=code,
            language_confidence=sure,
            script=LANGUAGES[code].script if code else None if judged.value < _NONSENSE else upright.probe.script,
            rotation=upright.rotation,
            skew=upright.skew,
            legibility=judged.value,
            source="ocr",
            engine=f"{self.version}, model {upright.model}",
            words=tuple(_place_on_page(word, upright.page, size) for word in words),
            flags=judged.flags + layer.flags + page.flags,
        )


def _language_of(neighbour: PageReading | None) -> Language | None:
    """The language to expect beside a page that was read well."""
    if neighbour is None or neighbour.language is None or neighbour.legibility < _NONSENSE:
        return None
    return LANGUAGES.get(neighbour.language)


def _overrules(language: str | None, sure: float, strip: Probe) -> bool:
    """Whether the whole page is in another language than its strip, whose model has read it."""
    if language is None or sure < _OVERRULED or strip.language is None:
        return False
    return LANGUAGES[language].model != LANGUAGES[strip.language].model


def _place_on_page(word: OcrWord, page: Straightened, size: tuple[int, int]) -> Word:
    box = page.box_on_page((word.left, word.top, word.width, word.height), size)
    return Word(word.text, *box, word.confidence)


def default_identifier(name: str = "both") -> ScriptAwareIdentifier:
    """Return an identifier with the models named: ``langdetect``, ``py3langid`` or ``both``."""
    rankers: dict[str, Sequence[LanguageRanker]] = {
        "langdetect": (LangdetectRanker(),),
        "py3langid": (Py3langidRanker(),),
        "both": (LangdetectRanker(), Py3langidRanker()),
    }
    return ScriptAwareIdentifier(rankers[name])


def default_reader(engine: str = "tesserocr", identifier: str = "both") -> TesseractReader:
    """Return a reader with the engine named, ``tesserocr`` or ``pytesseract``, and the identifier named."""
    engines = {"tesserocr": TesserocrEngine, "pytesseract": PytesseractEngine}
    return TesseractReader(PatientEngine(engines[engine]()), default_identifier(identifier))
