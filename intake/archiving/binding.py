"""Single pages bound to the archive copy of a letter."""

import io
from collections.abc import Iterable

import pikepdf

from intake.archiving import glyphless


def bind(pages: Iterable[bytes], title: str) -> bytes:
    """Return one PDF of the pages that ``copy_page`` made, in order; the same pages and title give the same bytes.

    Args:
        pages: one-page PDFs of our own making.
        title: shown by viewers as the name of the document.
    """
    with pikepdf.new() as pdf:
        fonts: dict[bytes, pikepdf.Object] = {}
        sources = []
        for content in pages:
            source = pikepdf.open(io.BytesIO(content))
            sources.append(source)
            pdf.pages.append(source.pages[0])
            _share_font(pdf.pages[-1], fonts)
        pdf.docinfo["/Title"] = pikepdf.String(title)
        pdf.docinfo["/Producer"] = pikepdf.String("Rogatory")
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for source in sources:
            source.close()
    return buffer.getvalue()


def _share_font(page: pikepdf.Page, fonts: dict[bytes, pikepdf.Object]) -> None:
    """Let a page use the font of an earlier one that knows the same characters."""
    held = page.obj.Resources.get("/Font")
    if held is not None:
        own = held[glyphless.NAME]
        held[glyphless.NAME] = fonts.setdefault(own.ToUnicode.read_bytes(), own)
