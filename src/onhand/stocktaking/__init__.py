"""Stocktaking: the API and lists of counts, and the schedules that plan them night by night."""

from onhand.stocktaking.jobs import plan_due
from onhand.stocktaking.routes_schedules import router

__all__ = ["plan_due", "router"]
