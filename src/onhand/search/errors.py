"""What can go wrong with kept views."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, Forbidden, NotFound


class UnknownView(NotFound):
    """There is no view {key} here, or it is somebody else's and not shared."""

    code = "search.unknown_view"


class ViewNameTaken(Conflict):
    """You have a view called {name} here already."""

    code = "search.name_taken"


class NotYourView(Forbidden):
    """The view {name} is {owner}'s; save one of your own instead."""

    code = "search.not_your_view"


on_violation("saved_view_name_key", ViewNameTaken)
