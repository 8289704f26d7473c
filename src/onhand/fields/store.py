"""SQL of the organization's own fields."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Text, func, literal, select

from onhand.fields.domain import Field
from onhand.fields.tables import CustomField
from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

FIELDS = ListSpec(
    columns={
        "id": Column(CustomField.id, "uuid"),
        "target": Column(CustomField.target),
        "code": Column(CustomField.code),
        "name": Column(CustomField.name),
        "help": Column(CustomField.help, sortable=False),
        "kind": Column(CustomField.kind),
        "required": Column(CustomField.required, "bool"),
        "minimum": Column(CustomField.minimum, "number", sortable=False),
        "maximum": Column(CustomField.maximum, "number", sortable=False),
        "earliest": Column(CustomField.earliest, "date", sortable=False),
        "latest": Column(CustomField.latest, "date", sortable=False),
        "pattern": Column(CustomField.pattern, sortable=False),
        "choices": Column(CustomField.choices, sortable=False),
        "position": Column(CustomField.position, "number"),
        "archived": Column(CustomField.archived_at.is_not(None), "bool"),
        "created_at": Column(CustomField.created_at, "time"),
        "updated_at": Column(CustomField.updated_at, "time"),
    },
    default_sort="target,position,code",
    search=lambda q: func.lower(CustomField.code + " " + CustomField.name).contains(q.lower(), autoescape=True),
    aliases={"search": "q"},
    hidden={"archived": ("eq", "false")},
)


@cache
def fields() -> Select[Any]:
    """All fields."""
    return select(CustomField)


def with_field(owner: str, row_id: Any) -> Callable[[str, str, Any], ColumnElement[bool]]:
    """The filter `cf.<code>` of rows of this kind: (code, operator, value or values) → condition."""

    def where(code: str, operator: str, value: Any) -> ColumnElement[bool]:
        values = [str(one).lower() if isinstance(one, bool) else str(one) for one in _several(value)]
        found = func.with_field(owner, code, operator, literal(values, ARRAY(Text)))
        condition: ColumnElement[bool] = row_id.in_(select(found.column_valued("found")))
        return condition

    return where


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


async def find_field(session: AsyncSession, field_id: UUID, *, lock: bool = False) -> CustomField | None:
    """A field by its id."""
    return await find_row(session, CustomField, CustomField.id == field_id, lock=lock)


async def find_by_code(session: AsyncSession, target: str, code: str) -> CustomField | None:
    """A field by what it belongs to and its code."""
    return await find_row(session, CustomField, CustomField.target == target, CustomField.code == code)


async def defined(session: AsyncSession, target: str) -> Sequence[Field]:
    """The fields that are asked for, in their order."""
    statement = (
        select(CustomField)
        .where(
            CustomField.organization_id == actor_of(session).organization_id,
            CustomField.target == target,
            CustomField.archived_at.is_(None),
        )
        .order_by(CustomField.position, CustomField.code)
    )
    return [
        Field(
            row.code,
            row.name,
            row.kind,
            row.required,
            row.minimum,
            row.maximum,
            row.earliest,
            row.latest,
            row.pattern,
            tuple(row.choices),
        )
        for row in (await session.execute(statement)).scalars()
    ]
