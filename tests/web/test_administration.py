"""The administrator's page."""

from playwright.sync_api import BrowserContext, expect
from starlette.testclient import TestClient

from intake.api.identity import COOKIE, csrf_token
from tests.web.desk import Desk
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
    expect(page.get_by_role("listitem").filter(has_text="m2")).to_contain_text("in use")
    page.get_by_role("button", name="Go back to the model before").click()
    expect(page.get_by_role("listitem").filter(has_text="m1")).to_contain_text("in use")


def test_what_the_shelf_cannot_do_is_told_in_a_sentence(desk: Desk) -> None:
    client = TestClient(desk.app, headers={"accept": "text/html"})
    _, token = desk.session("admin")
    client.cookies.set(COOKIE, token)
    for path, status, sentence in (
        ("rollback", 409, "No model was in use before this one."),
        ("damaged/promote", 409, "This model is not as it was written"),
        ("unknown/promote", 404, "Nothing is kept under this address"),
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
