"""The ground floor: database, HTTP edge, jobs, events, settings, secrets, logs. Its files are imported directly."""
