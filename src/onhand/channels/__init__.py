"""Where we sell: channels, what each should show and shows, how they do, and where they disagree with the ledger.

Speaking to them is `syncing`'s work, with the connectors of `connectors`.
"""

from onhand.channels import store_listings as listings
from onhand.channels.conflicts import Disagreement, raise_conflict, settle
from onhand.channels.connectors import Connectors, connected, open_credentials, seal_credentials
from onhand.channels.domain import PATIENCE, Circuit, pause
from onhand.channels.errors import NotSynced, UnknownChannel, UnknownConflict
from onhand.channels.events import CHANNEL_CHANGED, NUMBERS_SHOWN, STATE_CHANGED
from onhand.channels.locks import Locks
from onhand.channels.routes import READ, WRITE, key_of, router
from onhand.channels.service import (
    change_channel,
    channel_by,
    create_channel,
    create_sandbox_channels,
    has_channels,
    health,
    remove_channel,
)
from onhand.channels.service_listings import ensure_listed, list_changed, refresh, resync
from onhand.channels.store import (
    Ref,
    change_state,
    find_channel,
    lock_until_commit,
    note_failure,
    note_well,
    open_channels,
    owner_of,
    state_of,
    synced_channels,
    warehouses_of,
)
from onhand.channels.store_lists import name_of
from onhand.channels.store_records import count_conflicts, find_conflict, forget_logs, log, recent_lags
from onhand.channels.tables import Channel, Listing

__all__ = [
    "CHANNEL_CHANGED",
    "NUMBERS_SHOWN",
    "PATIENCE",
    "READ",
    "STATE_CHANGED",
    "WRITE",
    "Channel",
    "Circuit",
    "Connectors",
    "Disagreement",
    "Listing",
    "Locks",
    "NotSynced",
    "Ref",
    "UnknownChannel",
    "UnknownConflict",
    "change_channel",
    "change_state",
    "channel_by",
    "connected",
    "count_conflicts",
    "create_channel",
    "create_sandbox_channels",
    "ensure_listed",
    "find_channel",
    "find_conflict",
    "forget_logs",
    "has_channels",
    "health",
    "key_of",
    "list_changed",
    "listings",
    "lock_until_commit",
    "log",
    "name_of",
    "note_failure",
    "note_well",
    "open_channels",
    "open_credentials",
    "owner_of",
    "pause",
    "raise_conflict",
    "recent_lags",
    "refresh",
    "remove_channel",
    "resync",
    "router",
    "seal_credentials",
    "settle",
    "state_of",
    "synced_channels",
    "warehouses_of",
]
