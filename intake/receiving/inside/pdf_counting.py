"""How many pages a PDF has: three ways to count, because none of them is right alone."""

from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary

from intake.errors import Corrupt, NoPages, TooCostly, TooManyPages
from intake.receiving.limits import Limits


@dataclass(frozen=True, slots=True)
class Tree:
    """The page tree as it is written, walked by ourselves."""

    leaves: int
    is_whole: bool  #: no kid is missing, and the declared count is the true one


@dataclass(frozen=True, slots=True)
class Count:
    """How many pages to show, and whether the engines agree on that."""

    pages: int
    agreed: bool


def walk_tree(pdf: pikepdf.Pdf, limits: Limits) -> Tree:
    """Count leaves of the page tree without trusting ``/Count``, and stop soon after the limit.

    Raises:
        TooManyPages: above ``limits.pages``; a tree of shared nodes may hold millions in a few kilobytes.
        TooCostly: for more nodes than a letter can need.
    """
    root = pdf.Root.get("/Pages")
    pending: list[tuple[Any, frozenset[tuple[int, int]]]] = [(root, frozenset())]
    leaves, visits, whole = 0, 0, True
    while pending:
        node, above = pending.pop()
        visits += 1
        if leaves > limits.pages:
            raise TooManyPages
        if visits > limits.objects:
            raise TooCostly
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in above):
            whole = False
        elif isinstance(kids := node.get("/Kids"), Array):
            path = above | {node.objgen} if node.is_indirect else above
            pending += [(kid, path) for kid in kids.as_list()[: limits.objects]]
        else:
            leaves += 1
    declared = root.get("/Count") if isinstance(root, Dictionary) else None
    return Tree(leaves, whole and declared == leaves)


def agree(pdf: pikepdf.Pdf | None, document: pypdfium2.PdfDocument | None, limits: Limits) -> Count:
    """Settle on the number of pages: the larger of what the two engines can really reach.

    Raises:
        NoPages: when the page tree is sound and empty.
        Corrupt: when neither engine reaches a page.
        TooManyPages: above ``limits.pages``.
    """
    by_qpdf = _reachable_by_qpdf(pdf)
    claimed = len(document) if document else 0
    by_pdfium = claimed if claimed == by_qpdf else _reachable_by_pdfium(document, claimed, limits)
    pages = max(by_qpdf, by_pdfium)
    if pages == 0:
        raise NoPages if pdf is not None and _is_plainly_empty(pdf) else Corrupt
    if pages > limits.pages:
        raise TooManyPages
    return Count(pages, by_qpdf == claimed == by_pdfium)


def _reachable_by_qpdf(pdf: pikepdf.Pdf | None) -> int:
    try:
        return len(pdf.pages) if pdf else 0
    except (pikepdf.PdfError, TypeError, ValueError, IndexError, KeyError, AttributeError):
        return 0


def _reachable_by_pdfium(document: pypdfium2.PdfDocument | None, claimed: int, limits: Limits) -> int:
    reached = 0
    for index in range(min(claimed, limits.pages + 1)):
        if document is not None and is_reachable(document, index):
            reached += 1
    return reached


def is_reachable(document: pypdfium2.PdfDocument, index: int) -> bool:
    """Say whether pdfium finds a page there at all; its content is not looked at."""
    try:
        document.get_page_size(index)
    except pypdfium2.PdfiumError:
        return False
    return True


def _is_plainly_empty(pdf: pikepdf.Pdf) -> bool:
    root = pdf.Root.get("/Pages")
    return isinstance(root, Dictionary) and isinstance(kids := root.get("/Kids"), Array) and len(kids) == 0
