"""A letter's page in a browser: what it shows, and the form to confirm or correct it."""

import re
from typing import Any

from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from intake.api.identity import COOKIE, csrf_token
from storage.values import SYSTEM, Letter
from tests.web.desk import Desk, clock
from tests.web.reports import TEXTS, report
from tests.web.watching import Watch


def open_letter(page: Page, desk: Desk, **changes: Any) -> Letter:
    letter = desk.letter_to_review(report(**changes), TEXTS, name="note verbale.pdf")
    page.goto(f"{desk.address}/letters/{letter.id}")
    return letter


def kept(desk: Desk, letter: Letter) -> Letter:
    return desk.office.keeping.register.letter(letter.id)


def test_the_page_shows_scan_text_and_what_the_letter_is_said_to_be(page: Page, desk: Desk) -> None:
    letter = open_letter(page, desk)
    picture = page.get_by_role("img", name="Scan of page 1")
    expect(picture).to_have_js_property("naturalWidth", 827)
    text = page.locator("#page pre")
    expect(text).to_have_attribute("lang", "mn")
    expect(text).to_contain_text("МОНГОЛ УЛСЫН ЕРӨНХИЙ")
    glance = page.get_by_role("region", name="At a glance")
    for words in (
        "Mongolia",
        "14/80-1969 of 2 December 2019",
        "Bank and financial-institution records",
        "very likely, 91%",
        "Embezzlement / misappropriation",
        "Hearing",
        "United Nations Convention against Corruption, article 46",
        "Bat-Erdene D.",
        "Office of the Prosecutor General, International Department",
        "Bank records are executed by the prosecution.",
        "Summary of the facts: missing (cannot be executed without it)",
        "Freezing, restraint or seizure of property (doubtful, 31%)",
    ):
        expect(glance).to_contain_text(words)
    expect(page.get_by_role("link", name="Download the original")).to_have_attribute(
        "href", f"/api/v1/letters/{letter.id}/scan"
    )
    expect(page.locator(".history").first).to_contain_text("Rogatory: Read and described")
    assert page.title() == f"{letter.number} · Rogatory"


def test_evidence_leads_to_its_page_and_is_marked_there_while_entries_stay(page: Page, desk: Desk) -> None:
    open_letter(page, desk)
    page.get_by_label("Note").fill("half written")
    page.locator("#offences").get_by_role("link", name="page 2").click()
    expect(page.get_by_role("heading", name="Page 2 of 2")).to_be_visible()
    expect(page.locator("#page mark").filter(has_text="растраты")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("half written")
    page.get_by_role("link", name="Previous").click()
    expect(page.get_by_role("heading", name="Page 1 of 2")).to_be_visible()


def test_a_correction_is_kept_and_the_letter_goes_to_the_chosen_queue(page: Page, desk: Desk) -> None:
    letter = open_letter(page, desk)
    types = page.locator("#request_types")
    types.get_by_text("All request types").click()
    types.get_by_role("checkbox", name="Taking of evidence / statements").check()
    page.get_by_label("Main request type").select_option("taking_evidence")
    page.get_by_label("Their reference").fill("14/80-1970")
    page.get_by_label("Competent authority").select_option("ministry-of-justice")
    page.get_by_text("Copies to other authorities").click()
    page.get_by_role("checkbox", name="District Court of Almaty").check()
    page.get_by_role("button", name="Confirm and pass on").click()
    expect(page.get_by_text("Kept. The letter is now: Waiting for the authority.")).to_be_visible()
    now = kept(desk, letter)
    assert now.status == "queued"
    assert now.confirmation is not None
    assert now.confirmation["request_types"] == ["taking_evidence", "bank_records"]
    assert now.confirmation["metadata"]["reference"] == "14/80-1970"
    assert (now.confirmation["authority"], now.confirmation["copies"]) == ("ministry-of-justice", ["court"])
    waiting = desk.office.keeping.queues.waiting()
    assert waiting["ministry-of-justice"] >= 1
    assert waiting["court"] >= 1
    expect(page.get_by_label("Main request type")).to_have_value("taking_evidence")
    expect(page.locator(".history").first).to_contain_text("Confirmed")


def test_a_letter_without_a_queue_is_filed(page: Page, desk: Desk) -> None:
    letter = open_letter(page, desk)
    page.get_by_text("No: a reminder, a reply or something else").click()
    page.get_by_label("Competent authority").select_option(label="No queue: file it")
    page.get_by_role("button", name="Confirm and pass on").click()
    expect(page.get_by_text("Kept. The letter is now: Filed.")).to_be_visible()
    assert kept(desk, letter).status == "filed"


def test_faults_are_named_lead_to_their_fields_and_keep_what_was_entered(page: Page, desk: Desk, watch: Watch) -> None:
    watch.expected.add("422")
    letter = open_letter(page, desk, route={"authority": None, "copies": [], "review": True, "reasons": []})
    page.get_by_label("Addressee").fill("To whom it may concern")
    page.locator("#request_types").get_by_role("checkbox", name="Bank and financial").uncheck()
    page.get_by_role("button", name="Confirm and pass on").click()
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("link")).to_have_count(2)
    expect(alert).to_contain_text("The main request type must be one of those that are ticked.")
    expect(page.get_by_label("Addressee")).to_have_value("To whom it may concern")
    expect(page.locator("#request_types").get_by_role("checkbox", name="Bank and financial")).not_to_be_checked()
    alert.get_by_role("link", name="Choose the competent authority").click()
    expect(page.get_by_label("Competent authority")).to_be_focused()
    expect(page.get_by_label("Competent authority")).to_have_attribute("aria-invalid", "true")
    assert page.title().startswith("Error: ")
    assert kept(desk, letter).status == "review"


