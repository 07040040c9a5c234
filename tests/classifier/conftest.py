"""One tiny model, really trained, for all tests that need an answer."""

import pytest

from classifier.model import Model
from classifier.samples import TrainingLetter
from classifier.signing import ModelKey, new_key
from classifier.training import TrainingResult, train
from tests.classifier.makers import make_letter


@pytest.fixture(scope="session")
def letters() -> list[TrainingLetter]:
    return [make_letter(n, is_request=n % 5 != 4) for n in range(60)]


@pytest.fixture(scope="session")
def trained(letters: list[TrainingLetter]) -> tuple[Model, TrainingResult]:
    return train(letters, seed=3)


@pytest.fixture
def model(trained: tuple[Model, TrainingResult]) -> Model:
    return trained[0]


@pytest.fixture(scope="session")
def key() -> ModelKey:
    return new_key()
