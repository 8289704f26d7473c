"""Why the ledger says no, as sentences with facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import controls, lots
from onhand.kernel import Conflict, Invalid, NotFound, OnhandError, plain
from onhand.ledger.domain import State

if TYPE_CHECKING:
    from onhand.ledger.domain import LineOutcome, Outcome


class NotEnoughStock(Conflict):
    """Only {available} of {sku} are available at {warehouse}; {wanted} were asked for."""

    title, code = "Not enough stock", "ledger.not_enough_stock"


class NotWithheld(Conflict):
    """Only {available} of {sku} at {warehouse} are set apart as unavailable; {wanted} were to be made available."""

    title, code = "Not that many unavailable", "ledger.not_withheld"


class ReservationClosed(Conflict):
    """Reservation {reservation} holds {available} of {sku} now; {wanted} were asked of it."""

    title, code = "Reservation closed", "ledger.reservation_closed"


class LevelChanged(Conflict):
    """On hand of {sku} at {warehouse} is {on_hand} now, not the {wanted} you saw."""

    title, code = "Changed meanwhile", "ledger.level_changed"


class UnknownSku(Invalid):
    """There is no SKU {sku}."""

    title, code = "Unknown SKU", "ledger.unknown_sku"


class UnknownItem(NotFound):
    """There is no SKU {sku}."""

    code = "ledger.unknown_item"


class LevelExists(Conflict):
    """There is stock of {sku} at {warehouse} on the books already; adjust it or set it."""

    title, code = "Level exists", "ledger.level_exists"


class LevelInUse(Conflict):
    """The level {key} holds stock or has a history, which stays; set it to 0 instead."""

    title, code = "Level in use", "ledger.level_in_use"


class UnknownWarehouse(Invalid):
    """There is no warehouse {warehouse}."""

    title, code = "Unknown warehouse", "ledger.unknown_warehouse"


class UnknownReservation(NotFound):
    """There is no reservation {reservation}."""

    code = "ledger.unknown_reservation"


class UnknownLevel(NotFound):
    """There is no stock level {key}; it is named sku@warehouse, by code or id."""

    code = "ledger.unknown_level"


class ReservationExists(Conflict):
    """There is already a reservation {reservation}."""

    title, code = "Reservation exists", "ledger.reservation_exists"


class BadQuantity(Invalid):
    """{wanted} is no quantity for this line."""

    title, code = "Not a quantity", "ledger.bad_quantity"


class OtherBody(Invalid):
    """The id {posting_id} was used before with another body."""

    title, code = "Id used before", "idempotency.other_body"


class NotReversible(Conflict):
    """Posting {posting_id} cannot be reversed: {why}."""

    title, code = "Not reversible", "ledger.not_reversible"


PROBLEMS: dict[str, type[OnhandError]] = {
    "not_enough_stock": NotEnoughStock,
    "not_withheld": NotWithheld,
    "reservation_closed": ReservationClosed,
    "level_changed": LevelChanged,
    "unknown_sku": UnknownSku,
    "unknown_warehouse": UnknownWarehouse,
    "unknown_reservation": UnknownReservation,
    "reservation_exists": ReservationExists,
    "bad_quantity": BadQuantity,
    "frozen": controls.Frozen,
    **lots.PROBLEMS,
}
TOLD = {"frozen": ("why", "who", "lifter", "until"), **lots.TOLD}
FACTS = "\x1f"  # what stands between a problem and the facts that post() tells with it


def _facts(line: LineOutcome) -> dict[str, object]:
    numbers = {"wanted": line.wanted, "available": line.available, "on_hand": line.on_hand}
    facts: dict[str, object] = {name: plain(value) for name, value in numbers.items() if value is not None}
    names = {"sku": line.sku, "warehouse": line.warehouse, "reservation": line.reservation and str(line.reservation)}
    return {"line": line.line, **facts, **{name: value for name, value in names.items() if value is not None}}


def problem_of(line: LineOutcome) -> OnhandError:
    """What is wrong with a line, as the error that says so."""
    code, *told = (line.problem or "").split(FACTS)
    facts = _facts(line) | dict(zip(TOLD.get(code, ()), told, strict=False))
    return PROBLEMS[code](errors=None, **facts)


def refusal(outcome: Outcome) -> OnhandError | None:
    """The error that a refused outcome amounts to; None when it was posted or replayed."""
    if outcome.ok:
        return None
    found = next((line for line in outcome.lines if line.problem), None)
    if found is None or outcome.state is State.OTHER_BODY:
        # Whatever else is wrong with its lines: they are not what was asked under this id.
        return OtherBody(posting_id=str(outcome.posting_id))
    return problem_of(found)
