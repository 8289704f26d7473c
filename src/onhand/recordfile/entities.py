"""Every kind of record that can be imported, described once."""

from __future__ import annotations

from onhand.recordfile.domain import Column, Entity

SKU = Column(
    "sku", "SKU", "code", longest=100, example="MUG-BLUE",
    about="Its code. Where it is left out, the barcode or the external id finds it.",
    names=("skucode", "itemsku", "productcode", "itemcode", "stockcode", "code", "articleno", "articlenumber", "itemno",
           "partnumber", "variantsku", "artikelnummer", "referencia"),
)  # fmt: skip
BARCODE = Column(
    "barcode", "Barcode", "code", longest=200, example="5901234123457", about="Finds the SKU that has it.",
    names=("ean", "gtin", "upc", "ean13"),
)  # fmt: skip
EXTERNAL = Column(
    "external_id", "External id", "code", longest=200, example="shop-1001",
    about="What another system calls it. Remembered, so that the next file finds it by this alone.",
    names=("externalkey", "foreignid", "legacyid", "handle"),
)  # fmt: skip
THE_SKU = Column(**{name: getattr(SKU, name) for name in SKU.__slots__} | {"about": "Its code."})
WAREHOUSE = Column(
    "warehouse", "Warehouse", "code", longest=100, example="MAIN", about="Its code; left out, the one chosen above.",
    names=("warehousecode", "location", "locationcode", "site", "store", "lager"),
)  # fmt: skip
PIECES = (
    Column("lot", "Lot", "code", longest=100, example="L-2026-09", names=("lotcode", "batch", "batchno", "charge")),
    Column("serial", "Serial number", "code", longest=100, example="SN-0001", names=("serialno", "serialnumber", "sn")),
    Column("bin", "Bin", "code", longest=100, example="A-01-3", names=("bincode", "shelf", "spot")),
)
NOTE = Column("note", "Note", example="seen by hand", longest=1_000, names=("comment", "remark", "notes"))
NOTES = Column("notes", "Notes", longest=10_000, names=("note", "comment", "remark"))
REASON = Column("reason", "Reason", example="stocktake", longest=200, names=("why",))
WHEN = Column(
    "at", "When", "moment", example="2026-03-01", about="When it took effect; left out, now.",
    names=("date", "effectiveat", "countedat", "time", "datum"),
)  # fmt: skip
UNIT_COST = Column(
    "unit_cost", "Unit cost", "money", example="3.20", names=("cost", "costprice", "purchaseprice", "einkaufspreis")
)
CURRENCY = Column("currency", "Currency", "currency", example="EUR", names=("curr", "waehrung"))
EMAIL = ("email", "mail", "emailaddress", "contactmail")
PHONE = ("phone", "telephone", "tel", "mobile")
DAYS = 730


def name(example: str, *names: str) -> Column:
    """What it is called."""
    return Column("name", "Name", required=False, example=example, names=names)


