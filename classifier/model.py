"""The model that answers, kept as a directory of plain arrays with a card and a manifest of hashes; never pickle."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from classifier.card import Card, card_from_json
from classifier.deciding import Deciders, Thresholds, decide, form_opinion, unknown
from classifier.decision import LetterView
from classifier.features import read_features
from classifier.heads import Heads, score_heads
from classifier.network import Network, pack, unpack
from classifier.ngrams import WIDTH
from classifier.pairs import view_pairs
from classifier.taxonomy import Facet, known_languages, load_taxonomy
from classifier.values import Classification, TextClassifier

#: Version of features and files: a model of another version is refused.
FORMAT = 1
_NETWORKS = ("asked", "named", "request", "types", "offences", "primary_type", "primary_offence")
_ARRAYS, _CONFIG, _CARD, _MANIFEST = "arrays.npz", "config.json", "card.json", "manifest.json"
_SIZE_LIMIT = 200_000_000  #: bytes of one file
_QUARTER_PRECISION = ("passage_weights", "letter_weights", "rarity")


class ModelDamaged(Exception):
    """A model directory is incomplete, was altered, or belongs to another version of Rogatory; it is not used."""


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
        view = self.view(pages, language)
        if view is None:
            return unknown(self.card.id)
        opinion = form_opinion(self.parts.deciders, view)
        answer = decide(opinion, self.parts.thresholds, view, self.card.id)
        # What it has not learnt from it may be sure of and wrong: a person looks.
        known = set(known_languages(language)) & set(self.card.languages)
        return answer if known else replace(answer, certain=False)

    def view(self, pages: Sequence[str], language: str | None) -> LetterView | None:
        """Return what the model sees of a letter, passage by passage; None when it holds no text."""
        features = read_features(pages, language)
        if features is None:
            return None
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


def save(model: Model, directory: Path) -> None:
    """Write a model as a directory; what stands there under the same names is replaced."""
    directory.mkdir(parents=True, exist_ok=True)
    files = {_ARRAYS: _pack_arrays(model.parts), _CONFIG: _dump(_config(model.parts)), _CARD: _dump(asdict(model.card))}
    for name, content in files.items():
        (directory / name).write_bytes(content)
    manifest = {name: sha256(content).hexdigest() for name, content in files.items()}
    (directory / _MANIFEST).write_bytes(_dump(manifest))


def load(directory: Path) -> Model:
    """Return the model of a directory after every file was checked against the manifest.

    Raises:
        ModelDamaged: when a file is missing, altered, of another version or not what it should be.
    """
    files = read_verified(directory)
    try:
        config = json.loads(files[_CONFIG])
        if config["format"] != FORMAT or config["taxonomy"] != load_taxonomy().version or config["width"] != WIDTH:
            raise ModelDamaged("the model was made by another version of Rogatory: train a new one")
        with np.load(BytesIO(files[_ARRAYS]), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        parts = _unpack_arrays(arrays, Thresholds(**config["thresholds"]))
        return Model(parts, card_from_json(files[_CARD]))
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ModelDamaged(f"the model cannot be read ({type(error).__name__})") from error


def read_verified(directory: Path) -> dict[str, bytes]:
    """Return the files of a model directory, each the same as when it was written.

    Raises:
        ModelDamaged: when one is missing, too large or altered.
    """
    try:
        manifest = json.loads((directory / _MANIFEST).read_bytes())
        files = {}
        for name in (_ARRAYS, _CONFIG, _CARD):
            if (directory / name).stat().st_size > _SIZE_LIMIT:
                raise ModelDamaged(f"{name} is larger than a model can be")
            files[name] = (directory / name).read_bytes()
            if sha256(files[name]).hexdigest() != manifest[name]:
                raise ModelDamaged(f"{name} is not as it was written")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDamaged(f"the model directory is incomplete ({type(error).__name__})") from error
    return files


def _config(parts: Parts) -> dict[str, Any]:
    taxonomy = load_taxonomy()
    return {
        "format": FORMAT,
        "taxonomy": taxonomy.version,
        "width": WIDTH,
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
    arrays: dict[str, NDArray[Any]] = {
        f"heads.{name}": value.astype(np.float16) if name in _QUARTER_PRECISION else value
        for name, value in ((n, getattr(parts.heads, n)) for n in Heads.__slots__)
    }
    for name, network in _networks(parts).items():
        arrays |= pack(network, name)
    buffer = BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _unpack_arrays(arrays: dict[str, NDArray[Any]], thresholds: Thresholds) -> Parts:
    heads = Heads(**{name: arrays[f"heads.{name}"].astype(np.float32) for name in Heads.__slots__})
    topics = len(load_taxonomy().categories)
    if heads.rarity.shape != (WIDTH,) or heads.passage_weights.shape[1] <= topics:
        raise ValueError("the weights do not fit the taxonomy")
    networks = {name: unpack(arrays, name) for name in _NETWORKS}
    asked, named = networks.pop("asked"), networks.pop("named")
    return Parts(heads, asked, named, Deciders(**networks), thresholds)
