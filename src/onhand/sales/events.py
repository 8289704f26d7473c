"""What sales announce.

Facts of an order: `{"order_id", "number", "status", "channel_id", "channel", "external_id"}`.
"""

ORDER_CREATED = "sales.order_created"
ORDER_CHANGED = "sales.order_changed"
ORDER_ALLOCATED = "sales.order_allocated"
ORDER_SHIPPED = "sales.order_shipped"
ORDER_DELIVERED = "sales.order_delivered"
ORDER_CANCELLED = "sales.order_cancelled"
ORDER_DELETED = "sales.order_deleted"
