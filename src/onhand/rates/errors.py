"""Why rates say no, as sentences with facts."""

from __future__ import annotations

from onhand.kernel import FieldError, Invalid, NotFound, OnhandError


class UnknownCurrency(Invalid):
    """There is no rate for {currency} on {day} or before; add one under exchange rates."""

    title, code = "Unknown currency", "rates.unknown_currency"

    def __init__(self, currency: str, day: object, pointer: str = "/currency") -> None:
        words = f"There is no rate for {currency} on {day} or before."
        super().__init__(currency=currency, day=str(day), errors=[FieldError(pointer, self.code, words)])


class OwnCurrency(Invalid):
    """{currency} is the organization's own currency: one of it is always worth one."""

    code = "rates.own_currency"

    def __init__(self, currency: str) -> None:
        words = f"{currency} is the organization's own currency."
        super().__init__(currency=currency, errors=[FieldError("/currency", self.code, words)])


class FeedNeedsKey(Invalid):
    """Open Exchange Rates answers only with a key: give `app_id`."""

    code = "rates.feed_needs_key"

    def __init__(self) -> None:
        super().__init__(errors=[FieldError("/app_id", self.code, "Open Exchange Rates answers only with a key.")])


class UnknownRate(NotFound):
    """No rate of {currency} was set by hand for {day}."""

    code = "rates.unknown_rate"


class SourceSilent(OnhandError):
    """The source of exchange rates {source} does not answer: {reason}."""

    status, title, code = 502, "Source does not answer", "rates.source_silent"


class SourceRefused(OnhandError):
    """The source of exchange rates {source} refused with {status}; check its address and key."""

    status, title, code = 502, "Source refused", "rates.source_refused"


class SourceUnreadable(OnhandError):
    """What the source of exchange rates {source} answered cannot be read: {what}."""

    status, title, code = 502, "Source not understood", "rates.source_unreadable"
