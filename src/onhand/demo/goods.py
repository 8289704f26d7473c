"""What the demo's gift shop sells: four hundred articles in a category tree, with costs, prices and suppliers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

ARTICLES = 400
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Range:
    """A category: what is in it, in which variants, at which price (pounds), and when people buy it."""

    department: str
    name: str
    code: str
    things: tuple[str, ...]
    variants: tuple[str, ...]
    price: tuple[float, float]
    season: str  # all_year, christmas, spring, summer, valentine
    supplier: int


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who delivers, and in how many days on average."""

    code: str
    name: str
    contact: str
    email: str
    phone: str
    address: str
    lead_time_days: int
    payment_terms: str


@dataclass(frozen=True, slots=True)
class Article:
    """One product of the demo."""

    code: str
    name: str
    department: str
    category: str
    season: str
    cost: Decimal
    price: Decimal
    supplier: int
    pack: int
    minimum: int
    barcode: str


SUPPLIERS = (
    Supplier(
        "PENNINE",
        "Pennine Pottery",
        "Helen Ashworth",
        "orders@pennine-pottery.example",
        "+44 1422 555 0142",
        "Kiln Lane, Hebden Bridge HX7 6DA",
        10,
        "30 days net",
    ),
    Supplier(
        "BRISTOL",
        "Bristol Paper Works",
        "Dev Mistry",
        "sales@bristolpaper.example",
        "+44 117 555 0119",
        "22 Temple Back, Bristol BS1 6FL",
        5,
        "30 days net",
    ),
    Supplier(
        "LUMEN",
        "Lumen Candle Makers",
        "Carys Owen",
        "hello@lumencandles.example",
        "+44 1970 555 0133",
        "Unit 3, Glanyrafon, Aberystwyth SY23 3JQ",
        7,
        "14 days net",
    ),
    Supplier(
        "FJORD",
        "Fjord Home",
        "Ingrid Solheim",
        "export@fjordhome.example",
        "+47 55 55 01 70",
        "Strandgaten 81, 5004 Bergen, Norway",
        21,
        "45 days net",
    ),
    Supplier(
        "ORCHARD",
        "Orchard Toys & Textiles",
        "Martin Pell",
        "trade@orchard.example",
        "+44 1432 555 0158",
        "Orchard Mill, Ledbury HR8 1EA",
        14,
        "30 days net",
    ),
)
_GLAZES = ("Sea Green", "Oat", "Midnight Blue", "Speckled White", "Rust")
_SCENTS = ("Fig & Cedar", "Sea Salt", "Lavender", "Orange Blossom", "Woodsmoke")
_PRINTS = ("Wild Hare", "Harbour", "Fern", "Hedgerow", "Kingfisher")
_COLOURS = ("Natural", "Sage", "Mustard", "Charcoal", "Blush")
RANGES = (
    Range(
        "Kitchen",
        "Stoneware",
        "STW",
        ("Mug", "Bowl", "Side Plate", "Milk Jug", "Teapot"),
        _GLAZES,
        (8, 38),
        "all_year",
        0,
    ),
    Range(
        "Kitchen",
        "Kitchen Textiles",
        "KTX",
        ("Tea Towel", "Apron", "Oven Glove", "Napkin Set"),
        _PRINTS,
        (6, 28),
        "all_year",
        4,
    ),
    Range(
        "Kitchen",
        "Boards & Tins",
        "BRD",
        ("Chopping Board", "Cake Tin", "Biscuit Tin", "Tray"),
        _COLOURS,
        (9, 34),
        "all_year",
        3,
    ),
    Range(
        "Home", "Candles", "CND", ("Candle", "Tealight Set", "Diffuser", "Room Spray"), _SCENTS, (5, 26), "christmas", 2
    ),
    Range("Home", "Cushions & Throws", "CUS", ("Cushion", "Throw", "Seat Pad"), _COLOURS, (14, 65), "christmas", 4),
    Range(
        "Home", "Vases & Frames", "VAS", ("Bud Vase", "Vase", "Photo Frame", "Mirror"), _COLOURS, (7, 42), "all_year", 3
    ),
    Range("Home", "Lighting", "LGT", ("Lantern", "Fairy Lights", "Table Lamp"), _COLOURS, (9, 58), "christmas", 3),
    Range(
        "Paper",
        "Cards",
        "CRD",
        ("Birthday Card", "Thank You Card", "Love Card", "New Home Card"),
        _PRINTS,
        (2, 4),
        "valentine",
        1,
    ),
    Range(
        "Paper",
        "Notebooks",
        "NTB",
        ("Notebook", "Diary", "Sketchbook", "Desk Planner"),
        _PRINTS,
        (5, 22),
        "all_year",
        1,
    ),
    Range(
        "Paper", "Wrap & Ribbon", "WRP", ("Gift Wrap", "Ribbon", "Gift Bag", "Tag Set"), _PRINTS, (2, 9), "christmas", 1
    ),
    Range("Garden", "Planters", "PLT", ("Planter", "Hanging Pot", "Window Box"), _GLAZES, (9, 48), "spring", 0),
    Range(
        "Garden", "Tools & Seeds", "GRD", ("Seed Tin", "Trowel", "Twine", "Bird Feeder"), _COLOURS, (4, 29), "spring", 3
    ),
    Range(
        "Garden", "Picnic", "PIC", ("Picnic Blanket", "Hamper", "Flask", "Lunch Bag"), _COLOURS, (12, 72), "summer", 4
    ),
    Range(
        "Toys",
        "Soft Toys",
        "SFT",
        ("Hare", "Bear", "Fox", "Otter"),
        ("Small", "Medium", "Large"),
        (9, 36),
        "christmas",
        4,
    ),
    Range("Toys", "Wooden Toys", "WDN", ("Train", "Puzzle", "Stacker", "Boat"), _COLOURS, (8, 40), "christmas", 4),
    Range(
        "Christmas",
        "Decorations",
        "XMS",
        ("Bauble", "Wreath", "Stocking", "Advent Calendar", "Tree Star"),
        ("Red", "Gold", "Forest", "Silver", "Plaid"),
        (3, 32),
        "christmas",
        3,
    ),
    Range(
        "Jewellery",
        "Silver",
        "SLV",
        ("Stud Earrings", "Pendant", "Bangle", "Ring"),
        ("Leaf", "Moon", "Wave", "Knot", "Bee"),
        (18, 90),
        "valentine",
        3,
    ),
    Range(
        "Bath", "Soap & Balm", "SOP", ("Soap", "Hand Balm", "Bath Salts", "Lip Balm"), _SCENTS, (4, 18), "all_year", 2
    ),
    Range("Bath", "Towels", "TWL", ("Hand Towel", "Bath Towel", "Wash Bag"), _COLOURS, (9, 34), "all_year", 4),
)


