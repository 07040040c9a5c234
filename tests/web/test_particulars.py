"""What a letter names, on its page: accounts, annexes, differences between original and translation."""

from typing import Any, get_args

import pytest
from playwright.sync_api import Page, expect

from intake.describing.describer import LetterDescriber
from intake.metadata import AnnexState, ChannelStated, ParticularKind
from intake.report import description_report
from intake.values import DifferenceKind, Route
from intake.web import particulars
from intake.web.translation import texts_in
from tests.describing import bundles
from tests.describing.letters import ToldClassifier
from tests.describing.letters import page as reading
from tests.web.desk import Desk
from tests.web.reports import report

PAGES = (
    (bundles.NOTE, "en"),
    (bundles.REQUEST + "\nKarta płatnicza 4111 1111 1111 1111.", "pl"),
    (bundles.TRANSLATION, "en"),
    (bundles.ANNEX, "pl"),
)


def said_of_bundle() -> dict[str, Any]:
    readings = [reading(text, language, number) for number, (text, language) in enumerate(PAGES, 1)]
    description = LetterDescriber(ToldClassifier("taking_evidence")).describe(readings)
    said = description_report(description, Route(None), readings)
    return report(**{name: said[name] for name in ("documents", "metadata", "differences")})


def test_every_kind_has_words() -> None:
    assert set(particulars.KIND) == set(get_args(ParticularKind))
    assert set(particulars.CHANNEL_STATED) == set(get_args(ChannelStated))
    assert set(particulars.ANNEX) == set(get_args(AnnexState))
    assert set(particulars.DIFFERENCE) == set(get_args(DifferenceKind))


def test_a_report_of_before_shows_nothing_and_fails_nowhere() -> None:
    assert particulars.groups(report(), texts_in("en")) == ()
    assert particulars.groups({}, texts_in("ar")) == ()


def test_the_report_gives_no_card_number_away_and_every_new_name() -> None:
    said = said_of_bundle()
    assert "4111 1111" not in str(said)
    assert "************1111" in str(said)
    assert set(said["metadata"]) >= {
        "channel", "contact", "provisions", "accounts", "companies", "identifiers", "vehicles", "phones", "servers",
        "annexes",
    }  # fmt: skip
    assert said["documents"][2] == {
        "kind": "translation", "first_page": 3, "last_page": 3, "language": "en", "number": 3, "languages": ["en"],
        "label": None, "translates": 2,
    }  # fmt: skip


def test_a_clerk_sees_what_is_named_what_is_missing_and_what_differs(page: Page, desk: Desk) -> None:
    letter = desk.letter_to_review(said_of_bundle(), [text for text, _ in PAGES])
    page.goto(f"{desk.address}/letters/{letter.id}")
    named = page.get_by_role("region", name="Named in the letter")
    for words in (
        "Diplomatic channel",
        "Anna Wilk, +48814601020, a.wilk@lublin.so.gov.pl",
        "PL61109010140000071219812874, IBAN, Poland",
        "************1111, payment card",
        "Atlântico Têxteis, Lda., Portugal",
        "+351912345678, Portugal",
        "art. 286 § 1 Kodeksu karnego",
        "1. odpis postanowienia, announced but not found: look for it, or ask the sender",
        "2. zestawienie operacji na rachunku, came, part 4",
        "3 November 2021, date, in part 2, not in part 3",
    ):
        expect(named).to_contain_text(words)
    glance = page.get_by_role("region", name="At a glance")
    expect(glance).to_contain_text("3. Translation (page 3, English, translation of part 2)")
    expect(glance).to_contain_text("Marek Sowiński, suspect, 12 May 1980, Poland, passport EA 4471120")


def test_evidence_of_a_difference_leads_to_its_page(page: Page, desk: Desk) -> None:
    letter = desk.letter_to_review(said_of_bundle(), [text for text, _ in PAGES])
    page.goto(f"{desk.address}/letters/{letter.id}")
    line = page.locator(".part").filter(has_text="3 December 2021").first
    line.get_by_role("link", name="page 3").click()
    expect(page.get_by_role("heading", name="Page 3 of 4")).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_section_speaks_the_readers_language(page: Page, desk: Desk, language: str) -> None:
    letter = desk.letter_to_review(said_of_bundle(), [text for text, _ in PAGES])
    page.goto(f"{desk.address}/letters/{letter.id}?lang={language}")
    expect(page.locator("#particulars-head")).to_have_text(texts_in(language).say("Named in the letter"))
    expect(page.locator("#particulars-head + dl")).to_contain_text(texts_in(language).say("Accounts and cards"))