def test_a_letter_that_moved_meanwhile_is_not_overwritten_unseen(page: Page, desk: Desk, watch: Watch) -> None:
    watch.expected.add("409")
    letter = open_letter(page, desk)
    body = {"is_request": True, "request_types": ["extradition"], "offences": [], "metadata": {}, "urgent": False}
    body |= {"authority": "court", "copies": [], "note": "by a colleague"}
    desk.office.keeping.register.confirm(letter.id, letter.version, body, SYSTEM, clock())
    page.get_by_label("Their reference").fill("mine")
    page.get_by_role("button", name="Confirm and pass on").click()
    expect(page.get_by_role("alert")).to_contain_text("Someone else changed this letter while you had it open")
    expect(page.get_by_label("Their reference")).to_have_value("mine")
    expect(page.get_by_role("region", name="At a glance")).to_contain_text("Extradition / surrender")
    now = kept(desk, letter)
    assert now.confirmation is not None
    assert now.confirmation["note"] == "by a colleague"
    page.get_by_role("button", name="Confirm and pass on").click()
    expect(page.get_by_text("Kept. The letter is now")).to_be_visible()


def test_a_letter_being_read_shows_its_progress_its_pages_so_far_and_then_itself(page: Page, desk: Desk) -> None:
    letter = desk.letter("slow.pdf")
    desk.open(letter, 2, "repaired")
    desk.read(letter, 1, TEXTS[0])
    page.goto(f"{desk.address}/letters/{letter.id}")
    expect(page.locator("#progress")).to_contain_text("Being read: 1 of 2 pages")
    expect(page.get_by_text("The file was damaged and has been repaired")).to_be_visible()
    expect(page.locator("#page pre")).to_contain_text("МОНГОЛ")
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    desk.read(letter, 2, TEXTS[1], "ru")
    desk.describe(letter, report())
    expect(page.get_by_role("button", name="Confirm and pass on")).to_be_visible()


def test_an_unreadable_letter_says_what_to_do_and_can_be_read_again(page: Page, desk: Desk) -> None:
    letter = desk.unreadable()
    page.goto(f"{desk.address}/letters/{letter.id}")
    expect(page.get_by_text("The file has no content: scan the letter again and send the new file.")).to_be_visible()
    page.get_by_role("button", name="Read again").click()
    expect(page.locator("#progress")).to_contain_text("Received")
    assert kept(desk, letter).status == "received"


