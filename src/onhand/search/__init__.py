"""One search over everything, what one searched for last, and views that are kept by name."""

from onhand.search.domain import KINDS
from onhand.search.errors import UnknownView, ViewNameTaken
from onhand.search.routes import router

__all__ = ["KINDS", "UnknownView", "ViewNameTaken", "router"]
