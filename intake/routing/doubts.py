"""Why a person must look at a letter, whatever the rules say."""

from collections.abc import Iterator

from intake.values import Description, Reason


def doubts(description: Description, review_below: float) -> Iterator[Reason]:
    """Yield reasons for a review.

    Args:
        description: of the letter.
        review_below: confidence, 0..1, under which a person confirms a label.
    """
    found = description.classification
    if not found.certain:
        yield Reason("classifier_uncertain")
    if found.is_request and found.is_request_confidence < review_below:
        yield Reason("request_uncertain", {"confidence": found.is_request_confidence})
    for label in (*found.request_types, *found.offences):
        if label.confidence < review_below:
            yield Reason("label_uncertain", {"heading": label.code, "confidence": label.confidence})
    if found.suspected:
        yield Reason("suspected", {"some_labels": tuple(label.code for label in found.suspected)})
    if description.language is None:
        yield Reason("language_unknown")
    elif any(document.language is None for document in description.documents):
        yield Reason("part_language_unknown")
    if description.illegible_pages:
        yield Reason("hardly_legible", {"pages": description.illegible_pages})
