"""A page is read in its own language, upright and clean, whatever way it lies; nothing is told of it."""

import multiprocessing
import pickle

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from rapidfuzz.distance import Levenshtein

from intake.reading.ocr import Grey, Layout, Orientation, Recognition
from intake.reading.ocr_tesserocr import TesserocrEngine
from intake.reading.reader import TesseractReader, default_reader
from intake.seams import LanguageIdentifier, PageReader
from intake.values import PageReading, RenderedPage
from tests.reading.drawing import SIZE, TEXTS, as_page, draw_text, font, scanned, stamp


def error(reading: PageReading, text: str) -> float:
    read, truth = ("".join(part.split()) for part in (reading.text, text))
    return Levenshtein.distance(read, truth) / len(truth)


@pytest.mark.parametrize(
    ("language", "script", "rotation", "skew", "most"),
    [
        ("en", "Latn", 90, 1.8, 0.02),
        ("fr", "Latn", 180, -2.5, 0.02),
        ("kk", "Cyrl", 270, 0.4, 0.03),
        ("ar", "Arab", 0, -3.0, 0.08),
        ("ka", "Geor", 180, 0.0, 0.03),
        ("zh", "Hans", 0, 1.2, 0.06),
    ],
)
def test_a_page_is_read_in_its_own_language_however_it_lies(
    reader: PageReader, language: str, script: str, rotation: int, skew: float, most: float
) -> None:
    picture = scanned(draw_text(TEXTS[language], language), skew, rotation)
    reading = reader.read_page(as_page(picture, number=3), None)
    assert (reading.number, reading.language, reading.script, reading.rotation) == (3, language, script, rotation)
    assert reading.skew == pytest.approx(skew, abs=0.3)
    assert error(reading, TEXTS[language]) < most
    assert reading.language_confidence > 0.9
    assert reading.legibility > 0.5
    assert reading.source == "ocr"
    assert reader.version in reading.engine


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_word_has_its_box_on_the_page_as_received(reader: PageReader, rotation: int) -> None:
    picture = draw_text(TEXTS["en"])
    ImageDraw.Draw(picture).text((900, 1500), "Rogatory", 20, font("en", 60))
    turned = scanned(picture, 0.0, rotation)
    reading = reader.read_page(as_page(turned), None)
    word = next(word for word in reading.words if word.text == "Rogatory")
    marked = np.zeros((SIZE[1], SIZE[0]), bool)
    left, top, right, bottom = ImageDraw.Draw(picture).textbbox((900, 1500), "Rogatory", font("en", 60))
    marked[int(top) : int(bottom), int(left) : int(right)] = True
    rows, columns = np.nonzero(np.rot90(marked, rotation // 90))
    assert word.left == pytest.approx(columns.min(), abs=12)
    assert word.top == pytest.approx(rows.min(), abs=12)
    assert word.left + word.width == pytest.approx(columns.max(), abs=12)
    assert word.top + word.height == pytest.approx(rows.max(), abs=12)
    assert 0.5 < word.confidence <= 1


def test_text_under_a_stamp_is_read(reader: PageReader) -> None:
    picture = scanned(stamp(draw_text(TEXTS["en"]), 700, 380))
    reading = reader.read_page(as_page(picture), None)
    assert error(reading, TEXTS["en"]) < 0.04


def test_a_coloured_stamp_leaves_no_trace_and_coloured_text_is_kept(reader: PageReader) -> None:
    letter = np.asarray(draw_text(TEXTS["en"]))
    only_stamp = np.asarray(stamp(Image.new("L", SIZE, 255), 700, 380))
    blue = np.stack([np.minimum(letter, only_stamp), np.minimum(letter, only_stamp), letter], axis=2)
    stamped = reader.read_page(as_page(Image.fromarray(blue)), None)
    assert error(stamped, TEXTS["en"]) < 0.02
    in_blue = np.stack([letter, letter, np.full_like(letter, 255)], axis=2)
    assert error(reader.read_page(as_page(Image.fromarray(in_blue)), None), TEXTS["en"]) < 0.02


def test_a_latin_reference_in_an_arabic_letter_is_read(reader: PageReader) -> None:
    picture = draw_text(TEXTS["ar"], "ar")
    ImageDraw.Draw(picture).text((180, 900), "Reference: Ministry of Justice, Brussels", 25, font("en", 34))
    reading = reader.read_page(as_page(scanned(picture)), None)
    assert reading.language == "ar"
    assert "Ministry of Justice, Brussels" in reading.text


def test_a_hint_is_followed_without_search_and_the_page_still_turned(reader: PageReader) -> None:
    picture = scanned(draw_text(TEXTS["fr"]), rotation=180)
    reading = reader.read_page(as_page(picture), "fr")
    assert (reading.language, reading.rotation) == ("fr", 180)
    assert reading.engine.endswith("model fra")
    wrong = reader.read_page(as_page(picture), "de-AT")
    assert wrong.language == "de"
    assert wrong.engine.endswith("model deu")


def test_a_hint_that_names_no_known_language_is_no_hint(reader: PageReader) -> None:
    reading = reader.read_page(as_page(draw_text(TEXTS["fr"])), "tlh")
    assert reading.language == "fr"


class Listening(TesserocrEngine):
    """The real engine, and a list of what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def recognise(self, pixels: Grey, model: str, layout: Layout = "page") -> Recognition:
        self.asked.append(model)
        return super().recognise(pixels, model, layout)

    def orient(self, pixels: Grey) -> Orientation | None:
        self.asked.append("osd")
        return super().orient(pixels)


def test_a_page_is_known_by_the_page_before_it_and_a_change_of_language_is_seen(
    identifier: LanguageIdentifier,
) -> None:
    engine = Listening()
    reader = TesseractReader(engine, identifier)
    first = reader.read_page(as_page(draw_text(TEXTS["fr"])), None)
    assert engine.asked[:2] == ["osd", "Latin"]
    engine.asked.clear()
    second = reader.read_page(as_page(scanned(draw_text(TEXTS["fr"]), 1.5)), None, first)
    assert second.language == "fr"
    assert set(engine.asked) == {"fra"}
    for language, rotation in (("en", 0), ("ar", 0), ("fr", 180)):
        page = as_page(scanned(draw_text(TEXTS[language], language), rotation=rotation))
        alone, beside = reader.read_page(page, None), reader.read_page(page, None, second)
        assert (beside.language, beside.rotation) == (language, rotation)
        assert beside == alone


def test_large_print_is_read_from_fewer_pixels_and_its_boxes_lie_where_they_are(reader: PageReader) -> None:
    picture = draw_text(TEXTS["en"], size=60)
    reading = reader.read_page(as_page(picture), None)
    assert error(reading, TEXTS["en"]) < 0.02
    ink = np.asarray(picture) < 128
    for word in reading.words:
        inside = ink[word.top : word.top + word.height, word.left : word.left + word.width]
        assert inside.any()
        assert word.height < 120


@pytest.mark.parametrize(
    ("picture", "flag"),
    [
        (Image.new("L", SIZE, 255), "blank"),
        (Image.new("RGB", SIZE, (238, 233, 220)), "blank"),
        (Image.new("L", (1, 1), 255), "blank"),
        (Image.new("L", (7, 3), 0), None),
        (Image.new("L", SIZE, 0), None),
        (Image.new("L", (40_000, 60), 255), "blank"),
    ],
)
def test_a_page_without_text_ends_empty(reader: PageReader, picture: Image.Image, flag: str | None) -> None:
    reading = reader.read_page(as_page(picture), None)
    assert (reading.text, reading.language, reading.legibility, reading.words) == ("", None, 0.0, ())
    assert reading.flags
    assert flag is None or flag in reading.flags


def test_a_strip_longer_than_tesseract_can_take_is_scaled_and_read(reader: PageReader) -> None:
    picture = Image.new("L", (33_500, 400), 255)
    ImageDraw.Draw(picture).text((200, 60), "A " * 20 + TEXTS["en"][:100], 20, font("en", 240))
    reading = reader.read_page(as_page(picture), None)
    assert reading.rotation in (0, 90, 180, 270)


def test_a_declared_resolution_that_no_scanner_has_is_not_believed(reader: PageReader) -> None:
    reading = reader.read_page(as_page(draw_text(TEXTS["en"]), dpi=1), None)
    assert error(reading, TEXTS["en"]) < 0.02


def test_a_page_too_blurred_to_read_asks_for_a_rescan(reader: PageReader) -> None:
    picture = scanned(draw_text(TEXTS["en"]).filter(ImageFilter.GaussianBlur(7)), noise=25)
    reading = reader.read_page(as_page(picture), None)
    assert reading.legibility < 0.5
    assert any(flag.startswith("rescan:") for flag in reading.flags)


def test_a_picture_without_letters_names_no_language(reader: PageReader) -> None:
    picture = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(picture)
    for step in range(8):
        draw.line((200, 300 + 210 * step, 1400, 420 + 170 * step), 40, 9)
    reading = reader.read_page(as_page(picture), None)
    assert reading.legibility < 0.5


def test_flags_of_the_page_stay_with_its_reading(reader: PageReader) -> None:
    page = as_page(Image.new("L", SIZE, 255))
    reading = reader.read_page(RenderedPage(page.image, None, ("downscaled",)), None)
    assert "downscaled" in reading.flags


def _read_elsewhere(reader: TesseractReader, page: RenderedPage) -> str:
    return reader.read_page(page, None).text


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_reader_works_in_another_process(reader: TesseractReader, method: str) -> None:
    page = as_page(draw_text(TEXTS["en"]))
    with multiprocessing.get_context(method).Pool(1) as pool:
        elsewhere = pool.apply(_read_elsewhere, (reader, page))
    assert elsewhere == reader.read_page(page, None).text


def test_a_reader_sent_elsewhere_takes_no_models_along(reader: TesseractReader) -> None:
    reader.read_page(as_page(draw_text(TEXTS["en"])), None)
    assert len(pickle.dumps(reader)) < 5_000


def test_both_engines_read_the_same_page() -> None:
    page = as_page(scanned(draw_text(TEXTS["fr"]), skew=2.0))
    for name in ("tesserocr", "pytesseract"):
        reading = default_reader(name).read_page(page, None)
        assert reading.language == "fr"
        assert error(reading, TEXTS["fr"]) < 0.02
        assert reading.engine.startswith(name)
