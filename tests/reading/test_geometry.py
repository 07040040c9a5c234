"""Turning a page upright loses no place on it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reading.geometry import Rotation, find_slant, straighten
from tests.reading.drawing import TEXTS, draw_text, scanned

ROTATIONS: tuple[Rotation, ...] = (0, 90, 180, 270)


@given(
    rotation=st.sampled_from(ROTATIONS),
    skew=st.floats(-5, 5),
    scale=st.sampled_from([0.5, 0.667, 1.0, 2.0]),
    x=st.integers(60, 340),
    y=st.integers(60, 240),
)
@settings(max_examples=60, deadline=None)
def test_a_mark_is_found_again_where_it_was(rotation: Rotation, skew: float, scale: float, x: int, y: int) -> None:
    page = np.full((round(300 * scale), round(400 * scale)), 255, np.uint8)
    left, top, side = round(x * scale), round(y * scale), max(3, round(8 * scale))
    page[top : top + side, left : left + side] = 0
    straight = straighten(page, scale, rotation, skew)
    rows, columns = np.nonzero(straight.pixels < 100)
    if len(rows) == 0:  # a turn by the skew has moved the mark off the page
        return
    box = (int(columns.min()), int(rows.min()), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
    found = straight.box_on_page(box, (400, 300))
    assert found[0] + found[2] / 2 == pytest.approx(x + 4, abs=4)
    assert found[1] + found[3] / 2 == pytest.approx(y + 4, abs=4)


@given(
    rotation=st.sampled_from(ROTATIONS),
    skew=st.floats(-6, 6),
    box=st.tuples(*[st.integers(-50, 900)] * 2, *[st.integers(1, 500)] * 2),
)
def test_a_box_never_leaves_the_page(rotation: Rotation, skew: float, box: tuple[int, int, int, int]) -> None:
    straight = straighten(np.full((200, 300), 255, np.uint8), 0.5, rotation, skew)
    left, top, width, height = straight.box_on_page(box, (600, 400))
    assert 0 <= left < left + width <= 600
    assert 0 <= top < top + height <= 400


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("skew", [-5.0, -1.3, 0.0, 2.2, 4.7])
@pytest.mark.parametrize("turned", [False, True])
def test_lines_are_found_in_any_direction(language: str, skew: float, turned: bool) -> None:
    picture = scanned(draw_text(TEXTS[language], language), skew, 90 if turned else 0)
    slant = find_slant(np.asarray(picture) < 128)
    assert slant.vertical == turned
    assert slant.skew == pytest.approx(skew, abs=0.3)


def test_a_page_without_ink_has_a_slant_of_none() -> None:
    slant = find_slant(np.zeros((100, 80), bool))
    assert not slant.vertical
