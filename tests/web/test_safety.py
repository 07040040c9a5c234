"""Nothing that a letter carries runs, and nothing leaves the house."""

import hashlib
import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from intake.api.identity import COOKIE
from intake.web import administration, assets, directory, drafts, letter, register, signing_in
from intake.web.visiting import administrator_visit, visit
from tests.web.desk import Desk
from tests.web.reports import TEXTS, report, stated

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=http://198.51.100.7/x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "'-alert(4)-'",
    "</pre></textarea></title><iframe src=javascript:alert(5)>",
    "{{ 7 * 7 }}{% raw %}",
    "<div hx-get=/sign-in hx-trigger=load>x</div>",
    "javascript:alert(6)",
    "\u202efdp.exe",
]
WEB = Path(assets.__file__).parent


def test_no_name_text_or_quote_of_a_letter_comes_alive(page: Page, desk: Desk) -> None:
    text = "\n".join(ATTACKS)
    quotes = [{"page": 1, "quote": attack} for attack in ATTACKS]
    said = report(request_types=[{"code": "bank_records", "confidence": 0.9, "evidence": quotes}])
    said["metadata"]["reference"] = stated(ATTACKS[2], 0.9, 1, ATTACKS[2])
    for name in ("requesting_authority", "addressee", "own_reference"):
        said["metadata"][name] = stated(text, 0.9, 1, ATTACKS[1])
    said["metadata"]["date"] = stated("2026-01-01", 0.9, 1, ATTACKS[0])
    said["metadata"]["persons"] = [{"name": text, "role": text, "birth_date": None, "nationality": None}]
    said["route"]["reasons"] = ATTACKS
    said["documents"][0]["language"] = ATTACKS[2]
    named = desk.letter_to_review(said, [text], name=text, note=text)
    page.goto(desk.address + "/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    expect(page.get_by_role("link", name=named.number)).to_be_visible()
    page.goto(f"{desk.address}/letters/{named.id}")
    expect(page.locator("#page pre")).to_contain_text("<script>alert(1)</script>")
    assert page.locator("#page mark").count() >= 5
    page.get_by_role("button", name="Confirm and pass on").click()
    expect(page.locator("main")).to_contain_text("Kept.")
    assert page.locator("main [onerror], main [onload], main script, main iframe, main [hx-trigger=load]").count() == 0


def test_a_dropped_file_with_a_wicked_name_shows_as_text(page: Page, desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "<img src=x onerror=alert(1)>.pdf"
    scan.write_bytes(f"%PDF-1.7 {tmp_path}".encode())
    page.goto(desk.address)
    page.get_by_label("Drop scans here").set_input_files(scan)
    page.get_by_role("button", name="Register the scans").click()
    expect(page.locator("#uploads")).to_contain_text("<img src=x onerror=alert(1)>.pdf")
    expect(page.locator("#uploads a")).to_have_count(1)


def test_templates_never_switch_escaping_off_and_carry_no_script_or_style() -> None:
    for template in (WEB / "templates").glob("*.html"):
        text = template.read_text()
        assert not re.search(r"\|\s*safe|autoescape|<style|style=|\son\w+=|javascript:", text), template.name
        assert re.findall(r"<script(?! src=)", text) == [], template.name


def test_scripts_write_no_markup() -> None:
    assert not re.search(
        r"\.(inner|outer)HTML|insertAdjacent|document\.write|eval\(", (WEB / "static/upload.js").read_text()
    )


def test_the_vendored_library_is_the_one_that_is_noted() -> None:
    digest = hashlib.sha256((WEB / "static/htmx.min.js").read_bytes()).hexdigest()
    assert digest in (WEB / "static/THIRD-PARTY.md").read_text()


@pytest.mark.parametrize("path", ["/", "/sign-in", "/password", "/static/style.css", "/nothing", "/letters/x"])
def test_every_answer_carries_the_strict_headers(desk: Desk, path: str) -> None:
    client = TestClient(desk.app)
    _, token = desk.session()
    client.cookies.set(COOKIE, token)
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == ("no-store" if "static" not in path else "public, max-age=31536000, immutable")


def test_static_files_are_small_packed_and_nothing_else_can_be_read(desk: Desk) -> None:
    client = TestClient(desk.app)
    assert sum(len(asset.packed) for asset in assets.assets().values()) < 30_000
    assert client.get("/static/style.css").headers["content-encoding"] == "gzip"
    plain = client.get("/static/style.css", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for path in ("/static/THIRD-PARTY.md", "/static/..%2Fpages.py", "/static/%2e%2e/pages.py"):
        assert client.get(path).status_code == 404


def test_every_page_but_the_door_asks_who_visits() -> None:
    open_to_all = {"/sign-in", "/static/{name}"}
    own_check = {"/password", "/sign-out"}  #: these look at the session themselves: see test_signing_in
    for module in (assets, signing_in, register, letter, drafts, administration, directory):
        for route in module.router.routes:
            assert isinstance(route, APIRoute)
            wanted = administrator_visit if module in {administration, directory} else visit
            asks = any(one.call is wanted for one in route.dependant.dependencies)
            assert asks or route.path in open_to_all | own_check, route.path


def test_a_defect_is_told_in_a_sentence_without_its_cause(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(desk.app, raise_server_exceptions=False)
    _, token = desk.session()
    client.cookies.set(COOKIE, token)
    monkeypatch.setattr(desk.office, "counts", lambda: 1 / 0)
    answer = client.get("/", headers={"accept": "text/html"})
    assert answer.status_code == 500
    assert "Tell the administrator." in answer.text
    assert "ZeroDivision" not in answer.text
    assert TEXTS[0] not in answer.text
