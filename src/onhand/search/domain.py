"""What can be found and by whom; what is being typed at a place of a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

# Each kind with the permission to see it, in the order in which they are shown.
KINDS: dict[str, str] = {
    "product": "catalog.read",
    "serial": "stock.read",
    "lot": "stock.read",
    "order": "sales.read",
    "transfer": "stock.read",
    "customer": "partners.read",
    "supplier": "partners.read",
    "category": "catalog.read",
    "warehouse": "places.read",
    "bin": "places.read",
}
MOST_RECENT = 20
TYPED = re.compile(r'(?P<name>[^\W\d][\w.-]*|"[^"]+"):(?:<=|>=|<|>|=)?(?:[^\s,()"]+,)*(?P<value>[^\s,()"]*|"[^"]*)$')
NAMED = re.compile(r"(?:^|[\s(-])(?P<name>[^\W\d][\w.-]*)$")


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed just before the caret: the beginning of a name, or of a value of `name`."""

    kind: Literal["name", "value"]
    name: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `leads` is the thing whose page shows it: a lot's product, a bin's warehouse."""

    kind: str
    id: str
    name: str
    code: str | None
    note: str | None
    leads: str | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go on: `text` is written into the query."""

    text: str
    label: str
    what: str | None


def kinds_for(may: Callable[[str], bool]) -> list[str]:
    """The kinds that somebody may see."""
    return [kind for kind, permission in KINDS.items() if may(permission)]


def grouped(hits: Sequence[Hit]) -> list[tuple[str, list[Hit]]]:
    """Hits by kind; a kind with an exact hit comes first, the others in their own order."""
    groups = [(kind, [hit for hit in hits if hit.kind == kind]) for kind in KINDS]
    found = [group for group in groups if group[1]]
    return sorted(found, key=lambda group: not any(hit.exact for hit in group[1]))


def typed(text: str, at: int) -> Typed | None:
    """What is being typed at the caret, if it is a name or a value."""
    before = text[:at]
    value = TYPED.search(before)
    if value:
        begun = value["value"].lstrip('"')
        return Typed("value", value["name"].strip('"').lower(), begun, len(before) - len(value["value"]))
    name = NAMED.search(before)
    return Typed("name", "", name["name"].lower(), name.start("name")) if name else None


def quoted(value: str) -> str:
    """A value as a query writes it."""
    return value if re.fullmatch(r'[^\s,()"<>=]+', value) else '"' + value.replace('"', "") + '"'
