"""The calls about models, on a real shelf, as an administrator and as the registry."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from classifier.comparison import Comparison, Row
from classifier.model import Model
from classifier.training import train
from intake.models import Models
from storage.values import SYSTEM
from tests.api.conftest import Bench
from tests.classifier.makers import make_letter
from tests.makers import CLERK, NOW, confirmation


@pytest.fixture(scope="module")
def trained() -> Model:
    return train([make_letter(n, is_request=n % 5 != 4) for n in range(30)], seed=3)[0]


@pytest.fixture
def models(bench: Bench) -> Models:
    models: Models = bench.app.state.models
    return models


@pytest.fixture
def two(models: Models, trained: Model) -> tuple[str, str]:
    """A model in use and a worse candidate."""
    first, second = models._shelf.add(trained), models._shelf.add(trained)
    models.promote(first, SYSTEM)
    rows = (Row("overall", "", "types_f1", 160, 0.93, 0.9),)
    models.keep_comparison(Comparison(second, first, "ef" * 32, 160, True, rows))
    return first, second


@pytest.fixture
def admin(bench: Bench) -> TestClient:
    return bench.person("admin")


def test_models_are_listed_with_card_and_those_that_may_not_answer_with_the_reason(
    admin: TestClient, models: Models, two: tuple[str, str]
) -> None:
    (models._shelf.root / two[1] / "manifest.sig").unlink()
    listed = {one["id"]: one for one in admin.get("/api/v1/models").json()}
    assert listed[two[0]]["in_use"] and listed[two[0]]["fault"] is None
    assert listed[two[0]]["figures"]["per_language"]["en"]["letters"] == 30
    assert "rogatory models sign" in listed[two[1]]["fault"]


def test_a_worse_candidate_needs_a_reason_and_a_roll_back_none(admin: TestClient, two: tuple[str, str]) -> None:
    path = f"/api/v1/models/{two[1]}/promotion"
    refused = admin.post(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "promotion_refused")
    assert "types_f1 0.930 to 0.900" in refused.json()["detail"]
    assert admin.post(path, json={"reason": "x" * 501}).status_code in {400, 422}
    assert admin.post(path, json={"reason": "trained on our own letters"}).json() == {"in_use": two[1]}
    assert admin.post("/api/v1/models/rollback").json() == {"in_use": two[0]}
    assert [one["action"] for one in admin.get("/api/v1/changes").json()["changes"]][-2:] == ["promoted", "rolled_back"]


def test_the_comparison_is_given_with_what_follows_from_it(admin: TestClient, two: tuple[str, str]) -> None:
    answer = admin.get(f"/api/v1/models/{two[1]}/comparison").json()
    assert (answer["may_promote"], answer["rows"][0]["is_worse"], answer["in_use"]) == (False, True, two[0])
    assert admin.get("/api/v1/models/nobody/comparison").status_code == 404


def test_a_shadow_and_its_disagreements(admin: TestClient, bench: Bench, two: tuple[str, str]) -> None:
    letter_id = bench.letter()
    assert admin.put("/api/v1/models/shadow", json={"model": two[0]}).status_code == 409
    assert admin.put("/api/v1/models/shadow", json={"model": two[1]}).json() == {"model": two[1]}
    said = {"model": two[1], "is_request": {"value": True}, "request_types": [], "offences": []}
    bench.office.keeping.register.answered_beside(letter_id, said, NOW)
    answer = admin.get("/api/v1/models/shadow").json()
    assert (answer["model"], answer["in_use"], answer["letters"]) == (two[1], two[0], 1)
    assert {one["code"] for one in answer["disagreements"]} == {"bank_records", "embezzlement"}
    assert {one["letter_id"] for one in answer["disagreements"]} == {str(letter_id)}
    assert admin.put("/api/v1/models/shadow", json={"model": None}).json() == {"model": None}
    assert admin.get("/api/v1/models/shadow").json()["disagreements"] == []


def test_a_training_is_ordered_once_at_a_time(admin: TestClient) -> None:
    ordered = admin.post("/api/v1/models")
    assert ordered.status_code == 202
    assert admin.post("/api/v1/models").status_code == 409
    (training,) = admin.get("/api/v1/models/trainings").json()
    assert (training["id"], training["ended_at"]) == (ordered.json()["training"], None)


def test_the_labels_of_a_letter_say_who_gave_them_and_what_became_of_them(bench: Bench, tmp_path: Path) -> None:
    letter_id = bench.letter(review=True)
    register = bench.office.keeping.register
    version = register.letter(letter_id).version
    register.confirm(letter_id, version, confirmation(request_types=["extradition"]), CLERK, NOW)
    labels = bench.person().get(f"/api/v1/letters/{letter_id}/labels").json()
    assert {(one["given_by"], one["code"], one["judgement"]) for one in labels} == {
        ("test", "bank_records", "removed"),
        ("test", "embezzlement", "accepted"),
        ("person", "extradition", "added"),
    }
    assert bench.case_system().get(f"/api/v1/letters/{letter_id}/labels").status_code == 403
