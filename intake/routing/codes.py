"""The codes that rules may name: request types, offences and legal bases, from the data files of their own rooms."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def request_types() -> frozenset[str]:
    """Codes of request types in the taxonomy."""
    return frozenset(entry["id"] for entry in _content("classifier", "taxonomy.yaml")["request_types"])


@lru_cache(maxsize=1)
def offences() -> frozenset[str]:
    """Codes of offences in the taxonomy."""
    return frozenset(entry["id"] for entry in _content("classifier", "taxonomy.yaml")["offences"])


@lru_cache(maxsize=1)
def legal_bases() -> dict[str, frozenset[str]]:
    """Ids of instruments, each with the matters it is for: ``criminal``, ``civil`` or both."""
    listed = _content("intake.describing", "legal_bases.yaml")["instruments"]
    return {entry["id"]: frozenset(entry.get("scope", ("criminal", "civil"))) for entry in listed}


@lru_cache(maxsize=2)
def _content(package: str, name: str) -> dict[str, Any]:
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return content
