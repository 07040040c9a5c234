from importlib.resources import files

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.values import Classification, Label
from intake.routing import Authority, ProfileCompetence, authorities, bundled_profiles, check_profile, load_profile
from intake.routing.profile import Condition, Profile, Rule
from intake.values import Deadline, Description, Document, LegalBasis, Metadata, Part, Route, Stated
from tests.routing.descriptions import described

TAXONOMY = yaml.load(files("classifier").joinpath("taxonomy.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
REQUEST_TYPES = [entry["id"] for entry in TAXONOMY["request_types"]]
OFFENCES = [entry["id"] for entry in TAXONOMY["offences"]]
PROFILES = [load_profile(code) for code in bundled_profiles()]
EXAMPLE = load_profile("example")


def route(*types: str, profile: Profile = EXAMPLE, **more: object) -> Route:
    return ProfileCompetence(profile).assign(described(*types, **more))  # type: ignore[arg-type]


def test_the_example_sends_extradition_to_the_prosecutor_general_and_always_has_it_confirmed() -> None:
    found = route("extradition", offences=("homicide",))
    assert found.authority == "prosecutor-general"
    assert found.copies == ("ministry-of-justice", "police")
    assert found.review
    assert "A person must confirm: the liberty of a person is at stake" in found.reasons


def test_a_sure_letter_goes_through_without_review_and_the_reason_names_rule_and_line() -> None:
    found = route("bank_records", offences=("embezzlement",))
    assert (found.authority, found.review) == ("anti-corruption", False)
    assert found.reasons[0].startswith(
        "Anti-Corruption Prosecution Service: it asks for bank records and it concerns embezzlement"
    )
    assert "(profile example, line " in found.reasons[0]


def test_civil_matters_go_to_the_civil_section_whatever_they_ask() -> None:
    assert route("taking_evidence", offences=("family_or_maintenance",)).authority == "civil-section"


def test_a_hearing_ahead_puts_the_proceedings_at_trial() -> None:
    assert route("taking_evidence", offences=("theft",), hearing=True).authority == "courts"
    assert route("taking_evidence", offences=("theft",)).authority == "prosecutor-general"


@pytest.mark.parametrize("request_type", REQUEST_TYPES)
def test_the_example_knows_an_authority_for_every_request_type(request_type: str) -> None:
    assert route(request_type, offences=("theft",)).authority in {a.code for a in authorities(EXAMPLE)}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"confidence": 0.5}, "is not certain (confidence 0.50)"),
        ({"certain": False}, "classifier is not certain"),
        ({"suspected": ("terrorism",)}, "may also be about terrorism"),
        ({"language": None}, "language of the letter could not be told"),
        ({"illegible": (2, 5)}, "Hardly legible: page 2, 5"),
    ],
)
def test_each_doubt_is_a_review_with_its_reason(more: dict[str, object], words: str) -> None:
    found = route("bank_records", offences=("theft",), **more)
    assert found.review
    assert any(words in reason for reason in found.reasons)


def test_what_is_not_a_request_is_for_a_person_at_the_central_authority() -> None:
    found = route("other", is_request=False)
    assert (found.authority, found.review) == ("ministry-of-justice", True)
    assert "does not look like a request" in found.reasons[0]


def test_a_measure_for_another_authority_is_a_part_of_its_own_and_reviewed() -> None:
    found = route("bank_records", "freezing_or_restraint", "search_and_seizure", offences=("fraud",))
    assert found.authority == "prosecutor-general"
    assert found.parts == (
        Part("prosecutor-general", ("bank_records", "search_and_seizure")),
        Part("asset-recovery", ("freezing_or_restraint",)),
    )
    assert found.review
    assert "It also asks for freezing or restraint, which is for Asset Recovery Office." in found.reasons


