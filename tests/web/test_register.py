"""The register in a browser: scans come in, letters come along."""

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from intake.api.identity import COOKIE, csrf_token
from tests.web.desk import Desk
from tests.web.reports import TEXTS, report
from tests.web.watching import Watch

DROP = """(files) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) carried.items.add(new File([content], name));
  const area = document.getElementById("drop");
  for (const kind of ["dragover", "drop"])
    area.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


def test_two_scans_chosen_by_the_file_input_are_registered_one_after_the_other(
    page: Page, desk: Desk, tmp_path: Path
) -> None:
    for name in ("first.pdf", "second.pdf"):
        (tmp_path / name).write_bytes(f"{name} {tmp_path}".encode())
    page.goto(desk.address)
    page.get_by_label("Drop scans here, or choose them").set_input_files(
        [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    )
    page.get_by_label("Came by").select_option("diplomatic")
    page.get_by_role("checkbox", name="Urgent").check()
    page.get_by_role("button", name="Register the scans").click()
    outcomes = page.locator("#uploads .outcome")
    expect(outcomes).to_have_text([re.compile(r"Registered as \d{4}-\d{6}"), re.compile(r"Registered as \d{4}-\d{6}")])
    first, second = (outcome.get_by_role("link").inner_text() for outcome in outcomes.all())
    assert first < second
    row = page.get_by_role("row").filter(has_text=first)
    expect(row).to_contain_text("first.pdf")
    expect(row).to_contain_text("urgent")
    outcomes.first.get_by_role("link").click()
    expect(page.get_by_role("heading", name=first)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Diplomatic channel")


def test_twenty_dropped_scans_each_get_their_outcome_in_words(page: Page, desk: Desk, tmp_path: Path) -> None:
    page.goto(desk.address)
    scans = [[f"scan {number:02}.pdf", f"%PDF-1.7 {tmp_path} {number}"] for number in range(18)]
    page.evaluate(DROP, [*scans, ["twin.pdf", f"%PDF-1.7 {tmp_path} 0"], ["empty.pdf", ""]])
    outcomes = page.locator("#uploads .outcome")
    expect(outcomes).to_have_count(20)
    expect(outcomes.nth(0)).to_have_text(re.compile(r"^Registered as \d{4}-\d{6}$"))
    number = outcomes.nth(0).get_by_role("link").inner_text()
    expect(outcomes.nth(18)).to_have_text(f"Received before as {number}")
    expect(outcomes.nth(19)).to_have_text(
        re.compile(r"Registered as \d{4}-\d{6}, but it cannot be read. The file has no content: scan the letter again")
    )
    expect(page.locator("#upload-news")).to_contain_text("empty.pdf: Registered as")
    expect(page.get_by_role("row").filter(has_text="scan 17.pdf")).to_have_count(1)


@pytest.fixture(autouse=True)
def refusals_of_scans_are_expected(watch: Watch) -> None:
    watch.expected |= {"status of 422", "status of 413"}


def test_a_scan_that_is_too_large_is_refused_with_a_remedy(page: Page, desk: Desk) -> None:
    page.goto(desk.address)
    page.evaluate(DROP, [["huge.pdf", "x" * 1_200_000]])
    outcome = page.locator("#uploads .outcome")
    expect(outcome).to_have_text("The file is larger than 1 MB: split it or scan at 300 dpi in grey.")


def test_a_server_that_is_away_is_said_and_the_next_scan_is_still_sent(page: Page, desk: Desk, watch: Watch) -> None:
    watch.expected.add("ERR_FAILED")
    page.goto(desk.address)
    page.route("**/api/v1/letters", lambda route: route.abort(), times=1)
    page.evaluate(DROP, [["lost.pdf", "%PDF-1.7 lost"], ["next.pdf", "%PDF-1.7 next"]])
    outcomes = page.locator("#uploads .outcome")
    expect(outcomes.nth(0)).to_have_text("The server does not answer: send this scan again in a minute.")
    expect(outcomes.nth(1)).to_have_text(re.compile("Registered as"))


def test_without_scripts_the_plain_form_does_the_same(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    desk.sign_in(context)
    page = context.new_page()
    page.goto(desk.address)
    scans = [{"name": "a.pdf", "mimeType": "application/pdf", "buffer": f"{tmp_path}".encode()}]
    scans.append({"name": "none.pdf", "mimeType": "application/pdf", "buffer": b""})
    page.get_by_label("Drop scans here").set_input_files(scans)
    page.get_by_label("Note", exact=True).fill("found in the blue tray")
    page.get_by_role("button", name="Register the scans").click()
    expect(page.locator("#uploads li")).to_have_count(2)
    expect(page.locator("#uploads li").nth(1)).to_contain_text("The file has no content")
    page.locator("#uploads a").first.click()
    expect(page.locator("main")).to_contain_text("found in the blue tray")
    context.close()


def test_a_letter_on_its_way_moves_before_the_clerks_eyes_and_is_announced(page: Page, desk: Desk) -> None:
    letter = desk.letter("moving.pdf")
    page.goto(desk.address)
    status = page.get_by_role("row").filter(has_text="moving.pdf").locator(".status")
    expect(status).to_have_text("Received")
    desk.open(letter, 2)
    desk.read(letter, 1, "one")
    expect(status).to_have_text("Being read: 1 of 2 pages")
    desk.read(letter, 2, "two")
    desk.describe(letter, report())
    expect(status).to_have_text("To review")
    expect(page.locator("#news")).to_contain_text(f"{letter.number}: To review.")
    assert page.locator("#news").get_attribute("aria-live") == "polite"


def test_a_register_in_which_nothing_moves_asks_nothing(page: Page, desk: Desk) -> None:
    page.goto(desk.address + "/?status=review")
    assert page.locator("#letters").get_attribute("hx-trigger") is None


def test_a_page_that_nobody_looks_at_stops_asking_so_that_its_session_can_end(desk: Desk) -> None:
    letter = desk.letter("never read.pdf")
    client = TestClient(desk.app)
    _, token = desk.session()
    client.cookies.set(COOKIE, token)
    long_ago = int(time.time()) - 3600
    fragment = client.get("/register/letters?q=never+read").text
    assert "every 2s" in fragment
    seen = re.findall(r"seen=(\w+)", fragment)[0]
    assert client.get(f"/register/letters?q=never+read&seen={seen}&since={int(time.time()) - 60}").status_code == 204
    last = client.get(f"/register/letters?q=never+read&seen={seen}&since={long_ago}").text
    assert "every 2s" not in last
    assert "stopped renewing itself" in last
    assert "every 2s" not in client.get(f"/letters/{letter.id}/progress?since={long_ago}").text


def test_the_register_says_who_asks_for_what_and_can_be_searched(page: Page, desk: Desk) -> None:
    letter = desk.letter_to_review(report(), TEXTS, name="wanted scan.pdf")
    desk.unreadable("other scan.pdf")
    page.goto(desk.address)
    page.get_by_label("Number, reference, file name or note").fill("wanted scan")
    page.get_by_label("Status").select_option(label=page.locator("#status option[value=review]").inner_text())
    page.get_by_role("button", name="Search").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expected = ("To review", "Mongolia", "Mongolian", "Bank and financial-institution records", "Prosecutor General")
    for words in (letter.number, *expected):
        expect(rows).to_contain_text(words)
    page.get_by_label("Status").select_option("unreadable")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("No letter fits this search.")).to_be_visible()


def test_older_letters_are_one_link_away(page: Page, desk: Desk) -> None:
    made = [desk.unreadable("many.pdf") for _ in range(27)]
    page.goto(desk.address + "/?q=many.pdf")
    expect(page.locator("tbody tr")).to_have_count(25)
    page.get_by_role("link", name="Older letters").click()
    expect(page.get_by_role("link", name=made[0].number)).to_be_visible()
    expect(page.get_by_role("link", name=made[-1].number)).to_have_count(0)
    page.get_by_role("link", name="Newest letters").click()
    expect(page.get_by_role("link", name=made[-1].number)).to_be_visible()


def test_a_full_register_stays_small_and_quick_to_send(desk: Desk) -> None:
    for _ in range(25):
        desk.letter_to_review(report(), ["one"], name="a rather long name of a scan from the embassy.pdf")
    client = TestClient(desk.app)
    _, token = desk.session()
    client.cookies.set(COOKIE, token)
    assert len(client.get("/").content) < 60_000


def test_the_upload_without_a_scan_is_told_in_a_sentence(desk: Desk) -> None:
    client = TestClient(desk.app)
    _, token = desk.session()
    client.cookies.set(COOKIE, token)
    answer = client.post("/", data={"csrf": csrf_token(token)}, headers={"accept": "text/html"})
    assert answer.status_code == 400
    assert "Choose at least one scan." in answer.text
    assert "bad_request" not in answer.text


def test_programs_still_get_problem_documents_and_people_a_page(desk: Desk) -> None:
    client = TestClient(desk.app)
    problem = client.get("/api/v1/letters", headers={"accept": "text/html"})
    assert problem.headers["content-type"] == "application/problem+json"
    assert json.loads(problem.content)["code"] == "sign_in_needed"
    people = client.get("/nothing-here", headers={"accept": "text/html"})
    assert people.status_code == 404
    assert "Nothing is kept under this address" in people.text
    assert "Back to the register" in people.text
    assert client.get("/nothing-here").headers["content-type"] == "application/problem+json"
