"""Parts, steps and matches on a letter's page, and the administrator's page about competence."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from starlette.testclient import TestClient

from intake.api.identity import COOKIE, csrf_token
from intake.routing.standing import StandingProfile
from storage.values import Actor, Letter
from tests.web.desk import Desk
from tests.web.reports import TEXTS, report
from tests.web.watching import Watch

ROUTE = {
    "authority": "prosecutor-general",
    "copies": [],
    "review": True,
    "reasons": ["Bank records are executed by the prosecution."],
    "parts": [
        {"authority": "prosecutor-general", "request_types": ["bank_records"], "then": ["court"]},
        {"authority": "ministry-of-justice", "request_types": ["service_of_documents"], "then": []},
    ],
    "notices": [],
    "steps": ["the Minister has signed"],
    "candidates": [{"authority": "court", "fit": 0.5, "reason": "The stage is not known."}],
}
DIRECTORY = """\
state,name,other_names,channel,languages,address,email,sherloc_id
MN,Prosecutor General's Office,Улсын Ерөнхий Прокурорын Газар,direct,mn; en,Ulaanbaatar,office@prosecutor.example,cna-12
MN,Ministry of Justice and Home Affairs,,diplomatic,mn,,,
EG,وزارة العدل,Ministry of Justice,diplomatic,ar,,,
"""


def open_letter(page: Page, desk: Desk, **changes: Any) -> Letter:
    said = report(**{"route": ROUTE, "documents": [], **changes})
    letter = desk.letter_to_review(said, TEXTS, name="note verbale.pdf")
    page.goto(f"{desk.address}/letters/{letter.id}")
    return letter


@pytest.fixture
def administrator(context: BrowserContext, desk: Desk, watch: Watch) -> Page:
    desk.sign_in(context, "admin")
    return context.new_page()


@pytest.fixture
def rules(desk: Desk, tmp_path: Path) -> Iterator[Path]:
    """A profile of the installation, as a file that a lawyer changes."""
    path = tmp_path / "rules.yaml"
    path.write_text(
        "code: kz\nname: Kazakhstan\nunverified: [the default]\n"
        "authorities: [{code: court, name: District Court of Almaty}]\nrules: []\ndefault: {to: court}\n"
    )
    before = desk.office.door.standing
    object.__setattr__(desk.office.door, "standing", StandingProfile(str(path)).standing)
    yield path
    object.__setattr__(desk.office.door, "standing", before)


def test_a_letter_for_two_authorities_is_passed_on_in_parts_once_its_step_is_done(
    page: Page, desk: Desk, watch: Watch
) -> None:
    watch.expected.add("422")
    letter = open_letter(page, desk)
    glance = page.get_by_role("region", name="At a glance")
    expect(glance).to_contain_text("must act: Service of documents")
    expect(glance).to_contain_text("afterwards: District Court of Almaty · proposed")
    page.get_by_role("button", name="Confirm and pass on").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick each step of the review once it is done")
    page.get_by_label("the Minister has signed").check()
    page.get_by_role("button", name="Confirm and pass on").click()
    expect(page.get_by_role("status")).to_contain_text("Waiting for the authority")
    first, second = desk.office.keeping.queues.entries(letter.id)
    assert (first.part_number, first.authority, first.then) == (f"{letter.number}/1", "prosecutor-general", ("court",))
    assert (second.part_number, second.authority) == (f"{letter.number}/2", "ministry-of-justice")
    expect(page.get_by_role("region", name="At a glance")).to_contain_text(f"{letter.number}/2")


def test_a_step_binds_only_the_authority_for_which_the_rules_ask_it(page: Page, desk: Desk) -> None:
    open_letter(page, desk)
    page.get_by_label("Competent authority").select_option("court")
    page.get_by_role("button", name="Confirm and pass on").click()
    expect(page.get_by_role("status")).to_contain_text("Waiting for the authority")


def test_authorities_that_the_rules_bring_into_question_are_offered_first(page: Page, desk: Desk) -> None:
    open_letter(page, desk)
    likely = page.locator('#authority optgroup[label="By the rules"] option')
    assert likely.all_inner_texts() == [
        "Office of the Prosecutor General, International Department",
        "District Court of Almaty",
    ]


def test_an_imported_directory_shows_who_the_sender_is(administrator: Page, desk: Desk) -> None:
    administrator.goto(desk.address + "/admin")
    administrator.get_by_role("link", name=re.compile("^Competence")).click()
    file = {"name": "directory.csv", "mimeType": "text/csv", "buffer": DIRECTORY.encode()}
    administrator.get_by_label("File, CSV or XLSX").set_input_files(file)  # type: ignore[arg-type]
    administrator.get_by_role("button", name="Import as a new version").click()
    expect(administrator.get_by_role("status")).to_contain_text("is in use")
    expect(administrator.get_by_role("row").filter(has_text="cna-12")).to_contain_text("Mongolian, English")
    open_letter(administrator, desk)
    glance = administrator.get_by_role("region", name="At a glance")
    expect(glance).to_contain_text("Prosecutor General's Office (Mongolia, 100% alike)")


def test_wrong_lines_are_named_on_the_page_and_nothing_is_imported(
    administrator: Page, desk: Desk, watch: Watch
) -> None:
    watch.expected.add("422")
    before = len(desk.office.directories.versions())
    administrator.goto(desk.address + "/admin/competence")
    wrong = (DIRECTORY + "ZZ,Court,,,,,,\n").encode()
    file = {"name": "directory.csv", "mimeType": "text/csv", "buffer": wrong}
    administrator.get_by_label("File, CSV or XLSX").set_input_files(file)  # type: ignore[arg-type]
    administrator.get_by_role("button", name="Import as a new version").click()
    expect(administrator.get_by_role("alert")).to_contain_text("Line 5: 'ZZ' is no State")
    assert len(desk.office.directories.versions()) == before


def test_a_faulty_profile_is_named_and_the_rules_before_stay_in_force(
    administrator: Page, desk: Desk, rules: Path
) -> None:
    administrator.goto(desk.address + "/admin/competence")
    in_force = administrator.get_by_role("region", name="Rules in force")
    expect(in_force).to_contain_text("Kazakhstan")
    expect(in_force).to_contain_text("the default")
    rules.write_text("code: kz\nname: [unclosed\n")
    administrator.reload()
    expect(in_force).to_contain_text(f"{rules}, line 3: ")
    expect(in_force).to_contain_text("Kazakhstan")


def test_an_old_version_can_be_looked_into(administrator: Page, desk: Desk) -> None:
    directories, actor = desk.office.directories, Actor("person", "someone", role="admin")
    old = directories.import_file(b"state,name\nFR,Old Court\n", "old.csv", actor).number
    directories.import_file(b"state,name\nFR,New Court\n", "new.csv", actor)
    administrator.goto(f"{desk.address}/admin/competence?version={old}")
    expect(administrator.get_by_role("group", name=f"Version {old}")).to_contain_text("Old Court")


def test_registry_staff_do_not_get_in_and_an_import_needs_the_pages_token(desk: Desk) -> None:
    for role, sent, status in (("registry", True, 403), ("admin", False, 403), ("admin", True, 400)):
        _, token = desk.session(role)
        client = TestClient(desk.app, cookies={COOKIE: token})
        data = {"csrf": csrf_token(token) if sent else "another"}
        assert client.post("/admin/competence/directory", data=data).status_code == status