def test_without_rule_or_default_competence_is_undetermined_with_ranked_candidates() -> None:
    rules = (
        Rule(1, "tax", Condition(request_types=frozenset({"bank_records"}), requesting_state=frozenset({"FR"}))),
        Rule(2, "war", Condition(offences=frozenset({"war_crimes_genocide"}))),
    )
    profile = Profile("p", "P", "p.yaml", (Authority("tax", "Tax Office"), Authority("war", "War Crimes Unit")), rules)
    found = route("bank_records", profile=profile, state="IT")
    assert (found.authority, found.review) == (None, True)
    assert found.reasons[0].startswith("Competence undetermined")
    assert found.reasons[1] == (
        "Candidates, most likely first: "
        "Tax Office: it asks for bank records; does not fit: the requesting State (FR) (profile p, line 1); "
        "War Crimes Unit: not known: the offence (war crimes genocide) (profile p, line 2)."
    )
    assert [one.authority for one in found.candidates] == ["tax", "war"]


def test_a_request_without_types_is_undetermined() -> None:
    assert route().authority is None
    assert route().review


@pytest.mark.parametrize(
    ("profile", "types", "more", "authority"),
    [
        ("it", ("taking_evidence",), {"offences": ("organised_crime",)}, "district-prosecutor"),
        ("th", ("freezing_or_restraint",), {"offences": ("money_laundering",)}, "anti-money-laundering-office"),
        ("us", ("electronic_evidence",), {"offences": ("cybercrime",)}, "oia-cyber-unit"),
        ("ro", ("criminal_records",), {"offences": ("theft",)}, "ministry-administration-interior"),
        ("ru", ("service_of_documents",), {"offences": ("civil_or_commercial",)}, "ministry-justice"),
    ],
)
def test_profiles_of_states_route_letters_addressed_to_them(
    profile: str, types: tuple[str, ...], more: dict[str, object], authority: str
) -> None:
    assert route(*types, profile=load_profile(profile), **more).authority == authority


def test_an_unverified_rule_says_so() -> None:
    found = route("extradition", profile=load_profile("th"), offences=("fraud",))
    assert "marked unverified" in found.reasons[0]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.code)
def test_every_bundled_profile_passes_its_own_check(profile: Profile) -> None:
    assert check_profile(profile) == []


def test_the_profiles_of_all_example_states_are_bundled() -> None:
    assert len(bundled_profiles()) == 24


LABELS = st.builds(Label, st.sampled_from([*REQUEST_TYPES, *OFFENCES, "unknown_code"]), st.floats(0, 1))
DESCRIPTIONS = st.builds(
    Description,
    st.sampled_from([None, "en", "ar"]),
    st.lists(st.builds(Document, st.just("request"), st.just(1), st.just(1), st.none()), max_size=2).map(tuple),
    st.builds(
        Classification,
        st.booleans(),
        st.floats(0, 1),
        st.lists(LABELS, max_size=3).map(tuple),
        st.lists(LABELS, max_size=3).map(tuple),
        st.lists(LABELS, max_size=2).map(tuple),
        st.booleans(),
        st.text(max_size=5),
    ),
    st.builds(
        Metadata,
        requesting_state=st.builds(Stated, st.sampled_from([None, "FR", "XX"])),
        requesting_authority=st.builds(Stated, st.none() | st.text(max_size=20)),
        deadline=st.builds(Deadline, st.none(), st.sampled_from([None, "hearing", "other"])),
        legal_bases=st.lists(st.builds(LegalBasis, st.sampled_from(["uncac", "nonsense"])), max_size=2).map(tuple),
    ),
    illegible_pages=st.lists(st.integers(1, 9), max_size=2).map(tuple),
)


@settings(deadline=None)
@given(DESCRIPTIONS, st.sampled_from(PROFILES))
def test_every_letter_gets_a_route_with_reasons_and_doubt_never_passes_unreviewed(
    description: Description, profile: Profile
) -> None:
    found = ProfileCompetence(profile).assign(description)
    known = {authority.code for authority in profile.authorities}
    assert found.reasons
    assert all(reason.endswith(".") or reason.startswith("A person must confirm") for reason in found.reasons)
    assert found.authority in known or (found.authority is None and found.review)
    assert set(found.copies) <= known
    certain = description.classification.certain and description.classification.is_request
    assert found.review or (certain and description.language is not None and not description.illegible_pages)
