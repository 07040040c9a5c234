"""Pages read and kept: the reading, the picture that people see and the archive copy lie in the object store."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from PIL import Image
from pydantic import TypeAdapter

from intake.archiving.page_copy import copy_page
from intake.office import Keeping
from intake.seams import PageReader
from intake.undrawn import UndrawnPage
from intake.values import TOO_COSTLY, PageImage, PageReading, RenderedPage
from storage.objects import archive_page_key, image_key, reading_key
from storage.values import KeptPage, Letter

reading_json = TypeAdapter(PageReading)


@dataclass(frozen=True, slots=True)
class PageKeeper:
    """Reads pages of letters and keeps what was read."""

    keeping: Keeping
    reader: PageReader
    clock: Callable[[], datetime]

    def reading_before(self, letter: Letter, number: int) -> PageReading | None:
        """Return the reading of the last page before this one that is read already, None when there is none."""
        earlier = [page for page in self.keeping.pages.of(letter.id) if page.number < number]
        if not earlier:
            return None
        nearest = max(earlier, key=lambda page: page.number)
        return reading_json.validate_json(self.keeping.objects.get(nearest.reading_key))

    def read(
        self, letter: Letter, page: RenderedPage, language: str | None = None, before: PageReading | None = None
    ) -> tuple[KeptPage, PageReading | None]:
        """Read a page, or recall how the same pixels were read before by the same engine with the same hint.

        Args:
            letter: the page's own.
            page: as drawn.
            language: BCP 47 code that a person chose.
            before: reading of the page before it.

        Returns:
            The page as kept, and its reading unless it was recalled.
        """
        memory = memory_key(page, f"{self.reader.version}\0{language or ''}")
        where, fresh = self.keeping.pages.recall(memory), None
        if where is None:
            where = reading_key(letter.sha256, page.image.number, memory)
            fresh = self._read_before_a_death(where)
            if fresh is None:
                fresh = self.reader.read_page(page, language, before)
                self.keeping.objects.put(where, reading_json.dump_json(fresh))
            if TOO_COSTLY not in fresh.flags:  # which says as much of a busy machine as of the page
                self.keeping.pages.remember(memory, where, self.clock())
        return self._keep(letter, page.image, where), fresh

    def _read_before_a_death(self, where: str) -> PageReading | None:
        """Return a reading that a worker wrote and, killed, could not remember; not one that was given up."""
        if not self.keeping.objects.exists(where):
            return None
        reading = reading_json.validate_json(self.keeping.objects.get(where))
        return None if TOO_COSTLY in reading.flags else reading

    def keep_undrawn(self, letter: Letter, page: UndrawnPage) -> KeptPage:
        """Keep what is said of a page that could not be drawn, and an empty sheet in its place."""
        where = reading_key(letter.sha256, page.number, f"undrawn-{page.error.code}")
        self.keeping.objects.put(where, reading_json.dump_json(page.reading))
        return self._keep(letter, page.sheet, where)

    def _keep(self, letter: Letter, image: PageImage, where: str) -> KeptPage:
        """Keep the picture of a page and its archive copy beside the reading that lies at ``where``."""
        objects, picture = self.keeping.objects, image_key(letter.sha256, image.number)
        objects.put(picture, png(image))
        copy = archive_page_key(letter.sha256, where)
        if not objects.exists(copy):
            objects.put(copy, copy_page(image, reading_json.validate_json(objects.get(where))))
        return KeptPage(image.number, where, picture)


def memory_key(page: RenderedPage, version: str) -> str:
    """Key under which a reading is remembered: pixels, text layer, engine and models."""
    image = page.image
    hasher = hashlib.sha256(f"{version}\0{image.width}\0{image.height}\0{image.channels}\0{image.dpi}\0".encode())
    hasher.update(image.pixels)
    hasher.update((page.text_layer or "").encode())
    return hasher.hexdigest()


def png(image: PageImage) -> bytes:
    """The page as a PNG that people see, at most 150 dpi: enough to read, quick to load."""
    shape = (image.height, image.width) if image.channels == 1 else (image.height, image.width, 3)
    picture = Image.fromarray(np.frombuffer(image.pixels, np.uint8).reshape(shape))
    if image.dpi > 150:
        scale = 150 / image.dpi
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        picture = picture.resize(size, Image.Resampling.BOX)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()
