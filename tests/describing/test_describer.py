import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.describing.describer import LetterDescriber
from intake.values import Description, Metadata
from tests.describing import letters
from tests.describing.letters import ToldClassifier, page


def describe(text: str, language: str | None, *types: str) -> Description:
    return LetterDescriber(ToldClassifier(*types)).describe([page(text, language)])


def metadata(text: str, language: str | None) -> Metadata:
    return describe(text, language).metadata


@pytest.mark.parametrize(
    ("text", "language", "asking", "asked", "written", "deadline", "kind"),
    [
        (letters.ARABIC, "ar", "JO", "DE", "2023-08-01", "2023-11-20", "hearing"),
        (letters.CHINESE, "zh", "CN", "TH", "2021-05-18", "2021-09-06", "hearing"),
        (letters.PERSIAN, "fa", "IR", "TR", "2020-11-02", "2021-01-24", "hearing"),
        (letters.THAI, "th", "TH", "JP", "2021-07-09", "2021-10-11", "hearing"),
        (letters.RUSSIAN, "ru", "KZ", "CZ", "2021-08-23", "2021-11-04", "custody"),
        (letters.GERMAN, "de", "AT", "SI", "2021-05-03", "2021-09-17", "hearing"),
        (letters.FRENCH, "fr", "SN", "ES", "2019-02-04", None, None),
        (letters.JAPANESE, "ja", "JP", "KR", "2022-10-03", "2023-02-28", "limitation"),
        (letters.HEBREW, "he", "IL", "PL", "2022-05-06", "2022-09-14", "hearing"),
        (letters.MINGUO, "zh-Hant", "TW", "JP", "2022-04-12", None, None),
    ],
)
def test_a_letter_in_any_language_says_who_asks_whom_when_and_by_when(
    text: str, language: str, asking: str, asked: str, written: str, deadline: str | None, kind: str | None
) -> None:
    found = metadata(text, language)
    assert found.requesting_state.value == asking
    assert found.requested_state.value == asked
    assert found.date.value == written
    assert (found.deadline.value, found.deadline.kind) == (deadline, kind)


@pytest.mark.parametrize(
    ("text", "language", "reference"),
    [
        (letters.ARABIC, "ar", "م ق/12/8841"),
        (letters.CHINESE, "zh", "〔2021〕协字第77号"),
        (letters.PERSIAN, "fa", "۹۹/۴۴۱/۲۰۷"),
        (letters.THAI, "th", "อส ๐๐๑๕/๓๓๑"),
        (letters.RUSSIAN, "ru", "2-014-77/с"),
        (letters.GERMAN, "de", "19 St 88/21w"),
        (letters.FRENCH, "fr", "311/DJI/2019"),
        (letters.HEBREW, "he", "4417/22"),
    ],
)
def test_the_senders_number_is_given_as_written(text: str, language: str, reference: str) -> None:
    assert metadata(text, language).reference.value == reference


def test_the_number_the_letter_answers_to_is_ours_not_the_senders() -> None:
    found = metadata(letters.RUSSIAN, "ru")
    assert found.own_reference.value == "18/221"
    assert found.reference.value != found.own_reference.value


def test_what_is_said_carries_its_words() -> None:
    found = metadata(letters.GERMAN, "de")
    assert "17. September 2021" in found.deadline.evidence[0].quote
    assert found.date.evidence[0].page == 1
    assert found.reference.evidence[0].quote.endswith("19 St 88/21w")


def test_a_passport_that_expires_is_no_deadline() -> None:
    text = "Court of Sligo\n\nDublin, 4 May 2021\n\nDear Sir\n\nPlease hear Mr Byrne, passport valid until 1 June 2022."
    assert metadata(text, "en").deadline.value is None


def test_a_hearing_gone_by_is_no_deadline() -> None:
    text = (
        "Court of Sligo\n\nDublin, 4 May 2021\n\nDear Sir\n\nThe hearing took place on 3 March 2021 and was adjourned."
    )
    assert metadata(text, "en").deadline.value is None


def test_urgency_and_secrecy_are_true_where_said_and_unsaid_otherwise() -> None:
    assert metadata(letters.ARABIC, "ar").urgent.value is True
    assert metadata(letters.ARABIC, "ar").confidential.value is True
    assert metadata(letters.GERMAN, "de").urgent.value is None
    assert metadata(letters.GERMAN, "de").confidential.value is None


def test_bank_secrecy_is_not_a_wish_for_secrecy() -> None:
    text = "Procura di Bari\n\nBari, 4 maggio 2021\n\nSi chiede la revoca del segreto bancario per il conto indicato."
    assert metadata(text, "it").confidential.value is None


@pytest.mark.parametrize(
    ("text", "language"),
    [(letters.ARABIC, "ar"), (letters.CHINESE, "zh"), (letters.FRENCH, "fr"), (letters.RUSSIAN, "ru")],
)
def test_an_instrument_after_a_basis_phrase_governs(text: str, language: str) -> None:
    found = metadata(text, language).legal_bases
    assert found[0].value == "uncac"
    assert found[0].confidence > 0.8


