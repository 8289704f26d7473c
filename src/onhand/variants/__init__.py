"""Variants: the options of a product, and the SKUs that are their combinations."""
