"""When to buy and how much: reorder points from calibrated demand, suggestions with their reasons."""
