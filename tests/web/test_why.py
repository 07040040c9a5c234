"""The fold of a letter's page that says why."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.explaining import Explainer
from storage.values import Letter
from tests.classifier.makers import tiny_model
from tests.web.desk import Desk
from tests.web.reports import report
from tests.web.watching import Watch

TEXTS = [
    "Court of Southtown\n\nHe is charged with murder. The house was searched in March.",
    "We request the extradition of the accused to our country.",
]


@pytest.fixture(autouse=True)
def explaining(desk: Desk) -> Iterator[None]:
    before, model = desk.app.state.explainer, tiny_model()
    desk.app.state.explainer = Explainer(lambda model_id: model)
    yield
    desk.app.state.explainer = before


def open_letter(page: Page, desk: Desk, **changes: Any) -> Letter:
    letter = desk.letter_to_review(report(language="en", documents=[], **changes), TEXTS)
    page.goto(f"{desk.address}/letters/{letter.id}")
    return letter


def test_the_fold_shows_passages_with_what_speaks_for_and_against_when_it_is_opened(page: Page, desk: Desk) -> None:
    letter = open_letter(page, desk)
    fold = page.locator("#why")
    expect(fold.get_by_text("Proposed", exact=True)).not_to_be_visible()
    fold.locator("summary").first.click()
    expect(fold.get_by_role("heading", name="Proposed")).to_be_visible()
    expect(fold).to_contain_text("We request the extradition of the accused to our country.")
    expect(fold.locator("li.for").first).to_be_visible()
    fold.get_by_role("link", name="page 2").first.click()
    expect(page.get_by_role("heading", name="Page 2 of 2")).to_be_visible()
    event = desk.office.history(letter.id)
    assert "explanation" in [one.details.get("part") for one in event]


def test_a_clerk_asks_why_a_certain_label_was_not_proposed(page: Page, desk: Desk) -> None:
    open_letter(page, desk)
    fold = page.locator("#why")
    fold.locator("summary").first.click()
    fold.get_by_text("Not proposed, but nearest").click()
    fold.get_by_label("Ask about another:").select_option("kidnapping")
    fold.get_by_role("button", name="Why not?").click()
    expect(fold.locator("details")).to_contain_text("No passage names it as what the case is about.")
    expect(fold.locator("details")).to_contain_text("it is proposed from")


def test_without_scripts_the_reasons_open_by_a_link(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    desk.sign_in(context)
    page = context.new_page()
    open_letter(page, desk)
    page.locator("#why summary").click()
    page.get_by_role("link", name="Show the reasons").click()
    expect(page.locator("#why")).to_contain_text("We request the extradition of the accused to our country.")
    context.close()


def test_labels_kept_that_differ_from_those_of_today_are_pointed_out(page: Page, desk: Desk) -> None:
    open_letter(page, desk)
    page.locator("#why summary").first.click()
    expect(page.locator("#why")).to_contain_text("gets other labels than those kept")


def test_a_model_that_is_gone_is_said_so_on_the_page(page: Page, desk: Desk, watch: Watch) -> None:
    from classifier.shelf import ModelUnknown

    def gone(model_id: str) -> Any:
        raise ModelUnknown(model_id)

    desk.app.state.explainer = Explainer(gone)
    open_letter(page, desk)
    page.locator("#why summary").first.click()
    expect(page.locator("#why")).to_contain_text("gone or damaged: no reasons can be shown")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_reasons_are_said_in_the_readers_language(browser: Browser, desk: Desk, language: str) -> None:
    context = browser.new_context(locale=language, viewport={"width": 1366, "height": 1400})
    desk.sign_in(context)
    page = context.new_page()
    letter = desk.letter_to_review(report(language="en", documents=[]), TEXTS)
    page.goto(f"{desk.address}/letters/{letter.id}?why=1#why")
    heading = {"en": "Proposed", "fr": "Proposé", "ar": "المقترح"}[language]
    expect(page.locator("#why h3", has_text=heading).first).to_be_visible()
    context.close()


def test_words_of_the_letter_keep_their_own_direction_in_an_arabic_page(page: Page, desk: Desk) -> None:
    letter = open_letter(page, desk)
    page.goto(f"{desk.address}/letters/{letter.id}?lang=ar")
    page.locator("#why summary").first.click()
    told = page.locator("#why li.for, #why li.against").filter(has_text="«")
    expect(told.first).to_be_visible()
    for text in told.all_inner_texts():
        assert text.count("«\u2068") == text.count("\u2069»") == text.count("«")
