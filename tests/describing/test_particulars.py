"""What a letter names: accounts, companies, vehicles, telephones, addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn

from intake.describing.accounts import mask_cards
from intake.describing.describer import LetterDescriber
from tests.describing.letters import GERMAN, ToldClassifier, page
from tests.describing.particulars import found, metadata


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
