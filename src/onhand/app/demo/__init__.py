"""The organization "Demo": a gift shop with two believable years behind it, made from one seed."""
