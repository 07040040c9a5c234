"""Letters that were posted before there were parts keep their place in every queue."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import storage
from storage.database import Database
from storage.queues import Queues
from storage.register import Register
from tests.makers import CLERK, NOW, case_system, confirmation, description, new_letter


def test_the_competent_authority_has_the_first_part_and_the_others_copies(database: Database) -> None:
    register, queues = Register(database), Queues(database)
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    register.described(letter.id, description(review=True), NOW)
    version = register.letter(letter.id).version
    register.confirm(letter.id, version, confirmation(copies=["police"]), CLERK, NOW)
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    with database.transaction() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
        assert "part" not in {column["name"] for column in sa.inspect(connection).get_columns("entry")}
    database.migrate()
    found = [(one.authority, one.kind, one.part_number) for one in queues.entries(letter.id)]
    assert found == [("prosecutor-general", "act", f"{letter.number}/1"), ("police", "copy", None)]
    register.confirm(letter.id, version + 1, confirmation(also=["court"]), CLERK, NOW)
    (lease,) = queues.lease(case_system("court"), 10, 60, NOW)
    assert lease.entry.part_number == f"{letter.number}/2"
