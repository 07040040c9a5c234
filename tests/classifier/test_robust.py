"""What is put into a letter to mislead, or gets into it by accident, changes no label; on the model that answers."""

import time
from itertools import combinations
from pathlib import Path

import pytest

from classifier.model import Model
from classifier.shelf import Shelf
from classifier.signing import load_or_make_key
from classifier.values import Classification
from tests.classifier.robust_letters import CHINESE, ENGLISH, FLOODS, GERMAN, ORDERS, SAMPLES, STATUTES, Sample
from tests.classifier.test_model import check_promises
from tests.conftest import key_of

pytestmark = pytest.mark.slow
Labels = tuple[bool, frozenset[str], frozenset[str]]


@pytest.fixture(scope="module")
def real(shelf: Path) -> Model:
    """The model that the first start trains."""
    return Shelf(shelf, load_or_make_key(key_of(shelf))).open()


def labels(answer: Classification) -> Labels:
    types, offences = (frozenset(x.code for x in given) for given in (answer.request_types, answer.offences))
    return answer.is_request, types, offences


def by_language(sample: Sample) -> str:
    return sample.language


@pytest.fixture(params=SAMPLES, ids=by_language)
def sample(request: pytest.FixtureRequest) -> Sample:
    found: Sample = request.param
    return found


def test_the_letters_of_these_tests_are_requests(real: Model, sample: Sample) -> None:
    answer = real.classify([sample.text], sample.language)
    assert answer.is_request
    assert {x.code for x in answer.request_types} & sample.types


@pytest.mark.parametrize("order", ORDERS, ids=range(len(ORDERS)))
@pytest.mark.parametrize("place", ["before", "behind"])
def test_an_order_to_the_program_changes_no_label_and_calls_a_person(
    real: Model, sample: Sample, order: str, place: str
) -> None:
    told = f"{order}\n\n{sample.text}" if place == "before" else f"{sample.text}\n\n{order}"
    answer = real.classify([told], sample.language)
    assert labels(answer) == labels(real.classify([sample.text], sample.language))
    assert not answer.certain


@pytest.mark.parametrize("form", ["line", "many lines", "a word a line", "a page of its own"])
def test_a_flood_of_key_words_changes_no_label_and_calls_a_person(real: Model, sample: Sample, form: str) -> None:
    flood = FLOODS[sample.language]
    pages = {
        "line": [f"{sample.text}\n\n{flood}"],
        "many lines": [sample.text + "\n\n" + "\n".join([flood] * 20)],
        "a word a line": [sample.text + "\n\n" + flood.replace("、", "\n").replace("، ", "\n").replace(", ", "\n")],
        "a page of its own": [sample.text, flood],
    }[form]
    answer = real.classify(pages, sample.language)
    assert labels(answer) == labels(real.classify([sample.text], sample.language))
    assert not answer.certain


@pytest.mark.parametrize("statute", STATUTES, ids=list(STATUTES))
@pytest.mark.parametrize("apart", [False, True], ids=["below", "as annex"])
def test_a_law_quoted_in_full_changes_no_label(real: Model, sample: Sample, statute: str, apart: bool) -> None:
    law = STATUTES[statute]
    pages = [sample.text, law] if apart else [f"{sample.text}\n\n{law}"]
    assert labels(real.classify(pages, sample.language)) == labels(real.classify([sample.text], sample.language))


def test_a_letter_given_twice_is_answered_as_once(real: Model, sample: Sample) -> None:
    once = labels(real.classify([sample.text], sample.language))
    assert labels(real.classify([sample.text, sample.text], sample.language)) == once


@pytest.mark.parametrize("pair", list(combinations(SAMPLES, 2)), ids=lambda p: f"{p[0].language}-{p[1].language}")
def test_two_letters_in_one_scan_yield_the_labels_of_both_and_call_a_person(
    real: Model, pair: tuple[Sample, Sample]
) -> None:
    first, second = pair
    answer = real.classify([first.text, second.text], first.language)
    found = labels(answer)
    for one in pair:
        alone = labels(real.classify([one.text], one.language))
        assert alone[1] & one.types <= found[1]
        assert alone[2] & one.offences <= found[2]
    assert not answer.certain


