"""Where we sell: channels, how they do, how they are spoken to, and where they disagree with the ledger.

Keeping them in step with the ledger is `syncing`'s work.
"""

from onhand.channels.conflicts import Disagreement, raise_conflict, settle
from onhand.channels.connectors import Connectors, connected, open_credentials, read_message, seal_credentials
from onhand.channels.domain import PATIENCE, Circuit, pause
from onhand.channels.errors import (
    ChannelBusy,
    ChannelRefused,
    ChannelUnreachable,
    CredentialsRefused,
    NotSynced,
    UnknownChannel,
    UnknownConflict,
)
from onhand.channels.events import CHANNEL_CHANGED, STATE_CHANGED
from onhand.channels.locks import Locks
from onhand.channels.port import Answer, Article, Connector, Sale, Sales, Shown, SoldLine
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
from onhand.channels.store_records import count_conflicts, find_conflict, forget_logs, log, recent_lags
from onhand.channels.tables import Channel

__all__ = [
    "CHANNEL_CHANGED",
    "PATIENCE",
    "READ",
    "STATE_CHANGED",
    "WRITE",
    "Answer",
    "Article",
    "Channel",
    "ChannelBusy",
    "ChannelRefused",
    "ChannelUnreachable",
    "Circuit",
    "Connector",
    "Connectors",
    "CredentialsRefused",
    "Disagreement",
    "Locks",
    "NotSynced",
    "Ref",
    "Sale",
    "Sales",
    "Shown",
    "SoldLine",
    "UnknownChannel",
    "UnknownConflict",
    "change_channel",
    "change_state",
    "channel_by",
    "connected",
    "count_conflicts",
    "create_channel",
    "create_sandbox_channels",
    "find_channel",
    "find_conflict",
    "forget_logs",
    "has_channels",
    "health",
    "key_of",
    "lock_until_commit",
    "log",
    "note_failure",
    "note_well",
    "open_channels",
    "open_credentials",
    "owner_of",
    "pause",
    "raise_conflict",
    "read_message",
    "recent_lags",
    "remove_channel",
    "router",
    "seal_credentials",
    "settle",
    "state_of",
    "synced_channels",
    "warehouses_of",
]
