"""What the office asks of the sandbox."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

from intake.receiving.limits import Limits

Step = Literal["open", "render", "probe"]


@dataclass(frozen=True, slots=True)
class Request:
    """One errand; the scan itself comes on standard input."""

    step: Step
    media_type: str
    limits: Limits
    renderer: str  #: ``pdfium`` or ``pdf2image``
    page_count: int = 0  #: as counted when the scan was opened; 0 while opening
    numbers: tuple[int, ...] = ()  #: 1-based pages to render, in order

    def encode(self) -> str:
        """Say it in one line of JSON."""
        return json.dumps(asdict(self))


def decode_request(line: str) -> Request:
    """Read what ``Request.encode`` wrote."""
    fields = json.loads(line)
    limits = Limits(**fields.pop("limits"))
    return Request(limits=limits, numbers=tuple(fields.pop("numbers")), **fields)
