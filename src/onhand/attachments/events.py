"""What attachments announce. Facts: `{"owner_kind", "owner_id", "attachment_id", "change"}`."""

CHANGED = "attachments.changed"
