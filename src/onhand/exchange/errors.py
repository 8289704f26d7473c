"""What can be wrong with a run, as sentences."""

from __future__ import annotations

from onhand.kernel import Conflict


class WrongRunState(Conflict):
    """This import is {status}; {verb} is possible only when it is {allowed}."""

    code = "exchange.wrong_run_state"


class AlreadyRunning(Conflict):
    """Another import from {source} is running; wait until it is finished."""

    code = "exchange.already_running"


class CannotUndo(Conflict):
    """This import cannot be undone: {count} SKUs hold less than it brought ({example}). Bring it back first."""

    code = "exchange.cannot_undo"
