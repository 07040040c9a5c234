"""Letters that belong together find each other in the register, whichever of them is described first."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from intake.counter.counter import Counter
from intake.describing.describer import LetterDescriber
from intake.inspection import DecidingTools, conclude, with_warnings
from intake.jobs import reading_json
from intake.linking import link_letter
from intake.office import Door, Keeping, Office, Reception
from intake.report import whole_report
from intake.routing.competence import ProfileCompetence
from intake.routing.profile_files import load_profile
from intake.values import PageReading
from storage import links, trail
from storage.database import Database, Job
from storage.objects import reading_key
from storage.objects_folder import FolderStore
from storage.pages import Pages
from storage.queues import Queues
from storage.register import Register
from storage.values import SYSTEM, KeptPage, Letter
from tests.conftest import StoppedClock
from tests.counter.test_likeness import misread, of_another_case
from tests.describing.letters import ToldClassifier

REQUEST = """DISTRICT COURT OF WESTMARCH
United Kingdom

Our ref: WM/4471/2024
Westmarch, 4 March 2024

To the Ministry of Justice of the Republic of Poland, Warsaw

In criminal case no 88123 against Alan Petherick, born 4 May 1971, passport 5510224, the court asks for the statements
of account 0011223344 at the Bank of the North for the period from 1 June 2022 to 31 December 2022, in order to show
where the money went. On 12 June 2022 he received 212000 pounds from pensioners of a parish and never gave them back,
which is punishable under section 1 of the Fraud Act 2006. The request rests on article 46 of the United Nations
Convention against Corruption.

Yours faithfully
Helen Marchmont, District Judge
"""


@dataclass
class Registry:
    """An office whose letters are read and described at once."""

    office: Office
    clock: StoppedClock
    database: Database

    def take(self, text: str) -> Letter:
        """Receive and read a letter, but do not describe it yet."""
        register, objects = self.office.keeping.register, self.office.keeping.objects
        letter = self.office.receive(text.encode(), Reception("letter.pdf"), SYSTEM).letter
        register.opened(letter.id, "application/pdf", 1, [], self.clock())
        reading = PageReading(1, text, "en", 0.99, "Latn", 0, 0.0, 0.95, "ocr", "test")
        where = reading_key(letter.sha256, 1, "00" * 32)
        objects.put(where, reading_json.dump_json(reading))
        self.office.keeping.pages.read(letter.id, KeptPage(1, where, "none"), Job("describe", {}), self.clock())
        return register.letter(letter.id)

    def describe(self, letter: Letter) -> Letter:
        """What the job does when the last page is read."""
        tools = DecidingTools(
            LetterDescriber(ToldClassifier("bank_records")),
            ProfileCompetence(lambda: load_profile("example")),
            Counter(today=lambda: self.clock().date()),
        )
        readings = [reading_json.validate_python(one) for one in self.office.readings(letter)]
        inspection = conclude(readings, tools)
        assert inspection.description is not None
        before = link_letter(self.office, letter, readings, inspection.description, self.clock())
        report = whole_report(with_warnings(inspection, before))
        self.office.keeping.register.described(letter.id, report, self.clock())
        return self.office.keeping.register.letter(letter.id)

    def receive(self, text: str) -> Letter:
        return self.describe(self.take(text))

    def links(self, letter: Letter) -> list[tuple[str, str, bool]]:
        return [(one.kind, one.number, one.is_earlier) for one in links.of(self.database, letter.id)]


@pytest.fixture
def registry(database: Database, tmp_path: Path, clock: StoppedClock) -> Iterator[Registry]:
    kept = Keeping(database, Register(database), Pages(database), Queues(database), FolderStore(tmp_path / "objects"))
    door = Door(lambda content, name: "application/pdf", 1_000_000, {}, 100)
    yield Registry(Office(kept, door, clock), clock, database)


def warnings(letter: Letter) -> dict[str, dict[str, Any]]:
    assert letter.description is not None
    return {one["code"]: one["values"] for one in letter.description["warnings"]}


def test_the_original_after_its_fax_is_linked_and_the_first_date_kept(registry: Registry) -> None:
    first = registry.receive(misread(REQUEST, 0.05))
    registry.clock.now = registry.clock.now.replace(day=28)
    second = registry.receive(REQUEST)
    assert registry.links(second) == [("copy", first.number, True)]
    assert registry.links(first) == [("copy", second.number, False)]
    assert warnings(second)["copy_of_earlier"] == {"number": first.number, "date": "2026-11-24"}
    assert second.status == "review"
    assert links.of(registry.database, second.id)[0].received_at == first.received_at


def test_letters_from_one_form_about_two_cases_are_not_linked(registry: Registry) -> None:
    registry.receive(REQUEST)
    assert registry.links(registry.receive(of_another_case(REQUEST))) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("This is a reminder: we have not received a reply to", "reminder"),
        ("We hereby withdraw the request registered as", "withdrawal"),
        ("This supplementary request adds a question to", "supplement"),
        ("With regard to", "follow_up"),
    ],
)
def test_a_letter_that_cites_our_number_is_linked_as_what_it_says_it_is(
    registry: Registry, words: str, kind: str
) -> None:
    first = registry.receive(REQUEST)
    later = registry.receive(f"County Court of Eastfold\n\n4 May 2024\n\nSirs\n\n{words} your number {first.number}.\n")
    assert registry.links(later) == [(kind, first.number, True)]
    assert warnings(later)[kind]["number"] == first.number
    assert later.status == "review"
    events = [event for event in trail.events_of(registry.database, later.id) if event.action == "linked"]
    assert [event.details for event in events] == [{"earlier": str(first.id), "kind": kind}]


def test_a_letter_with_the_same_reference_of_the_same_state_belongs_to_the_first(registry: Registry) -> None:
    first = registry.receive(REQUEST)
    later = registry.receive(
        "DISTRICT COURT OF WESTMARCH\nUnited Kingdom\n\nOur ref: WM 4471-2024\nWestmarch, 9 June 2024\n\n"
        "To the Ministry of Justice of the Republic of Poland\n\nMay we remind you of our letter; no reply has come.\n"
    )
    assert registry.links(later) == [("reminder", first.number, True)]


def test_an_earlier_letter_that_is_described_last_is_still_the_earlier_one(registry: Registry) -> None:
    first, second = registry.take(REQUEST), registry.take(misread(REQUEST, 0.02))
    registry.describe(second)
    first = registry.describe(first)
    assert registry.links(first) == [("copy", second.number, False)]
    assert "copy_of_earlier" not in warnings(first)


def test_describing_again_changes_no_link(registry: Registry) -> None:
    registry.receive(REQUEST)
    second = registry.take(misread(REQUEST, 0.02))
    readings = [reading_json.validate_python(one) for one in registry.office.readings(second)]
    description = LetterDescriber(ToldClassifier("bank_records")).describe(readings)
    for _ in range(2):
        link_letter(registry.office, second, readings, description, registry.clock())
    assert len(registry.links(second)) == 1
    assert [event.action for event in trail.events_of(registry.database, second.id)].count("linked") == 1


def test_a_number_of_ours_that_nobody_knows_is_to_be_looked_for(registry: Registry) -> None:
    letter = registry.receive(REQUEST.replace("Westmarch, 4 March", "Your ref: DJ 118/2011\nWestmarch, 4 March"))
    assert "unknown_reference" in warnings(letter)
