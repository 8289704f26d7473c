"""The organization "demo": a gift shop with two believable years behind it, made from one seed."""

from onhand.demo.build import CODE, build

__all__ = ["CODE", "build"]
