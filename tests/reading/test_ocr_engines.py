"""What every OCR engine does, run on each of them."""

import multiprocessing

import numpy as np
import pytest
from PIL import Image

from intake.errors import Unavailable
from intake.reading.assembly import assemble_text
from intake.reading.ocr import Grey, OcrEngine
from intake.reading.ocr_pytesseract import PytesseractEngine
from intake.reading.ocr_tesserocr import TesserocrEngine
from tests.reading.drawing import TEXTS, draw_text, scanned

ENGINES = [TesserocrEngine, PytesseractEngine]


@pytest.fixture(scope="module", params=ENGINES, ids=lambda engine: engine.__name__)
def engine(request: pytest.FixtureRequest) -> OcrEngine:
    made: OcrEngine = request.param()
    return made


def pixels(picture: Image.Image) -> Grey:
    return np.asarray(picture, np.uint8)


def test_words_come_in_reading_order_with_boxes_around_their_ink(engine: OcrEngine) -> None:
    page = pixels(draw_text(TEXTS["en"]))
    read = engine.recognise(page, "eng")
    assert assemble_text(read.words).split()[:6] == TEXTS["en"].split()[:6]
    assert read.complete
    assert read.confidence > 0.9
    assert [word.line for word in read.words] == sorted(word.line for word in read.words)
    for word in read.words:
        box = page[word.top : word.bottom, word.left : word.right]
        assert box.min() < 100
        assert 0 <= word.confidence <= 1


def test_chinese_is_given_without_spaces_between_its_characters(engine: OcrEngine) -> None:
    text = assemble_text(engine.recognise(pixels(draw_text(TEXTS["zh"], "zh")), "chi_sim").words)
    assert " " not in text.splitlines()[0]


def test_right_to_left_text_comes_in_the_order_it_is_read(engine: OcrEngine) -> None:
    text = assemble_text(engine.recognise(pixels(draw_text(TEXTS["ar"], "ar")), "ara").words)
    assert text.split()[:3] == TEXTS["ar"].split()[:3]


def test_one_line_is_read_as_one_line(engine: OcrEngine) -> None:
    line = pixels(draw_text("Letters rogatory"))[200:300]
    assert assemble_text(engine.recognise(line, "eng", "line").words) == "Letters rogatory"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_direction_of_a_page_is_found(engine: OcrEngine, rotation: int) -> None:
    seen = engine.orient(pixels(scanned(draw_text(TEXTS["en"]), rotation=rotation)))
    assert seen is not None
    assert (seen.rotation, seen.script) == (rotation, "Latn")


@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (50, 50), (3, 40_000)])
def test_pixels_without_text_give_no_words(engine: OcrEngine, shape: tuple[int, int]) -> None:
    assert engine.recognise(np.full(shape, 255, np.uint8), "eng").words == ()


def test_a_page_without_letters_has_no_direction_and_harms_nothing(engine: OcrEngine) -> None:
    engine.orient(np.full((900, 900), 255, np.uint8))
    assert engine.recognise(pixels(draw_text("Letters rogatory")), "eng").words


def test_a_missing_model_is_an_unavailable_tool(engine: OcrEngine) -> None:
    with pytest.raises(Unavailable, match="install"):
        engine.recognise(pixels(draw_text("Letters rogatory")), "klingon")


def test_the_version_names_engine_binding_and_models(engine: OcrEngine) -> None:
    assert "tesser" in engine.version
    assert "Tesseract 5" in engine.version
    assert "models " in engine.version


@pytest.mark.parametrize("make", ENGINES)
def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_read(make: type[OcrEngine]) -> None:
    slow = make(seconds=1)  # type: ignore[call-arg]
    dust = np.random.default_rng(1).integers(0, 255, (420, 1600), dtype=np.uint8)
    text = pixels(draw_text(" ".join([TEXTS["en"]] * 5), size=22))
    given_up = slow.recognise(np.vstack([text, text, text[:, ::-1]]), "eng+rus+deu+fra+spa")
    assert not given_up.complete
    assert given_up.words == ()
    slow.recognise(dust, "eng", "block")
    assert (
        assemble_text(slow.recognise(pixels(draw_text("Letters rogatory"))[150:350], "eng").words) == "Letters rogatory"
    )


def _read(engine: OcrEngine) -> int:
    return len(engine.recognise(pixels(draw_text("Letters rogatory")), "eng").words)


def test_an_engine_can_be_sent_to_another_process(engine: OcrEngine) -> None:
    engine.recognise(pixels(draw_text("Letters rogatory")), "eng")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_read, (engine,)) == 2
