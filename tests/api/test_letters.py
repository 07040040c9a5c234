"""Calls about letters, as clerks and scripts make them."""

import io
from uuid import uuid4

import pikepdf
import pytest

from tests.api.conftest import PDF, Bench


def test_a_scan_is_taken_with_number_status_and_location(bench: Bench) -> None:
    answer = bench.person().post("/api/v1/letters", files={"scan": ("letter.pdf", PDF)})
    assert answer.status_code == 202
    body = answer.json()
    assert body["number"] == "2026-000001"
    assert body["status"] == "received"
    assert answer.headers["Location"] == f"/api/v1/letters/{body['id']}"


def test_the_original_comes_back_unaltered_as_a_download(bench: Bench) -> None:
    clerk = bench.person()
    where = clerk.post("/api/v1/letters", files={"scan": ('Ünï "x".pdf', PDF)}).headers["Location"]
    answer = clerk.get(where + "/scan")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["Content-Security-Policy"] == "sandbox"


def test_the_same_bytes_again_are_the_same_letter(bench: Bench) -> None:
    clerk = bench.person()
    first = clerk.post("/api/v1/letters", files={"scan": ("a.pdf", PDF)})
    again = clerk.post("/api/v1/letters", files={"scan": ("b.pdf", PDF)})
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == first.json()


def test_the_same_key_again_is_the_same_letter_and_a_key_for_other_bytes_a_conflict(bench: Bench) -> None:
    clerk = bench.person()

    def send(content: bytes) -> int:
        headers = {"Idempotency-Key": "k1"}
        return clerk.post("/api/v1/letters", files={"scan": ("a.pdf", content)}, headers=headers).status_code

    assert [send(PDF), send(PDF), send(PDF + b" other")] == [202, 200, 409]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.pdf", b"", "empty_file"),
        ("letter.pdf", b"PK\x03\x04 a word processor's file", "type_mismatch"),
        ("letter.docx", b"PK\x03\x04 a word processor's file", "unsupported_type"),
    ],
)
def test_what_cannot_be_a_scan_is_refused_at_the_door_with_a_remedy_and_kept(
    bench: Bench, name: str, content: bytes, code: str
) -> None:
    clerk = bench.person()
    answer = clerk.post("/api/v1/letters", files={"scan": (name, content)})
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == code
    assert len(problem["remedy"]) > 20
    kept = clerk.get(f"/api/v1/letters/{problem['id']}").json()
    assert (kept["status"], kept["error"]["code"]) == ("unreadable", code)
    assert clerk.get(f"/api/v1/letters/{problem['id']}/scan").content == content


def test_a_scan_above_the_limit_is_refused_by_length_before_it_is_read(bench: Bench) -> None:
    answer = bench.person().post("/api/v1/letters", files={"scan": ("a.pdf", PDF + b" " * 1_200_000)})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_body_of_unknown_length_is_cut_off_at_the_limit(bench: Bench) -> None:
    def endless():  # type: ignore[no-untyped-def]
        yield b'--x\r\nContent-Disposition: form-data; name="scan"; filename="a.pdf"\r\n\r\n'
        for _ in range(100):
            yield b"%" * 100_000

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = bench.person().post("/api/v1/letters", content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "call",
    [
        {"data": {"note": "no scan"}},
        {"files": [("scan", ("a.pdf", PDF)), ("scan", ("b.pdf", PDF))]},
        {"files": {"scan": ("a.pdf", PDF)}, "data": {"channel": "pigeon"}},
        {"files": {"scan": ("a.pdf", PDF)}, "data": {"received_at": "yesterday"}},
        {"content": b"not a form", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
    ],
)
def test_a_malformed_call_gets_a_problem_and_registers_nothing(bench: Bench, call: dict) -> None:
    clerk = bench.person()
    answer = clerk.post("/api/v1/letters", **call)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert clerk.get("/api/v1/letters").json() == []


def test_hostile_names_are_kept_and_harm_nothing(bench: Bench) -> None:
    clerk = bench.person()
    for number, name in enumerate(("../../etc/passwd.pdf", "a\x00b.pdf", "<script>.pdf", "\u202efdp.exe", "x" * 3000)):
        answer = clerk.post("/api/v1/letters", files={"scan": (name, PDF + bytes([number]))})
        assert answer.status_code == 202, name
        assert clerk.get(answer.headers["Location"] + "/scan").status_code == 200


def test_a_read_letter_shows_all_that_inspect_says_and_its_history(bench: Bench) -> None:
    letter_id = bench.letter()
    body = bench.person().get(f"/api/v1/letters/{letter_id}").json()
    assert body["status"] == "queued"
    assert body["pages"][0]["text"] == "Prosecutor"
    assert body["request_types"][0]["code"] == "bank_records"
    assert [line["action"] for line in body["history"]] == ["received", "opened", "described"]


def test_pages_and_words_of_a_read_letter_can_be_had(bench: Bench) -> None:
    letter_id, clerk = bench.letter(), bench.person()
    picture = clerk.get(f"/api/v1/letters/{letter_id}/pages/1")
    assert picture.content.startswith(b"\x89PNG")
    assert clerk.get(f"/api/v1/letters/{letter_id}/pages/1/words").json() == {"number": 1, "words": []}
    assert clerk.get(f"/api/v1/letters/{letter_id}/pages/2").status_code == 404


def confirmation(version: int, **changes: object) -> dict[str, object]:
    body = {"version": version, "is_request": True, "request_types": ["taking_evidence"], "offences": ["fraud"],
            "metadata": {"requesting_state": "MN", "date": "2019-12-02"}, "authority": "police"}  # fmt: skip
    return {**body, **changes}


def test_a_correction_posts_the_letter_and_stands_over_the_proposal(bench: Bench) -> None:
    letter_id, clerk = bench.letter(review=True), bench.person()
    version = clerk.get(f"/api/v1/letters/{letter_id}").json()["version"]
    answer = clerk.post(f"/api/v1/letters/{letter_id}/confirmation", json=confirmation(version))
    assert (answer.status_code, answer.json()["status"]) == (200, "queued")
    body = clerk.get(f"/api/v1/letters/{letter_id}").json()
    assert [label["code"] for label in body["request_types"]] == ["taking_evidence"]
    assert body["proposed"]["request_types"][0]["code"] == "bank_records"
    assert body["metadata"]["date"]["value"] == "2019-12-02"
    assert body["route"]["authority"] == "police"
    late = clerk.post(f"/api/v1/letters/{letter_id}/confirmation", json=confirmation(version))
    assert late.status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"request_types": ["no_such_type"]},
        {"offences": ["no_such_offence"]},
        {"authority": "nobody"},
        {"metadata": {"requesting_state": "XX"}},
        {"metadata": {"date": "2019-13-01"}},
        {"surprise": 1},
    ],
)
def test_a_wrong_correction_is_refused_and_changes_nothing(bench: Bench, wrong: dict[str, object]) -> None:
    letter_id, clerk = bench.letter(review=True), bench.person()
    before = clerk.get(f"/api/v1/letters/{letter_id}").json()
    answer = clerk.post(f"/api/v1/letters/{letter_id}/confirmation", json=confirmation(before["version"], **wrong))
    assert answer.status_code == 400
    assert clerk.get(f"/api/v1/letters/{letter_id}").json()["version"] == before["version"]


