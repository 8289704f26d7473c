"""Why costing says no, as sentences with facts."""

from __future__ import annotations

from onhand.kernel import Conflict, FieldError, Invalid, NotFound, OnhandError


class UnknownCurrency(Invalid):
    """There is no rate for {currency} on {day} or before; add one under exchange rates."""

    title, code = "Unknown currency", "costing.unknown_currency"

    def __init__(self, currency: str, day: object, pointer: str = "/currency") -> None:
        words = f"There is no rate for {currency} on {day} or before."
        super().__init__(currency=currency, day=str(day), errors=[FieldError(pointer, self.code, words)])


class OwnCurrency(Invalid):
    """{currency} is the organization's own currency: one of it is always worth one."""

    code = "costing.own_currency"

    def __init__(self, currency: str) -> None:
        words = f"{currency} is the organization's own currency."
        super().__init__(currency=currency, errors=[FieldError("/currency", self.code, words)])


class FeedNeedsKey(Invalid):
    """Open Exchange Rates answers only with a key: give `app_id`."""

    code = "costing.feed_needs_key"

    def __init__(self) -> None:
        super().__init__(errors=[FieldError("/app_id", self.code, "Open Exchange Rates answers only with a key.")])


class UnknownRate(NotFound):
    """No rate of {currency} was set by hand for {day}."""

    code = "costing.unknown_rate"


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


class SourceSilent(OnhandError):
    """The source of exchange rates {source} does not answer: {reason}."""

    status, title, code = 502, "Source does not answer", "costing.source_silent"


class SourceRefused(OnhandError):
    """The source of exchange rates {source} refused with {status}; check its address and key."""

    status, title, code = 502, "Source refused", "costing.source_refused"


class SourceUnreadable(OnhandError):
    """What the source of exchange rates {source} answered cannot be read: {what}."""

    status, title, code = 502, "Source not understood", "costing.source_unreadable"
