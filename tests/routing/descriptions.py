"""Small descriptions of letters for the tests of routing."""

from classifier.values import Classification, Label
from intake.values import Deadline, Description, Document, LegalBasis, Metadata, Stated


def described(
    *types: str,
    offences: tuple[str, ...] = (),
    confidence: float = 0.95,
    state: str | None = None,
    **more: object,
) -> Description:
    """A description of a request of these types, certain in everything unless told otherwise."""
    classification = Classification(
        is_request=bool(more.get("is_request", True)),
        is_request_confidence=0.97,
        request_types=tuple(Label(code, confidence) for code in types),
        offences=tuple(Label(code, confidence) for code in offences),
        suspected=tuple(Label(str(code), 0.3) for code in more.get("suspected", ())),  # type: ignore[attr-defined]
        certain=bool(more.get("certain", True)),
        model="told",
    )
    metadata = Metadata(
        requesting_state=Stated(state),
        requesting_authority=Stated(more.get("origin")),  # type: ignore[arg-type]
        deadline=Deadline("2030-01-01", "hearing") if more.get("hearing") else Deadline(),
        legal_bases=tuple(LegalBasis(str(basis)) for basis in more.get("bases", ())),  # type: ignore[attr-defined]
    )
    language = more.get("language", "en")
    document = Document("request", 1, 1, language)  # type: ignore[arg-type]
    illegible = tuple(more.get("illegible", ()))  # type: ignore[call-overload]
    return Description(language, (document,), classification, metadata, (), illegible)  # type: ignore[arg-type]