def check_digit(digits: str) -> str:
    """The GS1 check digit of the first twelve digits of an EAN-13."""
    total = sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(digits))
    return str(-total % 10)


def articles(random: np.random.Generator) -> list[Article]:
    """The assortment: every thing in every variant, in two sizes or editions where needed, until there are 400."""
    combinations = [
        (r, thing, variant, edition)
        for edition in ("", "Limited")
        for r in RANGES
        for thing in r.things
        for variant in r.variants
    ]
    return [_article(random, number, *c) for number, c in enumerate(combinations[:ARTICLES])]


def _article(random: np.random.Generator, number: int, r: Range, thing: str, variant: str, edition: str) -> Article:
    low, high = r.price
    price = Decimal(str(round(float(random.uniform(low, high)) * (1.3 if edition else 1)))) - CENT
    cost = (price * Decimal(str(round(float(random.uniform(0.38, 0.55)), 3)))).quantize(CENT)
    initials = "".join(word[0] for word in f"{thing} {variant}".replace("&", "").split())
    digits = f"502{number:09d}"
    cheap = price < 10  # cards and tags come by the dozen
    return Article(
        code=f"{r.code}-{initials}{number + 1:03d}",
        name=" ".join(filter(None, (edition, variant, thing))),
        department=r.department,
        category=r.name,
        season=r.season,
        cost=cost,
        price=price,
        supplier=r.supplier,
        pack=12 if cheap else int(random.choice([1, 2, 6])),
        minimum=24 if cheap else 6,
        barcode=digits + check_digit(digits),
    )
