"""Sign-in: one-time passwords, pauses after failures, sessions that end."""

import pytest

from intake.errors import BadRequest, SignInNeeded
from storage.values import SYSTEM
from tests.api.conftest import Bench
from tests.conftest import StoppedClock


def test_the_first_administrator_gets_one_password_once(bench: Bench) -> None:
    password = bench.access.first_administrator(SYSTEM)
    assert password is not None
    assert bench.access.first_administrator(SYSTEM) is None
    account = bench.access.person(bench.access.sign_in("admin", password))
    assert account is not None
    assert account.must_change


def test_wrong_name_and_wrong_password_get_the_same_answer(bench: Bench) -> None:
    bench.access.add_account("clerk", "registry", SYSTEM)
    answers = set()
    for name in ("clerk", "nobody"):
        with pytest.raises(SignInNeeded) as refused:
            bench.access.sign_in(name, "wrong")
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_after_five_failures_sign_in_pauses(bench: Bench, clock: StoppedClock) -> None:
    password = bench.access.add_account("clerk", "registry", SYSTEM)
    for _ in range(5):
        with pytest.raises(SignInNeeded):
            bench.access.sign_in("clerk", "wrong")
    with pytest.raises(SignInNeeded, match="wait"):
        bench.access.sign_in("clerk", password)
    clock.pass_by(minutes=6)
    assert bench.access.sign_in("clerk", password)


def test_a_session_ends_when_idle_and_after_a_day_of_work(bench: Bench, clock: StoppedClock) -> None:
    password = bench.access.add_account("clerk", "registry", SYSTEM)
    idle = bench.access.sign_in("clerk", password)
    clock.pass_by(minutes=31)
    assert bench.access.person(idle) is None
    busy = bench.access.sign_in("clerk", password)
    for _ in range(23):
        clock.pass_by(minutes=20)
        assert bench.access.person(busy)
    clock.pass_by(minutes=20)
    assert bench.access.person(busy) is None


def test_a_new_password_ends_all_other_sessions(bench: Bench) -> None:
    one_time = bench.access.add_account("clerk", "registry", SYSTEM)
    old = bench.access.sign_in("clerk", one_time)
    account = bench.access.person(old)
    assert account is not None
    new = bench.access.choose_password(account, one_time, "a long enough password")
    assert bench.access.person(old) is None
    assert bench.access.person(new)
    with pytest.raises(SignInNeeded):
        bench.access.sign_in("clerk", one_time)


@pytest.mark.parametrize("new", ["short", ""])
def test_a_short_password_is_refused(bench: Bench, new: str) -> None:
    one_time = bench.access.add_account("clerk", "registry", SYSTEM)
    account = bench.access.person(bench.access.sign_in("clerk", one_time))
    assert account is not None
    with pytest.raises(BadRequest):
        bench.access.choose_password(account, one_time, new)


def test_a_disabled_account_is_out_at_once(bench: Bench) -> None:
    password = bench.access.add_account("clerk", "registry", SYSTEM)
    token = bench.access.sign_in("clerk", password)
    bench.access.disable(bench.access.accounts()[0].id, SYSTEM)
    assert bench.access.person(token) is None
    with pytest.raises(SignInNeeded):
        bench.access.sign_in("clerk", password)


@pytest.mark.parametrize("key", ["", "rog", "rog_", "rog__", "rog_x_y", "bearer", "rog_" + "0" * 16 + "_" + "x" * 43])
def test_what_is_no_key_opens_nothing(bench: Bench, key: str) -> None:
    assert bench.access.case_system(key) is None
