"""From units sold to orders: baskets of a few lines, customers who come back, channels they buy through."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from onhand.demo.supply import Sale

COUNTER, ONLINE = "Shop counter", ("harbour", "lantern")
SHOP = 1  # the warehouse that is a shop sells over its counter
CUSTOMERS = 1_800
FIRST = [
    "Amelia",
    "Oliver",
    "Isla",
    "Noah",
    "Ava",
    "Leo",
    "Freya",
    "Arthur",
    "Maya",
    "Theo",
    "Nia",
    "Idris",
    "Zara",
    "Hugo",
    "Esme",
    "Ravi",
    "Priya",
    "Ewan",
    "Morag",
    "Siân",
    "Tomos",
    "Aoife",
    "Cormac",
    "Yusuf",
    "Leila",
    "Grace",
    "Jack",
    "Ruby",
    "Finlay",
    "Orla",
    "Kofi",
    "Anya",
    "Dylan",
    "Hana",
    "Callum",
    "Ines",
    "Rory",
    "Tess",
    "Omar",
    "Skye",
    "Felix",
    "Joan",
    "Alasdair",
    "Mina",
    "Gareth",
]
LAST = [
    "Walker",
    "Patel",
    "Hughes",
    "Campbell",
    "Okafor",
    "Nowak",
    "Bennett",
    "Shah",
    "Murphy",
    "Evans",
    "Reid",
    "Khan",
    "Fletcher",
    "Kaur",
    "Doyle",
    "Marsh",
    "Ellis",
    "Begum",
    "Rowe",
    "Sinclair",
    "Baxter",
    "Cole",
    "Drummond",
    "Farrell",
    "Gill",
    "Hart",
    "Iqbal",
    "Jarvis",
    "Kerr",
    "Lowe",
    "Moss",
    "Nairn",
    "Osei",
    "Pryce",
    "Quinn",
    "Rahman",
    "Sutton",
    "Thorne",
    "Usher",
    "Wilde",
]


@dataclass(frozen=True, slots=True)
class Basket:
    """One past order: its day and second of the day, channel, customer number (None at the counter), sales."""

    number: int
    day: int
    second: int
    channel: str
    customer: int | None
    warehouse: int
    sales: tuple[Sale, ...]


def customer_name(number: int) -> str:
    """The name of the n-th customer, always the same; no two are alike."""
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"


def customer_email(number: int) -> str:
    """Where the n-th customer gets their receipts."""
    return customer_name(number).casefold().replace("â", "a").replace(" ", ".") + "@buyers.example"


def baskets(random: np.random.Generator, sales: list[Sale]) -> list[Basket]:
    """Group each day's sales at each warehouse into baskets of one to four lines."""
    made: list[Basket] = []
    for (day, warehouse), group in groupby(sorted(sales, key=_place), key=_place):
        lines = list(group)
        order = random.permutation(len(lines))
        while order.size:
            take, order = np.split(order, [int(random.integers(1, 5))])
            made.append(_basket(random, len(made), day, warehouse, tuple(lines[i] for i in take)))
    return made


def _place(sale: Sale) -> tuple[int, int]:
    return sale.day, sale.warehouse


def _basket(random: np.random.Generator, number: int, day: int, warehouse: int, sales: tuple[Sale, ...]) -> Basket:
    over_counter = warehouse == SHOP
    channel = COUNTER if over_counter else ONLINE[int(random.random() < 0.42)]
    # Few people buy often: customer numbers follow a power law.
    customer = None if over_counter else int(CUSTOMERS * random.random() ** 2.2)
    second = int(np.clip(random.normal(14.5, 3.2), 6.5, 22.5) * 3600)
    return Basket(number, day, second, channel, customer, warehouse, sales)
