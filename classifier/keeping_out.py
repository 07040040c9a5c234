"""The frozen test part: letters that no model of a shelf learns from, so that all can be compared on them.

Which letters these are is decided once for each group (a template of the training text, a case of confirmed letters) by
a stable hash, and remembered beside the models. A group of which anything was ever learnt never comes in.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from classifier.model import ModelDamaged
from classifier.samples import TrainingLetter
from classifier.shelf import write_json

FILE = "test_part.json"
#: One group of so many is kept out.
ONE_OF = 10


@dataclass(frozen=True, slots=True)
class Group:
    """Letters that belong together: all are learnt from, or all are kept out."""

    members: frozenset[str]  #: names that stay the same when the group grows
    letters: tuple[TrainingLetter, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Letters to learn from, and letters of the frozen test part."""

    learn: tuple[TrainingLetter, ...]
    test: tuple[TrainingLetter, ...]

    @property
    def test_sha256(self) -> str:
        """SHA-256 over the test part: ids, labels and texts."""
        return hash_all(self.test)


def hash_all(letters: Iterable[TrainingLetter]) -> str:
    """Return a SHA-256 over what letters are and say, whatever their order."""
    lines = sorted(repr((le.id, le.language, le.is_request, le.request_types, le.offences, le.text)) for le in letters)
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def group_by_template(letters: Sequence[TrainingLetter]) -> list[Group]:
    """Return the groups of a training text."""
    found: dict[str, list[TrainingLetter]] = {}
    for letter in letters:
        found.setdefault(letter.template, []).append(letter)
    return [Group(frozenset({f"text:{name}"}), tuple(group)) for name, group in found.items()]


class TestPart:
    """What is remembered of groups, beside the models of one shelf."""

    __test__ = False  # pytest takes the name for a test's

    def __init__(self, shelf: Path) -> None:
        self._path = shelf / FILE

    def split(self, groups: Sequence[Group]) -> Split:
        """Split letters as remembered, and groups never met before by their hash; nothing is written."""
        remembered = self._remembered()
        learn: list[TrainingLetter] = []
        test: list[TrainingLetter] = []
        for group in groups:
            (test if _is_kept_out(group, remembered) else learn).extend(group.letters)
        return Split(tuple(learn), tuple(test))

    def remember(self, groups: Sequence[Group]) -> None:
        """Remember on which side these groups are; called before anything is learnt from them.

        Raises:
            ModelDamaged: when what was remembered cannot be read.
        """
        remembered = self._remembered()
        sides = dict(remembered)
        for group in groups:
            sides |= dict.fromkeys(group.members, _is_kept_out(group, remembered))
        write_json(self._path, dict(sorted(sides.items())))

    def _remembered(self) -> Mapping[str, bool]:
        """Return for each member whether it is kept out."""
        try:
            raw = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise ModelDamaged(f"{FILE} on the shelf cannot be read: restore it from the backup") from error
        if not isinstance(raw, dict) or not all(isinstance(side, bool) for side in raw.values()):
            raise ModelDamaged(f"{FILE} on the shelf is not as it was written: restore it from the backup")
        return raw


def _is_kept_out(group: Group, remembered: Mapping[str, bool]) -> bool:
    sides = {remembered[member] for member in group.members if member in remembered}
    if sides:
        return sides == {True}
    first = min(group.members)
    return int.from_bytes(sha256(first.encode()).digest()[:8], "big") % ONE_OF == 0
