"""What the language of search knows of products; lists of stock use it too, on their own columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, column, func, literal_column, or_, select

from onhand.catalog.store_categories import branch
from onhand.catalog.tables import Barcode
from onhand.infra.query_terms import Term, Terms

if TYPE_CHECKING:
    from sqlalchemy import FromClause

    from onhand.infra.query_language import Word

Condition = ColumnElement[bool]
LAST = chr(0x10FFFF)  # sorts behind whatever follows a beginning
MOST_HITS: ColumnElement[Any] = literal_column("2000")
STATUSES = ("active", "draft", "archived")


def coded(key: Any) -> Callable[[str, str], Condition]:
    """A code, ignoring case; with a star at the end what begins so. In forms that an index answers."""

    def condition(_operator: str, value: str) -> Condition:
        text = value.lower()
        if not text.endswith("*"):
            exact: Condition = key == text
            return exact
        return and_(key >= text[:-1], key < text[:-1] + LAST)

    return condition


def found(product_id: Any, search_text: Any) -> Callable[[Word], Condition]:
    """Products that a search for a text finds; of a phrase only those that hold it as it is written."""

    def condition(word: Word) -> Condition:
        hit = func.find_products(word.text, MOST_HITS).table_valued("product_id", "place", name="hit")
        near: Condition = product_id.in_(select(hit.c.product_id))
        if not word.phrase:
            return near
        return and_(near, func.strpos(search_text, " ".join(word.text.lower().split())) > 0)

    return condition


def product_terms(p: Any, s: Any, supplier: FromClause) -> Terms:
    """The terms of a list whose rows have the columns `p` of a product and `s` of its SKU."""
    names = {
        "name": Term("Words of the product's name", on=p.name),
        "sku": Term("The SKU's code; A-* for all that begin so", "code", where=coded(s.code_key), values="sku"),
        "barcode": Term("A barcode", "code", where=_barcode(s)),
        "category": Term("A category and all below it", where=_category(p), values="category"),
        "supplier": Term("The supplier's code, or words of its name", where=_supplier(p, supplier), values="supplier"),
        "tag": Term("A tag", where=_tag(p), values="tag"),
        "price": Term("The selling price", "number", on=s.selling_price),
        "cost": Term("The cost price", "number", on=s.cost_price),
        "status": Term("active, draft or archived", "choice", choices=_statuses(p)),
        "is": Term("archived", "choice", choices={"archived": lambda: p.archived_at.is_not(None)}),
        "created": Term("When it was added; <7d for the last seven days", "time", on=p.created_at),
        "changed": Term("When it was changed last", "time", on=p.updated_at),
    }
    return Terms(names, found(p.id, p.search_text))


def _statuses(p: Any) -> dict[str, Callable[[], Condition]]:
    def is_(status: str) -> Callable[[], Condition]:
        return lambda: p.status == status

    return {status: is_(status) for status in STATUSES}


def _barcode(s: Any) -> Callable[[str, str], Condition]:
    def condition(_operator: str, value: str) -> Condition:
        leads = select(Barcode.sku_id).where(Barcode.organization_id == s.organization_id, Barcode.value == value)
        has: Condition = s.id.in_(leads)
        return has

    return condition


def _category(p: Any) -> Callable[[str, str], Condition]:
    def condition(_operator: str, value: str) -> Condition:
        if value == "*":
            some: Condition = p.category_id.is_not(None)
            return some
        within: Condition = p.category_id.in_(branch(value))
        return within

    return condition


def _supplier(p: Any, supplier: FromClause) -> Callable[[str, str], Condition]:
    def condition(operator: str, value: str) -> Condition:
        if value == "*":
            some: Condition = p.supplier_id.is_not(None)
            return some
        text = value.lower()
        called = func.lower(supplier.c.name)
        by_name = called == text if operator == "eq" else called.contains(text, autoescape=True)
        by: Condition = p.supplier_id.in_(select(supplier.c.id).where(or_(supplier.c.code_key == text, by_name)))
        return by

    return condition


def _tag(p: Any) -> Callable[[str, str], Condition]:
    def condition(_operator: str, value: str) -> Condition:
        if value == "*":
            return func.cardinality(p.tags) > 0
        tag = func.unnest(p.tags).table_valued(column("tag"), name="tag")
        return select(tag.c.tag).where(func.lower(tag.c.tag) == value.lower()).exists()

    return condition
