"""Why an order says no, as sentences with facts."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, Invalid, NotFound


class UnknownOrder(NotFound):
    """There is no order {key}."""

    code = "sales.unknown_order"


class UnknownSkus(Invalid):
    """There is no SKU {skus}."""

    title, code = "Unknown SKU", "sales.unknown_sku"


class UnknownLine(Invalid):
    """Order {number} has no line {line}."""

    title, code = "Unknown line", "sales.unknown_line"


class NoSuchSeller(Invalid):
    """There is no such seller; choose one that exists."""

    title, code = "Unknown seller", "sales.no_such_seller"


class IllegalStatus(Conflict):
    """Order {number} is {status} and cannot become {wanted}; it can become: {allowed}."""

    title, code = "Illegal status", "sales.illegal_status"


class NotDeletable(Conflict):
    """Order {number} is {status}; only a pending order can be deleted. It can become: {allowed}."""

    title, code = "Not deletable", "sales.not_deletable"


class OnHold(Conflict):
    """Order {number} is on hold; take it off hold first."""

    title, code = "On hold", "sales.on_hold"


class NothingToShip(Conflict):
    """Order {number} has nothing reserved that could be shipped."""

    title, code = "Nothing to ship", "sales.nothing_to_ship"


class NotReserved(Conflict):
    """Only {reserved} of {sku} are reserved for order {number}; {wanted} were to be shipped."""

    title, code = "Not reserved", "sales.not_reserved"


class WaitsForStock(Conflict):
    """Order {number} still waits for {skus}; ship what is reserved, or cancel the rest."""

    title, code = "Waits for stock", "sales.waits_for_stock"


class ExternalIdTaken(Conflict):
    """There is an order {external_id} of {channel} already."""

    title, code = "Order exists", "sales.external_id_taken"


on_violation("sales_order_external_key", ExternalIdTaken)
on_violation("sales_order_channel_external_key", ExternalIdTaken)
on_violation("order_line_organization_id_seller_id_fkey", NoSuchSeller)
