import pytest

from intake.receiving.opener_bubblewrap import BubblewrapOpener


@pytest.fixture(scope="session")
def opener() -> BubblewrapOpener:
    return BubblewrapOpener()