#: Requests in languages that no model of ours learns; what they cite is what all languages share.
UNKNOWN = {
    "is": """Héraðssaksóknari

Réttarbeiðni um gagnkvæma réttaraðstoð

Með vísan til 46. gr. (3) (f) samnings Sameinuðu þjóðanna gegn spillingu, art. 46(3)(f) UNCAC, er þess farið á leit að
veittar verði upplýsingar um bankareikning nr. 0101-26-555 í Landsbanka yðar, yfirlit og skjöl.

Virðingarfyllst""",
    "bn": """মহানগর দায়রা জজ আদালত

পারস্পরিক আইনি সহায়তার অনুরোধ

জাতিসংঘের দুর্নীতিবিরোধী কনভেনশনের (UNCAC) art. 46(3)(f) অনুসারে আমরা আপনাদের নিকট অভিযুক্তের ব্যাংক হিসাবের বিবরণী
প্রেরণের জন্য অনুরোধ করছি।

বিনীত""",
    "so": """Xafiiska Xeer Ilaaliyaha Guud

Codsi caawimaad sharci oo labada dhinac ah

Iyadoo la raacayo UNCAC art. 46(3)(f), waxaan codsaneynaa in naloo soo diro xogta xisaabta bangiga ee eedeysanaha iyo
dukumentiyada la xiriira.

Mahadsanid""",
}


@pytest.mark.parametrize("language", UNKNOWN)
def test_a_letter_in_a_language_nobody_wrote_shows_what_it_cites_and_goes_to_review(real: Model, language: str) -> None:
    for told in (language, None):
        answer = real.classify([UNKNOWN[language]], told)
        seen = {x.code for x in answer.request_types + answer.suspected}
        check_promises(answer, [UNKNOWN[language]])
        assert not answer.certain
        if answer.is_request:
            assert "bank_records" in seen


MIXED = "\u202eנבקש לחקור את העד\u202c We request العنوان : שמיעת עד \u200fالبنك\u200e hearing 証人 of witness ١٢٣"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\u200b",
        "a" * 2_000_000,
        "法" * 700_000,
        ENGLISH.text + "\n\n" + "Statement of the account, page 4, transfer 1,200.00 of 3 May. " * 32_000,
        "\u0301" * 100_000,
        bytes(range(256)).decode("latin-1") * 4_000,
        "\x00\x01\x02%PDF-1.7 \ufffd\ufffe obj stream " * 3_000,
        "\ud800\udfff lone halves",
        (MIXED + "\n") * 3_000,
        "(" * 50_000 + ")" * 50_000,
        '{"a":' * 50_000,
        "art. 1, " * 100_000,
        "Section 1. x\n" * 50_000,
    ],
    ids=range(14),
)
def test_whatever_stands_for_a_text_gets_a_clear_answer_in_bounded_time(real: Model, text: str) -> None:
    started = time.process_time()
    answer = real.classify([text], None)
    assert time.process_time() - started < 5.0
    assert not answer.certain
    check_promises(answer, [text])


def test_a_letter_before_two_megabytes_of_annex_keeps_its_labels(real: Model) -> None:
    annex = "Statement of the account, page 4, transfer 1,200.00 of 3 May. " * 32_000
    found = labels(real.classify([ENGLISH.text, annex], "en"))
    assert ENGLISH.types & labels(real.classify([ENGLISH.text], "en"))[1] <= found[1]


def test_what_was_set_aside_and_why_stands_in_the_explanation(real: Model) -> None:
    from classifier.explaining import explain

    text = f"{CHINESE.text}\n\n{ORDERS[0]}\n\n{FLOODS['zh']}\n\n{STATUTES['zh']}"
    found = explain(real, [text], "zh")
    assert found is not None
    assert {one.why for one in found.aside} == {"order", "flood", "law"}
    assert all(one.quote in text for one in found.aside)


def test_each_of_two_letters_is_explained_by_itself_with_its_own_pages(real: Model) -> None:
    from classifier.explaining import explain

    found = explain(real, [ENGLISH.text, GERMAN.text], "en")
    assert found is not None
    assert found.letters == 2
    pages = {label.code: {p.page for p in label.passages} for label in found.labels if label.given}
    assert pages["bank_records"] == {1}
    assert pages["service_of_documents"] == {2}
