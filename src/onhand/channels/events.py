"""What channels announce.

Facts: `{"channel_id", "change"}`, and of a conflict `{"channel_id", "conflict_id", "kind", "status"}`.
`channels.state_changed` (`{"channel_id"}`) says that a channel's health or last exchange is another than before.
"""

CHANNEL_CHANGED = "channels.channel_changed"
STATE_CHANGED = "channels.state_changed"
CONFLICT_CHANGED = "channels.conflict_changed"
