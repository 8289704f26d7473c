"""What was done: one append-only row for each change, written in its transaction."""

from onhand.audit.routes import router
from onhand.audit.service import record
from onhand.audit.store import COLUMNS as AUDIT_COLUMNS
from onhand.audit.store import snapshot

__all__ = ["AUDIT_COLUMNS", "record", "router", "snapshot"]
