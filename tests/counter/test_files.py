"""What an office edits: the section of the profile, the table of offences, the templates."""

import os
from datetime import date
from pathlib import Path

import pytest

from intake.counter.drafts import KINDS, Lack, Occasion, TemplateFault, Templates, lacks_of
from intake.counter.offences import OffenceTableError, load_offences
from intake.counter.rules import CounterRulesError, StandingRules, load_counter_rules
from intake.describing.elements import RULES as ELEMENTS
from intake.errors import BadRequest, Conflict
from intake.routing.profile_files import PROFILES, bundled_profiles

LACKS = (Lack("summary_of_facts", "blocking"), Lack("purpose", "curable"))
DAYS = date(2026, 3, 2), date(2026, 3, 9)
OCCASION = Occasion("2026-000012", DAYS[0], "The Office", DAYS[1], "A court", "WM/88", "2026-02-01", LACKS)
LANGUAGES = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")


def written(folder: Path, text: str, name: str = "profile.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("code", bundled_profiles())
def test_every_bundled_profile_gives_rules_for_the_counter(code: str) -> None:
    rules = load_counter_rules(PROFILES / f"{code}.yaml")
    assert rules.office
    assert rules.lead_times["default"] > 0
    assert (rules.state is None) == (code == "example")


def test_the_section_says_what_the_counter_warns_by(tmp_path: Path) -> None:
    section = "  languages: [ar]\n  lead_times: {bank_records: 7}\n  holidays: [2026-03-20]\n"
    text = f"code: kw\nname: Kuwait\nweekend: [5, 6]\ncounter:\n{section}"
    rules = load_counter_rules(written(tmp_path, text))
    assert (rules.state, rules.languages, rules.weekend) == ("KW", frozenset({"ar"}), frozenset({5, 6}))
    assert (rules.lead_times["bank_records"], rules.lead_times["default"]) == (7, 20)
    assert rules.holidays == {date(2026, 3, 20)}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("  holidayz: []", "line 3: 'holidayz' is not known here"),
        ("  matters: [martial]", "line 3: 'matters' names something else"),
        ("  lead_times: {bank_records: soon}", "line 3: 'lead_times' is not a number of days"),
        ("  languages: english", "line 3: 'languages' is not a list of texts"),
        ("  holidays: [Easter]", "line 3: 'holidays' holds something other than dates"),
        ("  limitation_days: -1", "line 3: 'limitation_days' is not a number of days"),
    ],
)
def test_a_fault_of_the_section_is_named_with_file_line_and_remedy(tmp_path: Path, line: str, problem: str) -> None:
    path = written(tmp_path, f"code: kw\ncounter:\n{line}\n")
    with pytest.raises(CounterRulesError) as caught:
        load_counter_rules(path)
    assert f"{path}, {problem}: " in str(caught.value)


def test_a_changed_profile_counts_at_once_and_a_faulty_one_leaves_the_old_rules_in_force(tmp_path: Path) -> None:
    path = written(tmp_path, "code: kw\ncounter: {limitation_days: 10}\n")
    rules = StandingRules(lambda: str(path))
    for text, days in [("30", 30), ("soon", 30), ("40", 40)]:
        path.write_text(f"code: kw\ncounter: {{limitation_days: {text}}}\n# {text}\n", encoding="utf-8")
        os.utime(path, ns=(days * 10**9 + len(text), days * 10**9 + len(text)))
        assert rules().limitation_days == days


def test_offences_are_read_from_csv_with_either_separator_and_from_yaml(tmp_path: Path) -> None:
    comma = written(tmp_path, "offence,provision,title\nfraud,Penal Code 190,Fraud\nfraud,Penal Code 195,\n", "a.csv")
    semicolon = written(tmp_path, "\ufeffoffence;provision\nfraud;Penal Code 190\n", "b.csv")
    yaml = written(tmp_path, "fraud:\n  - Penal Code 190\n  - {provision: Penal Code 195, title: Deceit}\n", "c.yaml")
    assert [one.provision for one in load_offences(comma)["fraud"]] == ["Penal Code 190", "Penal Code 195"]
    assert load_offences(semicolon)["fraud"][0].provision == "Penal Code 190"
    assert [(one.provision, one.title) for one in load_offences(yaml)["fraud"]][1] == ("Penal Code 195", "Deceit")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.csv", "offence,provision\nfraud,Penal Code 190\nfrau,x\n", "line 3: 'frau' is no offence"),
        ("a.csv", "offence,provision\nfraud,\n", "line 2: the provision is missing"),
        ("a.csv", "crime,law\nfraud,x\n", "line 1: the columns"),
        ("a.yaml", "fraud: [x\n", "line 2: "),
        ("a.yaml", "\nfraud:\n  - {article: 3}\n", "line 2: a provision, or provision and title"),
        ("a.yaml", "- fraud\n", "line 1: offences with lists"),
    ],
)
def test_a_fault_of_the_table_is_named_with_its_line(tmp_path: Path, name: str, text: str, problem: str) -> None:
    with pytest.raises(OffenceTableError, match=problem.replace("(", "\\(")):
        load_offences(written(tmp_path, text, name))


