"""Names in a file as ids: SKUs by code, barcode or external id, suppliers, warehouses, the category tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import recordfile
from onhand.intake import store
from onhand.kernel import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.intake.steps import Context

PATH = ">"
LONGEST_NAME = 255


class Wrong(Exception):
    """A cell that names nothing we know: which column, what stands there, why not, what to do."""

    def __init__(self, column: str, value: object, reason: str, fix: str) -> None:
        self.column, self.value, self.reason, self.fix = column, value, reason, fix

    def problem(self, row: recordfile.Row, context: Context) -> recordfile.Problem:
        """As people see it."""
        return recordfile.Problem(row.line, context.heading(self.column), str(self.value or ""), self.reason, self.fix)


def keys_of(rows: Iterable[recordfile.Row], column: str) -> list[str]:
    """The distinct texts of a column, in lower case."""
    return list({str(row.values[column]).lower() for row in rows if row.values.get(column) is not None})


def texts_of(rows: Iterable[recordfile.Row], column: str) -> list[str]:
    """The distinct texts of a column."""
    return list({str(row.values[column]) for row in rows if row.values.get(column) is not None})


class Skus:
    """The SKUs that rows speak of."""

    def __init__(self) -> None:
        self._by: dict[str, dict[str, UUID]] = {"sku": {}, "barcode": {}, "external_id": {}}

    @classmethod
    async def of(cls, session: AsyncSession, rows: Sequence[recordfile.Row]) -> Skus:
        """Look them up, three statements whatever the number."""
        found = cls()
        for one in await store.rows(session, store.SKUS, keys=keys_of(rows, "sku")):
            found._by["sku"][one["code"].lower()] = one["id"]
        barcodes = texts_of(rows, "barcode")
        barcodes += [str(value) for row in rows for value in _listed(row.values.get("barcodes"))]
        for column, statement, keys in (("barcode", store.BY_BARCODE, barcodes),
                                        ("external_id", store.BY_EXTERNAL, texts_of(rows, "external_id"))):  # fmt: skip
            for one in await store.rows(session, statement, keys=keys):
                found._by[column][one["key"]] = one["sku_id"]
        return found

    def ids(self) -> list[UUID]:
        """All that were found, in whatever way."""
        return list({sku_id for way in self._by.values() for sku_id in way.values()})

    def find(self, row: recordfile.Row) -> UUID | None:
        """The SKU of a row: by its code, else by a barcode, else by an external id."""
        code = row.values.get("sku")
        if code is not None:
            return self._by["sku"].get(str(code).lower())
        given = (row.values.get("barcode"), *_listed(row.values.get("barcodes")))
        by_barcode = (self._by["barcode"].get(str(value)) for value in given if value is not None)
        return next((one for one in by_barcode if one), None) or self._by["external_id"].get(
            str(row.values.get("external_id") or "")
        )

    def need(self, row: recordfile.Row) -> UUID:
        """As `find`. Raises Wrong when there is none."""
        found = self.find(row)
        if found is None:
            column = next(name for name in ("sku", "barcode", "barcodes", "external_id") if row.values.get(name))
            value = row.values[column]
            fix = "Correct it, or import it with products and SKUs first."
            raise Wrong(column, value, f"There is no SKU {value}.", fix)
        return found

    def holder(self, barcode: str) -> UUID | None:
        """Who has a barcode."""
        return self._by["barcode"].get(barcode)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


class Named:
    """Suppliers or warehouses by what rows call them."""

    def __init__(self, what: str, column: str) -> None:
        self.what, self.column = what, column
        self.by_key: dict[str, list[dict[str, Any]]] = {}

    @classmethod
    async def suppliers(cls, session: AsyncSession, rows: Sequence[recordfile.Row]) -> Named:
        """By code, else by a name that one supplier alone has."""
        found = cls("supplier", "supplier")
        known = await store.rows(session, store.SUPPLIERS, keys=keys_of(rows, "supplier"))
        for one in known:
            found.by_key[one["code"].lower()] = [one]
        for one in known:
            if (
                len(found.by_key.get(one["name"], [])) == 0
                or found.by_key[one["name"]][0]["code"].lower() != one["name"]
            ):
                found.by_key.setdefault(one["name"], []).append(one)
        return found

    @classmethod
    async def warehouses(cls, session: AsyncSession, rows: Sequence[recordfile.Row], default: str) -> Named:
        """By code; `default` for rows that name none."""
        found = cls("warehouse", "warehouse")
        keys = [*keys_of(rows, "warehouse"), default.lower()]
        for one in await store.rows(session, store.WAREHOUSES, keys=keys):
            found.by_key[one["code_key"]] = [one]
        return found

    def need(self, row: recordfile.Row, default: str = "") -> dict[str, Any]:
        """The one that the row names. Raises Wrong when there is none, or more than one."""
        value = row.values.get(self.column) or default
        if not value:
            raise Wrong(
                self.column, "", f"A {self.what} is missing.", f"Name a {self.what}, or choose one for all rows."
            )
        found = self.by_key.get(str(value).lower(), [])
        if len(found) != 1:
            many = f"{len(found)} {self.what}s are called {value}." if found else f"There is no {self.what} {value}."
            raise Wrong(self.column, value, many, f"Write the code of a {self.what}, or make it first.")
        return found[0]


class Categories:
    """The category tree by path and by name; new ones are kept apart until they are written."""

    def __init__(self, known: Sequence[dict[str, Any]]) -> None:
        self.paths: dict[tuple[str, ...], UUID] = {}
        self.names: dict[str, list[UUID]] = {}
        self.new: list[dict[str, Any]] = []
        by_id = {one["id"]: one for one in known}
        for one in known:
            path: list[str] = []
            at: dict[str, Any] | None = one
            while at is not None and len(path) < len(by_id) + 1:
                path.insert(0, at["name"].lower())
                at = by_id.get(at["parent_id"])
            self.paths[tuple(path)] = one["id"]
            self.names.setdefault(one["name"].lower(), []).append(one["id"])

    @classmethod
    async def of(cls, session: AsyncSession) -> Categories:
        """The organization's."""
        return cls(await store.rows(session, store.CATEGORIES))

    def find(self, text: str) -> UUID:
        """A category by its path or by a name that is its own; made where it is missing. Raises Wrong."""
        parts = [part.strip() for part in text.split(PATH)]
        if any(not part or len(part) > LONGEST_NAME for part in parts):
            raise Wrong("category", text, "A part of the path is empty or too long.", "Write it as Kitchen > Mugs.")
        named = self.names.get(parts[0].lower(), []) if len(parts) == 1 else []
        if len(named) > 1 and (parts[0].lower(),) not in self.paths:
            raise Wrong(
                "category", text, f"{len(named)} categories are called {text}.", "Write its path, as Kitchen > Mugs."
            )
        if len(named) == 1:
            return named[0]
        parent: UUID | None = None
        for depth in range(1, len(parts) + 1):
            path = tuple(part.lower() for part in parts[:depth])
            if path not in self.paths:
                self.paths[path] = new_id()
                self.names.setdefault(path[-1], []).append(self.paths[path])
                self.new.append({"id": self.paths[path], "name": parts[depth - 1], "parent_id": parent})
            parent = self.paths[path]
        if parent is None:
            raise AssertionError("unreachable: a path has a part")
        return parent
