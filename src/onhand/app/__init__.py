"""Assembly: the one floor that knows everybody."""
