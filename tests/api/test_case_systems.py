"""A case system pulls its letters, and only its own."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from storage import tables
from tests.api.conftest import PDF, Bench
from tests.conftest import StoppedClock
from tests.makers import CLERK, NOW, confirmation, description


def test_lease_download_acknowledge(bench: Bench) -> None:
    letter_id, system = bench.letter(), bench.case_system()
    leases = system.post("/api/v1/queues/prosecutor-general/leases", json={"max": 5, "seconds": 60}).json()["leases"]
    assert [one["letter"]["id"] for one in leases] == [str(letter_id)]
    url = leases[0]["letter"]["url"]
    body = system.get(url).json()
    assert body["pages"][0]["text"] == "Prosecutor"
    assert body["metadata"]["reference"]["value"] == "14/80-1969"
    assert body["history"] == []
    assert system.get(url + "/scan").content == PDF
    assert system.get(url + "/pages/1").status_code == 200
    token = leases[0]["token"]
    assert system.post(f"/api/v1/leases/{token}/acknowledge").status_code == 200
    late = system.post(f"/api/v1/leases/{token}/acknowledge")
    assert (late.status_code, late.json()["code"]) == (409, "lease_lost")
    assert system.post("/api/v1/queues/prosecutor-general/leases", json={}).json() == {"leases": []}


def test_renew_and_return(bench: Bench, clock: StoppedClock) -> None:
    bench.letter()
    system = bench.case_system()

    def lease() -> list[dict]:
        return system.post("/api/v1/queues/prosecutor-general/leases", json={"seconds": 60}).json()["leases"]

    token = lease()[0]["token"]
    clock.pass_by(seconds=50)
    assert system.post(f"/api/v1/leases/{token}/renew", json={"seconds": 100}).status_code == 200
    clock.pass_by(seconds=90)
    assert lease() == []
    assert system.post(f"/api/v1/leases/{token}/return", json={"reason": "not ours"}).status_code == 200
    assert len(lease()) == 1


def test_an_expired_lease_comes_back_to_another_client(bench: Bench, clock: StoppedClock) -> None:
    bench.letter()
    one, two = bench.case_system(), bench.case_system()
    url = "/api/v1/queues/prosecutor-general/leases"
    token = one.post(url, json={"seconds": 60}).json()["leases"][0]["token"]
    assert two.post(url, json={}).json()["leases"] == []
    clock.pass_by(seconds=61)
    assert len(two.post(url, json={}).json()["leases"]) == 1
    for call, body in (("acknowledge", None), ("renew", {}), ("return", {"reason": "late"})):
        assert one.post(f"/api/v1/leases/{token}/{call}", json=body).status_code == 409


def test_without_a_lease_text_and_scan_stay_closed(bench: Bench) -> None:
    letter_id, system = bench.letter(), bench.case_system()
    body = system.get(f"/api/v1/letters/{letter_id}").json()
    assert body["pages"] == []
    for part in ("scan", "pages/1", "pages/1/words"):
        assert system.get(f"/api/v1/letters/{letter_id}/{part}").status_code == 404


def test_another_authority_sees_nothing_and_cannot_tell_that_it_is_there(bench: Bench) -> None:
    letter_id, police = bench.letter(), bench.case_system("police")
    token = bench.case_system().post("/api/v1/queues/prosecutor-general/leases", json={}).json()["leases"][0]["token"]
    unknown = police.get("/api/v1/letters/00000000-0000-4000-8000-000000000000")
    for path in ("", "/scan", "/pages/1", "/pages/1/words"):
        answer = police.get(f"/api/v1/letters/{letter_id}{path}")
        assert (answer.status_code, answer.json()) == (404, unknown.json())
    assert police.post("/api/v1/queues/prosecutor-general/leases", json={}).status_code == 404
    assert police.post("/api/v1/queues/police/leases", json={}).json() == {"leases": []}
    assert police.post(f"/api/v1/leases/{token}/acknowledge").status_code == 409
    assert police.get("/api/v1/changes").json()["changes"] == []


@pytest.mark.parametrize("body", [{"max": 0}, {"max": 101}, {"seconds": 0}, {"seconds": 10**9}, {"max": "many"}])
def test_lease_orders_out_of_range_are_refused(bench: Bench, body: dict) -> None:
    answer = bench.case_system().post("/api/v1/queues/prosecutor-general/leases", json=body)
    assert answer.status_code == 400


def test_a_revoked_or_expired_key_opens_nothing(bench: Bench, clock: StoppedClock) -> None:
    system, admin = bench.case_system(), bench.person("admin")
    key = admin.get("/api/v1/keys").json()[0]["id"]
    assert system.get("/api/v1/changes").status_code == 200
    assert admin.delete(f"/api/v1/keys/{key}").status_code == 204
    assert system.get("/api/v1/changes").status_code == 401
    other = bench.case_system()
    clock.now += timedelta(days=31)
    assert other.get("/api/v1/changes").status_code == 401


def test_a_key_made_over_the_api_works_and_is_never_shown_again(bench: Bench) -> None:
    admin = bench.person("admin")
    made = admin.post("/api/v1/keys", json={"authority": "police", "label": "court house"}).json()
    client = bench.anonymous()
    answer = client.post("/api/v1/queues/police/leases", json={}, headers={"Authorization": f"Bearer {made['key']}"})
    assert answer.status_code == 200
    secret = made["key"].rsplit("_", 1)[1]
    assert secret not in admin.get("/api/v1/keys").text
    assert admin.post("/api/v1/keys", json={"authority": "nobody"}).status_code == 400


def several(bench: Bench, **route: object) -> UUID:
    """A letter with two parts, posted."""
    letter_id = bench.letter(review=True)
    register = bench.office.keeping.register
    said = confirmation(also=["police"], request_types=["bank_records", "extradition"], **route)
    register.confirm(letter_id, register.letter(letter_id).version, said, CLERK, NOW)
    return letter_id


def test_each_case_system_gets_its_part_and_the_registry_sees_who_took_it(bench: Bench) -> None:
    letter_id = several(bench)
    number = bench.person().get(f"/api/v1/letters/{letter_id}").json()["number"]
    system = bench.case_system("police")
    (lease,) = system.post("/api/v1/queues/police/leases", json={}).json()["leases"]
    assert (lease["kind"], lease["part"], lease["letter"]["number"]) == ("act", f"{number}/2", number)
    assert system.post(f"/api/v1/leases/{lease['token']}/acknowledge").status_code == 200
    own = system.get(f"/api/v1/letters/{letter_id}").json()
    assert [one["authority"] for one in own["entries"]] == ["police"]
    bench_entries = bench.person("admin").get(f"/api/v1/letters/{letter_id}").json()
    assert [bool(one["acknowledged_at"]) for one in bench_entries["entries"]] == [False, True]
    assert bench_entries["status"] == "queued"


def test_who_is_told_learns_that_the_letter_came_and_nothing_that_it_says(bench: Bench) -> None:
    letter_id = bench.letter(review=True)
    register = bench.office.keeping.register
    register.confirm(letter_id, register.letter(letter_id).version, confirmation(notices=["police"]), CLERK, NOW)
    told = bench.case_system("police")
    (lease,) = told.post("/api/v1/queues/police/leases", json={}).json()["leases"]
    assert (lease["kind"], lease["part"]) == ("notice", None)
    body = told.get(f"/api/v1/letters/{letter_id}")
    assert body.json()["offences"] == [{"code": "embezzlement"}]
    assert not {"pages", "metadata", "note", "file", "flags", "confirmation"} & body.json().keys()
    assert "14/80-1969" not in body.text
    for part in ("scan", "pages/1", "pages/1/words", "archive"):
        assert told.get(f"/api/v1/letters/{letter_id}/{part}").status_code == 404
    assert told.post(f"/api/v1/leases/{lease['token']}/acknowledge").status_code == 200


def test_a_step_of_the_review_that_is_not_done_keeps_the_letter_here(bench: Bench) -> None:
    letter_id = bench.letter(review=True)
    register, database = bench.office.keeping.register, bench.office.keeping.database
    said = description(review=True)
    said["route"]["steps"] = ["the Minister has signed"]
    with database.transaction() as connection:
        row = tables.letter.c.id == letter_id
        connection.execute(sa.update(tables.letter).where(row).values(description=said))
    person, body = bench.person(), {**confirmation(), "version": register.letter(letter_id).version}
    refused = person.post(f"/api/v1/letters/{letter_id}/confirmation", json=body)
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")
    body["steps"] = ["the Minister has signed"]
    assert person.post(f"/api/v1/letters/{letter_id}/confirmation", json=body).json()["status"] == "queued"
