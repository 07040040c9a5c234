"""Models at work in the jobs: one model for one letter, and a shadow that can harm nothing."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from classifier.model import Model
from intake.answering import ModelInUse
from intake.describing.describer import LetterDescriber
from intake.inspection import DecidingTools
from intake.jobs import Workshop, answer_beside, describe_letter, make_app
from intake.shadowing import Shadows
from intake.values import Description, PageReading, Route
from storage.database import Job
from storage.labels import labels_of
from storage.objects import reading_key
from storage.values import KeptPage
from tests.makers import CLERK, NOW, new_letter
from tests.models.conftest import ASKING, Yard


@dataclass
class AnyCompetence:
    """Everything goes to one authority; a promotion may happen just before it decides."""

    before: Any = None

    def assign(self, description: Description, text: str = "") -> Route:
        if self.before:
            self.before()
        return Route("prosecutor-general", review=False)


@pytest.fixture
def competence() -> AnyCompetence:
    return AnyCompetence()


@pytest.fixture
def shop(yard: Yard, competence: AnyCompetence) -> Workshop:
    """A worker's workshop without the first half of the way."""
    in_use = ModelInUse(yard.shelf)
    return Workshop(
        office=yard.office,
        reading=None,  # type: ignore[arg-type]
        deciding=lambda: DecidingTools(LetterDescriber(in_use()), competence),
        clock=yard.clock,
        pages_per_job=4,
        shadows=Shadows(yard.shelf, LetterDescriber),
    )


def read_letter(yard: Yard, content: bytes = b"letter") -> UUID:
    """A letter whose only page was read a moment ago."""
    register = yard.office.keeping.register
    letter, _ = register.enter(new_letter(content), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    from intake.page_keeping import reading_json

    reading = PageReading(1, ASKING, "en", 0.9, "Latn", 0, 0.0, 0.9, "ocr", "test")
    where = reading_key(letter.sha256, 1, "00" * 32)
    yard.office.keeping.objects.put(where, reading_json.dump_json(reading))
    yard.office.keeping.pages.read(letter.id, KeptPage(1, where, where), Job("none", {}), NOW)
    return letter.id


def jobs(yard: Yard, task: str) -> list[dict[str, Any]]:
    query = sa.text("SELECT args FROM procrastinate_jobs WHERE task_name = :task AND status = 'todo' ORDER BY id")
    with yard.database.transaction() as connection:
        return list(connection.execute(query, {"task": task}).scalars())


def givers(yard: Yard, letter_id: UUID) -> set[str]:
    return {label.given_by for label in labels_of(yard.database, letter_id)}


def test_a_letter_is_described_by_one_model_even_when_another_is_promoted_meanwhile(
    yard: Yard, two: tuple[str, str], shop: Workshop, competence: AnyCompetence
) -> None:
    competence.before = lambda: yard.shelf.promote(two[1])
    first = read_letter(yard)
    describe_letter(shop, first)
    description = yard.office.keeping.register.letter(first).description
    assert description is not None
    assert description["model"] == two[0]
    assert givers(yard, first) == {two[0]}
    competence.before = None
    second = read_letter(yard, b"second")
    describe_letter(shop, second)
    assert givers(yard, second) == {two[1]}


def test_without_a_shadow_no_job_is_deferred(yard: Yard, two: tuple[str, str], shop: Workshop) -> None:
    describe_letter(shop, read_letter(yard))
    assert jobs(yard, "shadow") == []


def test_the_shadow_answers_beside_and_the_description_stays(yard: Yard, two: tuple[str, str], shop: Workshop) -> None:
    yard.shelf.set_shadow(two[1])
    letter_id = read_letter(yard)
    describe_letter(shop, letter_id)
    before = yard.office.keeping.register.letter(letter_id)
    assert jobs(yard, "shadow") == [{"letter_id": str(letter_id), "model": two[1]}]
    answer_beside(shop, letter_id, two[1])
    assert yard.office.keeping.register.letter(letter_id) == before
    assert before.description is not None and two[1] not in json.dumps(before.description)
    assert givers(yard, letter_id) == set(two)
    assert yard.models.shadow_letters(two[1]) == 1
    assert yard.models.disagreements(two[1]) == []  # both are the same model under two names


def test_a_shadow_that_ended_or_was_damaged_meanwhile_does_not_answer(
    yard: Yard, two: tuple[str, str], shop: Workshop
) -> None:
    yard.shelf.set_shadow(two[1])
    letter_id = read_letter(yard)
    describe_letter(shop, letter_id)
    (yard.shelf.root / two[1] / "manifest.sig").unlink()
    answer_beside(shop, letter_id, two[1])
    yard.shelf.set_shadow(None)
    answer_beside(shop, letter_id, two[1])
    assert givers(yard, letter_id) == {two[0]}


class Failing:
    """A shadow with a defect."""

    def describe(self, readings: Sequence[PageReading]) -> Description:
        raise ZeroDivisionError("words of a letter")


def test_a_defect_of_the_shadow_touches_no_letter_and_logs_no_words(
    yard: Yard, two: tuple[str, str], shop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(model: Model) -> Failing:
        return Failing()

    failing = Workshop(yard.office, shop.reading, shop.deciding, yard.clock, 4, Shadows(yard.shelf, fail))
    yard.shelf.set_shadow(two[1])
    letter_id = read_letter(yard)
    describe_letter(failing, letter_id)
    before = yard.office.keeping.register.letter(letter_id)

    async def run() -> None:
        app = make_app(yard.database.dsn, failing)
        async with app.open_async():
            await app.run_worker_async(queues=["letters"], wait=False, install_signal_handlers=False)

    asyncio.run(run())
    assert yard.office.keeping.register.letter(letter_id) == before
    assert jobs(yard, "shadow") == []
    assert "ZeroDivisionError" in caplog.text
    assert "words of a letter" not in caplog.text
