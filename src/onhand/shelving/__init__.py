"""What lies where inside a warehouse: stock per bin and up the tree, put-away, moves between bins, the map of sites."""

from onhand.shelving.routes import router

__all__ = ["router"]
