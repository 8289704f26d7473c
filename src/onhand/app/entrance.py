"""How to get into the demo; `onhand serve` prints it at every start, and loads nothing else of the demo."""

EMAIL, PASSWORD = "demo@example.com", "onhand demo"
