"""Every label keeps who gave it and what the person made of it; trainings and comparisons of models are kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FACETS = {"request_type": "request_types", "offence": "offences"}
_ANSWERS = """
    INSERT INTO answer (letter_id, model, is_shadow, is_request, is_request_right, answered_at)
    SELECT id, description->>'model', false, CAST(description->'is_request'->>'value' AS boolean),
        CAST(confirmation->>'is_request' AS boolean) = CAST(description->'is_request'->>'value' AS boolean),
        registered_at
    FROM letter WHERE description->>'model' IS NOT NULL
"""
_GIVEN = """
    INSERT INTO label (letter_id, given_by, facet, code, confidence, judgement)
    SELECT id, description->>'model', CAST(:facet AS text), one->>'code', CAST(one->>'confidence' AS float),
        CASE WHEN confirmation IS NULL THEN NULL
             WHEN confirmation->CAST(:name AS text) @> to_jsonb(one->>'code') THEN 'accepted'
             ELSE 'removed' END
    FROM letter, jsonb_array_elements(description->CAST(:name AS text)) AS one
    WHERE description->>'model' IS NOT NULL
    ON CONFLICT DO NOTHING
"""
_ADDED = """
    INSERT INTO label (letter_id, given_by, facet, code, judgement)
    SELECT id, 'person', CAST(:facet AS text), said.code, 'added'
    FROM letter, jsonb_array_elements_text(confirmation->CAST(:name AS text)) AS said(code)
    WHERE confirmation IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM label
        WHERE label.letter_id = letter.id AND label.facet = CAST(:facet AS text) AND label.code = said.code
    )
    ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("letter_id", sa.UUID(), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("is_shadow", sa.Boolean(), nullable=False),
        sa.Column("is_request", sa.Boolean(), nullable=False),
        sa.Column("is_request_right", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"]),
        sa.PrimaryKeyConstraint("letter_id", "model"),
    )
    op.create_index("answer_by_model", "answer", ["model", "is_shadow"], unique=False)
    op.create_table(
        "label",
        sa.Column("letter_id", sa.UUID(), nullable=False),
        sa.Column("given_by", sa.String(length=80), nullable=False),
        sa.Column("facet", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("judgement", sa.String(length=16), nullable=True),
        sa.CheckConstraint("judgement IN ('accepted', 'removed', 'added')", name="label_judgement_known"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"]),
        sa.PrimaryKeyConstraint("letter_id", "given_by", "facet", "code"),
    )
    op.create_table(
        "training",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("candidate", sa.String(length=80), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "comparison",
        sa.Column("candidate", sa.String(length=80), nullable=False),
        sa.Column("in_use", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("candidate", "in_use"),
    )
    fill_from_letters(op.get_bind())


def fill_from_letters(connection: sa.Connection) -> None:
    """Write what descriptions and confirmations of before say of their labels."""
    connection.execute(sa.text(_ANSWERS))
    for facet, name in _FACETS.items():
        for statement in (_GIVEN, _ADDED):
            connection.execute(sa.text(statement), {"facet": facet, "name": name})


def downgrade() -> None:
    op.drop_table("comparison")
    op.drop_table("training")
    op.drop_table("label")
    op.drop_index("answer_by_model", table_name="answer")
    op.drop_table("answer")
