"""What a letter names: accounts, companies, vehicles, telephones, addresses, persons, contact, channel, law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn

from intake.describing.accounts import mask_cards
from intake.describing.describer import LetterDescriber
from intake.metadata import Metadata, Particular
from intake.values import PageReading
from tests.describing.letters import GERMAN, ToldClassifier, page

#: A letter's head and first line, so that what follows stands in its body.
HEAD = (
    "Ministry of Justice of Utopia\n\nDate: 4 May 2021\n\nWe have the honour to ask for assistance in a criminal "
    "matter that is before the courts of this country and of which the particulars are given below.\n\n"
)


def metadata(text: str, language: str = "en") -> Metadata:
    return LetterDescriber(ToldClassifier()).describe([page(HEAD + text, language)]).metadata


def found(particulars: tuple[Particular, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in particulars]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Statements of account no. 88112004-71 are needed.", "en", "88112004-71"),
        ("le compte n° 00012345678 ouvert à la banque", "fr", "00012345678"),
        ("Konto Nr. 1234567 bei der Bank", "de", "1234567"),
        ("счет № 40702810900000012345 в банке", "ru", "40702810900000012345"),
        ("الحساب رقم ٠١٢٣٤٥٦٧٨٩ لدى المصرف", "ar", "٠١٢٣٤٥٦٧٨٩"),
        ("账号6222020200112233445的交易记录", "zh", "6222020200112233445"),
        ("口座番号1234567を照会する", "ja", "1234567"),
        ("hesap no 12345678-5001 hareketleri", "tr", "12345678-5001"),
        ("número de cuenta: 0182 5332 14 0201534687", "es", "0182 5332 14 0201534687"),
        ("חשבון מס' 12-345-678901 בבנק", "he", "12-345-678901"),
        ("หมายเลขบัญชี 123-4-56789-0 ของธนาคาร", "th", "123-4-56789-0"),
    ],
)
def test_an_account_is_read_beside_the_word_for_it_in_any_language(text: str, language: str, value: str) -> None:
    assert found(metadata(text, language).accounts) == [("account", value)]


def test_several_accounts_in_one_breath_are_several() -> None:
    text = "Please freeze accounts nos. 4412001, 4412002 and 4412003."
    assert [one.value for one in metadata(text).accounts] == ["4412001", "4412002", "4412003"]


def test_an_amount_or_a_date_beside_the_word_is_no_account() -> None:
    text = "The account 2,500.00 EUR was settled. On account 12.05.2021 nothing came. The account of 2019 is closed."
    assert metadata(text).accounts == ()


def test_an_iban_whose_check_digits_agree_is_sure_and_one_whose_do_not_is_shown_as_doubtful() -> None:
    right, wrong = metadata("IBAN DE89 3704 0044 0532 0130 00, IBAN: DE88 3704 0044 0532 0130 00, please.").accounts
    assert (right.value, right.state, right.valid) == ("DE89370400440532013000", "DE", True)
    assert (wrong.value, wrong.valid) == ("DE88370400440532013000", False)
    assert right.confidence > 0.9 > 0.5 > wrong.confidence
    assert "DE89 3704 0044 0532 0130 00" in right.evidence[0].quote


@given(st.from_regex(r"[0-9]{18}", fullmatch=True), st.sampled_from([0, 2, 3]))
def test_any_valid_iban_is_found_however_it_is_spaced(digits: str, step: int) -> None:
    bban = "37040044" + digits[:10]
    value = "DE" + iban.calc_check_digits(f"DE00{bban}") + bban
    written = value if step == 0 else " ".join(value[i : i + 2 + step] for i in range(0, len(value), 2 + step))
    assert found(metadata(f"Statements of {written} and more.").accounts) == [("iban", value)]


def test_of_a_card_only_the_last_four_figures_are_told_even_in_the_evidence() -> None:
    text = "He paid with card 4111 1111 1111 1111 on that day."
    card = metadata(text).accounts[0]
    assert (card.kind, card.value) == ("card", "************1111")
    assert "4111" not in card.evidence[0].quote


@given(st.from_regex(r"4[0-9]{14}", fullmatch=True), st.sampled_from(["", " ", "-"]))
def test_every_card_number_is_masked_wherever_it_stands(figures: str, between: str) -> None:
    number = figures + luhn.calc_check_digit(figures)
    written = between.join(number[i : i + 4] for i in range(0, 16, 4))
    assert written not in mask_cards(f"see {written}, there")
    assert mask_cards(f"see {written}, there").endswith(f"{number[-4:]}, there")


def test_a_wallet_is_an_account_with_its_capitals() -> None:
    address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
    assert found(metadata(f"Coins went to {address} that night.").accounts) == [("account", address)]


@pytest.mark.parametrize(
    ("text", "language", "value", "state"),
    [
        ("the books of Silent Bay Trading Ltd in London", "en", "Silent Bay Trading Ltd", None),
        ("Acme Holdings, Inc. and others", "en", "Acme Holdings, Inc", "US"),
        ("die Firma Müller & Söhne GmbH in Graz", "de", "Müller & Söhne GmbH", None),
        ("la société Cuir du Sud SARL à Dakar", "fr", "Cuir du Sud SARL", None),
        ("ООО «Ромашка» заключило договор", "ru", "ООО «Ромашка»", "RU"),
        ("ТОВ «Карпатські меблі» уклало договір", "uk", "ТОВ «Карпатські меблі»", "UA"),
        ("przez ABC Budowa Sp. z o.o. w Łodzi", "pl", "ABC Budowa Sp. z o.o", "PL"),
        ("la Verdi Costruzioni S.r.l. di Bari", "it", "Verdi Costruzioni S.r.l", None),
        ("Atlântico Têxteis, Lda. do Porto", "pt", "Atlântico Têxteis, Lda", "PT"),
        ("bendrovė UAB „Aukštaitijos grūdai“ sudarė", "lt", "UAB „Aukštaitijos grūdai“", "LT"),
        ("请求调取上海明远贸易有限公司的账户", "zh", "上海明远贸易有限公司", None),
        ("株式会社日立物産の取引", "ja", "株式会社日立物産", "JP"),
        ("شركة «النور للتجارة» في عمان", "ar", "شركة «النور للتجارة»", None),
        ("Công ty TNHH Minh Anh tại Hà Nội", "vi", "Công ty TNHH Minh Anh", "VN"),
        ("PT Laut Paint Nusantara di Jakarta", "id", "PT Laut Paint Nusantara", "ID"),
        ("Yıldız İnşaat A.Ş. tarafından", "tr", "Yıldız İnşaat A.Ş", "TR"),
    ],
)
def test_a_company_is_told_by_its_legal_form(text: str, language: str, value: str, state: str | None) -> None:
    companies = metadata(text, language).companies
    assert [one.value.rstrip(".") for one in companies] == [value]
    assert companies[0].state == state or state is None


@pytest.mark.parametrize(
    "text", ["He acted as an agent, as the company is limited.", "IN THE MATTER AS SET OUT IN THE AG FILE"]
)
def test_everyday_words_and_lines_of_capitals_are_no_companies(text: str) -> None:
    assert metadata(text).companies == ()


@pytest.mark.parametrize(
    ("text", "language", "kind", "value"),
    [
        ("a lorry with registration number AB12 CDE", "en", "plate", "AB12 CDE"),
        ("amtliches Kennzeichen B-MW 1234, rot", "de", "plate", "B-MW 1234"),
        ("immatriculé AB-123-CD, de couleur", "fr", "plate", "AB-123-CD"),
        ("госномер А123ВС777, красный", "ru", "plate", "А123ВС777"),
        ("34 ABC 123 plakalı araç", "tr", "plate", "34 ABC 123"),
        ("车牌号京A12345的汽车", "zh", "plate", "京A12345"),
        ("the chassis no. 1M8GDM9AXKP042788 of it", "en", "vin", "1M8GDM9AXKP042788"),
        ("Fahrgestellnummer WVWZZZ1JZ3W386752 fehlt", "de", "vin", "WVWZZZ1JZ3W386752"),
    ],
)
def test_a_vehicle_is_told_by_plate_or_chassis(text: str, language: str, kind: str, value: str) -> None:
    assert found(metadata(text, language).vehicles) == [(kind, value)]


def test_a_companys_registration_number_is_no_plate() -> None:
    assert metadata("The firm has the registration number 12345678 since then.").vehicles == ()


def test_telephones_are_standard_and_say_whose_they_are() -> None:
    phones = metadata(
        "He called +44 20 7946 0958 and 0033 1 42 68 53 00 from a device with IMEI 490154203237518."
    ).phones
    assert [(one.kind, one.value, one.state) for one in phones] == [
        ("phone", "+442079460958", "GB"),
        ("phone", "+33142685300", "FR"),
        ("imei", "490154203237518", None),
    ]


def test_a_national_number_is_read_by_the_requesting_states_plan() -> None:
    found_in = LetterDescriber(ToldClassifier()).describe([page(GERMAN + "\nEr benutzt das Handy 0664 1234567.", "de")])
    assert [one.value for one in found_in.metadata.phones] == ["+436641234567"]


def test_addresses_of_machines_are_found_broken_up_or_not_and_numbers_of_paragraphs_are_not() -> None:
    text = (
        "The server at IP address 93.184.216.34 and 2001:db8:0:1::7f and hxxps://bad[.]example[.]com/login, mailbox "
        "steppe.wolf@example.com.\n\nSee paragraph 1.2.3.4 of the report.It was long."
    )
    assert sorted(found(metadata(text).servers)) == [
        ("email", "steppe.wolf@example.com"),
        ("ip", "2001:db8:0:1::7f"),
        ("ip", "93.184.216.34"),
        ("url", "https://bad.example.com/login"),
    ]


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
