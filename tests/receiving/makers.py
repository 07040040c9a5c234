"""Small scans of every kind, whole and broken, made on the spot."""

import io
import struct
import zlib
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw

SHARED = Path(__file__).resolve().parents[3] / "shared"
A4 = (595, 842)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(width: int = 400, height: int = 300, mode: str = "L") -> Image.Image:
    """A white sheet with a frame and a few bars, so that no rendering of it is uniform."""
    paper = 255 if mode in {"L", "1"} else (255, 255, 255)
    image = Image.new("RGB" if mode == "CMYK" else mode, (width, height), paper)
    pen = ImageDraw.Draw(image)
    ink: int | tuple[int, int, int] = 0 if mode in {"L", "1"} else (200, 0, 0)
    pen.rectangle((2, 2, width - 3, height - 3), outline=ink)
    for at in range(20, height - 10, 24):
        pen.rectangle((20, at, width * 2 // 3, at + 8), fill=ink)
    return image.convert(mode)


def png(image: Image.Image | None = None, **options: object) -> bytes:
    return _saved(image or picture(), "PNG", **options)


def jpeg(image: Image.Image | None = None, **options: object) -> bytes:
    return _saved(image or picture(), "JPEG", **options)


def tiff(pages: int = 1, image: Image.Image | None = None, **options: object) -> bytes:
    sheets = [image or picture() for _ in range(pages)]
    return _saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], **options)


def scanned_pdf(pages: int = 1, image: Image.Image | None = None, dpi: int = 100) -> bytes:
    sheets = [image or picture() for _ in range(pages)]
    return _saved(sheets[0], "PDF", save_all=True, append_images=sheets[1:], resolution=float(dpi))


def text_pdf(pages: int = 1, text: str = "Rogatory letter", size: tuple[float, float] = A4) -> bytes:
    """A born-digital PDF with one line of text on each page."""
    return content_pdf([f"BT /F1 24 Tf 72 100 Td ({text} {at + 1}) Tj ET".encode() for at in range(pages)], size)


def content_pdf(contents: list[bytes], size: tuple[float, float] = A4) -> bytes:
    """A PDF whose pages have these content streams."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for content in contents:
            page = pdf.add_blank_page()
            page.obj.MediaBox = pikepdf.Array([0, 0, *size])
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.obj.Contents = pdf.make_stream(content)
        return _pdf_bytes(pdf)


def locked_pdf(password: str = "secret", *, owner_only: bool = False) -> bytes:
    with pikepdf.open(io.BytesIO(text_pdf(3))) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner=password, user="" if owner_only else password))
        return buffer.getvalue()


def bomb_pdf(mebibytes: int) -> bytes:
    """A page whose content stream unpacks to so many MiB of spaces."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(mebibytes)) + packer.flush()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=A4)
        page.obj.Contents = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)
        return _pdf_bytes(pdf, recompress=False)


def pdf_with_false_count(pages: int, declared: int) -> bytes:
    """A PDF whose page tree says another number of pages than it has."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (declared, b" ".join(b"%d 0 R" % (at + 3) for at in range(pages))),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>" for _ in range(pages)],
    ]
    return plain_pdf(objects)


def plain_pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1, the first being the catalog."""
    body = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(body)


def endless_pdf() -> bytes:
    """A page painted with 10^12 tiles: no renderer comes to an end."""
    tile = b"0.001 0 0 0.001 re f"
    pattern = (
        b"<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 0.001 0.001] /XStep 0.0005 "
        b"/YStep 0.0005 /Resources << >> /Length %d >>\nstream\n%s\nendstream" % (len(tile), tile)
    )
    content = b"/Pattern cs /P1 scn 0 0 600 800 re f"
    return plain_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
            b"/Resources << /Pattern << /P1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            pattern,
        ]
    )


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header, checksum and all, claims a size that its data has not."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (header, b"IDAT" + zlib.compress(b"\x00"), b"IEND")
    sized = (struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(sized)


def tiff_in_circle() -> bytes:
    """A TIFF whose second directory leads back to the first."""
    content = bytearray(tiff(2))
    first = struct.unpack_from("<I", content, 4)[0]
    second_link = link_at(content, first)
    second = struct.unpack_from("<I", content, second_link)[0]
    struct.pack_into("<I", content, link_at(content, second), first)
    return bytes(content)


def link_at(content: bytes | bytearray, directory: int) -> int:
    return int(directory + 2 + 12 * struct.unpack_from("<H", content, directory)[0])


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def _pdf_bytes(pdf: pikepdf.Pdf, *, recompress: bool = True) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, compress_streams=recompress)
    return buffer.getvalue()
