"""Memory of started processes, measured where nothing else has started any."""

import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def alone(task: Callable[[], T]) -> T:
    """Run a task in a fresh process, so that what it measures of its children is theirs alone."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(task).result()


def peak_of_children() -> int:
    """The most memory, in bytes, that any ended child of this process took."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