def test_lists_are_paged_by_link(bench: Bench) -> None:
    clerk = bench.person()
    for n in range(3):
        clerk.post("/api/v1/letters", files={"scan": ("a.pdf", PDF + bytes([n]))})
    first = clerk.get("/api/v1/letters?limit=2")
    assert [letter["number"] for letter in first.json()] == ["2026-000003", "2026-000002"]
    second = clerk.get(first.links["next"]["url"])
    assert [letter["number"] for letter in second.json()] == ["2026-000001"]
    assert "Link" not in second.headers


def test_an_unknown_letter_is_not_found(bench: Bench) -> None:
    clerk = bench.person()
    assert clerk.get(f"/api/v1/letters/{uuid4()}").status_code == 404
    assert clerk.get("/api/v1/letters/not-an-id").status_code == 400


def test_changes_come_once_and_in_order(bench: Bench) -> None:
    bench.letter()
    clerk = bench.person()
    first = clerk.get("/api/v1/changes?limit=2").json()
    rest = clerk.get(f"/api/v1/changes?after={first['cursor']}").json()
    cursors = [line["cursor"] for line in first["changes"] + rest["changes"]]
    assert cursors == list(range(1, len(cursors) + 1))
    assert clerk.get(f"/api/v1/changes?after={rest['cursor']}").json() == {"changes": [], "cursor": rest["cursor"]}


def test_the_archive_copy_is_a_pdf_named_by_the_register_number(bench: Bench) -> None:
    letter_id = bench.letter()
    answer = bench.person().get(f"/api/v1/letters/{letter_id}/archive")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2026-000001.pdf"'
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert (len(pdf.pages), str(pdf.docinfo["/Title"])) == (1, "2026-000001")
    assert bench.person("admin").get(f"/api/v1/letters/{letter_id}/archive").content == answer.content
    assert bench.office.history(letter_id)[-1].details["part"] == "archive"


def test_a_letter_that_is_not_read_to_its_end_has_no_archive_copy_yet(bench: Bench) -> None:
    clerk = bench.person()
    where = clerk.post("/api/v1/letters", files={"scan": ("letter.pdf", PDF)}).headers["Location"]
    answer = clerk.get(where + "/archive")
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert "Not every page has been read" in answer.text


def test_a_case_system_gets_the_archive_copy_only_under_a_lease(bench: Bench) -> None:
    letter_id, system = bench.letter(), bench.case_system()
    assert system.get(f"/api/v1/letters/{letter_id}/archive").status_code == 404
    system.post("/api/v1/queues/prosecutor-general/leases", json={})
    assert system.get(f"/api/v1/letters/{letter_id}/archive").status_code == 200
