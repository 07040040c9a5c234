"""The rules of the house hold, and each import contract is able to fail."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("intake", "classifier", "storage")
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_fit_their_frames(path: Path) -> None:
    source = path.read_text()
    assert len(source.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "migrations" not in path.parts:
            start = node.body[0].lineno if ast.get_docstring(node) is None else _after_docstring(node)
            assert (node.end_lineno or 0) - start < LONGEST_FUNCTION, f"{node.name} is too long"


def _after_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.body[0].end_lineno or node.lineno) + 1


def test_nothing_is_unpickled_or_evaluated() -> None:
    forbidden = {"pickle", "joblib", "marshal", "shelve", "dill"}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert not forbidden & {alias.name.split(".")[0] for alias in node.names}, path
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in forbidden, path


def lint_imports(folder: Path) -> str:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("classifier/values.py", "import storage.values", "Classifier and storage know neither intake nor each other"),
        ("storage/values.py", "import intake.errors", "Classifier and storage do not import intake"),
        ("intake/reading/reader.py", "import intake.routing", "The way down through the office"),
        ("intake/office.py", "import intake.api.app", "The way down through the office"),
        ("intake/office.py", "import sqlalchemy", "Only storage speaks SQL and S3"),
    ],
)
def test_each_import_contract_can_fail(tmp_path: Path, module: str, line: str, contract: str) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert "0 broken" in lint_imports(tmp_path)
    with (tmp_path / module).open("a") as file:
        file.write(f"\n{line}\n")
    assert f"{contract} BROKEN" in lint_imports(tmp_path)
