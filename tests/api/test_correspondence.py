"""Links and drafts over HTTP."""

from uuid import UUID

from storage import links
from tests.api.conftest import Bench
from tests.makers import NOW, description


def lacking(bench: Bench) -> str:
    """A letter that lacks something, by id."""
    from intake.office import Reception
    from storage.database import Job
    from storage.values import SYSTEM, KeptPage

    letter = bench.office.receive(b"%PDF-1.7 another", Reception("letter.pdf"), SYSTEM).letter
    register = bench.office.keeping.register
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    bench.office.keeping.pages.read(letter.id, KeptPage(1, "a", "b"), Job("describe", {}), NOW)
    item = {
        "element": "legal_basis",
        "state": "missing",
        "severity": "curable",
        "evidence": [],
        "source": "UNCAC 46(6)",
    }
    register.described(letter.id, {**description(review=True), "completeness": [item]}, NOW)
    return str(letter.id)


def test_a_query_is_drafted_from_what_is_missing_and_nothing_is_sent(bench: Bench) -> None:
    person, letter = bench.person(), lacking(bench)
    answer = person.get(f"/api/v1/letters/{letter}/drafts/query", params={"language": "fr"})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["kind"], body["language"]) == ("query", "fr")
    assert "1. le traité sur lequel repose la demande" in body["text"]
    assert "ar" in body["languages"]
    assert bench.office.keeping.register.letter(UUID(letter)).status == "review"


def test_a_draft_that_cannot_be_is_refused_with_a_reason(bench: Bench) -> None:
    person, letter = bench.person(), lacking(bench)
    assert person.get(f"/api/v1/letters/{letter}/drafts/query", params={"language": "xx"}).status_code == 400
    whole = bench.letter()
    assert person.get(f"/api/v1/letters/{whole}/drafts/query").status_code == 409
    assert person.get(f"/api/v1/letters/{whole}/drafts/refusal").status_code in {400, 422}
    assert person.get(f"/api/v1/letters/{whole}/drafts/acknowledgement").json()["language"] == "en"


def test_links_are_seen_from_both_letters_and_by_a_case_system_within_its_queue_only(bench: Bench) -> None:
    mine, other = bench.letter(b"%PDF-1.7 a"), bench.letter(b"%PDF-1.7 b", "police")
    links.keep(bench.office.keeping.database, other, [], [(other, mine, "reminder")], NOW)
    person, system = bench.person(), bench.case_system()
    earlier = person.get(f"/api/v1/letters/{other}/links").json()
    assert [(one["id"], one["kind"], one["is_earlier"]) for one in earlier] == [(str(mine), "reminder", True)]
    later = person.get(f"/api/v1/letters/{mine}/links").json()
    assert [(one["id"], one["is_earlier"]) for one in later] == [(str(other), False)]
    assert system.get(f"/api/v1/letters/{mine}/links").json() == []
    assert system.get(f"/api/v1/letters/{other}/links").status_code == 404
