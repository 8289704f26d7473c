"""What can be wrong with a file of sales as a whole."""

from __future__ import annotations

from onhand.kernel import Invalid


class MissingColumns(Invalid):
    """No column holds {missing}. The file has the columns {columns}."""

    code = "salesfile.missing_columns"
