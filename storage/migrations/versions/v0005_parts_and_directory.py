"""A letter's parts for several authorities, notices and chains; the directory of competent authorities, by version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letter", sa.Column("last_part", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("entry", sa.Column("kind", sa.String(length=8), nullable=False, server_default="act"))
    op.add_column("entry", sa.Column("part", sa.Integer(), nullable=True))
    op.add_column("entry", sa.Column("request_types", postgresql.JSONB(), nullable=False, server_default="[]"))
    op.add_column("entry", sa.Column("then", postgresql.JSONB(), nullable=False, server_default="[]"))
    op.create_check_constraint("entry_kind_known", "entry", "kind IN ('act', 'copy', 'notice')")
    # Until now a letter had one part, for its competent authority, and copies.
    op.execute(
        "UPDATE entry SET kind = CASE WHEN entry.authority = letter.authority THEN 'act' ELSE 'copy' END, "
        "part = CASE WHEN entry.authority = letter.authority THEN 1 END FROM letter WHERE letter.id = entry.letter_id"
    )
    op.execute("UPDATE letter SET last_part = 1 WHERE id IN (SELECT letter_id FROM entry WHERE part = 1)")
    op.create_table(
        "directory_version",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("authorities", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "directory_authority",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["directory_version.number"]),
        sa.PrimaryKeyConstraint("version", "line"),
    )


def downgrade() -> None:
    op.drop_table("directory_authority")
    op.drop_table("directory_version")
    op.drop_constraint("entry_kind_known", "entry")
    for column in ("kind", "part", "request_types", "then"):
        op.drop_column("entry", column)
    op.drop_column("letter", "last_part")
