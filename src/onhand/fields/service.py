"""Verbs of fields: define them, and check values before they are written beside what they describe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand import audit
from onhand.fields import domain, store
from onhand.fields.errors import FieldCodeTaken, UnknownField, WrongDefinition, WrongValues
from onhand.fields.events import FIELD_CHANGED
from onhand.fields.patterns import is_pattern, matches
from onhand.fields.tables import CustomField
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row
from onhand.kernel import FieldError, now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

CHOSEN = frozenset({"choice", "multi_choice"})


async def defined(session: AsyncSession, target: str) -> Sequence[domain.Field]:
    """The fields that the organization keeps of products, SKUs and so on, in their order."""
    return await store.defined(session, target)


async def checked(
    session: AsyncSession, target: str, given: Mapping[str, Any], kept: Mapping[str, Any] | None = None, at: str = ""
) -> dict[str, Any]:
    """The values to keep: `kept` with the given ones over it; null takes one away. Raises WrongValues naming each.

    `at` is the pointer of the line that they belong to.
    """
    values, errors = read_values(await store.defined(session, target), given, kept, at)
    if errors:
        raise WrongValues(errors=errors)
    return values


def read_values(
    fields: Sequence[domain.Field], given: Mapping[str, Any], kept: Mapping[str, Any] | None = None, at: str = ""
) -> tuple[dict[str, Any], list[FieldError]]:
    """As `checked`, for many rows of which the fields are looked up once: the values, and what is wrong with them."""
    values, problems = domain.merge(fields, kept or {}, given, matches)
    return values, [FieldError(f"{at}/custom_fields/{one.code}", one.rule, one.message) for one in problems]


async def field_by_id(session: AsyncSession, field_id: UUID, *, lock: bool = False) -> CustomField:
    """One field. Raises UnknownField."""
    field = await store.find_field(session, field_id, lock=lock)
    if field is None:
        raise UnknownField(key=field_id)
    return field


async def create_field(session: AsyncSession, values: Mapping[str, Any]) -> CustomField:
    """Define a field. Raises FieldCodeTaken, WrongDefinition."""
    if await store.find_by_code(session, values["target"], values["code"]):
        raise FieldCodeTaken(code=values["code"])
    _check(values)
    field = await add_row(session, CustomField, values)
    await _note(session, "create", field, None)
    return field


async def change_field(session: AsyncSession, field: CustomField, changes: Mapping[str, Any]) -> CustomField:
    """Write the changes to a locked field; its code and kind stay. Raises WrongDefinition."""
    before, values = audit.snapshot(field), dict(changes)
    if "archived" in values:
        values["archived_at"] = (field.archived_at or now()) if values.pop("archived") else None
    _check({**before, **{name: getattr(field, name) for name in ("earliest", "latest")}, **values})
    await change_row(session, field, values)
    await _note(session, "update", field, before)
    return field


def _check(values: Mapping[str, Any]) -> None:
    """Refuse what the constraints would refuse by name."""
    kind = values["kind"]
    if (kind in CHOSEN) != bool(values["choices"]):
        raise WrongDefinition("/choices", "A choice needs its choices, and nothing else has any.")
    if len({choice.lower() for choice in values["choices"]}) < len(values["choices"]):
        raise WrongDefinition("/choices", "A choice is there twice.")
    if values["pattern"] is not None and (kind != "text" or not is_pattern(values["pattern"])):
        raise WrongDefinition("/pattern", "Only a text has a pattern, and it must be a regular expression.")
    for low, high in (("minimum", "maximum"), ("earliest", "latest")):
        if _above(values[low], values[high]):
            raise WrongDefinition(f"/{high}", "The upper bound lies below the lower one.")


def _above(low: Any, high: Any) -> bool:
    return low is not None and high is not None and low > high


async def _note(session: AsyncSession, change: str, field: CustomField, before: dict[str, Any] | None) -> None:
    await audit.record(session, change, "custom_field", field.id, before, audit.snapshot(field))
    facts = {"field_id": field.id, "target": field.target, "code": field.code, "change": change}
    await announce(session, FIELD_CHANGED, facts)
