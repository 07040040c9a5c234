"""Links between letters, and the marks by which letters that are alike are found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_band",
        sa.Column("letter_id", sa.UUID(), nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"]),
        sa.PrimaryKeyConstraint("letter_id", "band"),
    )
    op.create_index(op.f("ix_letter_band_band"), "letter_band", ["band"], unique=False)
    op.create_table(
        "letter_link",
        sa.Column("letter_id", sa.UUID(), nullable=False),
        sa.Column("earlier_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('copy', 'supplement', 'reminder', 'withdrawal', 'follow_up')", name="letter_link_kind_known"
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"]),
        sa.ForeignKeyConstraint(["earlier_id"], ["letter.id"]),
        sa.PrimaryKeyConstraint("letter_id", "earlier_id"),
    )
    op.create_index(op.f("ix_letter_link_earlier_id"), "letter_link", ["earlier_id"], unique=False)


def downgrade() -> None:
    op.drop_table("letter_link")
    op.drop_table("letter_band")
