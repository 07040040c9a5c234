"""The shelf: models added, promoted, rolled back, and damaged ones kept from answering."""

from pathlib import Path

import pytest

from classifier.model import Model, ModelDamaged
from classifier.shelf import ModelUnknown, Shelf
from classifier.signing import ModelKey


def damage(directory: Path) -> None:
    content = bytearray((directory / "arrays.npz").read_bytes())
    content[100] ^= 1
    (directory / "arrays.npz").write_bytes(content)


def test_a_new_shelf_has_no_model_in_use(key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    assert shelf.in_use() is None
    assert shelf.models() == []
    with pytest.raises(ModelUnknown):
        shelf.open()


def test_an_added_model_answers_only_after_promotion(model: Model, key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    first = shelf.add(model, model.card)
    assert shelf.in_use() is None
    shelf.promote(first)
    assert shelf.in_use() == first
    assert shelf.open().card.id == first


def test_the_same_model_added_twice_has_two_ids(model: Model, key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    assert shelf.add(model) != shelf.add(model)
    assert len(shelf.models()) == 2


def test_rollback_returns_to_the_model_before(model: Model, key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    first, second = shelf.add(model), shelf.add(model)
    shelf.promote(first)
    with pytest.raises(ModelUnknown):
        shelf.rollback()
    shelf.promote(second)
    assert shelf.rollback() == first
    assert Shelf(tmp_path, key).in_use() == first


def test_a_damaged_model_is_not_promoted_and_the_one_in_use_stays(model: Model, key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    sound, broken = shelf.add(model), shelf.add(model)
    shelf.promote(sound)
    damage(tmp_path / broken)
    with pytest.raises(ModelDamaged):
        shelf.promote(broken)
    assert shelf.in_use() == sound
    assert shelf.open().classify(["We ask for extradition."], "en").model == sound
    assert [card.id for card in shelf.models()] == [sound]


def test_a_damaged_model_is_not_rolled_back_to(model: Model, key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    first, second = shelf.add(model), shelf.add(model)
    shelf.promote(first)
    shelf.promote(second)
    damage(tmp_path / first)
    with pytest.raises(ModelDamaged):
        shelf.rollback()
    assert shelf.in_use() == second


@pytest.mark.parametrize("identity", ["../elsewhere", "", ".hidden", "none"])
def test_an_unknown_or_crooked_id_is_refused(key: ModelKey, tmp_path: Path, identity: str) -> None:
    with pytest.raises(ModelUnknown):
        Shelf(tmp_path, key).promote(identity)


def test_no_half_written_model_is_left_behind(model: Model, key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    shelf.add(model)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
