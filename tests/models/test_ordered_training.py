"""Trainings in the background: one at a time, never lost, each with its outcome."""

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from classifier.model import Model
from intake.errors import Conflict
from intake.ordered_training import Child, OrderedTraining, TrainingWorker
from intake.training import Candidate
from storage.trainings import Trainings
from storage.values import Training
from tests.makers import CLERK
from tests.models.conftest import Yard


def latest(yard: Yard) -> Training:
    return yard.models.trainings()[0]


def queued(yard: Yard) -> list[tuple[str, str, str]]:
    query = sa.text("SELECT queue_name, task_name, lock FROM procrastinate_jobs")
    with yard.database.transaction() as connection:
        return [tuple(row) for row in connection.execute(query)]


def worker(yard: Yard, *command: str) -> TrainingWorker:
    child = Child((sys.executable, "-c", *command), os.environ)
    return TrainingWorker(yard.database.dsn, Trainings(yard.database), yard.clock, child)


def test_an_order_waits_in_a_queue_of_its_own_and_stands_in_the_trail(yard: Yard) -> None:
    number = yard.models.order_training(CLERK)
    assert queued(yard) == [("training", "train", "training")]
    assert yard.actions() == [("training_ordered", {"training": number})]
    assert latest(yard).ordered_by == "person:clerk"


def test_a_second_order_waits_until_the_first_has_ended(yard: Yard) -> None:
    number = yard.models.order_training(CLERK)
    with pytest.raises(Conflict, match="under way"):
        yard.models.order_training(CLERK)
    Trainings(yard.database).fail(number, "no letters", yard.clock())
    assert yard.models.order_training(CLERK) > number


def test_an_order_whose_job_is_gone_does_not_keep_others_waiting(yard: Yard) -> None:
    number = yard.models.order_training(CLERK)
    with yard.database.transaction() as connection:
        connection.execute(sa.text("DELETE FROM procrastinate_jobs"))
    assert yard.models.order_training(CLERK) > number
    assert yard.models.trainings()[1].fault == "its job was lost"


def test_the_outcome_is_kept_with_candidate_and_comparison(yard: Yard, trained: Model) -> None:
    orders = Trainings(yard.database)
    training = OrderedTraining(yard.school, orders, yard.models, yard.clock)
    number = yard.models.order_training(CLERK)
    training.record(number, Candidate(replace(trained.card, id="m9"), None, None))  # type: ignore[arg-type]
    assert (latest(yard).candidate, latest(yard).fault, latest(yard).ended_at) == ("m9", None, yard.clock.now)
    action, details = yard.actions()[-1]
    assert (action, details["training"], details["model"], details["letters"]) == ("trained", number, "m9", 30)


def test_a_fault_of_the_training_text_is_kept_with_its_line_and_the_shelf_stays(yard: Yard, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "en.jsonl").write_text("not json\n")
    school = replace(yard.school, source=tmp_path)
    training = OrderedTraining(school, Trainings(yard.database), yard.models, yard.clock)
    training.carry_out(yard.models.order_training(CLERK))
    assert "en.jsonl, line 1" in (latest(yard).fault or "")
    assert yard.actions()[-1][0] == "training_failed"
    assert yard.shelf.models() == []


def test_the_worker_hands_each_order_to_a_child_process(yard: Yard, tmp_path: Path) -> None:
    note = tmp_path / "note"
    number = yard.models.order_training(CLERK)
    write = f"import sys; open({str(note)!r}, 'a').write(sys.argv[1])"
    asyncio.run(worker(yard, write).work(wait=False))
    assert note.read_text() == str(number)
    assert queued(yard) == []


def test_a_child_that_dies_leaves_its_order_with_a_fault(yard: Yard) -> None:
    yard.models.order_training(CLERK)
    asyncio.run(worker(yard, "raise SystemExit(3)").work(wait=False))
    assert latest(yard).fault == "the training ended with 3: the server's log says where"
    assert yard.models.order_training(CLERK)


def test_an_order_that_has_ended_is_not_carried_out_again(yard: Yard) -> None:
    orders = Trainings(yard.database)
    number = yard.models.order_training(CLERK)
    orders.fail(number, "no letters", yard.clock())
    assert not orders.start(number, yard.clock())
    orders.fail(number, "another fault", yard.clock())
    assert latest(yard).fault == "no letters"
