"""The administrator's page."""

from playwright.sync_api import BrowserContext, expect
from starlette.testclient import TestClient

from classifier.card import NOT_FOR, PURPOSE
from intake.api.identity import COOKIE, csrf_token
from intake.web import models
from storage.trainings import Trainings
from tests.web.desk import Desk, clock
from tests.web.reports import TEXTS, report
from tests.web.watching import Watch


def test_an_administrator_makes_an_account_and_shuts_it_out(context: BrowserContext, desk: Desk, watch: Watch) -> None:
    desk.sign_in(context, "admin")
    page = context.new_page()
    page.goto(desk.address + "/admin")
    page.get_by_label("Name").fill("anna.k")
    page.get_by_role("button", name="Make the account").click()
    password = page.locator("#secret").inner_text()
    assert desk.access.sign_in("anna.k", password)
    page.goto(desk.address + "/admin")
    expect(page.locator("#secret")).to_have_count(0)
    row = page.get_by_role("row").filter(has_text="anna.k")
    expect(row).to_contain_text("has a one-time password")
    row.get_by_role("button", name="New one-time password anna.k").click()
    assert page.locator("#secret").inner_text() != password
    page.get_by_role("row").filter(has_text="anna.k").get_by_role("button", name="Shut out anna.k").click()
    expect(page.get_by_role("row").filter(has_text="anna.k")).to_contain_text("shut out")


def test_a_key_is_shown_once_works_and_can_be_revoked(context: BrowserContext, desk: Desk, watch: Watch) -> None:
    desk.sign_in(context, "admin")
    page = context.new_page()
    page.goto(desk.address + "/admin")
    page.get_by_label("Authority").select_option("court")
    page.get_by_label("Label").fill("case system of the court")
    page.get_by_role("button", name="Make the key").click()
    secret = page.locator("#secret").inner_text()
    actor = desk.access.case_system(secret)
    assert actor is not None
    assert actor.authority == "court"
    row = page.get_by_role("row").filter(has_text=actor.id)
    row.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("row").filter(has_text=actor.id)).to_contain_text("revoked")
    assert desk.access.case_system(secret) is None


def test_a_wrong_name_is_told_in_a_sentence(context: BrowserContext, desk: Desk, watch: Watch) -> None:
    watch.expected.add("400")
    desk.sign_in(context, "admin")
    page = context.new_page()
    page.goto(desk.address + "/admin")
    page.get_by_label("Name").fill("no spaces please")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("alert")).to_contain_text("A name has 2 to 64 letters")


def test_a_model_is_put_into_use_and_taken_back(context: BrowserContext, desk: Desk, watch: Watch) -> None:
    desk.sign_in(context, "admin")
    page = context.new_page()
    page.goto(desk.address + "/admin")
    page.get_by_role("button", name="Put into use m2").click()
    expect(page.get_by_role("row").filter(has_text="m2")).to_contain_text("in use")
    page.get_by_role("button", name="Go back to the model before").click()
    expect(page.get_by_role("row").filter(has_text="m1")).to_contain_text("in use")


def test_a_worse_candidate_shows_where_and_is_put_into_use_with_a_reason(
    context: BrowserContext, desk: Desk, watch: Watch
) -> None:
    watch.expected.add("409")
    desk.sign_in(context, "admin")
    page = context.new_page()
    page.goto(desk.address + "/admin/models/m2")
    desk.shelf.worse = True
    page.get_by_role("button", name="Compare anew").click()
    expect(page.get_by_role("row").filter(has_text="Mongolian, Request types found")).to_contain_text("worse")
    expect(page.get_by_role("row").filter(has_text="Primary")).to_have_count(0)
    page.get_by_role("button", name="Put into use").click()
    expect(page.get_by_role("alert")).to_contain_text("worse than the model in use")
    assert desk.shelf.in_use() == "m1"
    page.get_by_label("Reason, if it is worse somewhere").fill("Mongolian letters go to another office now.")
    page.get_by_role("button", name="Put into use").click()
    expect(page.get_by_role("row").filter(has_text="m2")).to_contain_text("in use")
    desk.shelf.worse = False
    page.get_by_role("button", name="Go back to the model before").click()
    expect(page.get_by_role("row").filter(has_text="m1")).to_contain_text("in use")


def test_a_shadow_is_begun_its_differences_lead_to_the_letters_and_it_is_ended(
    context: BrowserContext, desk: Desk, watch: Watch
) -> None:
    letter = desk.letter_to_review(report(), TEXTS)
    desk.sign_in(context, "admin")
    page = context.new_page()
    page.goto(desk.address + "/admin/models/m2")
    page.get_by_role("button", name="Let it answer beside the one in use").click()
    expect(page.get_by_text("No difference so far.")).to_be_visible()
    answer = {"model": "m2", "is_request": {"value": True}, "offences": []}
    types = [{"code": "extradition", "confidence": 0.8}]
    desk.office.keeping.register.answered_beside(letter.id, {**answer, "request_types": types}, clock())
    page.reload()
    expect(page.get_by_role("row").filter(has_text="Extradition").first).to_be_visible()
    page.get_by_text("The letters").click()
    page.get_by_role("link", name=letter.number).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(letter.number)
    expect(page.locator("main")).not_to_contain_text("xtradition (")
    page.goto(desk.address + "/admin/models/m2")
    page.get_by_role("button", name="Let it no longer answer beside the one in use").click()
    expect(page.get_by_role("row").filter(has_text="m2")).to_contain_text("a candidate")


def test_a_training_is_ordered_once_and_its_state_is_told(context: BrowserContext, desk: Desk, watch: Watch) -> None:
    desk.sign_in(context, "admin")
    page = context.new_page()
    page.goto(desk.address + "/admin")
    page.get_by_role("button", name="Train a candidate").click()
    expect(page.get_by_role("status")).to_contain_text("is being trained")
    expect(page.get_by_role("button", name="Train a candidate")).to_have_count(0)
    (order, *_) = Trainings(desk.database).latest(1)
    Trainings(desk.database).fail(order.id, "en.jsonl, line 1: not a training letter", clock())
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("en.jsonl, line 1")


def test_a_model_that_may_not_answer_is_told_with_the_reason(desk: Desk) -> None:
    client = TestClient(desk.app, headers={"accept": "text/html"})
    client.cookies.set(COOKIE, desk.session("admin")[1])
    assert "the model is not signed" in client.get("/admin").text


def test_the_card_on_the_page_is_translated_as_it_stands() -> None:
    assert {PURPOSE, NOT_FOR} <= set(models.SENTENCES)


def test_what_the_shelf_cannot_do_is_told_in_a_sentence(desk: Desk) -> None:
    client = TestClient(desk.app, headers={"accept": "text/html"})
    _, token = desk.session("admin")
    client.cookies.set(COOKIE, token)
    for path, status, sentence in (
        ("rollback", 409, "No model was in use before this one."),
        ("damaged/promote", 409, "This model is not as it was written"),
        ("unknown/promote", 404, "Nothing is kept under this address"),
        ("m1/shadow", 409, "it cannot answer beside itself"),
    ):
        answer = client.post(f"/admin/models/{path}", data={"csrf": csrf_token(token)})
        assert (answer.status_code, sentence in answer.text) == (status, True)


def test_registry_staff_do_not_get_in(desk: Desk) -> None:
    client = TestClient(desk.app)
    _, token = desk.session("registry")
    client.cookies.set(COOKIE, token)
    answer = client.get("/admin", headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert "Your account may not do this" in answer.text
    assert "Administration" not in client.get("/").text
