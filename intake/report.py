"""The JSON that ``inspect`` prints and the API gives: the promise of ``docs/reference/interfaces.md``."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from classifier.values import Label
from intake.counter.values import Findings
from intake.describing.accounts import mask_cards
from intake.directory import directory_report
from intake.errors import IntakeError
from intake.inspection import Inspection
from intake.values import Description, Metadata, PageReading, Route


def inspection_report(file: str, inspection: Inspection) -> dict[str, Any]:
    """One object for one file, whether it was read or not."""
    error = inspection.error
    report: dict[str, Any] = {
        "file": file,
        "status": "unreadable" if error else "read",
        "error": error_report(error) if error else None,
        "seconds": round(inspection.seconds, 3),
        "flags": list(inspection.flags),
        "pages": [page_report(reading) for reading in inspection.readings],
    }
    return report | whole_report(inspection)


def whole_report(inspection: Inspection) -> dict[str, Any]:
    """Everything that is said of a letter, beside its pages; nothing of one that could not be read."""
    if inspection.description is None or inspection.route is None:
        return {}
    said = description_report(inspection.description, inspection.route, inspection.readings)
    return said | findings_report(inspection.findings) | {"directory": directory_report(inspection.matches)}


def error_report(error: IntakeError) -> dict[str, str]:
    """Code and remedy of an error."""
    return {"code": error.code, "remedy": error.remedy}


def page_report(reading: PageReading) -> dict[str, Any]:
    """One page, without its words' boxes (they have a call of their own)."""
    return {
        "number": reading.number,
        "rotation": reading.rotation,
        "skew": round(reading.skew, 2),
        "script": reading.script,
        "language": reading.language,
        "language_confidence": round(reading.language_confidence, 3),
        "legibility": round(reading.legibility, 3),
        "source": reading.source,
        "flags": list(reading.flags),
        "text": reading.text,
    }


def description_report(description: Description, route: Route, readings: Sequence[PageReading]) -> dict[str, Any]:
    """Everything but the pages themselves; of these only which need another scan, and why."""
    classification = description.classification
    return {
        "language": description.language,
        "documents": [_plain(asdict(document)) for document in description.documents],
        "is_request": {
            "value": classification.is_request,
            "confidence": round(classification.is_request_confidence, 3),
        },
        "request_types": [_label(label) for label in classification.request_types],
        "offences": [_label(label) for label in classification.offences],
        "suspected": [_label(label) for label in classification.suspected],
        "metadata": _metadata(description.metadata),
        "differences": [_plain(asdict(one)) for one in description.differences],
        "completeness": [_plain(asdict(item)) for item in description.completeness],
        "rescan": [
            {"page": reading.number, "reason": flag.partition(":")[2] or flag}
            for reading in readings
            for flag in reading.flags
            if flag.startswith("rescan") or flag == "blank"
        ],
        "route": _plain(asdict(route)),
        "model": classification.model,
    }


def findings_report(findings: Findings) -> dict[str, Any]:
    """What the counter warns of, and what of the State's own law the offences may be."""
    return {
        "warnings": [
            {"code": one.code, "eye": one.eye, "values": dict(one.values),
             "evidence": [_plain(asdict(words)) for words in one.evidence]}
            for one in findings.warnings
        ],
        "domestic_offences": [_plain(asdict(one)) for one in findings.domestic_offences],
    }  # fmt: skip


def _metadata(metadata: Metadata) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(metadata).items()}


def _label(label: Label) -> dict[str, Any]:
    return {
        "code": label.code,
        "confidence": round(label.confidence, 3),
        "evidence": [_plain(asdict(quote)) for quote in label.evidence],
    }


def _plain(value: Any) -> Any:
    """Tuples as lists, confidences rounded and numbers of payment cards masked, all the way down."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, str):
        return mask_cards(value)
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return round(value, 3) if isinstance(value, float) else value
