"""Every route, every kind of caller: nobody comes further than the table says."""

from typing import get_args, get_type_hints

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from intake.api import correspondence, directory, identity, letters, models, operations, queues
from intake.api.identity import CSRF_HEADER, Administrator, Anyone, CaseSystem, Registry
from tests.api.conftest import PDF, Bench

PUBLIC = {"/api/v1/health", "/api/v1/ready", "/api/v1/metrics"}
#: Who may call what; a route that is not here fails the test.
TABLE = {
    ("POST", "/api/v1/letters"): Registry,
    ("GET", "/api/v1/letters"): Registry,
    ("GET", "/api/v1/letters/{letter_id}"): Anyone,
    ("GET", "/api/v1/letters/{letter_id}/explanation"): Anyone,
    ("GET", "/api/v1/letters/{letter_id}/links"): Anyone,
    ("GET", "/api/v1/letters/{letter_id}/drafts/{kind}"): Registry,
    ("GET", "/api/v1/letters/{letter_id}/scan"): Anyone,
    ("GET", "/api/v1/letters/{letter_id}/archive"): Anyone,
    ("GET", "/api/v1/letters/{letter_id}/pages/{number}"): Anyone,
    ("GET", "/api/v1/letters/{letter_id}/pages/{number}/words"): Anyone,
    ("POST", "/api/v1/letters/{letter_id}/pages/{number}/readings"): Registry,
    ("GET", "/api/v1/letters/{letter_id}/pages/{number}/readings"): Registry,
    ("POST", "/api/v1/letters/{letter_id}/confirmation"): Registry,
    ("POST", "/api/v1/letters/{letter_id}/retry"): Registry,
    ("GET", "/api/v1/directory/versions"): Registry,
    ("GET", "/api/v1/directory/authorities"): Registry,
    ("POST", "/api/v1/directory"): Administrator,
    ("GET", "/api/v1/profile"): Administrator,
    ("GET", "/api/v1/changes"): Anyone,
    ("POST", "/api/v1/queues/{authority}/leases"): CaseSystem,
    ("POST", "/api/v1/leases/{token}/acknowledge"): CaseSystem,
    ("POST", "/api/v1/leases/{token}/renew"): CaseSystem,
    ("POST", "/api/v1/leases/{token}/return"): CaseSystem,
    ("GET", "/api/v1/authorities"): Administrator,
    ("GET", "/api/v1/keys"): Administrator,
    ("POST", "/api/v1/keys"): Administrator,
    ("DELETE", "/api/v1/keys/{key_id}"): Administrator,
    ("GET", "/api/v1/models"): Administrator,
    ("POST", "/api/v1/models"): Administrator,
    ("GET", "/api/v1/models/trainings"): Administrator,
    ("GET", "/api/v1/models/shadow"): Administrator,
    ("PUT", "/api/v1/models/shadow"): Administrator,
    ("GET", "/api/v1/models/{model_id}/comparison"): Administrator,
    ("GET", "/api/v1/letters/{letter_id}/labels"): Registry,
    ("POST", "/api/v1/models/{model_id}/promotion"): Administrator,
    ("POST", "/api/v1/models/rollback"): Administrator,
}
_VALUES = {"letter_id": "00000000-0000-4000-8000-000000000000", "number": "1", "authority": "police", "token": "t",
           "key_id": "k", "model_id": "m", "kind": "acknowledgement"}  # fmt: skip
_PASSES = {  # kind of route -> callers that come through to the use case
    Registry: {"registry", "admin"},
    Administrator: {"admin"},
    CaseSystem: {"case_system"},
    Anyone: {"registry", "admin", "case_system"},
}


def routes() -> list[tuple[str, APIRoute]]:
    """Every route of the API, by method."""
    found = [
        route
        for module in (letters, correspondence, directory, queues, models, operations)
        for route in module.router.routes
    ]
    return [(method, route) for route in found if isinstance(route, APIRoute) for method in route.methods]


def test_every_route_stands_in_the_table_and_declares_what_the_table_says(bench: Bench) -> None:
    seen = set()
    for method, route in routes():
        path = "/api/v1" + route.path
        if path in PUBLIC:
            continue
        seen.add((method, path))
        hints = get_type_hints(route.endpoint, include_extras=True)
        declared = [hint for hint in hints.values() if hint in _PASSES]
        assert declared == [TABLE[method, path]], (method, path)
    assert seen == set(TABLE)
    served = bench.app.openapi()["paths"]
    assert {path for _, path in seen} | PUBLIC == set(served)


@pytest.mark.parametrize(("method", "path"), sorted(TABLE))
def test_nobody_comes_further_than_the_table_says(bench: Bench, method: str, path: str) -> None:
    callers: dict[str, TestClient] = {
        "nobody": bench.anonymous(),
        "registry": bench.person(),
        "admin": bench.person("admin"),
        "case_system": bench.case_system(),
    }
    for name, client in callers.items():
        answer = client.request(method, path.format(**_VALUES))
        if name in _PASSES[TABLE[method, path]]:
            assert answer.status_code not in {401, 403}, name
        else:
            assert answer.status_code == (401 if name == "nobody" else 403), name
        assert answer.status_code < 500


def test_a_change_without_the_token_of_the_page_is_refused(bench: Bench) -> None:
    clerk = bench.person()
    for token in ("", "0" * 64):
        clerk.headers[CSRF_HEADER] = token
        assert clerk.post("/api/v1/letters", files={"scan": ("a.pdf", PDF)}).status_code == 403
    assert clerk.get("/api/v1/letters").json() == []


@pytest.mark.parametrize("header", [{"Origin": "http://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_change_that_another_site_makes_the_browser_send_is_refused(bench: Bench, header: dict[str, str]) -> None:
    answer = bench.person().post("/api/v1/letters", files={"scan": ("a.pdf", PDF)}, headers=header)
    assert answer.status_code == 403


def test_a_one_time_password_opens_nothing_but_the_change_of_it(bench: Bench) -> None:
    one_time = bench.access.add_account("new", "admin", identity.person_actor(_someone(bench)))
    client = bench.anonymous()
    client.cookies.set(identity.COOKIE, bench.access.sign_in("new", one_time))
    assert client.get("/api/v1/letters").status_code == 403


def _someone(bench: Bench):  # type: ignore[no-untyped-def]
    bench.access.add_account("someone", "admin", identity.Actor("system", "test"))
    return bench.access.accounts()[0]


def test_a_key_in_the_address_is_no_key(bench: Bench) -> None:
    key = bench.case_system().headers["Authorization"].removeprefix("Bearer ")
    assert bench.anonymous().get(f"/api/v1/changes?key={key}&access_token={key}").status_code == 401


def test_a_foreign_host_name_is_refused(bench: Bench) -> None:
    assert bench.anonymous().get("/api/v1/health", headers={"Host": "evil.example"}).status_code == 400


def test_every_answer_carries_the_security_headers(bench: Bench) -> None:
    for answer in (bench.anonymous().get("/api/v1/health"), bench.anonymous().get("/api/v1/letters")):
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_metrics_and_problems_name_no_letter(bench: Bench) -> None:
    bench.letter()
    text = bench.anonymous().get("/api/v1/metrics").text
    assert 'rogatory_letters{status="queued"} 1.0' in text
    assert "14/80-1969" not in text and "letter.pdf" not in text


def test_the_kinds_of_callers_are_all_there() -> None:
    assert {get_args(kind)[0] for kind in _PASSES} == {identity.Actor}
