import pytest

from intake.describing.matcher import Matcher, Wanted
from intake.describing.names import load_names
from intake.describing.states import find_states
from intake.describing.text import LetterText
from tests.describing.letters import page


def states_in(text: str, language: str) -> list[str]:
    return [mention.state for mention in find_states(LetterText.of([page(text, language)], [language]))]


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        ("власти Латвийской Республики", "ru", "LV"),
        ("в Республику Казахстан", "ru", "KZ"),
        ("Міністерство юстиції України", "uk", "UA"),
        ("władze Republiki Czeskiej", "pl", "CZ"),
        ("Saksan viranomaiset", "fi", "DE"),
        ("سلطات المملكة الأردنية الهاشمية", "ar", "JO"),
        ("وبجمهورية كينيا", "ar", "KE"),
        ("日本国法務省", "zh-Hant", "JP"),
        ("몽골 대검찰청", "ko", "MN"),
        ("ประเทศญี่ปุ่น", "th", "JP"),
        ("nước Pháp", "vi", "FR"),
        ("the Mexican authorities", "en", "MX"),
        ("las autoridades peruanas", "es", "PE"),
    ],
)
def test_a_state_is_known_in_every_case_and_script(text: str, language: str, state: str) -> None:
    assert state in states_in(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Bộ Tư pháp", "vi"), ("الجانب المالي والإداري", "ar"), ("oman asuntonsa", "fi"), ("불인도 원칙", "ko")],
)
def test_everyday_words_are_no_states(text: str, language: str) -> None:
    assert states_in(text, language) == []


def test_months_of_one_language_are_not_mixed_with_anothers() -> None:
    assert load_names().months["az"]["yanvar"] == 1
    assert all("\u0590" <= name[0] <= "\u05ff" for name in load_names().months["he"])


def test_a_word_inside_another_is_not_found() -> None:
    matcher = Matcher([Wanted("ran", "x"), Wanted("ref", "y", open_end=True)])
    assert [match.meaning for match in matcher.find("iran ran reference bref")] == ["x", "y"]


def test_an_arabic_word_is_found_behind_its_prefixes() -> None:
    assert [m.meaning for m in Matcher([Wanted("محكمه", 1)]).find("وبالمحكمه xمحكمه")] == [1]
