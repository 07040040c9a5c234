"""Why a letter gets its labels: passages, reasons in the letter's words, and what is missing for the rest."""

import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.decision import code_rows, request_row
from classifier.explaining import Explanation, LabelReasons, explain
from classifier.inputs import code_groups, code_inputs, measure_effects, pair_groups, pair_inputs, request_inputs
from classifier.model import Model
from classifier.pairs import view_pairs
from classifier.spelled import SpelledPassage
from classifier.taxonomy import Facet, load_taxonomy

FACETS: tuple[Facet, Facet] = ("request_type", "offence")
LETTER = """Court of Southtown

He is charged with murder under article 105 of the Criminal Code of the Russian Federation.
The house was searched in March and the money was frozen at that time.

We request the extradition of the accused to our country."""


@pytest.fixture
def explanation(model: Model) -> Explanation:
    found = explain(model, [LETTER], "en")
    assert found is not None
    return found


def label(explanation: Explanation, code: str) -> LabelReasons:
    return next(one for one in explanation.labels if one.code == code)


def test_every_input_of_every_step_has_a_name_and_a_kind(model: Model) -> None:
    view = model.view([LETTER], "en")
    assert view is not None
    assert request_row(view).shape[1] == len(request_inputs())
    for facet in FACETS:
        assert view_pairs(view.features, view.scores, facet).rows.shape[2] == len(pair_inputs())
        assert code_rows(view, facet).shape[1] == len(code_inputs(facet))
    for groups, count in (
        (pair_groups(in_list=True), len(pair_inputs())),
        (pair_groups(in_list=False), len(pair_inputs())),
        (code_groups("offence"), len(code_inputs("offence"))),
    ):
        assert sorted(np.concatenate(list(groups.values())).tolist()) == list(range(count))


def test_the_names_stand_in_the_order_of_the_inputs(model: Model) -> None:
    view = model.view([LETTER], "en")
    assert view is not None
    rows = view_pairs(view.features, view.scores, "offence").rows
    names = pair_inputs()
    columns = slice(len(load_taxonomy().request_types), None)
    assert np.array_equal(rows[:, :, names.index("cited")], view.features.cited[:, columns])
    assert np.array_equal(rows[:, 0, names.index("cue_done")], view.features.cues[:, 1])
    assert np.array_equal(rows[:, 0, names.index("place_is_heading")], view.features.places[:, 4])
    assert np.allclose(rows[:, 0, names.index("familiarity")], view.scores.familiarity)


def test_without_hidden_layers_the_effects_add_up_to_the_score(model: Model) -> None:
    view = model.view([LETTER], "en")
    assert view is not None
    network, row = model.parts.deciders.types, code_rows(view, "request_type")[0]
    effects = measure_effects(network, row, code_groups("request_type"))
    usual = float(network.score(network.mean[None, :])[0])
    assert usual + sum(e.weight for e in effects.values()) == pytest.approx(
        float(network.score(row[None])[0]), abs=1e-3
    )


def test_a_label_given_shows_the_passages_of_the_answer_and_their_words(explanation: Explanation) -> None:
    found = label(explanation, "extradition")
    assert found.given
    assert found.confidence >= found.threshold
    assert found.passages[0].quote == "We request the extradition of the accused to our country."
    words = {word for reason in found.passages[0].reasons for word in reason.words if reason.weight > 0}
    assert any("extradition" in word for word in words)


def test_all_words_named_stand_in_the_letter(explanation: Explanation) -> None:
    words = [w for one in explanation.labels for p in one.passages for r in p.reasons for w in r.words]
    assert words
    assert all(word.rstrip("…") in " ".join(LETTER.split()) for word in words)


def test_a_cited_article_is_named_with_its_law_and_state(model: Model, explanation: Explanation) -> None:
    from classifier.naming import Namer

    view = model.view([LETTER], "en")
    assert view is not None
    row = next(i for i, p in enumerate(view.features.passages) if "article 105" in p.text)
    column = load_taxonomy().codes("offence").index("homicide")
    named = Namer(model.parts.heads, view, "en").name("cited", "offence", row, column, speaks_for=True)
    assert (named.words, named.state) == (("105", "Criminal Code"), "RU")


def test_a_label_not_given_says_what_is_missing_and_how_far_it_is(explanation: Explanation) -> None:
    found = label(explanation, "kidnapping")
    assert not found.given
    assert found.confidence < found.threshold
    assert set(found.missing) == {"asking", "term", "provision"}


def test_of_a_measure_done_before_the_passage_that_tells_so_is_shown(explanation: Explanation) -> None:
    found = label(explanation, "search_and_seizure")
    assert not found.given
    assert "was searched" in found.passages[0].quote
    assert "asking" in found.missing


def test_every_code_is_explained_once_those_given_first(explanation: Explanation) -> None:
    taxonomy = load_taxonomy()
    codes = [(one.facet, one.code) for one in explanation.labels]
    assert sorted(codes) == sorted((c.facet, c.code) for c in taxonomy.categories)
    given_flags = [one.given for one in explanation.labels]
    assert given_flags == sorted(given_flags, reverse=True)
    answer = explanation.answer
    assert [code for _, code in codes[: sum(given_flags)]] == [x.code for x in answer.request_types + answer.offences]


def test_a_letter_that_is_no_request_says_so_of_every_measure(model: Model) -> None:
    asked = "We have received no reply to our request and ask about its status."
    found = explain(model, [f"District Court of Northtown\n\n{asked}\n\nYours faithfully"], "en")
    assert found is not None
    assert not found.answer.is_request
    assert "request" in label(found, "extradition").missing
    assert label(found, "other").reasons == ()
    assert found.request_reasons


def test_a_letter_without_text_has_no_explanation(model: Model) -> None:
    assert explain(model, ["", " \n"], None) is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pages=st.lists(st.text(max_size=200), max_size=2),
    language=st.sampled_from([None, "en", "zh", "ar", "th", "x-?"]),
)
def test_any_text_can_be_explained_and_the_explanation_is_that_of_the_answer(
    model: Model, pages: list[str], language: str | None
) -> None:
    found = explain(model, pages, language)
    if found is not None:
        answer = model.classify(pages, language)
        assert found.answer == answer
        assert {x.code for x in found.labels if x.given and x.facet == "offence"} == {x.code for x in answer.offences}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Просим наложить арест на имущество обвиняемого.", "арест"),
        ("请贵方冻结该银行账户。", "冻结"),
        ("نرجو تجميد الحساب المصرفي.", "تجميد"),
        ("Wir bitten, das Vermögen zu beschlagnahmen.", "beschlagnahmen"),
    ],
)
def test_the_words_behind_a_score_are_found_in_every_script(text: str, word: str) -> None:
    from classifier.folding import fold
    from classifier.ngrams import WIDTH, count_ngrams

    weights = np.zeros(WIDTH, np.float32)
    weights[count_ngrams([fold(word)]).indices] = 1.0
    found = SpelledPassage(text, np.ones(WIDTH, np.float32)).telling_words(weights)
    assert found
    assert word in found[0]
    assert all(part in text for part in found)


def test_an_explanation_takes_less_than_a_fifth_of_a_second_beside_the_look_at_the_letter(model: Model) -> None:
    pages = [LETTER + "\n\n" + "\n".join(f"{n}. The bank shall send statement {n} of the account." for n in range(40))]
    explain(model, pages, "en")
    started = time.process_time()
    model.views(pages, "en")
    looked = time.process_time()
    explain(model, pages, "en")
    assert time.process_time() - looked - (looked - started) < 0.2
