"""Why a count cannot go on."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, Forbidden, Invalid, NotFound


class UnknownCount(NotFound):
    """There is no count {key}."""

    code = "counting.unknown_count"


class UnknownLine(NotFound):
    """Count {number} has no line {key}."""

    code = "counting.unknown_line"


class IllegalStatus(Conflict):
    """Count {number} is {status} and cannot become {wanted}; it can become: {allowed}."""

    title, code = "Illegal status", "counting.illegal_status"


class NotPlanned(Conflict):
    """Count {number} is {status}; this can be done only while it is planned."""

    title, code = "Not planned", "counting.not_planned"


class NotJudged(Conflict):
    """Count {number} is {status}; lines are asked for again once it is counted and before it is posted."""

    title, code = "Not counted yet", "counting.not_judged"


class ApprovalNeeded(Conflict):
    """Count {number} is off by {value}, more than may be posted without approval."""

    title, code = "Approval needed", "counting.approval_needed"


class NotCounting(Conflict):
    """Count {number} is {status}; quantities are taken only while it is being counted."""

    title, code = "Not being counted", "counting.not_counting"


class NothingToCount(Conflict):
    """Nothing there is to be counted: no stock fits, or it is in another open count already."""

    title, code = "Nothing to count", "counting.nothing_to_count"


class AlreadyOpen(Conflict):
    """{sku} is being counted in C-{other} already; an item is in one open count at a time."""

    title, code = "Counted elsewhere", "counting.already_open"


class Uncounted(Conflict):
    """{missing} of {lines} lines of count {number} are not counted, first {sku}.

    Count them, or say that the rest is zero or left out.
    """

    title, code = "Not all counted", "counting.uncounted"


class EnoughCounters(Conflict):
    """{sku} was counted by {who} already; another person's count is not wanted in this round."""

    title, code = "Counted already", "counting.enough_counters"


class CountedIt(Forbidden):
    """{who} counted in C-{number} and cannot approve it as well; somebody else must, or the limit be raised."""

    title, code = "Counted by the same person", "counting.counted_it"


class UnknownCode(Invalid):
    """Nothing is known by the code {key}."""

    title, code = "Unknown code", "counting.unknown_code"


class BadScope(Invalid):
    """This cannot be counted: {problem}."""

    title, code = "Not a scope", "counting.bad_scope"


class BelowZero(Invalid):
    """{sku} would be counted as less than zero."""

    title, code = "Below zero", "counting.below_zero"


class OnePiece(Invalid):
    """{serial} is one single piece: it is there (1) or it is not (0)."""

    title, code = "One piece", "counting.one_piece"


class BadShares(Invalid):
    """Class A must end before class B does: {a} is not less than {b}."""

    title, code = "No such classes", "counting.bad_shares"


on_violation("count_line_open_key", AlreadyOpen)
