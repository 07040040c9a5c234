"""The administrator's page about competence: the rules in force, and the directory of authorities with its import."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from intake.api.identity import access_of, check_csrf
from intake.api.letters import TheOffice
from intake.errors import BadRequest
from intake.office import Office
from intake.routing.directory import Directory
from intake.routing.directory_files import LARGEST, MOST_FAULTS, DirectoryFault
from intake.routing.directory_rows import COLUMNS
from intake.web import words
from intake.web.translation import N_
from intake.web.visiting import Administering, Visit, show

router = APIRouter(prefix="/admin/competence", include_in_schema=False)
_MOST_SHOWN = 200
_CHOOSE = N_("Choose a CSV or XLSX file first.")


@router.get("")
def competence(
    visiting: Administering,
    office: TheOffice,
    state: Annotated[str, Query(max_length=2)] = "",
    version: Annotated[int, Query(ge=0, le=2_000_000_000)] = 0,
    imported: str = "",
) -> Response:
    """Rules in force, versions of the directory, and what the version chosen lists."""
    return _page(visiting, office, state=state, version=version, imported=bool(imported))


@router.post("/directory")
async def import_directory(request: Request, visiting: Administering, office: TheOffice) -> Response:
    """Put a file into use as a new version of the directory, or show every line that is wrong."""
    async with request.form(max_files=1, max_fields=5) as form:
        check_csrf(request, str(form.get("csrf") or ""))
        file = form.get("file")
        name = file.filename or "" if isinstance(file, UploadFile) else ""
        content = await file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
    if not name and not content:
        return await run_in_threadpool(_page, visiting, office, error=_CHOOSE, status=400)
    try:
        await run_in_threadpool(office.directories.import_file, content, name, visiting.actor)
    except DirectoryFault as error:
        faults = [str(fault) for fault in error.faults]
        return await run_in_threadpool(_page, visiting, office, faults=faults, status=error.status)
    except BadRequest as error:
        return await run_in_threadpool(_page, visiting, office, error=str(error), status=error.status)
    return RedirectResponse("/admin/competence?imported=1", 303)


def _page(
    visiting: Visit,
    office: Office,
    *,
    state: str = "",
    version: int = 0,
    imported: bool = False,
    faults: list[str] | None = None,
    error: str = "",
    status: int = 200,
) -> Response:
    directory = office.directories.version(version) if version else office.directories.current()
    names = {f"person:{one.id}": one.name for one in access_of(visiting.request).accounts()}
    return show(
        visiting,
        "competence.html",
        status,
        standing=office.door.standing() if office.door.standing else None,
        authorities=office.door.authorities,
        versions=office.directories.versions(),
        directory=directory,
        people=names,
        imported=imported,
        faults=(faults or [])[:MOST_FAULTS],
        more_faults=max(0, len(faults or []) - MOST_FAULTS),
        error=error,
        columns=COLUMNS,
        words=words,
        **_listed(visiting, directory, state),
    )


def _listed(visiting: Visit, directory: Directory, state: str) -> dict[str, Any]:
    """What of a version is shown: one State's authorities, or the first of all."""
    codes = sorted({one.state for one in directory.authorities}, key=visiting.texts.state)
    wanted = [one for one in directory.authorities if state in {"", one.state}]
    return {"states": codes, "state": state, "listed": wanted[:_MOST_SHOWN], "left_off": len(wanted[_MOST_SHOWN:])}
