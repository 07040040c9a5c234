"""The translators' tool: collects every message that the pages can say and renews the catalogues.

``python -m intake.web.catalogue`` writes ``messages.pot`` and merges it into each language's ``.po``; what is new
stands there with an empty translation.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from intake.errors import IntakeError
from intake.routing.wording import REASON
from intake.web.translation import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE
from intake.web.words import labels

_HERE = Path(__file__).parent
_KEYWORDS = {"_": None, "N_": None, "say": None, "gettext": None, "ngettext": (1, 2)}
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
_OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
#: Modules whose errors say more than the general remedy.
_OUTSPOKEN = ("access.py", "explaining.py", "models.py", "office.py", "api/identity.py")


def messages() -> Catalog:
    """Every message: of the pages, of the errors, of the reasons for a route, of the taxonomy."""
    catalogue = Catalog(project="Rogatory", version="1", fuzzy=False)
    found = extract_from_dir(
        _HERE, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS, strip_comment_tags=True
    )
    for name, line, message, _, context in found:
        catalogue.add(message, None, [(name, line)], context=context)
    for message in (*_remedies(IntakeError), *_sentences()):
        catalogue.add(message, None, [("errors", 1)])
    for sentence in REASON.values():
        catalogue.add(sentence, None, [("routing/wording.py", 1)])
    for facet in ("request_type", "offence"):
        for label in labels(facet).values():
            catalogue.add(label, None, [("taxonomy.yaml", 1)])
    return catalogue


def _remedies(kind: type[IntakeError]) -> Iterator[str]:
    if kind.__module__ == IntakeError.__module__:
        yield kind.remedy
    for below in kind.__subclasses__():
        yield from _remedies(below)


def _sentences() -> Iterator[str]:
    """Plain sentences with which the office raises its errors."""
    for name in _OUTSPOKEN:
        tree = ast.parse((_HERE.parent / name).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                for argument in node.exc.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def renew(folder: Path = CATALOGUES) -> None:
    """Write the template and bring each language's catalogue up to it."""
    template = messages()
    _write(template, folder / "messages.pot")
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        if language != SOURCE_LANGUAGE:
            catalogue = _read(path, language)
            catalogue.update(template, no_fuzzy_matching=True)
            _write(catalogue, path)


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(catalogue: Catalog, path: Path) -> None:
    """Without header and line numbers, so that a difference is a difference in words."""
    with path.open("wb") as file:
        write_po(file, catalogue, sort_output=True, no_location=True, omit_header=True, ignore_obsolete=True, width=110)


if __name__ == "__main__":
    renew()
