"""Calls about who is competent: the directory of authorities, its versions and its import, and the rules in force."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile

from intake.api.identity import Administrator, Registry
from intake.api.letters import TheOffice
from intake.api.problems import problem
from intake.directory import authority_report
from intake.errors import BadRequest, NotFound
from intake.routing.directory_files import LARGEST, MOST_FAULTS, DirectoryFault
from storage.directory import DirectoryVersion

router = APIRouter(tags=["competence"])


@router.get("/directory/versions")
def directory_versions(actor: Registry, office: TheOffice) -> list[dict[str, Any]]:
    """Every import of the directory, newest first; the first of the list is in use."""
    return [_version(one) for one in office.directories.versions()]


def _version(version: DirectoryVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "imported_at": version.imported_at.isoformat(),
        "imported_by": version.imported_by,
        "file": version.file_name,
        "sha256": version.sha256,
        "authorities": version.authorities,
    }


@router.get("/directory/authorities")
def directory_authorities(
    actor: Registry,
    office: TheOffice,
    state: Annotated[str | None, Query(max_length=2)] = None,
    name: Annotated[str | None, Query(max_length=300)] = None,
    version: Annotated[int | None, Query(ge=1, le=2_000_000_000)] = None,
) -> list[dict[str, Any]]:
    """Authorities of the version in use or of an old one; with ``name`` those like it, each with its score."""
    directory = office.directories.version(version) if version else office.directories.current()
    if name:
        match = directory.match(state, name)
        likely = [*([match.found] if match.found else []), *match.alternatives]
        return [{**authority_report(one.authority), "score": one.score} for one in likely]
    return [authority_report(one) for one in directory.authorities if state in {None, one.state}]


@router.post("/directory", status_code=201)
async def import_directory(request: Request, actor: Administrator, office: TheOffice) -> Response:
    """Put a CSV or XLSX file (multipart field ``file``) into use as a new version, or name every wrong line."""
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise BadRequest("Send the file as the multipart field `file`.")
        name, content = file.filename or "unnamed", await file.read(LARGEST + 1)
    try:
        imported = await run_in_threadpool(office.directories.import_file, content, name, actor)
    except DirectoryFault as error:
        faults = error.faults[:MOST_FAULTS]
        return problem(
            error, faults=[{"line": one.line, "problem": one.problem, "remedy": one.remedy} for one in faults]
        )
    return JSONResponse({"number": imported.number, "authorities": imported.authorities}, 201)


@router.get("/profile")
def profile(actor: Administrator, office: TheOffice) -> dict[str, Any]:
    """The competence rules in force, and what is wrong with the file that should be."""
    if office.door.standing is None:
        raise NotFound
    standing = office.door.standing()
    return {
        "code": standing.profile.code,
        "name": standing.profile.name,
        "path": standing.profile.path,
        "rules": len(standing.profile.rules),
        "unverified": list(standing.profile.unverified),
        "complaints": list(standing.complaints),
        "fault": standing.fault,
    }
