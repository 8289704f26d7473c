"""An empty file of each kind, with an example row: made of the same description that reads it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from onhand.infra.tabular import safe_cell

if TYPE_CHECKING:
    from onhand.recordfile.domain import Column, Entity


def template(entity: Entity) -> str:
    """A CSV with all columns and one example; needed columns stand first as they do in the description."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in entity.columns])
    writer.writerow([safe_cell(column.example) for column in entity.columns])
    return out.getvalue()


def wanted(column: Column) -> str:
    """What a column takes, in words."""
    kinds = {
        "text": f"text, at most {column.longest} characters", "code": f"text, at most {column.longest} characters",
        "number": "a number other than 0", "quantity": "0 or more", "positive": "more than 0",
        "money": "an amount of 0 or more", "whole": f"a whole number, at most {column.most}", "date": "a date",
        "moment": "a date, or date and time", "yes_no": "yes or no", "choice": f"one of {', '.join(column.choices)}",
        "currency": "three letters", "list": "parts separated by semicolons", "address": "one line, or JSON",
    }  # fmt: skip
    return kinds[column.kind]
