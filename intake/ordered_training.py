"""A training that an administrator ordered: carried out in a process of its own, its outcome kept."""

import asyncio
import logging
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import procrastinate
from procrastinate.jobs import Status

from classifier.encoder_weights import EncoderMissing
from classifier.model import ModelDamaged
from classifier.signing import KeyUnusable
from intake.models import Models
from intake.training import Candidate, School, train_candidate
from storage.trainings import QUEUE, TASK, Trainings

log = logging.getLogger(__name__)

_HEARTBEAT, _DEAD_AFTER = 5.0, 20.0  #: s
_PAUSE = 2.0  #: s before a worker that ended is started again
_MOST_DEATHS = 3


class OrderedTraining:
    """Carries out orders and keeps what came of them."""

    def __init__(self, school: School, orders: Trainings, models: Models, clock: Callable[[], datetime]) -> None:
        self._school, self._orders, self._models, self._clock = school, orders, models, clock

    def carry_out(self, number: int) -> None:
        """Train the candidate of an order; one that has ended is left alone."""
        if not self._orders.start(number, self._clock()):
            return
        try:
            candidate = train_candidate(self._school, log.info)
        except (ValueError, ModelDamaged, KeyUnusable, EncoderMissing) as error:
            self._orders.fail(number, str(error), self._clock())
        else:
            self.record(number, candidate)

    def record(self, number: int | None, candidate: Candidate) -> None:
        """Keep that a candidate was trained, and how it compares; ``number`` is None when nobody ordered it."""
        if candidate.comparison:
            self._models.keep_comparison(candidate.comparison)
        self._orders.finish(number, candidate.card.id, candidate.counts(), self._clock())


@dataclass(frozen=True, slots=True)
class Child:
    """How a process is started that carries out one order."""

    command: Sequence[str]  #: the number of the order is put behind
    environment: Mapping[str, str]


class TrainingWorker:
    """Takes orders from their queue while the server runs; each is carried out in a child process."""

    def __init__(self, dsn: str, orders: Trainings, clock: Callable[[], datetime], child: Child) -> None:
        """Take what is needed to work.

        Args:
            dsn: address of the database.
            orders: what was ordered.
            clock: gives the time, UTC.
            child: how the process is started that carries out one order.
        """
        self._dsn, self._orders, self._clock, self._how = dsn, orders, clock, child
        self._child: asyncio.subprocess.Process | None = None
        self._stopping = False

    def start(self) -> None:
        """Begin to take orders."""
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        """Break off; the order is carried out anew after the next start."""
        self._stopping = True
        if self._child is not None and self._child.returncode is None:
            self._child.terminate()

    def _run(self) -> None:
        while not self._stopping:
            try:
                asyncio.run(self.work(wait=True))
            except (OSError, procrastinate.exceptions.ConnectorException) as error:
                log.warning("the training worker starts over: %s", type(error).__name__)
            time.sleep(_PAUSE)

    async def work(self, *, wait: bool) -> None:
        """Take orders until told to stop, or until none is left."""
        app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=self._dsn))

        @app.task(name=TASK, queue=QUEUE)
        async def train(training: int) -> None:
            await self._carry_out(training)

        async with app.open_async():
            rescue = asyncio.create_task(self._rescue(app))
            try:
                await app.run_worker_async(
                    queues=[QUEUE],
                    wait=wait,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    update_heartbeat_interval=_HEARTBEAT,
                    stalled_worker_timeout=_DEAD_AFTER,
                )
            finally:
                rescue.cancel()

    async def _carry_out(self, number: int) -> None:
        # The pipe closes when this process goes, however it goes, and the child ends with it.
        self._child = await asyncio.create_subprocess_exec(
            *self._how.command, str(number), stdin=subprocess.PIPE, env=dict(self._how.environment)
        )
        ended_with = await self._child.wait()
        if self._stopping:
            await asyncio.Event().wait()  # the job stays under way, so that another worker finds it
        if ended_with:
            fault = f"the training ended with {ended_with}: the server's log says where"
            await asyncio.to_thread(self._orders.fail, number, fault, self._clock())

    async def _rescue(self, app: procrastinate.App) -> None:
        """Take up the orders of servers that died; after three deaths there is no model."""
        while True:
            for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=_DEAD_AFTER):
                if job.attempts + 1 >= _MOST_DEATHS:
                    number = int(str(job.task_kwargs["training"]))
                    fault = "the server ended three times while it trained"
                    await asyncio.to_thread(self._orders.fail, number, fault, self._clock())
                    await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
                else:
                    await app.job_manager.retry_job(job)
            await asyncio.sleep(_HEARTBEAT)
