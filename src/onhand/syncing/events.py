"""What keeping channels in step announces. Facts of a sync: `{"channel_id", "pushed", "orders", "differences"}`."""

SYNCED = "syncing.synced"
