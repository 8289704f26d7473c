"""The database is the last guard: the name of the constraint that refused becomes a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import IntegrityError as Violation

from onhand.kernel import Conflict, OnhandError

if TYPE_CHECKING:
    from sqlalchemy.exc import IntegrityError

__all__ = ["Refused", "Violation", "on_violation", "translate"]

_KNOWN: dict[str, type[OnhandError]] = {}


class Refused(Conflict):
    """The database refused this: rule {constraint}."""

    code = "database.refused"


def on_violation(constraint: str, error: type[OnhandError]) -> None:
    """Register the error that a violation of `constraint` means; called where a module declares its errors."""
    _KNOWN[constraint] = error


def translate(problem: IntegrityError | Violation) -> OnhandError:
    """The onhand error behind a violated constraint, whether SQLAlchemy wrapped it or hand-written SQL met it."""
    diagnostic = getattr(getattr(problem, "orig", problem), "diag", None)
    name = str(getattr(diagnostic, "constraint_name", "") or "")
    detail = str(getattr(diagnostic, "message_detail", "") or "")
    return _KNOWN.get(name, Refused)(constraint=name, detail=detail)
