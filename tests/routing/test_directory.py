"""A name in a letter finds its authority in the directory, whoever spelt it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.routing.directory import MATCHED, Directory, DirectoryAuthority, match_letter, words_of

DIRECTORY = Directory(
    4,
    tuple(
        DirectoryAuthority(line, state, name, other)
        for line, (state, name, other) in enumerate(
            [
                ("MN", "Prosecutor General's Office", ("Улсын Ерөнхий Прокурорын Газар",)),
                ("MN", "Ministry of Justice and Home Affairs", ()),
                ("IT", "Ministry of Justice", ("Ministero della Giustizia",)),
                ("IT", "Court of Appeal of Rome", ()),
                ("EG", "Ministry of Justice", ("وزارة العدل",)),
                ("RU", "Генеральная прокуратура Российской Федерации", ()),
                ("CN", "最高人民检察院", ()),
                ("TH", "สำนักงานอัยการสูงสุด", ()),
                ("UA", "Офіс Генерального прокурора", ()),
            ],
            2,
        )
    ),
)


@pytest.mark.parametrize(
    ("state", "written", "name"),
    [
        ("MN", "Office of the Prosecutor General of Mongolia", "Prosecutor General's Office"),
        ("MN", "МОНГОЛ УЛСЫН ЕРӨНХИЙ ПРОКУРОРЫН ГАЗАР", "Prosecutor General's Office"),
        ("IT", "Ministero della Giustizia, Direzione generale degli affari internazionali", "Ministry of Justice"),
        ("EG", "وزارة العدل، قطاع التعاون الدولي", "Ministry of Justice"),
        ("RU", "Generalnaya prokuratura Rossiyskoy Federatsii", "Генеральная прокуратура Российской Федерации"),
        ("CN", "中华人民共和国最高人民检察院", "最高人民检察院"),
        ("TH", "สำนักงานอัยการสูงสุด ฝ่ายต่างประเทศ", "สำนักงานอัยการสูงสุด"),
        ("UA", "Ofis Heneralnoho prokurora", "Офіс Генерального прокурора"),
        ("IT", "Ministry of Jusiice", "Ministry of Justice"),
    ],
)
def test_a_name_finds_its_authority_across_scripts_and_spellings(state: str, written: str, name: str) -> None:
    match = DIRECTORY.match(state, written)
    assert match.found is not None
    assert (match.found.authority.name, match.is_designated) == (name, True)


def test_a_stranger_is_not_among_the_designated() -> None:
    assert DIRECTORY.match("IT", "Procura della Repubblica presso il Tribunale di Milano").is_designated is False
    assert DIRECTORY.designates("MN", "Ministry of Interior") is False


def test_one_that_is_like_is_shown_and_neither_believed_nor_denied() -> None:
    match = DIRECTORY.match("IT", "Court of Appeal of Milan")
    assert (match.found, match.is_designated) == (None, None)
    assert [one.authority.name for one in match.alternatives] == ["Court of Appeal of Rome"]


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (None, "Ministry of Justice"),
        ("FR", "Ministère de la Justice"),  # nobody of France is listed
        ("UA", "Office of the Prosecutor General"),  # a translation, of which the directory has none
    ],
)
def test_what_the_directory_cannot_know_it_does_not_say(state: str | None, name: str) -> None:
    assert DIRECTORY.designates(state, name) is None


def test_a_letter_to_several_authorities_shows_each_that_is_listed() -> None:
    written = "To the Ministry of Justice; to the Court of Appeal of Rome; to the Head of State"
    matches = match_letter(DIRECTORY, ("MN", None), ("IT", written))
    assert matches is not None
    both = [matches.addressee.found, *matches.addressee.alternatives]
    assert {one.authority.name for one in both if one} == {"Ministry of Justice", "Court of Appeal of Rome"}
    assert matches.sender.is_designated is None


def test_without_a_directory_nothing_is_said() -> None:
    assert match_letter(Directory(), ("MN", "Prosecutor General"), ("IT", "Ministry of Justice")) is None


@given(st.sampled_from([None, "MN", "IT", "XX"]), st.none() | st.text(max_size=400))
def test_any_name_is_answered_and_every_score_is_a_share(state: str | None, name: str | None) -> None:
    match = DIRECTORY.match(state, name)
    scores = [one.score for one in (match.found, *match.alternatives) if one]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert match.found is None or match.found.score >= MATCHED


@given(st.sampled_from(DIRECTORY.authorities))
def test_every_listed_name_is_found_as_it_is_written(authority: DirectoryAuthority) -> None:
    for name in (authority.name, *authority.other_names, authority.name.upper()):
        found = DIRECTORY.match(authority.state, name).found
        assert found is not None
        assert found.authority == authority


def test_words_are_told_apart_from_the_filling_between_them() -> None:
    assert words_of("Office of the Attorney-General") == ("office", "attorney", "general")
    assert words_of("of the") == ("of", "the")
