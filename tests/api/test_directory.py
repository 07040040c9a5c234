"""The directory over HTTP: imported whole or not at all, every version kept, every letter matched to it."""

import threading

import pytest
from fastapi.testclient import TestClient

from intake.routing.standing import StandingProfile
from storage.directory import DirectoryVersions, KeptAuthority
from storage.errors import Missing
from tests.api.conftest import Bench
from tests.makers import CLERK, NOW, confirmation

FIRST = "state,name,channel,languages,sherloc_id\nMN,Prosecutor General's Office,direct,mn; en,cna-12\n"
SECOND = FIRST + "MN,Ministry of Justice and Home Affairs,diplomatic,mn,\n"


def imported(client: TestClient, content: str, name: str = "directory.csv") -> dict:
    answer = client.post("/api/v1/directory", files={"file": (name, content.encode())})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_an_import_is_a_new_version_and_the_old_ones_are_kept_with_who_and_when(bench: Bench) -> None:
    admin = bench.person("admin")
    assert imported(admin, FIRST) == {"number": 1, "authorities": 1}
    assert imported(admin, SECOND, "later.csv")["number"] == 2
    newest, oldest = admin.get("/api/v1/directory/versions").json()
    assert (newest["number"], newest["file"], newest["authorities"]) == (2, "later.csv", 2)
    assert oldest["imported_by"].startswith("person:")
    assert oldest["imported_at"].startswith("2026-")
    assert len(admin.get("/api/v1/directory/authorities").json()) == 2
    (old,) = admin.get("/api/v1/directory/authorities", params={"version": 1}).json()
    assert (old["name"], old["languages"], old["sherloc_id"]) == ("Prosecutor General's Office", ["mn", "en"], "cna-12")
    assert admin.get("/api/v1/directory/authorities", params={"version": 9}).status_code == 404
    actions = [one["action"] for one in admin.get("/api/v1/changes").json()["changes"]]
    assert actions.count("directory_imported") == 2


def test_a_file_with_wrong_lines_changes_nothing_and_names_each(bench: Bench) -> None:
    admin = bench.person("admin")
    imported(admin, FIRST)
    wrong = SECOND + "ZZ,Court,,,\nFR,,,,\n"
    answer = admin.post("/api/v1/directory", files={"file": ("d.csv", wrong.encode())})
    assert (answer.status_code, answer.json()["code"]) == (422, "directory_fault")
    assert [one["line"] for one in answer.json()["faults"]] == [4, 5]
    assert "two letters" in answer.json()["faults"][0]["remedy"]
    assert [one["number"] for one in admin.get("/api/v1/directory/versions").json()] == [1]


def test_an_import_without_a_file_says_what_to_send(bench: Bench) -> None:
    answer = bench.person("admin").post("/api/v1/directory", data={"file": "state,name"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_name_is_looked_up_with_its_likeness(bench: Bench) -> None:
    imported(bench.person("admin"), SECOND)
    found = bench.person().get("/api/v1/directory/authorities", params={"state": "MN", "name": "Prosecutor General"})
    assert [one["name"] for one in found.json()] == ["Prosecutor General's Office"]
    assert found.json()[0]["score"] > 0.8


def test_a_letter_described_before_is_matched_and_a_correction_of_the_sender_matches_anew(bench: Bench) -> None:
    letter_id, person = bench.letter(review=True), bench.person()
    url = f"/api/v1/letters/{letter_id}"
    assert person.get(url).json()["directory"] is None
    imported(bench.person("admin"), SECOND)
    assert person.get(url).json()["directory"]["requesting_authority"]["designated"] is None
    register = bench.office.keeping.register
    metadata = {"requesting_state": "MN", "requesting_authority": "Prosecutor General of Mongolia"}
    version = register.letter(letter_id).version
    register.confirm(letter_id, version, confirmation(metadata=metadata), CLERK, NOW)
    sender = person.get(url).json()["directory"]["requesting_authority"]
    assert (sender["match"]["name"], sender["designated"]) == ("Prosecutor General's Office", True)
    assert sender["match"]["channel"] == "direct"


def test_an_import_by_another_process_shows_at_the_next_letter(bench: Bench) -> None:
    directories = bench.office.directories
    assert directories.current().number == 0
    other = DirectoryVersions(bench.office.keeping.database)
    other.add("by hand.csv", "0" * 64, [KeptAuthority(2, "FR", "Court", {})], CLERK, NOW)
    assert [one.name for one in directories.current().authorities] == ["Court"]


def test_imports_at_the_same_time_all_become_versions(bench: Bench) -> None:
    threads = [
        threading.Thread(target=bench.office.directories.import_file, args=(FIRST.encode(), f"{n}.csv", CLERK))
        for n in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = bench.office.directories.versions()
    assert len({one.number for one in versions}) == 5
    assert bench.office.directories.current().number == versions[0].number


def test_an_old_version_that_never_was_is_missing(bench: Bench) -> None:
    with pytest.raises(Missing):
        bench.office.directories.version(3)


def test_the_rules_in_force_are_told_with_what_is_wrong(bench: Bench) -> None:
    admin = bench.person("admin")
    assert admin.get("/api/v1/profile").status_code == 404
    object.__setattr__(bench.office.door, "standing", StandingProfile("kw").standing)
    body = admin.get("/api/v1/profile").json()
    assert (body["code"], body["fault"], body["complaints"]) == ("kw", None, [])
    assert "the accepted languages" in body["unverified"]
