"""Every reading of a page is kept, with who asked for it and when."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_reading",
        sa.Column("letter_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reading_key", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"]),
        sa.PrimaryKeyConstraint("letter_id", "number", "reading_key"),
    )
    op.execute(
        "INSERT INTO page_reading (letter_id, number, reading_key, actor, read_at) "
        "SELECT page.letter_id, page.number, page.reading_key, 'system:rogatory', letter.registered_at "
        "FROM page JOIN letter ON letter.id = page.letter_id"
    )


def downgrade() -> None:
    op.drop_table("page_reading")
