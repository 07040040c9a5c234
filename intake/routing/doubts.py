"""Why a person must look at a letter, whatever the rules say."""

from intake.routing.facts import plain
from intake.values import Description


def doubts(description: Description, review_below: float) -> tuple[str, ...]:
    """Sentences, each a reason for a review.

    Args:
        description: of the letter.
        review_below: confidence, 0..1, under which a person confirms a label.
    """
    found = description.classification
    said = []
    if not found.certain:
        said.append("The classifier is not certain of this letter.")
    if found.is_request and found.is_request_confidence < review_below:
        said.append(f"It is not certain that this is a request (confidence {found.is_request_confidence:.2f}).")
    for label in (*found.request_types, *found.offences):
        if label.confidence < review_below:
            said.append(f"{plain(label.code).capitalize()} is not certain (confidence {label.confidence:.2f}).")
    if found.suspected:
        said.append(f"It may also be about {', '.join(plain(label.code) for label in found.suspected)}.")
    if description.language is None:
        said.append("The language of the letter could not be told.")
    if any(document.language is None for document in description.documents) and description.language is not None:
        said.append("A part of the letter is in a language that could not be told.")
    if description.illegible_pages:
        pages = ", ".join(map(str, description.illegible_pages))
        said.append(f"Hardly legible: page {pages}; compare with the scan or ask for another copy.")
    return tuple(said)
