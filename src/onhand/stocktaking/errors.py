"""Why a schedule cannot be, or a count not be seen."""

from __future__ import annotations

from onhand.kernel import Conflict, Invalid, NotFound


class UnknownSchedule(NotFound):
    """There is no count schedule {key}."""

    code = "counting.unknown_schedule"


class SchedulesExist(Conflict):
    """There are count schedules already; change them, or add another."""

    title, code = "Schedules exist", "counting.schedules_exist"


class ScheduleInUse(Conflict):
    """Counts came of the schedule {name}; switch it off instead, so that they keep where they came from."""

    title, code = "Schedule in use", "counting.schedule_in_use"


class BadSchedule(Invalid):
    """A schedule by {method} needs {field}."""

    title, code = "Not a schedule", "counting.bad_schedule"


class Blind(Conflict):
    """Count {number} is not counted yet, or blind to you: what it found is shown once it is approved."""

    title, code = "Not to be seen yet", "counting.blind"
