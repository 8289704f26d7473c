"""Selling: orders from channels, by hand and from history, their allocation, shipment and cancellation.

Verbs for the floors above (each in the caller's transaction; those marked * take the organization's order counter, so
call them before locking levels of your own):

* ``create_order(session, NewOrder) -> UUID``: a wish; raises ledger.NotEnoughStock when a line cannot be covered.
* ``accept_channel_order(session, ChannelOrder) -> AcceptedOrder`` *: a fact; what no warehouse covers comes back as
  `shortages` (a backordered line), for the caller to make a conflict of.
* ``cancel_channel_order(session, channel_id, external_id) -> UUID | None``: gives back what has not left.
* ``ship_order(session, Shipment)``, ``cancel_order(session, order_id)``, ``deliver_order(session, order_id)``.
* ``allocate_order(session, order_id)``, ``allocate_backorders(session, sku_ids)``: reserve for what waits.
* ``record_history(session, History) -> Recorded`` and ``undo_history(session, group_id) -> int``: imports, set-based.
* ``daily_sales(...)``, ``daily_sku_sales(...)``: what analytics reads.
"""

from onhand.sales.domain import (
    AcceptedOrder,
    ChannelOrder,
    ChargeGiven,
    CustomerGiven,
    History,
    HistoryCharges,
    HistoryLines,
    HistoryOrders,
    LineGiven,
    NewOrder,
    Recorded,
    Shipment,
    Shortage,
)

__all__ = [
    "AcceptedOrder",
    "ChannelOrder",
    "ChargeGiven",
    "CustomerGiven",
    "History",
    "HistoryCharges",
    "HistoryLines",
    "HistoryOrders",
    "LineGiven",
    "NewOrder",
    "Recorded",
    "Shipment",
    "Shortage",
]
