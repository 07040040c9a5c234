"""Labels of letters: who gave each, what the person made of it, and where a shadow and the model in use differ."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from storage import tables
from storage.database import Database
from storage.values import Disagreement, DisagreementCount, GivenLabel

PERSON = "person"  #: stands as giver of a label that no model in use gave
#: Name of a facet's labels in a description and in a confirmation.
_LISTS = {"request_type": "request_types", "offence": "offences"}
_answer, _label, _letter = tables.answer, tables.label, tables.letter


def keep_answer(
    connection: sa.Connection, letter_id: UUID, report: dict[str, Any], now: datetime, *, is_shadow: bool = False
) -> None:
    """Keep what a model said of a letter in place of what it, or the model in use, said before.

    Args:
        connection: the open transaction.
        letter_id: the letter.
        report: with ``model``, ``is_request``, ``request_types`` and ``offences`` as in a description.
        now: UTC.
        is_shadow: whether the model answered beside the one in use.
    """
    model, same = report["model"], _answer.c.letter_id == letter_id
    earlier = _answer.c.model == model if is_shadow else sa.or_(_answer.c.model == model, ~_answer.c.is_shadow)
    gone = connection.execute(sa.delete(_answer).where(same, earlier).returning(_answer.c.model)).scalars().all()
    connection.execute(sa.delete(_label).where(_label.c.letter_id == letter_id, _label.c.given_by.in_(gone)))
    values = {"letter_id": letter_id, "model": model, "is_shadow": is_shadow, "answered_at": now}
    connection.execute(sa.insert(_answer).values(**values, is_request=bool(report["is_request"]["value"])))
    rows = [
        {
            "letter_id": letter_id,
            "given_by": model,
            "facet": facet,
            "code": one["code"],
            "confidence": one["confidence"],
        }
        for facet, name in _LISTS.items()
        for one in report[name]
    ]
    if rows:
        connection.execute(sa.insert(_label), rows)


def judge(connection: sa.Connection, letter_id: UUID, confirmation: dict[str, Any]) -> None:
    """Keep what a person made of each label; what only the person gave is added."""
    here = _label.c.letter_id == letter_id
    said = _answer.c.is_request == bool(confirmation["is_request"])
    connection.execute(sa.update(_answer).where(_answer.c.letter_id == letter_id).values(is_request_right=said))
    connection.execute(sa.delete(_label).where(here, _label.c.given_by == PERSON))
    in_use = sa.select(_answer.c.model).where(_answer.c.letter_id == letter_id, ~_answer.c.is_shadow)
    for facet, name in _LISTS.items():
        codes = list(dict.fromkeys(confirmation[name]))
        judged = sa.case((_label.c.code.in_(codes), "accepted"), else_="removed")
        connection.execute(sa.update(_label).where(here, _label.c.facet == facet).values(judgement=judged))
        given = sa.select(_label.c.code).where(here, _label.c.facet == facet, _label.c.given_by.in_(in_use))
        known = set(connection.execute(given).scalars())
        common = {"letter_id": letter_id, "given_by": PERSON, "facet": facet, "judgement": "added"}
        rows = [{**common, "code": code} for code in codes if code not in known]
        if rows:
            connection.execute(sa.insert(_label), rows)


def labels_of(database: Database, letter_id: UUID) -> list[GivenLabel]:
    """All labels of a letter, those of shadows too, in the order of givers."""
    columns = tuple(_label.c[name] for name in ("given_by", "facet", "code", "confidence", "judgement"))
    query = sa.select(*columns).where(_label.c.letter_id == letter_id)
    with database.transaction() as connection:
        rows = connection.execute(query.order_by(_label.c.given_by, _label.c.facet.desc(), _label.c.code))
        return [GivenLabel(**row._mapping) for row in rows]


def shadow_letters(database: Database, shadow: str) -> int:
    """How many letters a model answered beside the one in use."""
    query = sa.select(sa.func.count()).select_from(_answer).where(_answer.c.model == shadow, _answer.c.is_shadow)
    with database.transaction() as connection:
        return connection.execute(query).scalar_one()


def disagreements(database: Database, shadow: str, limit: int) -> list[Disagreement]:
    """Labels on which a shadow differs from the model that answered, newest letters first, at most ``limit``."""
    found = _differences(shadow)
    query = (
        sa.select(found, _letter.c.number)
        .join(_letter, _letter.c.id == found.c.letter_id)
        .order_by(_letter.c.number.desc(), found.c.facet, found.c.code)
        .limit(limit)
    )
    with database.transaction() as connection:
        return [Disagreement(**row._mapping) for row in connection.execute(query)]


def count_disagreements(database: Database, shadow: str) -> list[DisagreementCount]:
    """How often a shadow differs from the model that answered, by label, most often first."""
    found = _differences(shadow)
    count = sa.func.count()
    query = (
        sa.select(
            found.c.facet,
            found.c.code,
            count.filter(~found.c.by_shadow).label("by_in_use"),
            count.filter(found.c.by_shadow).label("by_shadow"),
            count.filter(found.c.shadow_right).label("shadow_right"),
            count.filter(~found.c.shadow_right).label("in_use_right"),
        )
        .group_by(found.c.facet, found.c.code)
        .order_by(count.desc(), found.c.facet, found.c.code)
    )
    with database.transaction() as connection:
        return [DisagreementCount(**row._mapping) for row in connection.execute(query)]


def _differences(shadow: str) -> sa.Subquery:
    """Every label that one of both gave and the other did not; whether it is a request counts as one."""
    beside, used = _answer.alias("beside"), _answer.alias("used")
    both = (
        sa.select(beside.c.letter_id, used.c.model.label("in_use"))
        .join(used, sa.and_(used.c.letter_id == beside.c.letter_id, ~used.c.is_shadow))
        .where(beside.c.model == shadow, beside.c.is_shadow)
        .subquery("both")
    )
    sides = []
    for giver, other, by_shadow in (
        (sa.literal(shadow), both.c.in_use, True),
        (both.c.in_use, sa.literal(shadow), False),
    ):
        mine, theirs = _label.alias(), _label.alias()
        same = sa.and_(theirs.c.letter_id == mine.c.letter_id, theirs.c.facet == mine.c.facet)
        matched = sa.exists().where(same, theirs.c.code == mine.c.code, theirs.c.given_by == other)
        right = (mine.c.judgement == "accepted") if by_shadow else (mine.c.judgement == "removed")
        columns = (mine.c.letter_id, mine.c.facet, mine.c.code, sa.literal(by_shadow).label("by_shadow"))
        joined = sa.select(*columns, right.label("shadow_right")).join(both, both.c.letter_id == mine.c.letter_id)
        sides.append(joined.where(mine.c.given_by == giver, ~matched))
    request = (
        sa.select(
            beside.c.letter_id,
            sa.literal("request").label("facet"),
            sa.literal("request").label("code"),
            beside.c.is_request.label("by_shadow"),
            beside.c.is_request_right.label("shadow_right"),
        )
        .join(used, sa.and_(used.c.letter_id == beside.c.letter_id, ~used.c.is_shadow))
        .where(beside.c.model == shadow, beside.c.is_shadow, beside.c.is_request != used.c.is_request)
    )
    return sa.union_all(*sides, request).subquery("differences")
