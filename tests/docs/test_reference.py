"""The documentation says what the code does: nothing is missing from the reference, nothing in it is gone."""

import ast
import inspect
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

import click
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from intake import errors, jobs
from intake.api import correspondence, directory, identity, letters, models, operations, queues
from intake.cli import main
from intake.reading.rescan import Reason
from intake.settings import Settings
from intake.web import words
from storage.values import LetterStatus

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *ROOT.glob("training_data/*.md")])
#: In two halves each, so that this file does not name what it looks for.
INDEX_HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com")

_CELL = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (DOCS / "reference" / name).read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """What stands under a heading, up to the next of the same or a higher level."""
    level, _, _ = title.partition(" ")
    found = re.search(rf"^{re.escape(title)}$(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {title!r}"
    return found[1]


def shown(default: Any) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    return {None: "none", "": "empty"}.get(default, str(default))


def test_every_setting_is_documented_with_its_default_and_meaning_and_no_other() -> None:
    rows = [line for line in page("settings.md").splitlines() if _CELL.match(line)]
    expected = [
        # How many workers start depends on the machine.
        f"| `ROGATORY_{name.upper()}` | {'cores, at most 4' if name == 'workers' else shown(field.default)} "
        f"| {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    assert [row for row in rows if "`ROGATORY_SECRETS_DIR`" not in row] == expected


def error_kinds() -> list[type[errors.IntakeError]]:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.IntakeError)]
    return [kind for kind in kinds if "code" in vars(kind)]


def test_every_error_is_documented_with_its_status_and_remedy() -> None:
    rows = page("errors.md").splitlines()
    missing = [
        row for kind in error_kinds() if (row := f"| `{kind.code}` | {kind.status} | {kind.remedy} |") not in rows
    ]
    assert missing == []


def test_every_documented_error_code_exists_and_every_code_is_documented() -> None:
    pattern = re.compile(r'^    code(?:: ClassVar\[str\])? = "(\w+)"', re.MULTILINE)
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "intake").rglob("*.py"))
    existing = {code for source in sources for code in pattern.findall(source)}
    text = page("errors.md")
    resting = section(text, "## Codes of a letter that rests")
    assert set(_CELL.findall(text.replace(resting, ""))) == existing


def test_every_code_of_a_resting_letter_is_documented_and_no_other() -> None:
    calls = (node for node in ast.walk(ast.parse(inspect.getsource(jobs))) if isinstance(node, ast.Call))
    resting = [call for call in calls if ast.unparse(call).split(", shop.clock")[0].count("register.rest")]
    codes = {
        argument.value
        for call in resting
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    assert codes
    documented = _CELL.findall(section(page("errors.md"), "## Codes of a letter that rests"))
    assert set(documented) == codes


def test_every_reason_to_look_at_a_page_is_documented_and_no_other() -> None:
    worded = {flag.partition(":")[2] for flag in words.FLAG if flag.startswith("rescan:")}
    rows = section(page("interfaces.md"), "## Pages a person must look at").splitlines()
    documented = {code for row in rows for code in re.findall(r"`(\w+)`", row.split(" | ")[0]) if row.startswith("| `")}
    assert documented == worded | set(get_args(Reason)) | {"blank"}


def parameters(command: click.Command) -> set[str]:
    visible = [each for each in command.params if not (isinstance(each, click.Option) and each.hidden)]
    return {each.opts[0] if isinstance(each, click.Option) else str(each.name).upper() for each in visible}


def test_every_command_is_documented_with_all_it_takes_and_no_other() -> None:
    text = page("commands.md")
    documented = set(re.findall(r"^## `rogatory (\w+)`$", text, re.MULTILINE))
    assert documented == set(main.commands)
    for name, command in main.commands.items():
        own = section(text, f"## `rogatory {name}`").split("\n### ")[0]
        assert set(_CELL.findall(own)) == parameters(command), name
    assert set(_CELL.findall(section(text, "## `rogatory`"))) == parameters(main)


def test_every_command_of_a_group_is_documented_with_all_it_takes_and_no_other() -> None:
    text = page("commands.md")
    existing = {
        f"{name} {inner}": command
        for name, group in main.commands.items()
        if isinstance(group, click.Group)
        for inner, command in group.commands.items()
        if not command.hidden
    }
    assert set(re.findall(r"^### `rogatory (\w+ \w+)`$", text, re.MULTILINE)) == set(existing)
    for name, command in existing.items():
        assert set(_CELL.findall(section(text, f"### `rogatory {name}`"))) == parameters(command), name


PERMISSIONS = {
    identity.administrator: "administrator",
    identity.case_system: "case system",
    identity.registry: "registry",
    identity.identify: "anyone",
}


def permission(route: APIRoute) -> str:
    """The strictest permission that the route depends on."""
    calls = list(_calls(route.dependant))
    return next((name for call, name in PERMISSIONS.items() if call in calls), "public")


def _calls(dependant: Dependant) -> Iterator[Any]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)


