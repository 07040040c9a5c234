"""The embedded PostgreSQL is its user's own."""

from pathlib import Path


def test_the_lock_of_the_embedded_database_lies_beside_its_data_and_not_where_other_users_have_theirs(
    postgres: str, short_folder: Path
) -> None:
    assert str(short_folder) in postgres
    assert (short_folder / ".postgres.lock").exists()
