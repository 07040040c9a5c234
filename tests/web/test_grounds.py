"""The reasons for a route as people of each language read them."""

from typing import Any

import pytest

from intake.counter.counter import lay_before_person
from intake.counter.values import CounterWarning
from intake.report import description_report
from intake.routing.competence import ProfileCompetence
from intake.routing.profile_files import load_profile
from intake.routing.wording import REASON
from intake.values import Description, Route
from intake.web.grounds import said
from intake.web.translation import LANGUAGES, texts_in
from tests.routing.descriptions import described

NAMES = {"uncac": "Convention des Nations Unies contre la corruption"}


def in_json(route: Route, description: Description) -> dict[str, Any]:
    whole: dict[str, Any] = description_report(description, route, [])["route"]
    return whole


def routed(*types: str, **facts: Any) -> dict[str, Any]:
    description = described(*types, **facts)
    route = ProfileCompetence(load_profile("example")).assign(description)
    warned = lay_before_person(route, [CounterWarning("limitation_near", {"date": "2026-03-01"})])
    return in_json(warned, description)


def test_json_keeps_english_sentences_and_gives_a_code_for_each() -> None:
    route = routed("freezing_or_restraint", "bank_records")
    assert len(route["reasons"]) == len(route["grounds"])
    assert {one["code"] for one in route["grounds"]} <= REASON.keys()
    assert route["reasons"][-1] == "The counter warns for the registry: limitation near."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_said_in_the_readers_language(language: str) -> None:
    shown = said(routed("freezing_or_restraint", "bank_records"), NAMES, texts_in(language))
    assert {one.language for one in shown} == {language}


def test_a_french_reader_reads_french() -> None:
    shown = [one.text for one in said(routed("freezing_or_restraint"), NAMES, texts_in("fr"))]
    assert any("elle demande : " in text and "(profil example, ligne " in text for text in shown)
    assert shown[-1] == "Le guichet avertit le greffe : La prescription est acquise le 1 mars 2026."


def test_an_open_competence_is_said_with_candidates_in_arabic() -> None:
    shown = [one.text for one in said(routed(), NAMES, texts_in("ar"))]
    assert shown[0].startswith("الاختصاص غير محدد")


def test_reasons_that_were_kept_without_codes_stay_english_and_are_marked_so() -> None:
    old = {"reasons": ["No rule fits."]}
    assert [(one.text, one.language) for one in said(old, NAMES, texts_in("ar"))] == [("No rule fits.", "en")]
    unknown = {"reasons": ["Because."], "grounds": [{"code": "later_code", "values": {}}]}
    assert said(unknown, NAMES, texts_in("fr"))[0].language == "en"