def test_every_call_is_documented_with_who_may_call_it_and_no_other() -> None:
    text = page("http.md")
    documented = set(re.findall(r"^### `((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`$", text, re.MULTILINE))
    routers = (letters.router, correspondence.router, directory.router, queues.router, models.router, operations.router)
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    existing = {f"{method} /api/v1{route.path}": route for route in routes for method in route.methods}
    assert documented == set(existing)
    for call, route in existing.items():
        assert section(text, f"### `{call}`").strip().startswith(f"May call: {permission(route)}.\n"), call


def constants(node: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """The strings that an expression can be, looking one assignment back."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body, function)
        yield from constants(node.orelse, function)
    elif isinstance(node, ast.Name):
        for each in ast.walk(function):
            if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == node.id:
                yield from constants(each.value, function)


def recorded_actions() -> Iterator[str]:
    for path in [*(ROOT / "storage").rglob("*.py"), *(ROOT / "intake").rglob("*.py")]:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) in {"record", "trail.record"}:
                    found = list(constants(call.args[2], function))
                    assert found, f"{path.name}:{call.lineno}: the action must be readable in the source"
                    yield from found


def test_every_action_of_the_trail_is_documented_and_no_other() -> None:
    assert set(_CELL.findall(page("trail.md"))) == set(recorded_actions())


def test_every_letter_status_is_documented_and_no_other() -> None:
    assert _CELL.findall(page("letter-status.md")) == list(get_args(LetterStatus))


def slug(heading: str) -> str:
    """Anchor of a heading, as forges make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower())
    return kept.replace(" ", "-")


@pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    broken = []
    for link in _LINK.findall(_FENCE.sub("", document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (document.parent / path).resolve() if path else document
        headings = (
            re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE) if target.is_file() else []
        )
        if not target.exists() or (anchor and anchor not in map(slug, headings)):
            broken.append(link)
    assert broken == []


def test_every_decision_stands_in_the_index_once() -> None:
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (DOCS / "decisions" / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))


def test_every_page_is_reached_from_the_index_of_the_documentation() -> None:
    index = set(_LINK.findall((DOCS / "README.md").read_text(encoding="utf-8")))
    pages = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md") if path.parent.name != "decisions"}
    assert pages - {"README.md"} <= index


def test_the_read_me_opens_with_two_commands_that_the_makefile_knows() -> None:
    blocks = re.findall(
        r"^```\w*\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    commands = [line.split("#")[0].strip() for line in blocks[0].splitlines()]
    assert commands == ["make run", "make test"]
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {command.removeprefix("make ") for command in commands} <= set(targets)


def test_no_page_names_a_setting_or_command_that_does_not_exist() -> None:
    known = {f"ROGATORY_{name.upper()}" for name in Settings.model_fields} | {"ROGATORY_SECRETS_DIR"}
    unknown = set()
    for document in PAGES:
        text = document.read_text(encoding="utf-8")
        unknown |= {name for name in re.findall(r"\bROGATORY_[A-Z0-9_]+", text) if name not in known}
        called = re.findall(r"(?:`|bin/|api |worker-1 |^)rogatory ([a-z]+)", text, re.MULTILINE)
        unknown |= {f"rogatory {name}" for name in called if name not in main.commands}
    assert unknown == set()


def committed() -> list[Path]:
    """Files of the repository, those about to be committed included."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone: there is no list of committed files")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_committed_text_names_a_package_index() -> None:
    naming = []
    for path in committed():
        content = path.read_bytes()
        if b"\0" not in content[:8192] and any(host.encode() in content for host in INDEX_HOSTS):
            naming.append(str(path.relative_to(ROOT)))
    assert naming == []