def test_a_letter_that_rests_can_be_described_by_hand(page: Page, desk: Desk) -> None:
    letter = desk.letter("rests.pdf")
    desk.office.keeping.register.rest(letter.id, "worker_died", clock())
    page.goto(f"{desk.address}/letters/{letter.id}")
    expect(page.get_by_role("button", name="Read again")).to_be_visible()
    page.get_by_text("Yes, it asks for assistance").click()
    page.get_by_text("All request types").click()
    page.get_by_role("checkbox", name="Service of documents").check()
    page.get_by_label("Requesting State").select_option("FR")
    page.get_by_label("Competent authority").select_option("court")
    page.get_by_role("button", name="Confirm and pass on").click()
    expect(page.get_by_text("Kept. The letter is now: Waiting for the authority.")).to_be_visible()
    expect(page.get_by_role("region", name="Confirm or correct").get_by_label("Requesting State")).to_have_value("FR")


def test_what_the_authority_took_over_can_no_longer_be_changed(page: Page, desk: Desk) -> None:
    letter = open_letter(page, desk, route={"authority": "court", "copies": [], "review": False, "reasons": []})
    client = TestClient(desk.app)
    _, secret = desk.access.add_key("court", "test", 5, SYSTEM)
    headers = {"authorization": f"Bearer {secret}"}
    for lease in client.post("/api/v1/queues/court/leases", json={"max": 100}, headers=headers).json()["leases"]:
        client.post(f"/api/v1/leases/{lease['token']}/acknowledge", headers=headers)
    page.reload()
    expect(page.get_by_text("The authority has taken this letter over")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm and pass on")).to_be_disabled()
    expect(page.locator(".history").first).to_contain_text("Taken over by the authority")
    assert kept(desk, letter).status == "acknowledged"


def test_who_looked_at_a_letter_stands_in_its_history(page: Page, desk: Desk) -> None:
    letter = open_letter(page, desk)
    page.reload()
    page.get_by_text(re.compile(r"Looked at \d+ times?")).click()
    parts = {event.details["part"] for event in desk.office.history(letter.id) if event.action == "viewed"}
    assert {"text 1", "page 1"} <= parts


def test_a_letters_page_of_ordinary_length_stays_below_sixty_kilobytes(desk: Desk) -> None:
    letter = desk.letter_to_review(report(), [TEXTS[0] * 12, TEXTS[1]])
    client = TestClient(desk.app)
    _, token = desk.session()
    client.cookies.set(COOKIE, token)
    for language in ("en", "ar"):
        answer = client.get(f"/letters/{letter.id}?lang={language}")
        assert answer.status_code == 200
        assert len(answer.content) < 60_000


def test_a_version_or_a_code_that_was_tampered_with_changes_nothing(desk: Desk) -> None:
    letter = desk.letter_to_review(report(), TEXTS)
    client = TestClient(desk.app)
    _, token = desk.session()
    client.cookies.set(COOKIE, token)
    good = {"csrf": csrf_token(token), "is_request": "yes", "authority": "court", "version": str(letter.version)}
    for change in ({"version": "x"}, {"version": "9" * 30}):
        assert client.post(f"/letters/{letter.id}", data=good | change).status_code == 409
    for change in (
        {"request_types": "nonsense"},
        {"requesting_state": "XX"},
        {"date": "soon"},
        {"authority": "nobody"},
    ):
        assert client.post(f"/letters/{letter.id}", data=good | change).status_code == 422
    assert kept(desk, letter).status == "review"


def test_a_page_is_read_again_in_a_chosen_language(page: Page, desk: Desk) -> None:
    letter = open_letter(page, desk)
    page.get_by_text("The text is wrong: read this page again").click()
    page.get_by_label("Language of the page").select_option("fa")
    page.get_by_role("button", name="Read the page again").click()
    expect(page.locator("#progress, .status").first).to_contain_text("Being read")
    assert kept(desk, letter).status == "reading"


def test_letters_with_pages_to_scan_again_can_be_listed(page: Page, desk: Desk) -> None:
    faint = open_letter(page, desk, rescan=[{"page": 2, "reason": "faint"}])
    fine = open_letter(page, desk)
    page.goto(f"{desk.address}/?status=rescan")
    expect(page.get_by_role("link", name=faint.number)).to_have_count(1)
    expect(page.get_by_role("link", name=fine.number)).to_have_count(0)
