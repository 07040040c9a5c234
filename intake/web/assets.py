"""The few static files, read once at start and answered from memory: no path of a visitor ever reaches the disk."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from intake.errors import NotFound

router = APIRouter()
_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
#: The address carries a hash of the content, so a browser may keep it for ever.
_KEEP = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file."""

    content: bytes
    packed: bytes  #: gzip of ``content``
    media_type: str
    version: str  #: hash of ``content``


@cache
def assets() -> dict[str, Asset]:
    """All static files by name."""
    found = {}
    for path in sorted(_FOLDER.iterdir()):
        if path.suffix in _TYPES:
            content = path.read_bytes()
            version = hashlib.sha256(content).hexdigest()[:12]
            found[path.name] = Asset(content, gzip.compress(content, mtime=0), _TYPES[path.suffix], version)
    return found


def address(name: str) -> str:
    """Where a page finds a static file."""
    return f"/static/{name}?v={assets()[name].version}"


@router.get("/static/{name}", include_in_schema=False)
def static(name: str, request: Request) -> Response:
    """One static file, packed for browsers that can unpack it."""
    asset = assets().get(name)
    if asset is None:
        raise NotFound
    headers = {"Cache-Control": _KEEP, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.media_type, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=headers)
