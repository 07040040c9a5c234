"""Whom a letter names and how it came: persons, contact, channel, the law it cites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.describing.describer import LetterDescriber
from intake.metadata import Metadata
from intake.values import PageReading
from tests.describing.letters import ToldClassifier, page
from tests.describing.particulars import HEAD, metadata


def test_the_offices_own_telephone_and_address_are_the_contacts_not_the_letters_subject() -> None:
    text = (
        "He called +44 20 7946 0958 twice.\n\nContact person: Maria Lindqvist, tel. +46 8 405 45 00, "
        "e-mail: maria.lindqvist@gov.example.se\n"
    )
    said = metadata(text)
    assert (said.contact.person, said.contact.phone) == ("Maria Lindqvist", "+4684054500")
    assert said.contact.email == "maria.lindqvist@gov.example.se"
    assert [one.value for one in said.phones] == ["+442079460958"]
    assert said.servers == ()


@pytest.mark.parametrize(
    ("text", "language", "person"),
    [
        ("Sachbearbeiterin: Erika Muster, Tel. +43 1 52152 0", "de", "Erika Muster"),
        ("Исполнитель: Петрова Мария", "ru", "Петрова Мария"),
        ("Affaire suivie par : Jeanne Moreau", "fr", "Jeanne Moreau"),
        ("联系人:王晓明,电话", "zh", "王晓明"),
    ],
)
def test_the_contact_is_named_in_any_language(text: str, language: str, person: str) -> None:
    assert metadata(text, language).contact.person == person


@pytest.mark.parametrize(
    ("text", "language", "kind", "value", "valid"),
    [
        ("passport no. AB1234567 was seen", "en", "passport", "AB1234567", None),
        ("PESEL 44051401359 podany", "pl", "personal_number", "44051401359", True),
        ("PESEL 44051401358 podany", "pl", "personal_number", "44051401358", False),
        ("codice fiscale RSSMRA85T10A562S del teste", "it", "personal_number", "RSSMRA85T10A562S", True),
        ("ИНН 7707083893 в реестре", "ru", "tax_number", "7707083893", True),
        ("паспорт серии 45 10 № 123456 выдан", "ru", "passport", "45 10 № 123456", None),
        ("T.C. Kimlik No: 10000000146 olan", "tr", "personal_number", "10000000146", True),
        ("护照号码E12345678的人", "zh", "passport", "E12345678", None),
        ("جواز السفر رقم N1234567 باسمه", "ar", "passport", "N1234567", None),
    ],
)
def test_numbers_of_persons_are_checked_where_they_can_be(
    text: str, language: str, kind: str, value: str, valid: bool | None
) -> None:
    one = metadata(text, language).identifiers[0]
    assert (one.kind, one.value, one.valid) == (kind, value, valid)


def test_a_person_has_part_birth_citizenship_and_numbers_with_the_words() -> None:
    text = (
        "The suspect Mr Goran Petrović, born on 2 March 1985 in Zagreb, citizen of Serbia, passport no. 009988776, was "
        "seen. The witness Mrs Ana Kovač lives there."
    )
    suspect, witness = metadata(text).persons
    assert (suspect.name, suspect.role, suspect.birth_date) == ("Goran Petrović", "suspect", "1985-03-02")
    assert suspect.nationality == "RS"
    assert [one.value for one in suspect.identifiers] == ["009988776"]
    assert "Petrović" in suspect.evidence[0].quote
    assert (witness.name, witness.role, witness.birth_date, witness.identifiers) == ("Ana Kovač", "witness", None, ())


def test_the_place_of_birth_is_no_nationality() -> None:
    assert metadata("The suspect John Byrne, born on 2 March 1985 in Italy, fled.").persons[0].nationality is None


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Full name: Kari Nordmann\nAddress: unknown", "en", "Kari Nordmann"),
        ("姓名:王晓明,男", "zh", "王晓明"),
        ("الاسم الكامل: سليم أحمد قدورة، مواليد", "ar", "سليم أحمد قدورة"),
        ("прошу допросить гражданина Иванова Петра Сергеевича.", "ru", "Иванова Петра Сергеевича"),
        ("Der Zeuge Herr Anton Mlakar wohnt dort.", "de", "Anton Mlakar"),
    ],
)
def test_a_name_is_read_beside_a_label_or_a_title(text: str, language: str, name: str) -> None:
    assert [one.name for one in metadata(text, language).persons] == [name]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("نطلب سماع الشاهد الذي حضر الجلسة.", "ar"),
        ("证人出庭，作证。", "zh"),
        ("The accused District Court Judge was heard. Offences Against the Person Act applies.", "en"),
        ("Dear Mr Byrne Smith", "en"),
    ],
)
def test_what_follows_a_part_is_no_name_unless_it_is_written_as_one(text: str, language: str) -> None:
    assert metadata(text, language).persons == ()


@pytest.mark.parametrize(
    ("text", "language", "channel"),
    [
        ("Via Interpol Zagreb", "en", "interpol"),
        ("This request is transmitted through the diplomatic channel.", "en", "diplomatic"),
        ("La présente est transmise par la voie diplomatique.", "fr", "diplomatic"),
        ("Запрос направляется по дипломатическим каналам.", "ru", "diplomatic"),
        ("Per E-Mail", "de", "electronic"),
        ("Please reply through the diplomatic channel.", "en", None),
        (
            "He was arrested on the notice that Interpol had published, as the police of the city reported to us then.",
            "en",
            None,
        ),
        ("Nothing is said.", "en", None),
    ],
)
def test_the_channel_is_how_the_letter_came_not_how_to_answer(text: str, language: str, channel: str | None) -> None:
    assert metadata(text, language).channel.value == channel


def test_a_note_verbale_comes_by_the_diplomatic_channel() -> None:
    note = (
        "EMBASSY OF THE REPUBLIC OF CHILE\n\nThe Embassy of the Republic of Chile presents its compliments to the "
        "Ministry of Foreign Affairs and has the honour to transmit a letter rogatory."
    )
    readings = [page(note, "en", 1), page(HEAD + "Please hear Mr Byrne.", "en", 2)]
    assert LetterDescriber(ToldClassifier()).describe(readings).metadata.channel.value == "diplomatic"


def test_provisions_are_cited_with_their_law_and_treaties_are_not_among_them() -> None:
    said = metadata(
        "gemäß Artikel 46 des Übereinkommens der Vereinten Nationen gegen Korruption. Strafbar nach § 263 StGB.", "de"
    )
    assert [(one.value, one.law) for one in said.provisions] == [("§ 263", "StGB")]
    assert "263 StGB" in said.provisions[0].evidence[0].quote


def test_a_bilateral_treaty_has_its_parties_and_its_day() -> None:
    said = metadata(
        "on the basis of the Treaty between Spain and Morocco on mutual assistance of 24 June 2009 and of reciprocity"
    )
    treaty = next(one for one in said.legal_bases if one.value == "bilateral_treaty")
    assert (treaty.states, treaty.signed) == (("ES", "MA"), "2009-06-24")


def test_everything_found_says_page_words_and_confidence() -> None:
    text = (
        "The suspect Mr Goran Petrović, account no. 4412001 with Silent Bay Trading Ltd, registration number AB12 CDE, "
        "called +44 20 7946 0958 and wrote from steppe.wolf@example.com, passport no. 009988776. Annex A is enclosed."
    )
    said = LetterDescriber(ToldClassifier()).describe([page(HEAD, "en", 1), page(text, "en", 2)]).metadata
    for name in ("persons", "accounts", "companies", "vehicles", "phones", "servers", "annexes"):
        listed = getattr(said, name)
        assert listed, name
        assert all(one.evidence[0].page == 2 and one.evidence[0].quote in text for one in listed), name
        assert all(0 < one.confidence <= 1 for one in listed), name


def test_a_silent_letter_names_nothing() -> None:
    said = metadata("Please help us. Thank you.")
    silent = Metadata()
    for name in (
        "persons",
        "accounts",
        "companies",
        "vehicles",
        "phones",
        "servers",
        "annexes",
        "provisions",
        "contact",
    ):
        assert getattr(said, name) == getattr(silent, name), name


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "ar", "zh", "tr", "th", "he"]))
def test_whatever_is_said_to_be_found_stands_in_the_letter(text: str, language: str) -> None:
    reading = PageReading(1, text, language, 1.0, None, 0, 0.0, 1.0, "text", "test")
    said = LetterDescriber(ToldClassifier()).describe([reading]).metadata
    for name in ("accounts", "companies", "vehicles", "phones", "servers", "identifiers", "persons"):
        assert all(one.evidence[0].quote or name == "accounts" for one in getattr(said, name))


@pytest.mark.parametrize(
    ("text", "language", "urgent"),
    [
        ("This request is not considered urgent.", "en", False),
        ("There is no particular reason for urgency.", "en", False),
        ("La demande ne revêt aucun caractère urgent.", "fr", False),
        ("Das Ersuchen ist nicht dringend.", "de", False),
        ("Запрос не является срочным.", "ru", False),
        ("The matter is urgent, no later than June.", "en", True),
        ("Not only is the matter urgent, it is grave.", "en", True),
        ("Nothing of the kind.", "en", None),
    ],
)
def test_denied_urgency_is_none(text: str, language: str, urgent: bool | None) -> None:
    assert metadata(text, language).urgent.value is urgent


def test_the_number_that_a_brazilian_court_gives_a_case_is_the_senders_wherever_it_stands() -> None:
    text = "Nos autos do processo 0000832-35.2018.4.01.3202, pede-se a oitiva da testemunha."
    assert metadata(text, "pt").reference.value == "0000832-35.2018.4.01.3202"
