"""Figures: what was sold, what stock is worth, what runs low; one period rules them, each says how it comes about."""

from onhand.analytics.figures import renew
from onhand.analytics.jobs import classify
from onhand.analytics.routes import router
from onhand.analytics.store import recount

__all__ = ["classify", "recount", "renew", "router"]
