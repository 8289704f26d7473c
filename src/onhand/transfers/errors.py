"""Why a transfer cannot go on."""

from __future__ import annotations

from onhand.kernel import Conflict, Invalid, NotFound


class UnknownTransfer(NotFound):
    """There is no transfer {key}."""

    code = "transfers.unknown_transfer"


class IllegalStatus(Conflict):
    """Transfer {number} is {status} and cannot become {wanted}; it can become: {allowed}."""

    title, code = "Illegal status", "transfers.illegal_status"


class SamePlace(Invalid):
    """A transfer goes from one warehouse to another; both are {warehouse}."""

    code = "transfers.same_place"


class NotPending(Conflict):
    """Transfer {number} is {status}; only a pending one can be deleted. Cancel it instead."""

    title, code = "Not pending", "transfers.not_pending"


class MoreThanUnderWay(Conflict):
    """Only {under_way} of {sku} are under way in transfer {number}; {wanted} were to arrive."""

    title, code = "More than under way", "transfers.more_than_under_way"


class UnknownLine(Invalid):
    """Transfer {number} does not carry {sku}."""

    code = "transfers.unknown_line"
