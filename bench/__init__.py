"""Reproducible measurements: ratios to raw PostgreSQL in the same run. `make bench` runs them all."""
