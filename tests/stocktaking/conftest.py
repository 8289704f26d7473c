"""The shop of the tests of counting."""

from tests.counting.conftest import shop

__all__ = ["shop"]
