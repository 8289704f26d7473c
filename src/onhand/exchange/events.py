"""What imports tell others. History itself is silent: one event at the end, one resync, one plan."""

CHANGED = "exchange.import_changed"
FINISHED = "exchange.import_finished"
UNDONE = "exchange.import_undone"
