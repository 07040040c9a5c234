"""Says why a letter is described as it is, from its readings."""

from collections.abc import Sequence
from dataclasses import replace

from classifier.explaining import Explanation, explain
from classifier.model import Model
from classifier.values import Quote
from intake.describing.describer import choose_own_text
from intake.describing.documents import find_documents
from intake.values import PageReading


def explain_letter(model: Model, readings: Sequence[PageReading]) -> Explanation | None:
    """Return why the model answers as it does, with the numbers that the pages have in the scan.

    Args:
        model: that gave the answer.
        readings: of all pages, in order, the ones that the letter was described from.

    Returns:
        None for a letter without text.
    """
    own, languages = choose_own_text(readings, find_documents(readings))
    found = explain(model, [page.text for page in own], languages[0] if languages else None)
    if found is None:
        return None
    numbers = {index: page.number for index, page in enumerate(own, 1)}
    labels = tuple(
        replace(label, passages=tuple(replace(passage, page=numbers[passage.page]) for passage in label.passages))
        for label in found.labels
    )
    asking = tuple(Quote(numbers[quote.page], quote.quote) for quote in found.asking)
    aside = tuple(replace(passage, page=numbers[passage.page]) for passage in found.aside)
    return replace(found, labels=labels, asking=asking, aside=aside)
