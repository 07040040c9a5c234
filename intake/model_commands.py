"""The commands of ``rogatory`` about models: train, list, sign, put into use, go back."""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from classifier.card import Card
    from intake.models import Models
    from intake.training import Candidate, School
    from storage.values import Actor

_POLITE = 19  #: niceness of a training that was ordered: reading goes first


@click.command()
@click.option("--from", "source", default=Path("training_data"), show_default=True, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Shelf to put the candidate on; the installation's if unset."
)
@click.option("--text-only", is_flag=True, help="Learn from the training text alone; needs no database.")
@click.option("--promote", "at_once", is_flag=True, help="Put it into use at once.")
@click.option("--reason", default="", help="With --promote: why it may answer although it is worse somewhere.")
@click.option("--if-none", is_flag=True, help="Only when no model may answer; from the training text alone.")
def train(source: Path, out: Path | None, text_only: bool, at_once: bool, reason: str, if_none: bool) -> None:
    """Train a candidate model, print its evaluation, and compare it with the model in use."""
    from intake import wiring
    from intake.cli import settings_now
    from intake.training import has_usable_model

    settings = settings_now()
    settings = settings.model_copy(update={"models": out or settings.models})
    is_first = not has_usable_model(wiring.shelf(settings))
    if if_none and not is_first:
        return
    kept = None
    if not (text_only or if_none):
        kept = wiring.keeping(settings, wiring.start_database(settings))
        kept.database.migrate()
    school = wiring.school(settings, kept, source)
    candidate = _train(school)
    if kept is not None:
        wiring.ordered_training(settings, kept, school).record(None, candidate)
    model_id = candidate.card.id
    if is_first:
        school.shelf.promote(model_id)
    elif at_once:
        _models().promote(model_id, _system(), reason)
    if is_first or at_once:
        click.echo(f"in use: {model_id}")


def _train(school: "School") -> "Candidate":
    from classifier.comparison import format_comparison
    from classifier.encoder_weights import EncoderMissing
    from classifier.evaluation import format_table
    from classifier.model import ModelDamaged
    from classifier.signing import KeyUnusable
    from intake.training import train_candidate

    try:
        candidate = train_candidate(school, lambda step: click.echo(step, err=True))
    except (ValueError, ModelDamaged, KeyUnusable, EncoderMissing) as error:
        raise click.ClickException(str(error)) from error
    click.echo(format_table(candidate.result.grouped))
    if candidate.result.unseen_languages:
        click.echo("languages left out of training")
        click.echo(format_table(candidate.result.unseen_languages))
    if candidate.comparison:
        click.echo(format_comparison(candidate.comparison))
    click.echo(f"candidate {candidate.card.id}")
    return candidate


@click.group(invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """Models on the shelf."""
    from intake import wiring
    from intake.cli import settings_now

    if context.invoked_subcommand is not None:
        return
    shelf = wiring.shelf(settings_now())
    for card in shelf.models():
        click.echo(f"{'*' if card.id == shelf.in_use() else ' '} {card.id}")
    for model_id, fault in shelf.faults().items():
        click.echo(f"! {model_id}: {fault}")


@models.command()
@click.argument("model_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
def sign(model_id: str, yes: bool) -> None:
    """Vouch for a model: show its card, and sign it with the installation's key."""
    known = _models()
    click.echo(_describe(known.unsigned_card(model_id)))
    if not yes:
        click.confirm("Do you know where this model comes from, and may it answer here?", abort=True)
    known.sign(model_id, _system())
    click.echo(f"signed: {model_id}{', in use' if known.in_use() == model_id else ''}")


@models.command()
@click.argument("candidate")
@click.argument("in_use", required=False)
def compare(candidate: str, in_use: str | None) -> None:
    """Compare a model with another, the one in use if unset, on the frozen test part."""
    from classifier.comparison import format_comparison

    comparison = _models().compare(candidate, in_use)
    click.echo(format_comparison(comparison))
    click.echo("may be put into use" if comparison.may_promote else "needs a reason to be put into use")


@models.command()
@click.argument("model_id", required=False)
@click.option("--end", is_flag=True, help="Let no model answer beside the one in use.")
def shadow(model_id: str | None, end: bool) -> None:
    """Let a model answer beside the one in use, or say where the two differ."""
    known = _models()
    if model_id or end:
        known.set_shadow(None if end else model_id, _system())
    beside = known.shadow()
    if beside is None:
        click.echo("no model answers beside the one in use")
        return
    click.echo(f"{beside} answers beside {known.in_use()}: {known.shadow_letters(beside)} letters")
    for one in known.count_disagreements(beside):
        click.echo(
            f"{one.facet:14}{one.code:34}in use alone {one.by_in_use}, shadow alone {one.by_shadow}, "
            f"people sided with the one in use {one.in_use_right}, with the shadow {one.shadow_right}"
        )


@models.command(hidden=True)
@click.argument("number", type=int)
def carry_out(number: int) -> None:
    """Carry out a training that was ordered; ends with the server that started it."""
    from intake import wiring
    from intake.cli import settings_now
    from intake.serving import end_with_parent

    threading.Thread(target=end_with_parent, daemon=True).start()
    os.nice(_POLITE)
    settings = settings_now()
    kept = wiring.keeping(settings, wiring.start_database(settings))
    wiring.ordered_training(settings, kept, wiring.school(settings, kept)).carry_out(number)


def _describe(card: "Card") -> str:
    overall = card.figures.get("overall", {})
    figures = ", ".join(f"{name} {overall[name]:.3f}" for name in ("types_f1", "offences_f1") if name in overall)
    return "\n".join(
        [
            f"model      {card.id}",
            f"made       {card.made_at} by Rogatory {card.code_version}",
            f"learnt     {card.letters} letters in {len(card.languages)} languages, {card.confirmed_letters} confirmed",
            f"SHA-256    {card.data_sha256}",
            f"figures    {figures or 'none'}",
            f"is for     {card.purpose}",
            f"is not for {card.not_for}",
        ]
    )


@click.command()
@click.argument("model_id")
@click.option("--reason", default="", help="Why it may answer although it is worse somewhere.")
def promote(model_id: str, reason: str) -> None:
    """Put a model into use."""
    known = _models()
    known.promote(model_id, _system(), reason)
    click.echo(f"in use: {known.in_use()}")


@click.command()
def rollback() -> None:
    """Put the model before this one back into use."""
    known = _models()
    known.rollback(_system())
    click.echo(f"in use: {known.in_use()}")


def _system() -> "Actor":
    from storage.values import SYSTEM

    return SYSTEM


def _models() -> "Models":
    from intake import wiring
    from intake.cli import settings_now

    settings = settings_now()
    kept = wiring.keeping(settings, wiring.start_database(settings))
    kept.database.migrate()
    return wiring.models(settings, kept)
