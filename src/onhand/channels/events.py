"""What channels announce.

Facts: `{"channel_id", "change"}`, and of a conflict `{"channel_id", "conflict_id", "kind", "status"}`.
`channels.state_changed` (`{"channel_id"}`) says that a channel's health is another than before;
`channels.numbers_shown` (the same) that it acknowledged or refused a batch of numbers.
"""

CHANNEL_CHANGED = "channels.channel_changed"
STATE_CHANGED = "channels.state_changed"
NUMBERS_SHOWN = "channels.numbers_shown"
CONFLICT_CHANGED = "channels.conflict_changed"
