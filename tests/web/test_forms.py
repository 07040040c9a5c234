"""What was entered, what is wrong with it, and what it says when it is right."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from intake.confirmation import Confirmation
from intake.web.forms import FILE_IT, METADATA, Entered, check, entered
from intake.web.views import found_on, pieces
from intake.web.words import labels
from tests.web.reports import report

GOOD = Entered(
    is_request="yes",
    request_types=("bank_records", "interception"),
    primary_type="interception",
    offences=("fraud",),
    primary_offence="",
    metadata=dict.fromkeys(METADATA, "") | {"requesting_state": "MN", "date": "2019-12-02"},
    confidential="no",
    urgent=True,
    authority="court",
    copies=("court", "ministry-of-justice"),
    note="",
)


def faults(sent: Entered) -> list[str]:
    checked = check(sent, "1")
    return [fault.field for fault in checked] if isinstance(checked, list) else []


def test_a_good_form_says_what_was_entered_the_primary_first() -> None:
    said = check(GOOD, "7")
    assert isinstance(said, Confirmation)
    assert (said.version, said.request_types, said.offences) == (7, ["interception", "bank_records"], ["fraud"])
    assert said.metadata.confidential is False
    assert said.metadata.addressee is None
    assert (said.authority, said.copies) == ("court", ["ministry-of-justice"])


def test_no_queue_files_the_letter() -> None:
    said = check(replace(GOOD, authority=FILE_IT), "1")
    assert isinstance(said, Confirmation)
    assert said.authority is None


def test_each_fault_names_its_field() -> None:
    assert faults(replace(GOOD, is_request="")) == ["is_request"]
    assert faults(replace(GOOD, authority="")) == ["authority"]
    assert faults(replace(GOOD, primary_type="extradition")) == ["primary_type"]
    assert faults(replace(GOOD, request_types=("magic",), primary_type="")) == ["request_types"]
    for name, value in (("date", "yesterday"), ("deadline", "2020-02-30"), ("requesting_state", "XX")):
        assert faults(replace(GOOD, metadata={**GOOD.metadata, name: value})) == [name]
    for name in ("addressee", "reference", "requesting_authority"):
        assert faults(replace(GOOD, metadata={**GOOD.metadata, name: "x" * 501})) == [name]
    assert faults(replace(GOOD, note="x" * 2001)) == ["note"]


field = st.sampled_from(
    [*METADATA, "is_request", "primary_type", "authority", "note", "version", "request_types", "copies"]
)
value = st.one_of(st.text(max_size=20), st.sampled_from([*labels("request_type"), "yes", "no", "2020-01-01", "MN"]))


@given(st.lists(st.tuples(field, value), max_size=12))
def test_whatever_is_sent_is_either_a_confirmation_or_has_named_faults(sent: list[tuple[str, str]]) -> None:
    form = FormData(sent)
    checked = check(entered(form), str(form.get("version") or ""))
    assert isinstance(checked, Confirmation) or all(fault.message for fault in checked)
    assert checked != []


@given(st.text(max_size=60), st.lists(st.text(max_size=6), max_size=4))
def test_marking_evidence_never_changes_the_text(text: str, quotes: list[str]) -> None:
    assert "".join(piece.text for piece in pieces(text, quotes)) == text


@given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", min_size=1, max_size=5))
def test_a_quote_that_stands_in_the_text_is_marked(text: str, quote: str) -> None:
    if quote.split() and quote.strip() in text:
        assert any(piece.is_evidence for piece in pieces(text, [quote]))


def test_evidence_is_found_wherever_a_report_holds_it() -> None:
    assert found_on(report(), 2) == {"растраты", "15 января 2020"}
