"""The reasons for and against a label, in sentences that a clerk understands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from classifier.explaining import Explanation, LabelReasons, Reason, ReasonedPassage
from classifier.taxonomy import load_taxonomy
from intake.web import words
from intake.web.sentences import ABOUT_PRESENCE, ASIDE, LETTER, MISSING, PASSAGE, REQUEST, UNWANTED, Sentences
from intake.web.translation import N_, Texts

NEAREST = 3  #: labels not given that are shown at first, of request types and of offences each
NEAR = 0.03  #: confidence from which a second one is shown


def explanation_report(explanation: Explanation, texts: Texts) -> dict[str, Any]:
    """The explanation as JSON; ``text`` says each reason in the language of ``texts``."""
    answer = explanation.answer
    return {
        "model": answer.model,
        "certain": answer.certain,
        "knows_language": explanation.knows_language,
        "letters": explanation.letters,
        "aside": [
            {"page": one.page, "quote": one.quote, "why": one.why, "text": texts.say(ASIDE[one.why])}
            for one in explanation.aside
        ],
        "is_request": {
            "value": answer.is_request,
            "confidence": round(answer.is_request_confidence, 3),
            "threshold": round(explanation.threshold, 3),
            "reasons": list(_reasons(explanation.request_reasons, REQUEST, texts)),
            "asking": [{"page": quote.page, "quote": quote.quote} for quote in explanation.asking],
        },
        "labels": [_label(label, texts) for label in explanation.labels],
    }


def nearest(labels: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The labels not given that came nearest: of request types and of offences a few each, at least one."""
    rest = [label for label in labels if not label["given"]]
    by_facet = ([label for label in rest if label["facet"] == facet] for facet in ("request_type", "offence"))
    return [
        label
        for ranked in by_facet
        for place, label in enumerate(ranked[:NEAREST])
        if place == 0 or label["confidence"] >= NEAR
    ]


def _label(label: LabelReasons, texts: Texts) -> dict[str, Any]:
    return {
        "code": label.code,
        "facet": label.facet,
        "name": words.label(label.code, label.facet, texts),
        "given": label.given,
        "confidence": round(label.confidence, 3),
        "threshold": round(label.threshold, 3),
        "distance": _distance(label, texts),
        "passages": [_passage(passage, texts) for passage in label.passages],
        "reasons": list(_reasons(label.reasons, LETTER, texts)),
        "missing": [{"kind": kind, "text": texts.say(MISSING[kind, label.facet])} for kind in label.missing],
    }


def _distance(label: LabelReasons, texts: Texts) -> str:
    """How near a label came to being given; empty for one that was given as usual."""
    values = {"confidence": texts.percent(label.confidence), "threshold": texts.percent(label.threshold)}
    if not label.given and label.confidence < label.threshold:
        return texts.say(N_("It reaches %(confidence)s; it is proposed from %(threshold)s."), **values)
    if label.given and label.facet == "offence" and label.confidence < label.threshold:
        return texts.say(
            N_("It reaches only %(confidence)s of the %(threshold)s needed, but no other offence comes nearer."),
            **values,
        )
    return ""


def _passage(passage: ReasonedPassage, texts: Texts) -> dict[str, Any]:
    return {
        "page": passage.page,
        "quote": passage.quote,
        "chance": round(passage.chance, 3),
        "reasons": list(_reasons(passage.reasons, PASSAGE, texts)),
    }


def _reasons(reasons: Iterable[Reason], sentences: Sentences, texts: Texts) -> Iterator[dict[str, Any]]:
    """Reasons that a person can make something of; for others there is no sentence."""
    for reason in reasons:
        text = _sentence(reason, sentences, texts)
        if text:
            yield {
                "kind": reason.kind,
                "speaks": "for" if reason.weight > 0 else "against",
                "weight": round(reason.weight, 2),
                "words": list(reason.words),
                "text": text,
            }


def _sentence(reason: Reason, sentences: Sentences, texts: Texts) -> str:
    side = "for" if reason.weight > 0 else "against"
    if reason.kind == "cited" and side == "for" and reason.words:
        return _citation(reason, texts)
    where = "there" if reason.present else "lacking"
    spoken, silent = sentences.get((reason.kind, side)) or sentences.get((reason.kind, where), ("", ""))
    if reason.other and side == "against":
        spoken = N_("Its words %(words)s rather fit: %(other)s.")
    is_true = reason.present == (side == "for")
    if (reason.kind in ABOUT_PRESENCE and not is_true) or (reason.kind in UNWANTED and is_true):
        return ""
    if not reason.words or not spoken:
        return texts.say(silent)
    return texts.say(spoken, words=_quoted(reason.words, texts), other=_name(reason.other, texts))


def _citation(reason: Reason, texts: Texts) -> str:
    article, *law = (texts.apart(word) for word in reason.words)
    state = texts.state(reason.state) if reason.state else ""
    if not any(character.isdigit() for character in reason.words[0][:6]):
        return texts.say(N_("The law it cites, “%(law)s”, stands for it."), law=article)
    if law and state:
        return texts.say(
            N_("Article %(article)s of “%(law)s” (%(state)s) stands for it."),
            article=article, law=law[0], state=state,
        )  # fmt: skip
    if law:
        return texts.say(N_("Article %(article)s of “%(law)s” stands for it."), article=article, law=law[0])
    if state:
        return texts.say(
            N_("Article %(article)s, read as one of the criminal code of %(state)s, stands for it."),
            article=article, state=state,
        )  # fmt: skip
    return texts.say(N_("The citation “%(article)s” stands for it."), article=article)


def _quoted(given: Sequence[str], texts: Texts) -> str:
    return texts.comma.join(texts.say(N_("“%(word)s”"), word=texts.apart(word)) for word in given)


def _name(code: str | None, texts: Texts) -> str:
    category = next((one for one in load_taxonomy().categories if one.code == code), None)
    return words.label(category.code, category.facet, texts) if category else ""
