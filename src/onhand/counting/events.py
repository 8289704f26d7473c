"""What counting announces. Facts: `{"count_id", "number", "status"}`; of schedules `{"schedule_id", "change"}`."""

CHANGED = "counting.count_changed"
COUNTED = "counting.lines_counted"
POSTED = "counting.count_posted"
SCHEDULE_CHANGED = "counting.schedule_changed"
SETTINGS_CHANGED = "counting.settings_changed"
CLASSES_SET = "counting.classes_set"
