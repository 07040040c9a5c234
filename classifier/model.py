"""The model that answers, kept as a directory of plain arrays with a card and a signed manifest; never pickle."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from classifier.bundles import split_letters
from classifier.card import Card, card_from_json, fits_running_code, running_version
from classifier.deciding import Deciders, Thresholds, decide, form_opinion, join, unknown
from classifier.decision import LetterView
from classifier.encoder import shared_encoder
from classifier.encoder_weights import ENCODER_SHA256, EncoderMissing
from classifier.features import LetterFeatures, read_features
from classifier.heads import ROLE_HEADS, Heads, score_heads
from classifier.meaning import add_meaning
from classifier.network import Network, pack, unpack
from classifier.ngrams import WIDTH
from classifier.pairs import view_pairs
from classifier.signing import ModelKey
from classifier.taxonomy import Facet, known_languages, load_taxonomy
from classifier.values import Classification, TextClassifier

#: Version of features and files: a model of another version is refused.
FORMAT = 3
_NETWORKS = ("asked", "named", "request", "types", "offences", "primary_type", "primary_offence")
_ARRAYS, _CONFIG, _CARD, _MANIFEST = "arrays.npz", "config.json", "card.json", "manifest.json"
_SIGNATURE = "manifest.sig"
_SIZE_LIMIT = 400_000_000  #: bytes of one file
_MANIFEST_LIMIT, _CARD_LIMIT = 10_000, 5_000_000  #: bytes
_HALF_PRECISION = ("passage_weights", "letter_weights")
_LINEAR = tuple(name for name in Heads.__slots__ if name != "meaning")


class ModelDamaged(Exception):
    """A model directory is incomplete or was altered; it is not used."""


class ModelUnsigned(ModelDamaged):
    """A model carries no signature of this installation's key; nothing but the signature was looked at."""


class ModelForeign(ModelDamaged):
    """A model was made by another version of Rogatory; it is not used."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a model has learnt."""

    heads: Heads
    asked: Network
    named: Network
    deciders: Deciders
    thresholds: Thresholds


class Model(TextClassifier):
    """Says what a letter asks for and which offences it concerns."""

    def __init__(self, parts: Parts, card: Card) -> None:
        self.parts = parts
        self.card = card

    @override
    def classify(self, pages: Sequence[str], language: str | None) -> Classification:
        answers = [self.answer(view, own) for view, own in self.views(pages, language)]
        return join(answers) if len(answers) > 1 else answers[0] if answers else unknown(self.card.id)

    def views(self, pages: Sequence[str], language: str | None) -> list[tuple[LetterView, str | None]]:
        """Return what the model sees of each letter in a text, and its language; none when it holds no text."""
        features = read_features(pages, language)
        if features is None:
            return []
        letters = split_letters(pages, features, language)
        if len(letters) == 1:
            return [(self._look(features), language)]
        views = ((self.view(letter.pages, letter.language), letter.language) for letter in letters)
        return [(view, own) for view, own in views if view is not None]

    def answer(self, view: LetterView, language: str | None) -> Classification:
        """Return the answer for a letter that was looked at with ``view``."""
        opinion = form_opinion(self.parts.deciders, view)
        answer = decide(opinion, self.parts.thresholds, view, self.card.id)
        # What it has not learnt from it may be sure of and wrong: a person looks.
        known = set(known_languages(language)) & set(self.card.languages)
        # Whoever gives orders to the program, or heaps up key words, means to mislead it: a person looks.
        misled = any(why in ("order", "flood") for _, why in view.features.aside)
        return answer if known and not misled else replace(answer, certain=False)

    def view(self, pages: Sequence[str], language: str | None) -> LetterView | None:
        """Return what the model sees of a letter, passage by passage; None when it holds no text."""
        features = read_features(pages, language)
        return self._look(features) if features else None

    def _look(self, features: LetterFeatures) -> LetterView:
        features = add_meaning(features)
        scores = score_heads(self.parts.heads, features)
        networks: tuple[tuple[Facet, Network], ...] = (
            ("request_type", self.parts.asked),
            ("offence", self.parts.named),
        )
        odds = []
        for facet, network in networks:
            rows = view_pairs(features, scores, facet).rows
            odds.append(network.score(rows.reshape(-1, rows.shape[2])).reshape(rows.shape[:2]))
        return LetterView(features, scores, odds[0], odds[1])


def save(model: Model, directory: Path, key: ModelKey) -> None:
    """Write a model as a directory and sign it; what stands there under the same names is replaced.

    Raises:
        KeyUnusable: when only the public half of the key is here.
    """
    directory.mkdir(parents=True, exist_ok=True)
    files = {_ARRAYS: _pack_arrays(model.parts), _CONFIG: _dump(_config(model.parts)), _CARD: _dump(asdict(model.card))}
    for name, content in files.items():
        (directory / name).write_bytes(content)
    manifest = {name: sha256(content).hexdigest() for name, content in files.items()}
    (directory / _MANIFEST).write_bytes(_dump(manifest))
    sign(directory, key)


def sign(directory: Path, key: ModelKey) -> None:
    """Sign a model directory as it lies there: whoever calls this vouches for it.

    Raises:
        KeyUnusable: when only the public half of the key is here.
        ModelDamaged: when there is no manifest to sign.
    """
    (directory / _SIGNATURE).write_bytes(key.sign(_read(directory, _MANIFEST, _MANIFEST_LIMIT)))


