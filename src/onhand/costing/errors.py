"""Why costing says no, as sentences with facts."""

from __future__ import annotations

from onhand.kernel import Conflict, FieldError, Invalid, NotFound


class UnknownEntry(NotFound):
    """There is no cost entry {key}."""

    code = "costing.unknown_entry"


class AlreadyReversed(Conflict):
    """Cost entry {number} was taken back already."""

    title, code = "Taken back already", "costing.already_reversed"


class NotReversible(Conflict):
    """Cost entry {number} is of the kind {kind}, which cannot be taken back; {instead}."""

    title, code = "Not reversible", "costing.not_reversible"


class NoPrice(Invalid):
    """Nobody said what {sku} cost: give `unit_cost`, or a supplier who has a price for it."""

    code = "costing.no_price"

    def __init__(self, sku: str, pointer: str) -> None:
        words = f"Give what one {sku} cost, or a supplier who has a price for it."
        super().__init__(sku=sku, errors=[FieldError(pointer, self.code, words)])


class NothingReceived(Invalid):
    """{receipt} brought nothing that a cost could be added to."""

    code = "costing.nothing_received"

    def __init__(self, receipt: str, pointer: str) -> None:
        words = "This is no receipt, or nothing came with it."
        super().__init__(receipt=receipt, errors=[FieldError(pointer, self.code, words)])


class NothingToShareBy(Invalid):
    """The cost cannot be shared by {basis}: {why}."""

    code = "costing.nothing_to_share_by"

    def __init__(self, basis: str, why: str, pointer: str) -> None:
        super().__init__(basis=basis, why=why, errors=[FieldError(pointer, self.code, f"{why[:1].upper()}{why[1:]}.")])
