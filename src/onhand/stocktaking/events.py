"""What schedules of counts announce. Facts: `{"schedule_id", "change"}`."""

SCHEDULE_CHANGED = "counting.schedule_changed"