def test_a_table_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(OffenceTableError, match="cannot be read"):
        load_offences(tmp_path / "none.csv")


@pytest.mark.parametrize("kind", KINDS)
def test_templates_come_in_eight_languages_and_can_all_be_filled(kind: str) -> None:
    templates = Templates()
    assert templates.languages(kind) == LANGUAGES  # type: ignore[arg-type]
    for language in LANGUAGES:
        text = templates.draft(kind, language, OCCASION).text  # type: ignore[arg-type]
        assert "2026-000012" in text
        assert "WM/88" in text
        assert ("\n1. " in text) is (kind == "query")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_element_that_can_be_missing_has_plain_words_in_every_language(language: str) -> None:
    never = {"form_written", "translation_quality", "time_limits", "confidentiality_request"}
    lacks = tuple(Lack(element, "curable") for element in sorted(ELEMENTS.keys() - never))
    text = Templates().draft("query", language, Occasion(**{**_fields(), "missing": lacks})).text
    assert not any(element.replace("_", " ") in text for element in ELEMENTS if "_" in element)


def _fields() -> dict[str, object]:
    return {"number": "1", "received": date(2026, 1, 1), "office": "O", "today": date(2026, 1, 1)}


def test_the_query_asks_for_what_blocks_first_and_never_for_what_we_can_find_ourselves() -> None:
    items = [
        {"element": "purpose", "state": "missing", "severity": "curable"},
        {"element": "time_limits", "state": "missing", "severity": "obtainable"},
        {"element": "legal_basis", "state": "unsure", "severity": None},
        {"element": "summary_of_facts", "state": "missing", "severity": "blocking"},
    ]
    assert tuple(lacks_of(items)) == LACKS
    text = Templates().draft("query", "en", OCCASION).text
    assert "1. a short account of the facts: what happened, when, where and by whom *\n2. what the evidence" in text
    assert "not a refusal" in text


def test_numbers_stay_whole_in_a_text_from_right_to_left() -> None:
    text = Templates().draft("query", "ar", OCCASION).text
    assert "\u20682026-000012\u2069" in text
    assert "\u2068WM/88\u2069" in text
    assert "\u2068" not in Templates().draft("query", "ru", OCCASION).text


def test_a_query_for_nothing_is_not_drafted() -> None:
    with pytest.raises(Conflict):
        Templates().draft("query", "en", Occasion(**_fields()))  # type: ignore[arg-type]


def test_the_senders_language_is_taken_where_there_is_a_template_else_french_or_english() -> None:
    choose = Templates().choose_language
    assert choose("query", "es", "MX") == "es"
    assert choose("query", "zh-Hant", "TW") == "zh"
    assert choose("query", "wo", "SN") == "fr"
    assert choose("query", "mn", "MN") == "en"
    assert choose("query", None, None) == "en"


def test_an_offices_own_template_stands_before_the_shipped_one_which_fills_the_gaps(tmp_path: Path) -> None:
    written(tmp_path, "Nr. {{ number }}", "en/acknowledgement.txt")
    written(tmp_path, "purpose: why you ask\n", "en/elements.yaml")
    written(tmp_path, "Dugaar {{ number }}", "mn/acknowledgement.txt")
    templates = Templates(tmp_path)
    assert templates.draft("acknowledgement", "en", OCCASION).text == "Nr. 2026-000012"
    assert "2. why you ask\n" in templates.draft("query", "en", OCCASION).text
    assert templates.choose_language("acknowledgement", "mn", "MN") == "mn"
    with pytest.raises(BadRequest):
        templates.draft("query", "mn", OCCASION)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\n{% if %}", "line 2"),
        ("{{ nobody }}", "UndefinedError"),
        ("{{ ''.__class__.__mro__ }}", "SecurityError"),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
    ],
)
def test_a_template_that_cannot_be_filled_or_reaches_out_of_its_sandbox_is_named(
    tmp_path: Path, text: str, problem: str
) -> None:
    written(tmp_path, text, "en/acknowledgement.txt")
    with pytest.raises(TemplateFault, match=problem):
        Templates(tmp_path).check()
