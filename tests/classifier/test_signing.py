"""The installation's key: what it has not signed is turned away before anything looks into it."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import card
from classifier import model as model_module
from classifier.model import Model, ModelDamaged, ModelForeign, ModelUnsigned, load, save, sign
from classifier.shelf import Shelf
from classifier.signing import KeyUnusable, ModelKey, load_or_make_key, new_key


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "models.pem"
    made, again = load_or_make_key(path), load_or_make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert again.has_signed(b"content", made.sign(b"content"))


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: load_or_make_key(tmp_path / "models.pem"), range(8)))
    assert len({key.sign(b"") for key in keys}) == 1


def test_a_key_that_others_may_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    load_or_make_key(tmp_path / "models.pem")
    (tmp_path / "models.pem").chmod(0o640)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        load_or_make_key(tmp_path / "models.pem")


@pytest.mark.parametrize(
    "content", [b"", b"not a key", b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", b"x" * 20_000]
)
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "models.pem").write_bytes(content)
    (tmp_path / "models.pem").chmod(0o600)
    with pytest.raises(KeyUnusable):
        load_or_make_key(tmp_path / "models.pem")


def test_a_missing_public_half_is_made_from_the_key_and_never_a_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="copy it from where the key is"):
        load_or_make_key(tmp_path / "models.pub.pem")
    key = load_or_make_key(tmp_path / "models.pem")
    (tmp_path / "models.pub.pem").unlink()
    load_or_make_key(tmp_path / "models.pem")
    assert load_or_make_key(tmp_path / "models.pub.pem").has_signed(b"content", key.sign(b"content"))


def test_the_public_half_verifies_and_cannot_sign(model: Model, tmp_path: Path) -> None:
    whole = load_or_make_key(tmp_path / "models.pem")
    half = load_or_make_key(tmp_path / "models.pub.pem")
    save(model, tmp_path / "model", whole)
    assert load(tmp_path / "model", half).card.id == model.card.id
    with pytest.raises(KeyUnusable, match="only the public half"):
        sign(tmp_path / "model", half)


@given(content=st.binary(), other=st.binary())
def test_a_signature_is_good_for_its_own_content_and_key_only(content: bytes, other: bytes) -> None:
    key = new_key()
    signature = key.sign(content)
    assert key.has_signed(other, signature) == (content == other)
    assert not new_key().has_signed(content, signature)
    assert not key.has_signed(content, signature[:-1])


@pytest.mark.parametrize("how", ["none", "foreign", "flipped", "empty", "endless"])
def test_a_wrong_signature_is_found_before_any_parser_sees_a_byte(
    model: Model, key: ModelKey, tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(model, tmp_path, new_key() if how == "foreign" else key)
    path = tmp_path / "manifest.sig"
    content = path.read_bytes()
    if how == "none":
        path.unlink()
    changed = {"flipped": bytes([content[0] ^ 1]) + content[1:], "empty": b"", "endless": b"\0" * 1_000_000}
    if how in changed:
        path.write_bytes(changed[how])
    parsed: list[str] = []
    monkeypatch.setattr(model_module.json, "loads", lambda *_: parsed.append("json"))
    monkeypatch.setattr(model_module.np, "load", lambda *_, **__: parsed.append("npz"))
    with pytest.raises(ModelDamaged):
        load(tmp_path, key)
    assert parsed == []


@pytest.mark.parametrize("name", ["manifest.json", "arrays.npz", "config.json", "card.json"])
def test_one_flipped_bit_anywhere_keeps_a_model_from_answering(
    model: Model, key: ModelKey, tmp_path: Path, name: str
) -> None:
    save(model, tmp_path, key)
    content = bytearray((tmp_path / name).read_bytes())
    content[len(content) // 3] ^= 4
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelDamaged):
        load(tmp_path, key)


def test_a_card_of_another_code_version_is_refused_with_both_versions(
    model: Model, key: ModelKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card, "version", lambda _: "2.0.0")
    save(Model(model.parts, replace(model.card, code_version="1.9.0")), tmp_path, key)
    with pytest.raises(ModelForeign, match=r"1\.9\.0, and this is 2\.0\.0: train a new one"):
        load(tmp_path, key)
    save(Model(model.parts, replace(model.card, code_version="2.0.0")), tmp_path, key)
    assert load(tmp_path, key).card.code_version == "2.0.0"


def test_an_unsigned_model_says_how_it_is_signed_and_answers_then(model: Model, key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    name = shelf.add(model)
    (tmp_path / name / "manifest.sig").unlink()
    with pytest.raises(ModelUnsigned, match=f"rogatory models sign {name}"):
        shelf.promote(name)
    assert shelf.models() == []
    assert "not signed" in shelf.faults()[name]
    assert shelf.unsigned_card(name).id == name
    shelf.sign(name)
    shelf.promote(name)
    assert shelf.open().card.id == name


def test_an_altered_model_is_not_signed(model: Model, key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    name = shelf.add(model)
    (tmp_path / name / "config.json").write_text("{}")
    (tmp_path / name / "manifest.sig").unlink()
    with pytest.raises(ModelDamaged, match="not as it was written"):
        shelf.sign(name)
    assert "not signed" in shelf.faults()[name]


def test_a_model_does_not_answer_under_the_name_of_another(model: Model, key: ModelKey, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, key)
    name = shelf.add(model)
    (tmp_path / name).rename(tmp_path / "2099-01-01-newest")
    with pytest.raises(ModelDamaged, match=f"says that it is {name}"):
        shelf.promote("2099-01-01-newest")


def test_a_card_of_before_lacks_what_came_later_and_is_read(model: Model, key: ModelKey, tmp_path: Path) -> None:
    save(model, tmp_path, key)
    raw = json.loads((tmp_path / "card.json").read_text())
    for name in ("hashes", "confirmed_letters", "test_figures"):
        del raw[name]
    assert card.card_from_json(json.dumps(raw).encode()).hashes == {}
    for wrong in ([], {}, raw | {"more": 1}, {"languages": []}):
        with pytest.raises(ValueError, match="not a model card"):
            card.card_from_json(json.dumps(wrong).encode())
