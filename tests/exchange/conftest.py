"""Files of sales, as the tests of reading them make them."""

from tests.salesfile.conftest import line, read, shared_data, write

__all__ = ["line", "read", "shared_data", "write"]
