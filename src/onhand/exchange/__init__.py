"""Files in and out: sales histories become products, customers, orders and dated movements, and can be undone."""

from onhand.exchange.errors import AlreadyRunning, CannotUndo, WrongRunState
from onhand.exchange.events import CHANGED, FINISHED, UNDONE
from onhand.exchange.jobs import run as run_task
from onhand.exchange.posting import Job
from onhand.exchange.receive import Received, receive
from onhand.exchange.routes import router
from onhand.exchange.runner import check, commit, resume, undo
from onhand.exchange.service import find_run, upload
from onhand.exchange.store import first_faults
from onhand.infra.tabular import DateOrder

__all__ = [
    "CHANGED",
    "FINISHED",
    "UNDONE",
    "AlreadyRunning",
    "CannotUndo",
    "DateOrder",
    "Job",
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
    "upload",
]
