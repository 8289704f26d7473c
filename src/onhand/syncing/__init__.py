"""Keeping channels in step with the ledger: what they show, what they sell, and what is done when they differ."""

from onhand.syncing.jobs import Keeper, forget_old_records, hub_of, keep_in_step, sync_channel
from onhand.syncing.routes import router
from onhand.syncing.service_push import Hub

__all__ = ["Hub", "Keeper", "forget_old_records", "hub_of", "keep_in_step", "router", "sync_channel"]
