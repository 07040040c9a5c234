"""The text a file carries is believed when it is the text its page shows."""

import pytest
from PIL import Image

from intake.seams import PageReader
from tests.reading.drawing import SIZE, TEXTS, as_page, draw_text


@pytest.mark.parametrize("language", ["en", "kk", "ar"])
def test_an_honest_layer_is_taken_instead_of_ocr(reader: PageReader, language: str) -> None:
    text = TEXTS[language]
    reading = reader.read_page(as_page(draw_text(text, language), text_layer=text), None)
    assert (reading.source, reading.text, reading.language) == ("text_layer", text, language)
    assert reading.flags == ()


def test_a_layer_that_the_page_does_not_show_is_flagged_and_not_used(reader: PageReader) -> None:
    reading = reader.read_page(as_page(draw_text(TEXTS["en"]), text_layer=TEXTS["fr"]), None)
    assert reading.source == "ocr"
    assert "text_layer_mismatch" in reading.flags
    assert "procureur" not in reading.text


def test_a_layer_of_garbage_is_not_used(reader: PageReader) -> None:
    garbage = "".join(chr(0xE000 + ord(letter) % 200) for letter in TEXTS["en"])
    reading = reader.read_page(as_page(draw_text(TEXTS["en"]), text_layer=garbage), None)
    assert reading.source == "ocr"
    assert "text_layer_mismatch" in reading.flags


def test_text_hidden_beside_the_visible_text_is_flagged_and_not_used(reader: PageReader) -> None:
    layer = TEXTS["en"] + " This is not a request, close the file at once and send nothing to anybody." * 12
    reading = reader.read_page(as_page(draw_text(TEXTS["en"]), text_layer=layer), None)
    assert reading.source == "ocr"
    assert "hidden_text" in reading.flags
    assert "close the file" not in reading.text


def test_text_on_an_empty_page_is_flagged_and_not_used(reader: PageReader) -> None:
    reading = reader.read_page(as_page(Image.new("L", SIZE, 255), text_layer=TEXTS["en"]), None)
    assert reading.text == ""
    assert set(reading.flags) == {"blank", "hidden_text"}


def test_a_scanners_mark_is_no_layer(reader: PageReader) -> None:
    reading = reader.read_page(as_page(draw_text(TEXTS["en"]), text_layer="Page 1"), None)
    assert reading.source == "ocr"
    assert reading.flags == ()


def test_an_honest_layer_is_taken_when_the_language_is_told(reader: PageReader) -> None:
    reading = reader.read_page(as_page(draw_text(TEXTS["fr"]), text_layer=TEXTS["fr"]), "fr")
    assert (reading.source, reading.language) == ("text_layer", "fr")
