"""Words come back out of the archive copy, in every direction of writing, where they stand on the page."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.archiving.lines import find_lines, find_spaces, upright_box
from intake.archiving.page_copy import copy_page
from intake.values import Word
from tests.archiving.conftest import ReadingsOfScans
from tests.archiving.looking import TEXT_OF, core, missing, paper, pdfium_boxes, reading

SENTENCES = {
    "Latin": "The account 0112-5567-90 (Unity Bank, Nairobi) is a matter of record: see page 14.",
    "Cyrillic": "Генеральная прокуратура просит допросить свидетеля № 5 до 14 апреля 2020 г.",
    "Arabic": "تهدي النيابة العامة أطيب تحياتها وتطلب كشوف الحساب 5567 في Unity Bank من ١٢ مارس.",
    "vowelled Arabic": "السَّلَامُ عَلَيْكُمْ وَرَحْمَةُ اللَّهِ",
    "Persian": "مقامات صلاحیت‌دار می‌خواهند که حساب بانکی بررسی شود",
    "Hebrew": "משרד המשפטים מבקש לגבות עדות לפי סעיף 46 לאמנת UNCAC עד יום 14",
    "Hindi": "मानव अधिकारों की सार्वभौम घोषणा के प्रत्येक व्यक्ति को शिक्षा का अधिकार है",
    "Georgian": "საქართველოს გენერალური პროკურატურა ითხოვს დახმარებას",
    "Korean": "대한민국 검찰은 형사 사건에 관하여 사법 공조를 요청합니다",
    "beyond 16 bits": "name 𠮷野 of 𐍈 𝔘",
}
#: no spaces between the words that the engine tells apart
UNSPACED = {
    "Chinese": ["检察院", "请求", "贵国", "主管", "机关", "在", "一", "起", "刑事", "案件", "中", "司法", "协助"],
    "Japanese": ["すべ", "て", "人", "は", "、", "意見", "及び", "表現", "の", "自由", "を", "享有", "する"],
    "Thai": ["ป", "ฏิ", "ญ", "ญ", "า", "สากล", "ว่", "า", "ด้วย", "สิทธิ", "มนุษยชน"],
}  # fmt: skip


def set_out(words: Sequence[str], *, gap: int, backward: bool, top: int = 100) -> list[Word]:
    """Words on one line, each with a box, from the side where the script begins."""
    placed, at = [], 900 if backward else 100
    for text in words:
        width = 9 * len(text)
        at -= width if backward else 0
        placed.append(Word(text, at, top, width, 24, 0.9))
        at += -gap if backward else width + gap
    return placed


@pytest.mark.parametrize("program", TEXT_OF)
@pytest.mark.parametrize("script", SENTENCES)
def test_every_word_comes_back_as_a_word(script: str, program: str) -> None:
    texts = SENTENCES[script].split()
    backward = script in {"Arabic", "vowelled Arabic", "Persian", "Hebrew"}
    lines = [set_out(texts, gap=8, backward=backward, top=top) for top in (100, 140, 180)]
    page = reading([word for line in lines for word in line], "\n".join(" ".join(texts) for _ in lines))
    found = [core(word) for word in TEXT_OF[program](copy_page(paper(), page)).split()]
    assert all(found.count(core(text)) >= 3 for text in texts), [text for text in texts if core(text) not in found]


@pytest.mark.parametrize("program", TEXT_OF)
@pytest.mark.parametrize("script", UNSPACED)
def test_words_without_spaces_come_back_as_the_text_they_are(script: str, program: str) -> None:
    texts = UNSPACED[script]
    page = reading(set_out(texts, gap=5, backward=False), "".join(texts))
    assert "".join(texts) in TEXT_OF[program](copy_page(paper(), page))


@pytest.mark.parametrize("program", TEXT_OF)
def test_words_whose_boxes_touch_or_overlap_stay_two_words(program: str) -> None:
    for gap in (2, 0, -3):
        page = reading(set_out(["घर", "या", "में", "witness", "statement"], gap=gap, backward=False))
        assert TEXT_OF[program](copy_page(paper(), page)).split() == ["घर", "या", "में", "witness", "statement"]


@pytest.mark.parametrize("program", TEXT_OF)
def test_a_text_without_places_is_found_in_its_order(program: str) -> None:
    text = "To the Ministry of Justice\n\nإلى وزارة العدل رقم 14\nמשרד המשפטים\n" + "\n".join(
        f"line {number} of the letter" for number in range(90)
    )
    found = TEXT_OF[program](copy_page(paper(), reading(text=text)))
    lines = [line.split() for line in found.splitlines() if line.strip()]
    wanted = [line.split() for line in text.splitlines() if line]
    # pdftotext gives lines of the other direction after the rest, and their figures on the other side.
    assert sorted(map(sorted, lines)) == sorted(map(sorted, wanted))
    assert [line for line in lines if line[0] == "line"] == wanted[3:]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_text_of_a_turned_page_runs_along_its_lines(rotation: int) -> None:
    image = paper()
    upright = set_out(["The", "witness", "is", "to", "be", "heard"], gap=8, backward=False)
    size = (image.width, image.height) if rotation == 180 else (image.height, image.width)
    words = [turned_back(word, rotation, size) for word in upright]
    page = reading(words, rotation=rotation)
    assert [upright_box(word, rotation, image) for word in words] == [
        (word.left, word.top, word.width, word.height) for word in upright
    ]
    for text_of in TEXT_OF.values():
        assert text_of(copy_page(image, page)).split() == ["The", "witness", "is", "to", "be", "heard"]


def turned_back(word: Word, rotation: int, size: tuple[int, int]) -> Word:
    """A word of the upright page of a size where it lies on the page as received."""
    width, height = size
    left, top, right, bottom = word.left, word.top, word.left + word.width, word.top + word.height
    box = {
        90: (top, width - right, bottom, width - left),
        180: (width - right, height - bottom, width - left, height - top),
        270: (height - bottom, left, height - top, right),
    }[rotation]
    return Word(word.text, box[0], box[1], box[2] - box[0], box[3] - box[1], word.confidence)


def test_words_of_a_page_askew_keep_their_places() -> None:
    # The line rises by two degrees: 35 px on 1000.
    words = [Word(f"word{n}", 80 + 140 * n, 500 - 5 * n, 100, 27, 0.9) for n in range(6)]
    boxes = pdfium_boxes(copy_page(paper(), reading(words, skew=2.0)), 150)
    firsts = [box for character, box in boxes if character == "w"]
    for word, box in zip(words, firsts, strict=True):
        assert box[0] == pytest.approx(word.left, abs=3)
        assert (box[1] + box[3]) / 2 == pytest.approx(word.top + word.height / 2, abs=4)


@settings(max_examples=60, deadline=None)
@given(
    left=st.integers(0, 990),
    top=st.integers(0, 1390),
    width=st.integers(1, 1000),
    height=st.integers(1, 1400),
    text=st.text("abcאבجद中", min_size=1, max_size=30),
)
def test_a_word_lies_on_its_box_whatever_the_box(left: int, top: int, width: int, height: int, text: str) -> None:
    word = Word(text, left, top, min(width, 1000 - left), min(height, 1400 - top), 0.5)
    [line] = find_lines(reading([word]), paper())
    [run] = line.runs
    assert (run.left, run.right) == pytest.approx((word.left, word.left + word.width), abs=0.01)
    assert (run.bottom - line.height, run.bottom) == pytest.approx((word.top, word.top + word.height), abs=0.01)
    boxes = [box for _, box in pdfium_boxes(copy_page(paper(), reading([word])), 150)]
    if word.width >= len(text):  # below a pixel a character, viewers draw several as one
        sides = (min(box[0] for box in boxes), max(box[2] for box in boxes))
        assert sides == pytest.approx((word.left, word.left + word.width), abs=1)
        # pdfium adds a hundredth to what a font says of its height.
        heights = (boxes[0][1], boxes[0][3])
        assert heights == pytest.approx((word.top, word.top + word.height), abs=1 + 0.02 * word.height)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200), words=st.lists(st.text(max_size=12), max_size=8), skew=st.floats(-6, 6))
def test_no_text_whatever_breaks_the_copy(text: str, words: list[str], skew: float) -> None:
    placed = [Word(word, 10 * number, 0, 990, 1400 - number, 0.1) for number, word in enumerate(words)]
    page = reading(placed, text, skew=skew)
    copy = copy_page(paper(), page)
    assert copy == copy_page(paper(), page)
    assert pdfium_boxes(copy, 150) is not None


@given(st.lists(st.text("abc中ก", min_size=1, max_size=4), min_size=1, max_size=20), st.data())
def test_spaces_are_where_the_text_has_them(words: list[str], data: st.DataObject) -> None:
    spaced = [True, *(data.draw(st.booleans()) for _ in words[1:])]
    text = "".join((" " if space else "") + word for space, word in zip(spaced, words, strict=True))
    assert find_spaces(words, text.strip()) == spaced


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar", "he", "zh", "hi", "th", "fa", "ja"])
def test_every_word_read_on_a_scan_is_found_in_its_copy(language: str, readings_of_scans: ReadingsOfScans) -> None:
    for image, page in readings_of_scans(language):
        copy = copy_page(image, page)
        for program, text_of in TEXT_OF.items():
            text = text_of(copy)
            lost = missing(page.words, text if language not in {"zh", "ja", "th"} else "".join(text.split()))
            assert len(lost) <= 0.01 * len(page.words), (program, lost)