def load(directory: Path, key: ModelKey) -> Model:
    """Return the model of a directory after its signature and then every file were checked.

    Raises:
        ModelUnsigned: when this installation has not signed it.
        ModelForeign: when it was made by another version.
        ModelDamaged: when a file is missing, altered or not what it should be, or the sentence encoder is not there.
    """
    files = read_verified(directory, key)
    try:
        config, card = json.loads(files[_CONFIG]), card_from_json(files[_CARD])
        if any(config.get(name) != value for name, value in _versions().items()):
            raise ModelForeign("the model was made by another version of Rogatory: train a new one")
        if not fits_running_code(card):
            raise ModelForeign(
                f"the model was made by another version of Rogatory, {card.code_version}, and this is "
                f"{running_version()}: train a new one"
            )
        with np.load(BytesIO(files[_ARRAYS]), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        shared_encoder()  # now, not at the first letter
        return Model(_unpack_arrays(arrays, Thresholds(**config["thresholds"])), card)
    except EncoderMissing as error:
        raise ModelDamaged(str(error)) from error
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ModelDamaged(f"the model cannot be read ({type(error).__name__}): train a new one") from error


def read_card(directory: Path, key: ModelKey) -> Card:
    """Return the card of a model that this installation has signed.

    Raises:
        ModelDamaged: as ``load``, but the arrays are not unpacked.
    """
    try:
        return card_from_json(read_verified(directory, key)[_CARD])
    except ValueError as error:
        raise ModelDamaged("the card cannot be read: train a new model") from error


def read_unsigned_card(directory: Path) -> Card:
    """Return what the card of a model says that nobody has vouched for; for a person's eyes only.

    Raises:
        ModelDamaged: when there is none.
    """
    try:
        return card_from_json(_read(directory, _CARD, _CARD_LIMIT))
    except (ValueError, RecursionError) as error:
        raise ModelDamaged("the card cannot be read: remove the model") from error


def read_verified(directory: Path, key: ModelKey) -> dict[str, bytes]:
    """Return the files of a model directory, each the same as when it was signed.

    Until the signature is found to be ours the manifest is bytes and nothing more; until its hash is found in the
    manifest so is every other file.

    Raises:
        ModelUnsigned: when this installation has not signed it.
        ModelDamaged: when a file is missing, too large or altered.
    """
    return dict(_verify(directory, key))


def _verify(directory: Path, key: ModelKey) -> Iterator[tuple[str, bytes]]:
    manifest = _read(directory, _MANIFEST, _MANIFEST_LIMIT)
    if not (directory / _SIGNATURE).is_file():
        raise ModelUnsigned(f"the model is not signed: {_vouch(directory)}")
    if not key.has_signed(manifest, _read(directory, _SIGNATURE, _MANIFEST_LIMIT)):
        raise ModelUnsigned(f"the model's signature is not this installation's: {_vouch(directory)}")
    try:
        hashes = json.loads(manifest)
        for name in (_ARRAYS, _CONFIG, _CARD):
            content = _read(directory, name, _SIZE_LIMIT)
            if sha256(content).hexdigest() != hashes[name]:
                raise ModelDamaged(f"{name} is not as it was written: restore it from the backup, or train a new model")
            yield name, content
    except (ValueError, KeyError, TypeError) as error:
        raise ModelDamaged(f"the model directory is incomplete ({type(error).__name__})") from error


def _vouch(directory: Path) -> str:
    return f"if you know where it comes from, run `rogatory models sign {directory.name}`; if not, remove it"


def _read(directory: Path, name: str, longest: int) -> bytes:
    try:
        with (directory / name).open("rb") as file:
            content = file.read(longest + 1)
    except OSError as error:
        raise ModelDamaged(f"the model directory is incomplete ({type(error).__name__})") from error
    if len(content) > longest:
        raise ModelDamaged(f"{name} is larger than a model can be")
    return content


def _versions() -> dict[str, Any]:
    """Return what must be the same where a model is made and where it answers."""
    return {"format": FORMAT, "taxonomy": load_taxonomy().version, "width": WIDTH, "encoder": ENCODER_SHA256}


def _config(parts: Parts) -> dict[str, Any]:
    taxonomy = load_taxonomy()
    return _versions() | {
        "thresholds": asdict(parts.thresholds),
        "request_types": list(taxonomy.codes("request_type")),
        "offences": list(taxonomy.codes("offence")),
    }


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _networks(parts: Parts) -> dict[str, Network]:
    deciders = {name: getattr(parts.deciders, name) for name in _NETWORKS[2:]}
    return {"asked": parts.asked, "named": parts.named} | deciders


def _pack_arrays(parts: Parts) -> bytes:
    arrays: dict[str, NDArray[Any]] = {f"heads.{name}": getattr(parts.heads, name) for name in _LINEAR}
    for number, network in enumerate(parts.heads.meaning):
        arrays |= pack(network, f"heads.meaning.{number}")
    for name, network in _networks(parts).items():
        arrays |= pack(network, name)
    buffer = BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _unpack_arrays(arrays: dict[str, NDArray[Any]], thresholds: Thresholds) -> Parts:
    kinds = {name: np.float16 if name in _HALF_PRECISION else np.float32 for name in _LINEAR}
    found: dict[str, Any] = {name: arrays[f"heads.{name}"].astype(kind, copy=False) for name, kind in kinds.items()}
    topics = len(load_taxonomy().categories)
    means = range(sum(name.startswith("heads.meaning.") and name.endswith(".mean") for name in arrays))
    outputs = topics + len(ROLE_HEADS)
    meaning = tuple(unpack(arrays, f"heads.meaning.{number}", outputs) for number in means)
    heads = Heads(**found, meaning=meaning)
    if heads.rarity.shape != (WIDTH,) or heads.passage_weights.shape[1] <= topics:
        raise ValueError("the weights do not fit the taxonomy")
    networks = {name: unpack(arrays, name) for name in _NETWORKS}
    asked, named = networks.pop("asked"), networks.pop("named")
    return Parts(heads, asked, named, Deciders(**networks), thresholds)
