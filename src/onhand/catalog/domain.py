"""Rules of the catalogue: barcodes, the category tree, what can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

GTIN_LENGTHS = frozenset({8, 12, 13, 14})  # EAN-8, UPC-A, EAN-13, GTIN-14
LONGEST_SEARCH_TEXT = 2_000


def check_digit(digits: str) -> str:
    """The last digit of a GTIN from the ones before it: weights 3 and 1 from the right, modulo 10.

    Source: GS1 General Specifications, section 7.9.
    """
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-weighted % 10)


def barcode_warning(value: str) -> str | None:
    """A sentence when a barcode looks like a GTIN but its check digit is wrong. Any other text is a barcode too."""
    if not (value.isascii() and value.isdecimal()) or len(value) not in GTIN_LENGTHS:
        return None
    expected = check_digit(value[:-1])
    if value[-1] == expected:
        return None
    return f"{value} has the length of an EAN/UPC, but its check digit should be {expected}, not {value[-1]}"


def gtin_forms(value: str) -> list[str]:
    """All ways to write one trade item number: a UPC is the EAN with a 0 before it, and any of them a GTIN-14.

    Empty when the text is no GTIN, or its check digit is wrong.
    """
    if not (value.isascii() and value.isdecimal()) or len(value) not in GTIN_LENGTHS:
        return []
    if check_digit(value[:-1]) != value[-1]:
        return []
    whole = value.zfill(max(GTIN_LENGTHS))
    return [whole[-n:] for n in sorted(GTIN_LENGTHS, reverse=True) if not whole[:-n].strip("0")]


def search_text(codes: Iterable[str], barcodes: Iterable[str], name: str) -> str:
    """What search looks through: codes first, so that a hit on the code can be told from one on the name.

    Words are lower case, one space apart and one before the first, so that " ab" means "a word that starts with ab".
    """
    words = " ".join([*codes, *barcodes, name]).lower().split()
    return (" " + " ".join(words) + " ")[:LONGEST_SEARCH_TEXT]


def closes_a_circle(parents: Mapping[UUID, UUID | None], moved: UUID, under: UUID | None) -> bool:
    """Whether `moved` would become its own ancestor below `under`."""
    seen: set[UUID] = set()
    while under is not None and under not in seen:
        if under == moved:
            return True
        seen.add(under)
        under = parents.get(under)
    return False


def without_repeats(values: Iterable[str]) -> list[str]:
    """The values in order, trimmed, empty ones and later repetitions (ignoring case) left out."""
    kept: dict[str, str] = {}
    for value in values:
        if trimmed := value.strip():
            kept.setdefault(trimmed.lower(), trimmed)
    return list(kept.values())
