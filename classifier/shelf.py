"""Where models stand: added, promoted, rolled back and tried out while the one in use keeps answering."""

import json
import os
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from classifier.card import Card
from classifier.model import Model, ModelDamaged, load, read_card, read_unsigned_card, save, sign
from classifier.signing import ModelKey

_POINTER = "in_use.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class ModelUnknown(KeyError):
    """No model of this id stands on the shelf, or there is none to go back to."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the shelf's note says: who answers, who answered before, and who answers beside."""

    history: tuple[str, ...] = ()  #: ids, the one in use last
    shadow: str | None = None


class Shelf:
    """Models in a directory, one subdirectory each, all signed, and a note of the one in use.

    Every change is written beside, flushed to the disk and renamed into place: a crash leaves the old state or the new.
    """

    def __init__(self, root: Path, key: ModelKey) -> None:
        self.root, self._key = root, key
        root.mkdir(parents=True, exist_ok=True)

    def add(self, model: Model, card: Card | None = None) -> str:
        """Sign a model, put it on the shelf and return its id; a taken id gets a number appended.

        Args:
            model: what training gave.
            card: replaces the model's own card.

        Raises:
            KeyUnusable: when only the public half of the key is here.
        """
        wanted = card or model.card
        identity = self._free_id(wanted.id)
        beside = self.root / f".new-{uuid4().hex}"
        try:
            save(Model(model.parts, replace(wanted, id=identity)), beside, self._key)
            for path in beside.iterdir():
                _flush(path)
            beside.rename(self.root / identity)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        _flush(self.root)
        return identity

    def models(self) -> list[Card]:
        """Return the cards of all sound models, the newest first; the others are in ``faults``."""
        cards = []
        for identity in self._identities():
            try:
                cards.append(self.card(identity))
            except ModelDamaged:
                continue
        return sorted(cards, key=lambda card: (card.made_at, card.id), reverse=True)

    def faults(self) -> dict[str, str]:
        """Return what is wrong with the models that may not answer, by id."""
        faults = {}
        for identity in self._identities():
            try:
                self.card(identity)
            except ModelDamaged as error:
                faults[identity] = str(error)
        return faults

    def card(self, identity: str) -> Card:
        """Return the card of a model.

        Raises:
            ModelUnknown: when there is no such model.
            ModelDamaged: when it may not answer.
        """
        card = read_card(self._directory(identity), self._key)
        self._check_name(card, identity)
        return card

    def in_use(self) -> str | None:
        """Return the id of the model that answers, or None when none was promoted."""
        history = self._note().history
        return history[-1] if history else None

    def history(self) -> tuple[str, ...]:
        """Return the ids of all models that answered, the one in use last."""
        return self._note().history

    def shadow(self) -> str | None:
        """Return the id of the model that answers beside the one in use, or None."""
        return self._note().shadow

    def open(self, identity: str | None = None) -> Model:
        """Load a model, by default the one in use.

        Raises:
            ModelUnknown: when there is no such model, or none in use.
            ModelDamaged: when it is not as it was signed, not signed, or of another version.
        """
        chosen = identity or self.in_use()
        if chosen is None:
            raise ModelUnknown("no model is in use")
        model = load(self._directory(chosen), self._key)
        self._check_name(model.card, chosen)
        return model

    def promote(self, identity: str) -> None:
        """Let a model answer from now on, after it was loaded whole once; as a shadow it has done its work.

        Raises:
            ModelUnknown: when there is no such model.
            ModelDamaged: when it may not answer; the one in use stays.
        """
        self.open(identity)
        note = self._note()
        if not note.history or note.history[-1] != identity:
            shadow = None if note.shadow == identity else note.shadow
            self._write(Note((*note.history, identity), shadow))

    def rollback(self) -> str:
        """Return to the model that answered before, and return its id.

        Raises:
            ModelUnknown: when there was none before.
            ModelDamaged: when that one may not answer; the one in use stays.
        """
        note = self._note()
        if len(note.history) < 2:
            raise ModelUnknown("no model was in use before this one")
        before = note.history[-2]
        self.open(before)
        self._write(replace(note, history=note.history[:-1], shadow=None if note.shadow == before else note.shadow))
        return before

    def set_shadow(self, identity: str | None) -> None:
        """Let a model answer beside the one in use from now on; None lets none.

        Raises:
            ModelUnknown: when there is no such model.
            ModelDamaged: when it may not answer; what was before stays.
            ValueError: when it is the one in use.
        """
        if identity is not None:
            if identity == self.in_use():
                raise ValueError("the model in use cannot answer beside itself")
            self.open(identity)
        self._write(replace(self._note(), shadow=identity))

    def sign(self, identity: str) -> None:
        """Sign a model that somebody vouches for: from now on it may answer.

        Raises:
            ModelUnknown: when there is no such model.
            ModelDamaged: when it is not whole or of another version; it is left as it was.
            KeyUnusable: when only the public half of the key is here.
        """
        directory = self._directory(identity)
        trial = self.root / f".trial-{uuid4().hex}" / identity
        try:
            shutil.copytree(directory, trial)
            sign(trial, self._key)
            self._check_name(load(trial, self._key).card, identity)
        finally:
            shutil.rmtree(trial.parent, ignore_errors=True)
        sign(directory, self._key)
        _flush(directory)

    def unsigned_card(self, identity: str) -> Card:
        """Return what the card of a model says, signed or not; for a person who is asked to vouch for it.

        Raises:
            ModelUnknown: when there is no such model.
            ModelDamaged: when it has no card.
        """
        return read_unsigned_card(self._directory(identity))

    def _identities(self) -> list[str]:
        return [path.name for path in sorted(self.root.iterdir()) if path.is_dir() and _NAME.fullmatch(path.name)]

    @staticmethod
    def _check_name(card: Card, identity: str) -> None:
        """A directory that was given another's name must not answer under it."""
        if card.id != identity:
            raise ModelDamaged(f"the model says that it is {card.id}: give its folder that name back")

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

    def _note(self) -> Note:
        try:
            raw: dict[str, Any] = json.loads((self.root / _POINTER).read_bytes())
            history, shadow = raw["history"], raw.get("shadow")
            return Note(tuple(str(identity) for identity in history), str(shadow) if shadow else None)
        except FileNotFoundError:
            return Note()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelDamaged(f"the note of the model in use, {_POINTER}, cannot be read: restore it") from error

    def _write(self, note: Note) -> None:
        write_json(self.root / _POINTER, {"history": note.history, "shadow": note.shadow})


def write_json(path: Path, value: object) -> None:
    """Write a file of the shelf whole or not at all."""
    beside = path.parent / f".note-{uuid4().hex}"
    beside.write_text(json.dumps(value), encoding="utf-8")
    _flush(beside)
    beside.rename(path)
    _flush(path.parent)


def _flush(path: Path) -> None:
    """Make sure that a file, or the names in a directory, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
