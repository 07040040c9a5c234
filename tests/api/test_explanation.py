"""Why a letter is described as it is, over HTTP."""

from uuid import UUID

import pytest

from classifier.model import Model
from classifier.shelf import ModelUnknown
from intake.describing.explainer import explain_letter
from intake.explaining import Explainer
from intake.inspection import DecidingTools, conclude
from intake.jobs import reading_json
from intake.report import description_report
from intake.values import Description, PageReading, Route
from storage.database import Job
from storage.objects import image_key, reading_key
from storage.values import SYSTEM, KeptPage
from tests.api.conftest import PDF, Bench
from tests.classifier.makers import tiny_model
from tests.makers import NOW

TEXTS = (
    "Court of Southtown\n\nHe is charged with murder. The house was searched in March.",
    "We request the extradition of the accused to our country.",
)


class NoCompetence:
    def assign(self, description: Description, *more: object) -> Route:
        return Route("prosecutor-general", review=False)


def a_letter(bench: Bench, model: Model, *texts: str) -> UUID:
    """A letter that was read and then described by a model."""
    from intake.describing.describer import LetterDescriber
    from intake.office import Reception

    keeping = bench.office.keeping
    letter = bench.office.receive(PDF, Reception("letter.pdf"), SYSTEM).letter
    keeping.register.opened(letter.id, "application/pdf", len(texts), [], NOW)
    readings = [PageReading(n, t, "en", 0.9, "Latn", 0, 0.0, 0.9, "ocr", "test") for n, t in enumerate(texts, 1)]
    for reading in readings:
        where = reading_key(letter.sha256, reading.number, f"{reading.number:02}" * 32)
        keeping.objects.put(where, reading_json.dump_json(reading))
        kept = KeptPage(reading.number, where, image_key(letter.sha256, reading.number))
        keeping.pages.read(letter.id, kept, Job("describe", {}), NOW)
    inspection = conclude(readings, DecidingTools(LetterDescriber(model), NoCompetence()))
    assert inspection.description is not None
    assert inspection.route is not None
    keeping.register.described(
        letter.id, description_report(inspection.description, inspection.route, inspection.readings), NOW
    )
    return letter.id


@pytest.fixture
def model(bench: Bench) -> Model:
    bench.app.state.explainer = Explainer(lambda model_id: tiny_model())
    return tiny_model()


def test_a_person_gets_passages_with_their_pages_and_reasons_in_plain_words(bench: Bench, model: Model) -> None:
    letter_id = a_letter(bench, model, *TEXTS)
    body = bench.person().get(f"/api/v1/letters/{letter_id}/explanation").json()
    assert body["is_as_kept"] is True
    assert body["model"] == model.card.id
    found = next(label for label in body["labels"] if label["code"] == "extradition")
    assert found["given"]
    assert found["name"] == "Extradition / surrender"
    assert (found["passages"][0]["page"], found["passages"][0]["quote"]) == (2, TEXTS[1])
    texts = [reason["text"] for reason in found["passages"][0]["reasons"]]
    assert any(text.startswith("Typical of it: “") or text.startswith("The passage asks: “") for text in texts)
    absent = next(label for label in body["labels"] if label["code"] == "search_and_seizure")
    assert not absent["given"]
    assert "No passage asks for it now." in [one["text"] for one in absent["missing"]]
    assert "it is proposed from" in absent["distance"]


def test_who_asks_stands_in_the_trail(bench: Bench, model: Model) -> None:
    letter_id = a_letter(bench, model, *TEXTS)
    bench.person().get(f"/api/v1/letters/{letter_id}/explanation")
    event = bench.office.history(letter_id)[-1]
    assert (event.action, event.details["part"]) == ("viewed", "explanation")


def test_a_case_system_gets_it_only_while_it_holds_the_lease(bench: Bench, model: Model) -> None:
    letter_id = a_letter(bench, model, *TEXTS)
    system, where = bench.case_system(), f"/api/v1/letters/{letter_id}/explanation"
    assert system.get(where).status_code == 404
    assert system.post("/api/v1/queues/prosecutor-general/leases", json={"max": 1, "seconds": 60}).status_code == 200
    assert system.get(where).status_code == 200
    assert bench.case_system("police").get(where).status_code == 404
    assert bench.anonymous().get(where).status_code == 401


def test_a_letter_whose_reading_changed_since_says_so(bench: Bench, model: Model) -> None:
    letter_id = a_letter(bench, model, *TEXTS)
    register = bench.office.keeping.register
    kept = register.letter(letter_id).description
    assert kept is not None
    changed = Explainer(lambda model_id: model).explain(
        _with(register.letter(letter_id), {**kept, "request_types": [{"code": "interception"}]}), bench.office
    )
    assert not changed.is_as_kept


def _with(letter: object, kept: object) -> object:
    from dataclasses import replace

    return replace(letter, description=kept)  # type: ignore[type-var]


def test_what_cannot_be_explained_is_said_in_a_sentence(bench: Bench) -> None:
    from intake.office import Reception

    person = bench.person()
    fresh = bench.office.receive(b"%PDF-1.7 another", Reception("fresh.pdf"), SYSTEM).letter
    answer = person.get(f"/api/v1/letters/{fresh.id}/explanation")
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    described = bench.letter(b"%PDF-1.7 described by a model that is gone")
    answer = person.get(f"/api/v1/letters/{described}/explanation")
    assert answer.status_code == 409
    assert "gone or damaged" in answer.text


def test_the_model_is_opened_once_for_letters_that_it_described(bench: Bench) -> None:
    opened = []

    def open_model(model_id: str) -> Model:
        opened.append(model_id)
        if model_id == "unknown":
            raise ModelUnknown(model_id)
        return tiny_model()

    explainer = Explainer(open_model)
    letter = bench.office.keeping.register.letter(a_letter(bench, tiny_model(), *TEXTS))
    for _ in range(3):
        explainer.explain(letter, bench.office)
    assert opened == [tiny_model().card.id]


def test_pages_keep_the_numbers_they_have_in_the_scan(model: Model) -> None:
    note = "Note verbale\n\nThe Embassy presents its compliments and has the honour to enclose a letter rogatory."
    readings = [
        PageReading(n, t, "en", 0.9, "Latn", 0, 0.0, 0.9, "ocr", "test") for n, t in enumerate((note, *TEXTS), 1)
    ]
    found = explain_letter(model, readings)
    assert found is not None
    extradition = next(label for label in found.labels if label.code == "extradition")
    assert extradition.passages[0].page == 3


def test_a_letter_without_a_word_has_nothing_to_explain(bench: Bench, model: Model) -> None:
    letter_id = a_letter(bench, model, " ")
    answer = bench.person().get(f"/api/v1/letters/{letter_id}/explanation")
    assert answer.status_code == 409
