"""The sentence encoder and what it adds to letters."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from classifier import encoder_weights
from classifier.encoder import MEANING_SIZE, shared_encoder
from classifier.encoder_weights import EncoderMissing, EncoderWeights
from classifier.features import LetterFeatures, read_features
from classifier.meaning import ENCODED_LIMIT, add_meaning, add_meanings

#: Four measures, each in the same order in every language.
ASKED = {
    "en": [
        "Send us the statements of the bank account.", "Question the witness.",
        "Search the flat.", "Hand him over.",
    ],
    "fr": [
        "Transmettez les relevés du compte bancaire.", "Entendez le témoin.",
        "Fouillez l'appartement.", "Livrez-le.",
    ],
    "de": [
        "Übersenden Sie die Kontoauszüge.", "Vernehmen Sie die Zeugin.",
        "Durchsuchen Sie die Wohnung.", "Liefern Sie ihn aus.",
    ],
    "ru": ["Направьте выписки по банковскому счёту.", "Допросите свидетеля.", "Обыщите квартиру.", "Выдайте его."],
    "ar": ["أرسلوا كشوف الحساب المصرفي.", "استجوبوا الشاهد.", "فتشوا الشقة.", "سلموه إلينا."],
    "zh": ["请提供银行账户流水。", "请询问证人。", "请搜查住所。", "请将其引渡移交。"],
    "el": [
        "Αποστείλατε τις κινήσεις του λογαριασμού.", "Εξετάστε τον μάρτυρα.",
        "Ερευνήστε το σπίτι.", "Εκδώστε τον.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(set(ASKED) - {"en"}))
def test_what_is_asked_lies_nearest_to_its_translation(language: str) -> None:
    own, english = (shared_encoder().encode(ASKED[each]) for each in (language, "en"))
    # What is common to all short sentences says nothing.
    near = (own - own.mean(axis=0)) @ (english - english.mean(axis=0)).T
    assert near.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_a_sentence_means_the_same_whatever_stands_beside_it() -> None:
    encoder = shared_encoder()
    together = encoder.encode([text for texts in ASKED.values() for text in texts])
    assert np.array_equal(together[5], encoder.encode([ASKED["fr"][1]])[0])


def test_each_part_of_a_meaning_has_length_one() -> None:
    for text in ("", "   ", "Hague", "a" * 10_000, "\x00\ud800", "请" * 3_000):
        meaning = shared_encoder().encode([text])
        assert meaning.shape == (1, MEANING_SIZE)
        assert np.linalg.norm(meaning.reshape(-1, 384), axis=1) == pytest.approx([1.0, 1.0], abs=1e-4)
    assert shared_encoder().encode([]).shape == (0, MEANING_SIZE)


def test_spacing_and_the_joiners_of_persian_do_not_matter() -> None:
    one, other = shared_encoder().encode(["می\u200cخواهیم  شاهد\nرا بشنوید", "می خواهیم شاهد را بشنوید"])
    assert np.array_equal(one, other)


def test_weights_that_are_not_the_known_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_weights, "ENCODER_SHA256", "0" * 64)
    with pytest.raises(EncoderMissing, match="not the one Rogatory knows: install the locked requirements"):
        EncoderWeights()


def test_weights_that_are_not_there_are_missed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encoder_weights, "_FILE", str(tmp_path / "none.bin"))
    with pytest.raises(EncoderMissing, match="not installed: install the locked requirements"):
        EncoderWeights()


def read(text: str) -> LetterFeatures:
    features = read_features([text], "en")
    assert features is not None
    return features


def test_all_passages_of_a_letter_get_their_meaning() -> None:
    features = add_meaning(read("Court of Southtown\n\nHe is charged with murder.\n\nWe request his extradition."))
    expected = shared_encoder().encode([passage.text for passage in features.passages])
    assert np.array_equal(features.meaning, expected)


def test_of_a_long_letter_what_asks_is_encoded_wherever_it_stands() -> None:
    chance = Random(0)
    filler = "\n\n".join(
        " ".join("".join(chance.choices("bcdfghklmnoprstuvwz", k=6)) for _ in range(12)) + "." for _ in range(300)
    )
    features = add_meaning(read(f"{filler}\n\nWe request the extradition of the accused."))
    known = features.meaning.any(axis=1)
    assert known[-1]
    assert known[:50].all()
    assert not known[-50:-1].any()
    size = sum(len(passage.text) for passage, one in zip(features.passages, known, strict=True) if one)
    assert 0.9 * ENCODED_LIMIT < size <= ENCODED_LIMIT


def test_many_letters_get_the_same_as_one_by_one() -> None:
    letters = [read(f"We request the extradition of person {n}.\n\nHe is charged with fraud.") for n in range(5)]
    for one, of_many in zip(letters, add_meanings(letters), strict=True):
        assert np.array_equal(add_meaning(one).meaning, of_many.meaning)
