"""What the letter's page says at the counter, and the drafts, in a browser."""

from typing import Any

from playwright.sync_api import Page, expect

from storage import links
from storage.values import Letter
from tests.web.desk import Desk, clock
from tests.web.reports import TEXTS, report

WARNINGS = [
    {"code": "hearing_too_near", "eye": "clerk", "evidence": [{"page": 2, "quote": "15 января 2020"}],
     "values": {"date": "2020-01-15", "left": 9, "needed": 40}},
    {"code": "death_penalty", "eye": "lawyer", "values": {}, "evidence": []},
    {"code": "no_domestic_offence", "eye": "lawyer", "values": {"offence": "embezzlement"}, "evidence": []},
]  # fmt: skip
COMPLETENESS = [
    {"element": "summary_of_facts", "state": "missing", "severity": "blocking", "evidence": [],
     "source": "UNCAC 46(15)(c)"},
    {"element": "purpose", "state": "unsure", "severity": None, "evidence": [], "source": "UNCAC 46(15)(f)"},
]  # fmt: skip
DOMESTIC = [
    {"offence": "fraud", "provisions": [{"provision": "Penal Code 190", "title": "Fraud"}]},
    {"offence": "embezzlement", "provisions": []},
]


def letter_with(desk: Desk, **changes: Any) -> Letter:
    said = report(warnings=WARNINGS, completeness=COMPLETENESS, domestic_offences=DOMESTIC, **changes)
    return desk.letter_to_review(said, TEXTS)


def test_the_page_says_what_is_the_matter_what_to_do_and_who_must_look(page: Page, desk: Desk) -> None:
    letter = letter_with(desk)
    page.goto(f"{desk.address}/letters/{letter.id}")
    counter = page.get_by_role("region", name="At the counter")
    expect(counter).to_contain_text("The hearing on 15 January 2020 is in 9 working days; the act needs at least 40.")
    expect(counter).to_contain_text("Call the authority today, and ask the sender for a later date.")
    expect(counter.get_by_text("for a lawyer", exact=True)).to_have_count(2)
    expect(counter).to_contain_text("Fraud: Penal Code 190 (Fraud)")
    expect(counter).to_contain_text("no candidate")
    counter.get_by_role("link", name="page 2").click()
    expect(page.get_by_role("heading", name="Page 2 of 2")).to_be_visible()


def test_what_is_missing_stands_with_its_source_and_what_is_unsure_is_folded_away(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/letters/{letter_with(desk).id}")
    glance = page.get_by_role("region", name="At a glance")
    expect(glance).to_contain_text("Summary of the facts: missing (cannot be executed without it) UNCAC 46(15)(c)")
    doubtful = glance.get_by_text("Purpose of the assistance")
    expect(doubtful).to_be_hidden()
    glance.get_by_text("Could not be told: look for yourself").click()
    expect(doubtful).to_be_visible()


def test_letters_that_belong_together_lead_to_each_other(page: Page, desk: Desk) -> None:
    first, second = letter_with(desk), letter_with(desk)
    links.keep(desk.database, second.id, [], [(second.id, first.id, "copy")], clock())
    page.goto(f"{desk.address}/letters/{second.id}")
    expect(page.get_by_text("The same letter, which came before")).to_be_visible()
    page.get_by_role("link", name=first.number, exact=True).click()
    expect(page.get_by_text("The same letter, which came again")).to_be_visible()
    expect(page.get_by_role("link", name=second.number, exact=True)).to_be_visible()
    expect(page.locator(".history").first).not_to_contain_text("linked")


def test_a_query_is_drafted_in_another_language_and_printed_alone(page: Page, desk: Desk) -> None:
    letter = letter_with(desk, language="ru")
    page.goto(f"{desk.address}/letters/{letter.id}")
    page.get_by_role("link", name="Draft a query to the sender").click()
    text = page.get_by_label("Text to copy")
    expect(text).to_have_attribute("lang", "ru")
    assert "краткое изложение обстоятельств" in text.input_value()
    page.get_by_label("Language of the draft").select_option("ar")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Text to copy")).to_have_attribute("dir", "rtl")
    assert letter.number in page.get_by_label("Text to copy").input_value()
    page.get_by_label("Text to copy").fill("changed by hand")
    page.emulate_media(media="print")
    expect(page.locator("pre.printed")).to_have_text("changed by hand")
    expect(page.get_by_role("heading")).to_be_hidden()
    history = [event.details for event in desk.office.history(letter.id) if event.action == "viewed"]
    assert {"part": "draft query", "sha256": letter.sha256} in history


def test_nothing_is_asked_where_nothing_is_missing(page: Page, desk: Desk) -> None:
    letter = desk.letter_to_review(report(completeness=[], warnings=[]), TEXTS)
    page.goto(f"{desk.address}/letters/{letter.id}")
    expect(page.get_by_text("Nothing to warn of.")).to_be_visible()
    expect(page.get_by_role("link", name="Draft a query to the sender")).to_have_count(0)
    page.get_by_role("link", name="Draft an acknowledgement").click()
    assert "confirms receipt only" in page.get_by_label("Text to copy").input_value()
