"""Who asks and who is asked, where the letterhead says little or the addressees are many."""

import pytest

from intake.describing.describer import LetterDescriber
from intake.metadata import Metadata
from tests.describing.letters import ToldClassifier, page


def metadata(text: str, language: str) -> Metadata:
    return LetterDescriber(ToldClassifier()).describe([page(text, language)]).metadata


@pytest.mark.parametrize(
    ("language", "text", "asking", "asked"),
    [
        ("it", "PROCURA DELLA REPUBBLICA\npresso il Tribunale di Valfiorita\n\nROGATORIA INTERNAZIONALE\n\n"
         "Alle competenti Autorità giudiziarie della Repubblica di San Marino\n\nIl Pubblico Ministero chiede copia "
         "degli estratti del conto intestato all'indagato presso la banca indicata in allegato.", "IT", "SM"),
        ("ru", "Районный суд города Заречного\nпр. Мира, 12\n\n9 марта 2023 года\n\nКомпетентному суду Чешской "
         "Республики\n\nСуд просит вручить ответчику копию искового заявления о взыскании долга по договору "
         "займа.", "RU", "CZ"),
        ("hu", "Zöldvári Törvényszék\n12.Pk.50.123/2023/4.\n\nRománia illetékes bíróságának\n\nA Törvényszék kéri a "
         "mellékelt iratok kézbesítését az alperes részére.\n\nZöldvár, 2023. március 9.", "HU", "RO"),
        ("sk", "GENERÁLNA PROKURATÚRA SLOVENSKEJ REPUBLIKY\n\nBratislava 12.05.2021\n\nMinisterstvo spravodlivosti "
         "Českej republiky\n\nV prílohe zasielam žiadosť o právnu pomoc a prosím o jej vybavenie príslušným "
         "orgánom.", "SK", "CZ"),
    ],
)  # fmt: skip
def test_whoever_is_called_competent_is_written_to_and_does_not_ask(
    language: str, text: str, asking: str, asked: str
) -> None:
    found = metadata(text, language)
    assert (found.requesting_state.value, found.requested_state.value) == (asking, asked)


def test_a_letter_to_authorities_of_three_states_names_none_as_the_one_that_is_asked() -> None:
    text = (
        "Republic of Chile\nMinistry of Justice\n\n3 March 2026\n\nTo the Attorney General of Kenya\n"
        "To the Ministry of Justice of Uganda\nTo the Director of Public Prosecutions of Tanzania\n\n"
        "We request that the witness be heard in a case of theft before the court.\n"
    )
    found = metadata(text, "en")
    assert found.requesting_state.value == "CL"
    assert found.requested_state.value is None
    assert all(state in (found.addressee.value or "") for state in ("Kenya", "Uganda", "Tanzania"))


def test_a_town_beside_the_name_of_its_state_is_in_no_other() -> None:
    text = (
        "Parquet général de Beaumont, République française\nN/Réf : 12/2026\nBeaumont, le 3 mars 2026\n\n"
        "Au Procureur général du Kenya\n\nNous vous rappelons notre demande restée sans réponse.\n"
    )
    assert metadata(text, "fr").requesting_state.value == "FR"


def test_two_dates_that_contradict_each_other_are_both_shown_and_none_is_certain() -> None:
    text = (
        "PROKURATURA OKRĘGOWA W ZIELONOWIE\n\nPO I Oz 12.2026\nZielonów, 3 marca 2026 r.\n\nDo właściwej prokuratury w "
        "Kenii\n\nWnoszę o przesłuchanie świadka w sprawie o kradzież.\n\nSporządzono dnia 13 lutego 2026 r.\n"
    )
    found = metadata(text, "pl").date
    assert found.value in ("2026-03-03", "2026-02-13")
    assert found.confidence <= 0.5
    assert len(found.evidence) == 2


def test_of_two_numbers_of_the_sender_the_first_is_given_with_both_shown_and_no_certainty() -> None:
    text = (
        "Ministry of Justice of Chile\n\nOur ref: WM/44/2026\nOur ref: WM/45/2026\nDate: 3 March 2026\n\n"
        "To the Attorney General of Kenya\n\nWe request that the witness be heard in a case of theft.\n"
    )
    found = metadata(text, "en").reference
    assert (found.value, found.confidence) == ("WM/44/2026", 0.5)
    assert "WM/45/2026" in found.evidence[1].quote


def test_a_number_that_stands_twice_is_one_number() -> None:
    text = (
        "Ministry of Justice of Chile\n\nOur ref: WM/44/2026\nDate: 3 March 2026\n\n"
        "To the Attorney General of Kenya\n\nReference: WM/44/2026\n\n"
        "We request that the witness be heard in a case of theft before your court.\n"
    )
    assert metadata(text, "en").reference.confidence > 0.6
