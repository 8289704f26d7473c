"""What the API of labels takes and gives."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema
from pydantic import Field as Limit

from onhand.infra.schemas import Body, Code, Out
from onhand.labels.domain import MOST_LABELS, SHEETS, Field, Kind, Symbol


def _sheet(code: str) -> str:
    if code not in SHEETS:
        raise ValueError(f"choose one of {', '.join(SHEETS)}")
    return code


SheetCode = Annotated[str, AfterValidator(_sheet), WithJsonSchema({"type": "string", "enum": list(SHEETS)})]
USUAL: tuple[Field, ...] = ("name", "code")


class LabelIn(Body):
    """What a label is for, by its id or code, and how many of it."""

    kind: Kind = "sku"
    key: Code
    copies: Annotated[int, Limit(ge=1, le=MOST_LABELS)] = 1


class LabelsIn(Body):
    """Labels to print. `first` is where the first page begins, so that a sheet begun already is used up."""

    sheet: SheetCode = "avery-l7160"
    items: Annotated[list[LabelIn], Limit(min_length=1, max_length=MOST_LABELS)]
    symbol: Symbol = "auto"
    fields: Annotated[list[Field], Limit(max_length=5)] = Limit(default_factory=lambda: [*USUAL])
    first: Annotated[int, Limit(ge=1, le=100)] = 1
    outlines: bool = False


class SheetOut(Out):
    """A sheet or roll of labels; sizes in millimetres."""

    code: str
    name: str
    width: float
    height: float
    columns: int
    rows: int
    per_page: int
