"""What counting announces. Facts: `{"count_id", "number", "status"}`."""

CHANGED = "counting.count_changed"
COUNTED = "counting.lines_counted"
POSTED = "counting.count_posted"
SETTINGS_CHANGED = "counting.settings_changed"
CLASSES_SET = "counting.classes_set"
