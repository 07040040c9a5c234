"""Signing in, the one-time password, and where people may be sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, expect
from starlette.testclient import TestClient

from intake.api.identity import COOKIE, csrf_token
from intake.web.visiting import local_path
from tests.web.desk import PASSWORD, Desk
from tests.web.watching import Watch

HTML = {"accept": "text/html"}


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(desk.app, follow_redirects=False)


def test_a_one_time_password_leads_to_a_password_of_ones_own_and_then_to_the_register(
    context: BrowserContext, desk: Desk, watch: Watch
) -> None:
    name, once = desk.account()
    page = context.new_page()
    page.goto(desk.address + "/")
    expect(page).to_have_url(desk.address + "/sign-in?next=/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(once)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(desk.address + "/password")
    page.get_by_label("One-time password").fill(once)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    page.get_by_role("button", name="Keep").click()
    expect(page).to_have_url(desk.address + "/")
    expect(page.get_by_role("heading", name="Register", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(desk.address + "/sign-in")
    page.goto(desk.address + "/")
    expect(page).to_have_url(desk.address + "/sign-in?next=/")


def test_a_wrong_password_is_said_and_the_name_is_kept(context: BrowserContext, desk: Desk, watch: Watch) -> None:
    watch.expected.add("401")
    name, _ = desk.account()
    page = context.new_page()
    page.goto(desk.address + "/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill("not this one")
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Name or password is wrong.")
    expect(page.get_by_label("Name")).to_have_value(name)
    expect(page.get_by_label("Password")).to_be_focused()


def test_two_different_new_passwords_are_refused(client: TestClient, desk: Desk) -> None:
    _, token = desk.session()
    client.cookies.set(COOKIE, token)
    sent = {"old": PASSWORD, "new": "a new long password", "again": "another password", "csrf": csrf_token(token)}
    answer = client.post("/password", data=sent, headers=HTML)
    assert answer.status_code == 400
    assert "The two new passwords are not the same" in answer.text


def test_who_still_has_a_one_time_password_sees_no_letter(client: TestClient, desk: Desk) -> None:
    name, once = desk.account()
    letter = desk.letter()
    assert client.post("/sign-in", data={"name": name, "password": once}).headers["location"] == "/"
    for path in ("/", f"/letters/{letter.id}", f"/letters/{letter.id}/pages/1", "/register/letters", "/admin"):
        answer = client.get(path, headers=HTML)
        assert (answer.status_code, answer.headers["location"]) == (303, "/password")


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(client: TestClient, desk: Desk) -> None:
    name, once = desk.account()
    cookie = client.post("/sign-in", data={"name": name, "password": once}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_signing_in_again_ends_the_session_before(client: TestClient, desk: Desk) -> None:
    account, token = desk.session()
    client.cookies.set(COOKIE, token)
    client.post("/sign-in", data={"name": account.name, "password": PASSWORD})
    assert desk.access.person(token) is None


@pytest.mark.parametrize("path", ["/", "/password", "/sign-out", "/admin/accounts", "/admin/models/rollback"])
@pytest.mark.parametrize("sent", ["", "0" * 64])
def test_a_form_without_the_token_of_its_session_changes_nothing(
    client: TestClient, desk: Desk, path: str, sent: str
) -> None:
    _, token = desk.session("admin")
    client.cookies.set(COOKIE, token)
    answer = client.post(path, data={"csrf": sent}, headers=HTML)
    assert answer.status_code == 403
    assert "The page is out of date: load it again." in answer.text
    assert desk.access.person(token)


def test_another_sites_form_cannot_sign_anyone_in(client: TestClient, desk: Desk) -> None:
    name, once = desk.account()
    headers = {**HTML, "sec-fetch-site": "cross-site"}
    answer = client.post("/sign-in", data={"name": name, "password": once}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/sign-in",
        "\t//evil",
        "/a\nb",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(client: TestClient, desk: Desk, wanted: str) -> None:
    account, _ = desk.session()
    sent = {"name": account.name, "password": PASSWORD, "next": wanted}
    assert client.post("/sign-in", data=sent).headers["location"] == "/"


@given(st.text(alphabet="/\\:.@?#eE \t\nx%"))
def test_a_local_path_starts_with_one_slash(wanted: str) -> None:
    path = local_path(wanted)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
    assert path.isprintable()


def test_a_fragment_of_an_ended_session_sends_the_whole_page_to_sign_in(client: TestClient) -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/letters/7?page=2"}
    answer = client.get("/register/letters", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["hx-redirect"] == "/sign-in?next=/letters/7"
