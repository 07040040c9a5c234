"""How much one letter may cost."""

from dataclasses import dataclass

MiB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one scan; whatever lies beyond is refused by name, or scaled down and flagged."""

    file_bytes: int = 100 * MiB
    pages: int = 2_000
    objects: int = 200_000  #: indirect objects of a PDF
    image_pixels: int = 200_000_000  #: px of any one image, as its header declares it
    unpacked_bytes: int = 64 * MiB  #: of any one stream of a PDF that is not an image
    page_pixels: int = 40_000_000  #: px of a page as it leaves the sandbox
    page_side: int = 10_000  #: px of the longer side of a page as it leaves the sandbox
    least_side: int = 8  #: px; a page below holds no text
    page_side_points: int = 200_000  #: pt (70 m); a page beyond is no paper
    text_bytes: int = 1_000_000  #: UTF-8 bytes of a page's own text
    dpi: int = 300  #: px per inch of a born-digital page
    open_seconds: int = 20  #: wall clock
    page_seconds: int = 20  #: wall clock, for the picture of each page
    text_seconds: int = 4  #: wall clock, for the text of each page, once its picture is there
    memory_bytes: int = 1536 * MiB  #: address space of the sandboxed process
    written_bytes: int = 256 * MiB  #: of any file the sandboxed process writes, and of its folder for them
    open_files: int = 128
