"""Pages are cleaned of what is no text, and lose none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from intake.reading.assembly import assemble_text
from intake.reading.cleaning import clean_page, find_ink, letter_height, remove_specks
from intake.reading.coverage import text_ink, uncovered_share
from intake.reading.ocr import OcrWord
from intake.reading.pieces import find_pieces
from intake.reading.stamps import find_rings, remove_stamps
from intake.reading.tsv import parse_words
from intake.reading.typography import set_right
from tests.reading.drawing import SIZE, TEXTS, as_page, draw_text, font, stamp


def test_a_ring_is_found_where_it_was_stamped() -> None:
    page = np.asarray(stamp(draw_text(TEXTS["en"]), 700, 380))
    rings = find_rings(find_pieces(find_ink(page)), 20)
    assert rings
    assert rings[0].x == pytest.approx(700, abs=2)
    assert rings[0].y == pytest.approx(380, abs=2)
    assert rings[0].radius == pytest.approx(126, abs=4)


def test_a_page_without_stamp_is_left_as_it_is() -> None:
    page = np.asarray(draw_text(TEXTS["en"]))
    assert remove_stamps(page, find_ink(page), find_pieces(find_ink(page)), 20) is page


def test_dust_goes_and_the_dots_of_letters_stay() -> None:
    picture = draw_text("if it is his: i, j.")
    before = np.asarray(picture)
    draw = ImageDraw.Draw(picture)
    for x, y in ((300, 900), (900, 1200), (1400, 2000)):
        draw.rectangle((x, y, x + 2, y + 2), 0)
    dusty = np.asarray(picture)
    cleaned, ink = remove_specks(dusty, find_ink(dusty), 20)
    assert (cleaned[600:] > 200).all()
    assert not ink[600:].any()
    assert (cleaned[:600] == before[:600]).all()


def test_a_shadow_on_the_paper_is_no_ink() -> None:
    shade = np.linspace(0.55, 1.0, SIZE[0])[None, :]
    shadowed = Image.fromarray((np.asarray(draw_text(TEXTS["en"])) * shade).astype(np.uint8))
    assert clean_page(as_page(shadowed).image).ink[1200:].mean() < 0.001


def test_small_print_is_enlarged_and_large_print_reduced() -> None:
    small = clean_page(as_page(draw_text(TEXTS["en"], size=9)).image)
    large = clean_page(as_page(draw_text(TEXTS["en"], size=50), dpi=300).image)
    assert small.scale > 1.2
    assert large.scale == pytest.approx(2 / 3)


def test_ink_without_words_is_seen() -> None:
    page = np.asarray(draw_text(TEXTS["en"]))
    ink = find_ink(page)
    height = letter_height(find_pieces(ink))
    rows = np.flatnonzero(ink.any(axis=1))
    whole = OcrWord("all", 150, int(rows[0]), 1350, int(np.ptp(rows)) + 1, 0.9, 0, 0)
    half = OcrWord("half", 150, int(rows[0]), 1350, int(np.ptp(rows)) // 2, 0.9, 0, 0)
    assert uncovered_share(text_ink(ink, height), [whole], height) < 0.01
    assert 0.3 < uncovered_share(text_ink(ink, height), [half], height) < 0.7


def test_a_rule_across_the_page_is_no_lost_text() -> None:
    picture = draw_text("Letters rogatory")
    ImageDraw.Draw(picture).line((100, 900, 1500, 900), 0, 4)
    ink = find_ink(np.asarray(picture))
    assert not text_ink(ink, 20)[850:950].any()


def test_the_table_of_words_is_read_with_the_spaces_of_the_text() -> None:
    rows = [
        "5\t1\t1\t1\t1\t1\t10\t10\t20\t20\t91.5\t人",
        "5\t1\t1\t1\t1\t2\t31\t10\t20\t20\t-1\t民",
        "4\t1\t1\t1\t2\t0\t0\t0\t9\t9\t-1\t",
        "5\t1\t1\t1\t2\t1\t10\t40\t20\t20\t80\tA",
        "5\t1\t1\t1\t2\t2\t10\t40\t20\t20\t80\t ",
    ]
    words = parse_words("\n".join(["level\tpage_num", *rows]), "人民\nA\n")
    assert [(word.text, word.spaced, word.line) for word in words] == [
        ("人", True, 0),
        ("民", False, 0),
        ("A", True, 1),
    ]
    assert words[1].confidence == 0
    assert assemble_text(words) == "人民\nA"


@pytest.mark.parametrize(
    ("language", "read", "right"),
    [
        ("el", "\u00b5ε", "με"),
        ("th", "น\u0e4dา", "นำ"),
        ("ar", "قال, ثم", "قال، ثم"),
        ("uz", "bo`lib", "boʻlib"),
        ("zh", "司法 协助", "司法协助"),
        ("en", "don't, stop", "don't, stop"),
        (None, "a\u200fb", "ab"),
    ],
)
def test_look_alikes_are_put_right(language: str | None, read: str, right: str) -> None:
    assert set_right(read, language) == right


@given(st.text(max_size=60), st.sampled_from([None, "el", "th", "ar", "uz", "zh", "hy", "en"]))
def test_putting_right_twice_changes_nothing_more(text: str, language: str | None) -> None:
    once = set_right(text, language)
    assert set_right(once, language) == once


def test_the_letters_of_a_font_have_about_its_height() -> None:
    height = letter_height(find_pieces(find_ink(np.asarray(draw_text(TEXTS["en"], size=34)))))
    ascent, _ = font("en", 34).getmetrics()
    assert 0.4 * ascent < height < ascent
