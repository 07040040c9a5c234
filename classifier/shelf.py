"""Where models stand: added, promoted and rolled back while the one in use keeps answering."""

import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from classifier.card import Card, card_from_json
from classifier.model import Model, ModelDamaged, load, read_verified, save

_POINTER = "in_use.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class ModelUnknown(KeyError):
    """No model of this id stands on the shelf, or there is none to go back to."""


class Shelf:
    """Models in a directory, one subdirectory each, and a pointer to the one in use.

    Every change is written beside, flushed to the disk and renamed into place: a crash leaves the old state or the new.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def add(self, model: Model, card: Card | None = None) -> str:
        """Put a model on the shelf and return its id; a taken id gets a number appended.

        Args:
            model: what training gave.
            card: replaces the model's own card.
        """
        wanted = card or model.card
        identity = self._free_id(wanted.id)
        beside = self.root / f".new-{uuid4().hex}"
        try:
            save(Model(model.parts, replace(wanted, id=identity)), beside)
            for path in beside.iterdir():
                _flush(path)
            beside.rename(self.root / identity)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        _flush(self.root)
        return identity

    def models(self) -> list[Card]:
        """Return the cards of all sound models, the newest first; damaged ones are left out."""
        cards = []
        for path in self.root.iterdir():
            if path.is_dir() and _NAME.fullmatch(path.name):
                try:
                    cards.append(card_from_json(read_verified(path)["card.json"]))
                except (ModelDamaged, ValueError):
                    continue
        return sorted(cards, key=lambda card: (card.made_at, card.id), reverse=True)

    def in_use(self) -> str | None:
        """Return the id of the model that answers, or None when none was promoted."""
        history = self._history()
        return history[-1] if history else None

    def open(self, identity: str | None = None) -> Model:
        """Load a model, by default the one in use.

        Raises:
            ModelUnknown: when there is no such model, or none in use.
            ModelDamaged: when it is not as it was written.
        """
        chosen = identity or self.in_use()
        if chosen is None:
            raise ModelUnknown("no model is in use")
        return load(self._directory(chosen))

    def promote(self, identity: str) -> None:
        """Let a model answer from now on, after it was loaded whole once.

        Raises:
            ModelUnknown: when there is no such model.
            ModelDamaged: when it is not as it was written; the one in use stays.
        """
        load(self._directory(identity))
        history = self._history()
        if not history or history[-1] != identity:
            self._write_history([*history, identity])

    def rollback(self) -> str:
        """Return to the model that answered before, and return its id.

        Raises:
            ModelUnknown: when there was none before.
            ModelDamaged: when that one is not as it was written; the one in use stays.
        """
        history = self._history()
        if len(history) < 2:
            raise ModelUnknown("no model was in use before this one")
        load(self._directory(history[-2]))
        self._write_history(history[:-1])
        return history[-2]

    def _directory(self, identity: str) -> Path:
        directory = self.root / identity
        if not _NAME.fullmatch(identity) or not directory.is_dir():
            raise ModelUnknown(identity)
        return directory

    def _free_id(self, wanted: str) -> str:
        if not _NAME.fullmatch(wanted):
            raise ValueError("a model's id holds letters, digits, points and dashes only")
        candidate, number = wanted, 2
        while (self.root / candidate).exists():
            candidate, number = f"{wanted}.{number}", number + 1
        return candidate

    def _history(self) -> list[str]:
        try:
            raw = json.loads((self.root / _POINTER).read_bytes())
        except FileNotFoundError:
            return []
        except ValueError as error:
            raise ModelDamaged("the note of the model in use cannot be read") from error
        return [str(identity) for identity in raw["history"]]

    def _write_history(self, history: list[str]) -> None:
        beside = self.root / f".pointer-{uuid4().hex}"
        beside.write_text(json.dumps({"history": history}), encoding="utf-8")
        _flush(beside)
        beside.rename(self.root / _POINTER)
        _flush(self.root)


def _flush(path: Path) -> None:
    """Make sure that a file, or the names in a directory, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
