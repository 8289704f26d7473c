"""From and to whom: suppliers and what they sell us, customers, sellers."""

from onhand.partners.errors import (
    AlreadySupplied,
    CodeTaken,
    NoSuchSku,
    NoSuchSupplier,
    UnknownCustomer,
    UnknownSeller,
    UnknownSupplier,
    UnknownSupplierItem,
)
from onhand.partners.routes import router
from onhand.partners.service import (
    CUSTOMER,
    SELLER,
    SUPPLIER,
    CustomerWanted,
    change_partner,
    create_partner,
    customer_for,
    ensure_customers,
    partner_by,
    remove_partner,
)
from onhand.partners.service_items import Offer, change_offer, create_offer, offer_by_id, remove_offer

__all__ = [
    "CUSTOMER",
    "SELLER",
    "SUPPLIER",
    "AlreadySupplied",
    "CodeTaken",
    "CustomerWanted",
    "NoSuchSku",
    "NoSuchSupplier",
    "Offer",
    "UnknownCustomer",
    "UnknownSeller",
    "UnknownSupplier",
    "UnknownSupplierItem",
    "change_offer",
    "change_partner",
    "create_offer",
    "create_partner",
    "customer_for",
    "ensure_customers",
    "offer_by_id",
    "partner_by",
    "remove_offer",
    "remove_partner",
    "router",
]
