"""What was read off a label, in plain values. What it leads to here is the store's to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

FNC1 = "\x1d"
LONGEST = 2_000  # a Data Matrix holds 2,335 letters
# How keyboard scanners and people write the separator that no key has.
SEPARATORS = re.compile(r"\{GS\}|<GS>|\[GS\]|\\x1d|\\u001d|\^\]|␝|~d029|\|", re.IGNORECASE)
BRACKETS = re.compile(r"^\(\d{2,4}\)")
LINK = re.compile(r"^https?://", re.IGNORECASE)
SYMBOLOGY = re.compile(r"^\][A-Za-z]\d")
GS1_SYMBOLOGIES = frozenset({"]C1", "]d2", "]Q3", "]e0", "]J1"})


@dataclass(frozen=True, slots=True)
class Element:
    """One element string: its application identifier, what that is called, its value, and that as a date or number."""

    ai: str
    title: str
    value: str
    date: date | None = None
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One scan: the text that was read, the trade item, and what stands beside it."""

    text: str
    gtin: str | None = None
    elements: Sequence[Element] = field(default_factory=tuple)
    warnings: Sequence[str] = field(default_factory=tuple)
    also: str | None = None  # eight digits may be a GTIN-8 and the short form of a UPC: this is the long one

    def of(self, *ais: str) -> Element | None:
        """The first element with one of these identifiers."""
        return next((element for element in self.elements if element.ai in ais), None)

    def text_of(self, *ais: str) -> str | None:
        """Its value."""
        found = self.of(*ais)
        return None if found is None else found.value

    def date_of(self, *ais: str) -> date | None:
        """Its date."""
        found = self.of(*ais)
        return None if found is None else found.date

    @property
    def count(self) -> Decimal | None:
        """How many pieces: AI 30, or 37 of a pallet."""
        found = self.text_of("30", "37")
        return None if found is None else Decimal(found)

    @property
    def measure(self) -> tuple[Decimal, str] | None:
        """A weight, length, area or volume, and its unit."""
        for element in self.elements:
            if element.number is not None and (unit := MEASURES.get(element.ai[:3])):
                return element.number, unit
        return None


# GS1 General Specifications, 3.6: the fourth digit of these is where the decimal point stands.
MEASURES = {
    "310": "kg", "311": "m", "312": "m", "313": "m", "314": "m2", "315": "l", "316": "m3",
    "320": "lb", "330": "kg", "335": "l", "336": "m3", "340": "lb", "356": "troy oz", "357": "oz",
    "360": "qt", "361": "gal",
}  # fmt: skip


def cleaned(code: str) -> str:
    """The text of a scan: edges trimmed, separators as they were printed."""
    text = code.strip(" \t\r\n")
    looks_gs1 = bool(SYMBOLOGY.match(text)) or text[:2].isdecimal()
    return SEPARATORS.sub(FNC1, text) if looks_gs1 else text


def printable(text: str) -> str:
    """The same for the eye: a separator that no screen shows becomes its symbol."""
    return text.replace(FNC1, "␝")


def is_gs1(text: str) -> bool:
    """Whether it says itself that it holds element strings, so that a mistake within them is worth telling."""
    return (
        text[:3] in GS1_SYMBOLOGIES
        or bool(BRACKETS.match(text))
        or FNC1 in text
        or bool(LINK.match(text))
        or (text.startswith(("01", "02", "00", "8006")) and len(text) > len("01") + len("09521234543213"))
    )
