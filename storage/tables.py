"""The tables, as the migrations make them."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

metadata = MetaData()


def _moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


register_year = Table(
    "register_year",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

letter = Table(
    "letter",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("number", String(16), nullable=False, unique=True),
    Column("status", String(16), nullable=False, index=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("byte_size", BigInteger, nullable=False),
    Column("media_type", String(64)),
    Column("name", Text, nullable=False),
    Column("channel", String(16), nullable=False),
    _moment("received_at"),
    _moment("registered_at"),
    Column("urgent", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("idempotency_key", String(128), unique=True),
    Column("page_count", Integer),
    Column("flags", JSONB, nullable=False),
    Column("error_code", String(64)),
    Column("language", String(16)),
    Column("requesting_state", String(2)),
    Column("authority", String(64), index=True),
    Column("description", JSONB),
    Column("confirmation", JSONB),
    Column("version", Integer, nullable=False),
    Column("last_part", Integer, nullable=False, server_default="0"),
    CheckConstraint(
        "status IN ('received', 'reading', 'review', 'queued', 'filed', 'acknowledged', 'unreadable')",
        name="letter_status_known",
    ),
    Index("letter_by_age", "registered_at", "id"),
)

#: Marks of a letter's text, of which letters that are alike share some.
letter_band = Table(
    "letter_band",
    metadata,
    Column("letter_id", ForeignKey("letter.id"), primary_key=True),
    Column("band", BigInteger, primary_key=True, autoincrement=False, index=True),
)

#: What a later letter is to an earlier one.
letter_link = Table(
    "letter_link",
    metadata,
    Column("letter_id", ForeignKey("letter.id"), primary_key=True),
    Column("earlier_id", ForeignKey("letter.id"), primary_key=True, index=True),
    Column("kind", String(16), nullable=False),
    _moment("found_at"),
    CheckConstraint(
        "kind IN ('copy', 'supplement', 'reminder', 'withdrawal', 'follow_up')", name="letter_link_kind_known"
    ),
)

page = Table(
    "page",
    metadata,
    Column("letter_id", ForeignKey("letter.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reading_key", Text, nullable=False),
    Column("image_key", Text, nullable=False),
)

#: Every reading of every page; the one that stands is named in ``page``.
page_reading = Table(
    "page_reading",
    metadata,
    Column("letter_id", ForeignKey("letter.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reading_key", Text, primary_key=True),
    Column("language", String(16)),
    Column("actor", Text, nullable=False),
    _moment("read_at"),
)

remembered_reading = Table(
    "remembered_reading",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("reading_key", Text, nullable=False),
    _moment("read_at"),
)

entry = Table(
    "entry",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("letter_id", ForeignKey("letter.id"), nullable=False),
    Column("authority", String(64), nullable=False),
    Column("kind", String(8), nullable=False, server_default="act"),
    Column("part", Integer),
    Column("request_types", JSONB, nullable=False, server_default="[]"),
    Column("then", JSONB, nullable=False, server_default="[]"),
    Column("urgent", Boolean, nullable=False),
    _moment("posted_at"),
    Column("token_hash", String(64), unique=True),
    Column("leased_by", String(64)),
    _moment("lease_expires_at", nullable=True),
    _moment("acknowledged_at", nullable=True),
    UniqueConstraint("letter_id", "authority", name="entry_once"),
    CheckConstraint("kind IN ('act', 'copy', 'notice')", name="entry_kind_known"),
    Index("entry_waiting", "authority", "urgent", "posted_at"),
)

event = Table(
    "event",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    _moment("at"),
    Column("actor", Text, nullable=False),
    Column("action", String(32), nullable=False),
    Column("letter_id", ForeignKey("letter.id"), index=True),
    Column("details", JSONB, nullable=False),
    Column("hash", String(64), nullable=False),
)

#: Every model's answer to every letter: of the one in use, and of those that answered beside it.
answer = Table(
    "answer",
    metadata,
    Column("letter_id", ForeignKey("letter.id"), primary_key=True),
    Column("model", String(80), primary_key=True),
    Column("is_shadow", Boolean, nullable=False),
    Column("is_request", Boolean, nullable=False),
    Column("is_request_right", Boolean),
    _moment("answered_at"),
    Index("answer_by_model", "model", "is_shadow"),
)

#: Every label of a letter with who gave it, a model or ``person``, and what the person made of it.
label = Table(
    "label",
    metadata,
    Column("letter_id", ForeignKey("letter.id"), primary_key=True),
    Column("given_by", String(80), primary_key=True),
    Column("facet", String(16), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("confidence", Float),
    Column("judgement", String(16)),
    CheckConstraint("judgement IN ('accepted', 'removed', 'added')", name="label_judgement_known"),
)

training = Table(
    "training",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("ordered_by", Text, nullable=False),
    _moment("ordered_at"),
    _moment("started_at", nullable=True),
    _moment("ended_at", nullable=True),
    Column("candidate", String(80)),
    Column("fault", Text),
)

comparison = Table(
    "comparison",
    metadata,
    Column("candidate", String(80), primary_key=True),
    Column("in_use", String(80), primary_key=True),
    _moment("made_at"),
    Column("report", JSONB, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    _moment("locked_until", nullable=True),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    _moment("started_at"),
    _moment("seen_at"),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("authority", String(64), nullable=False),
    Column("label", Text, nullable=False),
    Column("secret_hash", String(64), nullable=False),
    _moment("created_at"),
    _moment("expires_at"),
    Column("revoked", Boolean, nullable=False),
)

#: Every import of the directory; the highest number is the one in use.
directory_version = Table(
    "directory_version",
    metadata,
    Column("number", Integer, Identity(), primary_key=True),
    _moment("imported_at"),
    Column("imported_by", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("authorities", Integer, nullable=False),
)

directory_authority = Table(
    "directory_authority",
    metadata,
    Column("version", ForeignKey("directory_version.number"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("state", String(2), nullable=False),
    Column("name", Text, nullable=False),
    Column("details", JSONB, nullable=False),
)
