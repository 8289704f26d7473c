"""Files in and out: sales histories become products, customers, orders and dated movements, and can be undone."""

from onhand.exchange.domain import FIELDS, NOT_GOODS, Options
from onhand.exchange.errors import AlreadyRunning, CannotUndo, MissingColumns, WrongRunState
from onhand.exchange.jobs import run as run_task
from onhand.exchange.receive import Received, receive
from onhand.exchange.routes import router
from onhand.exchange.runner import Job, check, commit, resume, undo
from onhand.exchange.service import CHANGED, FINISHED, UNDONE, find_run
from onhand.exchange.store import first_faults
from onhand.infra.tabular import DateOrder

__all__ = [
    "CHANGED",
    "FIELDS",
    "FINISHED",
    "NOT_GOODS",
    "UNDONE",
    "AlreadyRunning",
    "CannotUndo",
    "DateOrder",
    "Job",
    "MissingColumns",
    "Options",
    "Received",
    "WrongRunState",
    "check",
    "commit",
    "find_run",
    "first_faults",
    "receive",
    "resume",
    "router",
    "run_task",
    "undo",
]