PRODUCTS = Entity(
    "products", "Products and SKUs",
    "A row per SKU: made when it is new (then it needs a name), else changed where the row says something else.",
    (
        SKU,
        name("Blue mug", "title", "productname", "itemname", "description1", "bezeichnung", "nombre"),
        Column("description", "Description", longest=10_000, names=("longdescription", "body", "beschreibung")),
        Column("barcodes", "Barcodes", "list", longest=200, example="5901234123457",
               about="Several are separated by semicolons; they replace those it had.",
               names=("barcode", "ean", "gtin", "upc", "ean13")),
        Column("cost_price", "Cost price", "money", example="3.20",
               names=("cost", "unitcost", "purchaseprice", "einkaufspreis")),
        Column("selling_price", "Selling price", "money", example="8.50",
               names=("price", "unitprice", "saleprice", "retailprice", "rrp", "verkaufspreis", "precio")),
        CURRENCY,
        Column("category", "Category", longest=500, example="Kitchen > Mugs",
               about="Its path, parts separated by >; what is missing of it is made.",
               names=("categorypath", "productcategory", "group", "department", "kategorie")),
        Column("supplier", "Supplier", "code", example="ACME", about="Its code, or its name if no other has it.",
               names=("suppliercode", "vendor", "lieferant")),
        Column("tags", "Tags", "list", longest=50, example="kitchen; blue", names=("labels", "keywords")),
        Column("status", "Status", "choice", choices=("active", "draft", "archived"), example="active",
               names=("state",)),
        Column("tracks_lots", "Tracks lots", "yes_no", example="no", names=("lots", "lottracked", "batchtracked")),
        Column("tracks_serials", "Tracks serials", "yes_no", example="no", names=("serials", "serialtracked")),
        EXTERNAL,
    ),
    ("sku",), "catalog.write", one_of=("sku", "barcodes", "external_id"),
)  # fmt: skip
SUPPLIERS = Entity(
    "suppliers", "Suppliers", "A row per supplier, found by code.",
    (
        Column("code", "Code", "code", required=True, longest=100, example="ACME",
               names=("suppliercode", "vendorcode", "supplierid", "vendorid", "id")),
        name("Acme Ceramics", "supplier", "suppliername", "vendor", "company", "vendorname"),
        Column("contact_name", "Contact", example="Ann Clay", names=("contact", "contactperson")),
        Column("contact_email", "E-mail", example="ann@acme.example", names=EMAIL),
        Column("contact_phone", "Phone", example="+44 20 7946 0000", names=PHONE),
        Column("address", "Address", longest=10_000, example="1 Kiln Lane, Stoke"),
        Column("payment_terms", "Payment terms", longest=10_000, example="30 days net", names=("terms",)),
        Column("shipping_terms", "Shipping terms", longest=10_000, example="DAP", names=("incoterms",)),
        CURRENCY,
        Column("tax_id", "Tax id", example="GB123456789", names=("vat", "vatid", "vatnumber", "taxnumber")),
        Column("lead_time_days", "Lead time in days", "whole", example="7", most=DAYS, names=("leadtime",)),
        Column("active", "Active", "yes_no", example="yes"),
        NOTES,
    ),
    ("code",), "partners.write",
)  # fmt: skip
SUPPLIER_ITEMS = Entity(
    "supplier-items", "Supplier prices", "What a supplier sells: a row per supplier and SKU.",
    (
        Column("supplier", "Supplier", "code", required=True, example="ACME", about="Its code, or its name.",
               names=("suppliercode", "vendor", "vendorcode", "lieferant")),
        THE_SKU, BARCODE,
        Column("supplier_sku", "Supplier's code", example="AC-77", names=("vendorsku", "theircode")),
        Column("price", "Price", "money", example="3.10", names=("unitprice", "cost", "purchaseprice")),
        CURRENCY,
        Column("minimum_quantity", "Minimum", "positive", example="12", names=("moq", "minimum", "minqty")),
        Column("pack_size", "Pack size", "positive", example="6", names=("pack", "packsize", "multiple")),
        Column("lead_time_days", "Lead time in days", "whole", example="14", most=DAYS, names=("leadtime",)),
        Column("preferred", "Preferred", "yes_no", example="yes", names=("primary", "main")),
    ),
    ("supplier", "sku"), "partners.write", one_of=("sku", "barcode"),
)  # fmt: skip
CUSTOMERS = Entity(
    "customers", "Customers", "A row per customer, found by code, else by e-mail.",
    (
        Column("code", "Code", "code", longest=100, example="C-1001",
               names=("customercode", "customerid", "customerno", "customernumber", "id")),
        name("Jo Field", "customer", "customername", "fullname", "company"),
        Column("email", "E-mail", longest=254, example="jo@field.example", names=(*EMAIL[1:], "customeremail")),
        Column("phone", "Phone", example="+44 20 7946 0001", names=PHONE[1:]),
        Column("country", "Country", example="GB", names=("land", "countrycode")),
        Column("shipping_address", "Shipping address", "address", longest=2_000, example="2 Hill Road, Leeds",
               names=("shippingaddress", "address", "deliveryaddress")),
        Column("billing_address", "Billing address", "address", longest=2_000, names=("invoiceaddress",)),
        NOTES,
    ),
    ("code", "email"), "partners.write", one_of=("code", "email"),
)  # fmt: skip
WAREHOUSES = Entity(
    "warehouses", "Warehouses", "A row per site, found by code.",
    (
        Column("code", "Code", "code", required=True, longest=100, example="MAIN",
               names=("warehousecode", "locationcode", "sitecode", "warehouse", "location")),
        name("Main warehouse", "warehousename", "locationname"),
        Column("kind", "Kind", "choice", choices=("warehouse", "store", "3pl", "consignment", "van"), example="store",
               names=("type",)),
        Column("priority", "Priority", "whole", example="100"),
        Column("address", "Address", longest=10_000, names=("street",)),
        Column("city", "City"), Column("region", "Region", names=("state", "county")),
        Column("postal_code", "Postal code", "code", names=("zip", "postcode", "plz")),
        Column("country", "Country", example="GB"),
        Column("contact_name", "Contact"), Column("contact_email", "E-mail", names=EMAIL),
        Column("contact_phone", "Phone", names=PHONE),
        Column("active", "Active", "yes_no", example="yes"),
    ),
    ("code",), "places.write",
)  # fmt: skip
LOTS = Entity(
    "lots", "Lots", "A row per lot of a SKU: its dates, its supplier's number.",
    (
        THE_SKU, BARCODE,
        Column("lot", "Lot", "code", required=True, longest=100, example="L-2026-09",
               names=("code", "lotcode", "batch", "batchno")),
        Column("made_on", "Made on", "date", example="2026-01-15", names=("productiondate", "manufactured")),
        Column("expires_on", "Best before", "date", example="2026-09-30",
               names=("expiry", "expirydate", "bestbefore", "expires", "mhd")),
        Column("supplier", "Supplier", "code", example="ACME", names=("suppliercode", "vendor")),
        Column("supplier_lot", "Supplier's lot", example="S-993", names=("vendorlot",)),
        Column("status", "Status", "choice", choices=("open", "held"), example="open"),
        NOTE,
    ),
    ("sku", "lot"), "stock.write", one_of=("sku", "barcode"),
)  # fmt: skip
SERIALS = Entity(
    "serials", "Serials", "A row per piece: what is known of it. Stock of it comes with opening stock or a receipt.",
    (
        THE_SKU, BARCODE,
        Column("serial", "Serial number", "code", required=True, longest=100, example="SN-0001",
               names=("code", "serialno", "serialnumber", "sn")),
        Column("lot", "Lot", "code", longest=100, example="L-2026-09", names=("lotcode", "batch")),
        Column("certificate", "Certificate", example="PSA 10 #8812", names=("cert", "grade")),
        NOTE,
    ),
    ("sku", "serial"), "stock.write", one_of=("sku", "barcode"),
)  # fmt: skip
OPENING = Entity(
    "opening-stock", "Opening stock", "What lay there when onhand began: a row per SKU and place, lot or piece.",
    (
        THE_SKU, BARCODE, WAREHOUSE,
        Column("quantity", "Quantity", "positive", required=True, example="24",
               names=("qty", "onhand", "stock", "units", "menge", "cantidad")),
        UNIT_COST, CURRENCY, *PIECES,
        Column("made_on", "Made on", "date", names=("productiondate",)),
        Column("expires_on", "Best before", "date", example="2026-09-30", names=("expiry", "expirydate", "bestbefore")),
        WHEN, NOTE,
    ),
    ("sku", "barcode", "warehouse", "bin", "lot", "serial"), "stock.write", one_of=("sku", "barcode"), additive=True,
    moves_stock=True,
)  # fmt: skip
LEVELS = Entity(
    "levels", "Stock levels", "What there is now: each row sets on hand to a number. The same again changes nothing.",
    (
        THE_SKU, BARCODE, WAREHOUSE,
        Column("quantity", "On hand", "quantity", required=True, example="24",
               names=("onhand", "qty", "stock", "units", "menge", "cantidad")),
        UNIT_COST, CURRENCY, *PIECES, REASON, NOTE,
    ),
    ("sku", "barcode", "warehouse", "bin", "lot", "serial"), "stock.write", one_of=("sku", "barcode"),
    moves_stock=True,
)  # fmt: skip
ADJUSTMENTS = Entity(
    "adjustments", "Stock adjustments", "What came or went: each row adds its change to what is there.",
    (
        THE_SKU, BARCODE, WAREHOUSE,
        Column("change", "Change", "number", required=True, example="-2",
               names=("adjustment", "delta", "difference", "quantity", "qty")),
        UNIT_COST, CURRENCY, *PIECES, REASON, WHEN, NOTE,
    ),
    (), "stock.write", one_of=("sku", "barcode"), additive=True, moves_stock=True,
)  # fmt: skip
COUNTS = Entity(
    "counts", "Counts", "What was counted: facts that set on hand, with the day on which it was counted.",
    (
        THE_SKU, BARCODE, WAREHOUSE,
        Column("counted", "Counted", "quantity", required=True, example="23",
               names=("count", "countedquantity", "quantity", "qty", "actual")),
        *PIECES, REASON, NOTE,
    ),
    ("sku", "barcode", "warehouse", "bin", "lot", "serial"), "stock.write", one_of=("sku", "barcode"),
    moves_stock=True,
)  # fmt: skip
ORDERS = Entity(
    "orders", "Orders", "A row per line; rows with the same number are one order, and its stock is reserved.",
    (
        Column("number", "Order number", "code", required=True, longest=100, example="1001",
               names=("orderno", "ordernumber", "orderid", "order", "externalid", "invoice", "name")),
        Column("at", "Date", "moment", example="2026-03-02",
               names=("orderdate", "date", "createdat", "placedat", "datum")),
        Column("customer", "Customer", "code", example="C-1001", about="Code or e-mail; made when new.",
               names=("customercode", "customerid", "email", "customeremail")),
        Column("customer_name", "Customer's name", example="Jo Field", names=("shippingname", "billingname", "buyer")),
        THE_SKU, BARCODE,
        Column("quantity", "Quantity", "positive", required=True, example="2",
               names=("qty", "units", "lineitemquantity")),
        Column("unit_price", "Unit price", "money", required=True, example="8.50",
               names=("price", "lineitemprice", "itemprice")),
        Column("discount", "Discount of the line", "money", example="0", names=("linediscount",)),
        CURRENCY, WAREHOUSE, NOTE,
    ),
    (), "sales.write", one_of=("sku", "barcode"),
)  # fmt: skip
ENTITIES: dict[str, Entity] = {
    entity.name: entity
    for entity in (
        PRODUCTS, OPENING, LEVELS, ADJUSTMENTS, COUNTS, LOTS, SERIALS, SUPPLIERS, SUPPLIER_ITEMS, CUSTOMERS, ORDERS,
        WAREHOUSES,
    )
}  # fmt: skip
