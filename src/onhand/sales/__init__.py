"""Selling: orders from channels, by hand and from history, their allocation, shipment and cancellation.

Verbs run in the caller's transaction. Those that make orders hold the organization's order counter until it ends, and a
verb on an order needs it locked (`order_by(…, lock=True)`). Lock customers before, levels after; make one channel order
per transaction.
"""

from onhand.sales.domain import (
    AcceptedOrder,
    ChannelOrder,
    ChargeGiven,
    CustomerGiven,
    LineGiven,
    NewOrder,
    Shipment,
    Shortage,
)
from onhand.sales.errors import (
    IllegalStatus,
    UnknownOrder,
)
from onhand.sales.jobs import serve_backorders
from onhand.sales.routes import router
from onhand.sales.service import change_order, create_order, order_by
from onhand.sales.service_allocate import allocate_backorders, allocate_order
from onhand.sales.service_channel import accept_channel_order, cancel_channel_order
from onhand.sales.service_fulfil import cancel_order, delete_order, deliver_order, set_status, ship_order

__all__ = [
    "AcceptedOrder",
    "ChannelOrder",
    "ChargeGiven",
    "CustomerGiven",
    "IllegalStatus",
    "LineGiven",
    "NewOrder",
    "Shipment",
    "Shortage",
    "UnknownOrder",
    "accept_channel_order",
    "allocate_backorders",
    "allocate_order",
    "cancel_channel_order",
    "cancel_order",
    "change_order",
    "create_order",
    "delete_order",
    "deliver_order",
    "order_by",
    "router",
    "serve_backorders",
    "set_status",
    "ship_order",
]
