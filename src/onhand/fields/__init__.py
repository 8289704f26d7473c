"""Fields of the organization's own, on products, SKUs and whatever else it keeps."""