def test_an_article_is_read_beside_its_instrument() -> None:
    text = "Pursuant to Article 46 of the United Nations Convention against Corruption we request assistance."
    assert metadata(text, "en").legal_bases[0].article == "46"


def test_a_person_is_named_with_birth_and_part() -> None:
    person = metadata(letters.GERMAN, "de").persons[0]
    assert (person.name, person.role, person.birth_date) == ("Anton Mlakar", "suspect", "1979-02-11")


def test_the_embassys_own_state_asks_not_the_one_it_sits_in() -> None:
    text = (
        "EMBASSY OF THE REPUBLIC OF CHILE IN BELGIUM\nBrussels\n\nNo. 114/2020\n\n"
        "The Embassy of the Republic of Chile presents its compliments to the Ministry of Foreign Affairs"
        " of the Kingdom of Belgium.\n\nBrussels, 9 June 2020"
    )
    found = metadata(text, "en")
    assert (found.requesting_state.value, found.requested_state.value) == ("CL", "BE")


def test_the_request_is_classified_without_cover_note_and_annexes_and_keeps_its_page_numbers() -> None:
    classifier = ToldClassifier("taking_evidence")
    note = "The Embassy of Norway presents its compliments and has the honour to transmit a letter rogatory."
    request = (
        "Oslo District Court\n\nOslo, 4 March 2021\n\nPlease hear the witness Kari Nordmann about the contract." * 2
    )
    annex = "Annex A\n" + "\n".join(f"{n:04d} 12.03.2019 4 500,00 9 881,20" for n in range(40))
    described = LetterDescriber(classifier).describe(
        [page(note, "en", 1), page(request, "en", 2), page(annex, "en", 3)]
    )
    assert [document.kind for document in described.documents] == ["cover_note", "request", "annex"]
    assert classifier.asked == [((request,), "en")]
    assert described.classification.request_types[0].evidence[0].page == 2


def test_a_translation_is_told_by_its_heading_or_its_numbers() -> None:
    request = (
        "Sąd Okręgowy\nsygn. 417/2020/XK\nrachunek 88112004-71, kwota 441.200 złotych, dnia 12.05.2020" + " tekst" * 30
    )
    other = "District Court\nref. 417/2020/XK\naccount 88112004-71, amount 441.200 zlotys, on 12.05.2020" + " text" * 30
    described = LetterDescriber(ToldClassifier()).describe([page(request, "pl", 1), page(other, "en", 2)])
    assert [document.kind for document in described.documents] == ["request", "translation"]
    assert described.language == "pl"


def test_the_operative_language_is_that_of_most_of_the_request() -> None:
    described = LetterDescriber(ToldClassifier()).describe([page("short", "en", 1), page("długi tekst " * 50, "pl", 2)])
    assert described.language == "pl"


def test_illegible_pages_are_named() -> None:
    pages = [page("A clear page of a request.", "en", 1), page("f@int", "en", 2, legibility=0.2)]
    assert LetterDescriber(ToldClassifier()).describe(pages).illegible_pages == (2,)


def test_what_is_not_a_request_has_no_deficiencies() -> None:
    described = LetterDescriber(ToldClassifier("other", is_request=False)).describe([page("Invoice no. 12/2020", "en")])
    assert described.completeness == ()
    assert described.documents[0].kind == "other"


def test_a_request_without_any_legal_basis_lacks_one() -> None:
    items = {
        item.element: item
        for item in describe("Please hear Mr Byrne.\nThank you.", "en", "taking_evidence").completeness
    }
    assert (items["legal_basis"].state, items["legal_basis"].severity) == ("missing", "curable")
    assert items["assistance_sought"].state == "found"
    assert "bank_particulars" not in items


def test_facts_are_not_asked_for_mere_service() -> None:
    elements = {item.element for item in describe("Please serve this.", "en", "service_of_documents").completeness}
    assert "summary_of_facts" not in elements
    assert "service_document_details" in elements


def test_a_valid_iban_is_a_bank_particular() -> None:
    described = describe(
        "Please send statements of DE89 3704 0044 0532 0130 00 for the period from May to June 2020.",
        "en",
        "bank_records",
    )
    assert next(i for i in described.completeness if i.element == "bank_particulars").state == "found"


def test_no_pages_give_a_silent_description() -> None:
    described = LetterDescriber(ToldClassifier()).describe([])
    assert described.language is None
    assert described.metadata == Metadata()


@settings(deadline=None)
@given(st.lists(st.text(max_size=400), max_size=4), st.sampled_from(["en", "ar", "zh", "th", "he", "vi", None]))
def test_any_text_at_all_is_described(texts: list[str], language: str | None) -> None:
    pages = [page(text, language, number) for number, text in enumerate(texts, 1)]
    described = LetterDescriber(ToldClassifier("taking_evidence")).describe(pages)
    covered = [n for d in described.documents for n in range(d.first_page, d.last_page + 1)]
    assert covered == [reading.number for reading in pages]
