"""What is wrong with a question about figures."""

from __future__ import annotations

from onhand.kernel import Invalid


class BadPeriod(Invalid):
    """A period of one's own needs `from` and `to`, in order and at most {longest} days apart."""

    title, code = "No such period", "analytics.bad_period"


class BadShares(Invalid):
    """Class A must end before class B does: {a} is not less than {b}."""

    title, code = "No such classes", "analytics.bad_shares"
