"""Why the ledger says no to a piece: a bin, a lot, a serial."""

from __future__ import annotations

from onhand.kernel import Conflict, Invalid, OnhandError


class UnknownBin(Invalid):
    """There is no bin {bin} at {warehouse}."""

    title, code = "Unknown bin", "ledger.unknown_bin"


class UnknownLot(Invalid):
    """There is no lot {lot} of {sku}."""

    title, code = "Unknown lot", "ledger.unknown_lot"


class UnknownSerial(Invalid):
    """There is no piece {serial} of {sku}."""

    title, code = "Unknown serial", "ledger.unknown_serial"


class LotNeeded(Invalid):
    """{sku} is kept by lot: name the lot that you receive."""

    title, code = "Which lot?", "ledger.lot_needed"


class SerialNeeded(Invalid):
    """{sku} is kept by serial: name the pieces, one line each."""

    title, code = "Which piece?", "ledger.serial_needed"


class SerialNotOne(Invalid):
    """{serial} is one single piece; {wanted} of it cannot move."""

    title, code = "One piece", "ledger.serial_not_one"


class SerialTwice(Invalid):
    """{serial} of {sku} lies at {there} already; a piece is at one place at a time."""

    title, code = "Serial twice", "ledger.serial_twice"


class LotExpired(Conflict):
    """Lot {lot} of {sku} expired on {expired}; sell it only for a reason that permits it."""

    title, code = "Lot expired", "ledger.lot_expired"


class LotHeld(Conflict):
    """Lot {lot} of {sku} is held back and may not be sold."""

    title, code = "Lot held back", "ledger.lot_held"


class EarlierLotFirst(Conflict):
    """Lot {lot} of {sku} expires sooner, on {expires}; take it first."""

    title, code = "Earlier lot first", "ledger.earlier_lot_first"


class NowhereElse(Invalid):
    """It lies there already: name another bin, lot or serial."""

    title, code = "Nowhere else", "ledger.nowhere_else"


PROBLEMS: dict[str, type[OnhandError]] = {
    "unknown_bin": UnknownBin,
    "unknown_lot": UnknownLot,
    "unknown_serial": UnknownSerial,
    "lot_needed": LotNeeded,
    "serial_needed": SerialNeeded,
    "serial_not_one": SerialNotOne,
    "serial_twice": SerialTwice,
    "lot_expired": LotExpired,
    "lot_held": LotHeld,
    "earlier_lot_first": EarlierLotFirst,
    "nowhere_else": NowhereElse,
}
# The names of the facts that post() tells with a problem, in their order.
TOLD: dict[str, tuple[str, ...]] = {
    "unknown_bin": ("bin",),
    "unknown_lot": ("lot",),
    "unknown_serial": ("serial",),
    "serial_not_one": ("serial",),
    "serial_twice": ("serial", "there"),
    "lot_expired": ("lot", "expired"),
    "lot_held": ("lot", "expires"),
    "earlier_lot_first": ("lot", "expires"),
}
