"""What the API of imports takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from onhand import salesfile
from onhand.infra.schemas import Body, Code, Currency, Out

Heading = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class ColumnsIn(Body):
    """The file's column for each field of a sales line."""

    invoice: Heading
    sku: Heading
    quantity: Heading
    date: Heading
    unit_price: Heading
    description: Heading | None = None
    customer: Heading | None = None
    country: Heading | None = None


class OptionsIn(Body):
    """How to read the lines. `source` says where they come from: a line of one source is the same line for ever."""

    currency: Currency
    timezone: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    warehouse: Code | None = None
    source: Code = "import"
    drop_duplicates: bool = False
    opening: bool = True
    not_goods: Annotated[tuple[Code, ...], Field(max_length=500)] = salesfile.NOT_GOODS

    def command(self) -> salesfile.Options:
        """As the domain knows them."""
        return salesfile.Options(
            currency=self.currency.upper(),
            timezone=self.timezone,
            warehouse=self.warehouse or "",
            source=self.source,
            drop_duplicates=self.drop_duplicates,
            opening=self.opening,
            not_goods=self.not_goods,
        )


class MappingIn(Body):
    """The mapping, and the options that go with it."""

    columns: ColumnsIn
    date_order: Literal["ymd", "dmy", "mdy"] = "ymd"
    decimal_comma: bool = False
    options: OptionsIn

    def command(self) -> salesfile.Mapping:
        """As the domain knows it."""
        columns = {name: heading for name, heading in self.columns.model_dump().items() if heading}
        return salesfile.Mapping(columns, self.date_order, self.decimal_comma)


class RunRow(Out):
    """An import in the list."""

    id: UUID
    kind: str
    status: str
    source: str
    file_name: str
    file_size: int
    lines_total: int
    lines_done: int = Field(description="Posted in the ledger; while it is undone, reversed there")
    lines_recorded: int = Field(description="In orders; while it is undone, taken out of them")
    problem: str | None
    started_by: str
    created_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None


class RunOut(RunRow):
    """An import: what its file looks like, how it is read, what a check found, and what came of it.

    `shape` holds kind, header, sample rows, encoding, delimiter and `doubts`: sentences about the guessed mapping.
    """

    shape: dict[str, Any]
    mapping: dict[str, Any]
    options: dict[str, Any]
    summary: dict[str, Any] | None
    result: dict[str, Any] | None


class FaultRow(Out):
    """A line that was left out."""

    line: int
    field: str
    value: str
    reason: str
    fix: str


class AskedOut(Out):
    """The job that does the work; watch it at /jobs/{job_id}."""

    job_id: UUID
    run_id: UUID


class RecordOptionsIn(Body):
    """How records are read and what happens to rows that are refused.

    `skip_refused` imports the others; else nothing is imported while a row is refused. `again` lets a file whose rows
    are added be added once more. `warehouse` is for rows that name none.
    """

    currency: Currency
    timezone: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    warehouse: Code | None = None
    source: Code = "import"
    skip_refused: bool = False
    again: bool = False
    delimiter: Annotated[str, StringConstraints(max_length=1, strip_whitespace=False)] = ""
    encoding: Annotated[str, StringConstraints(max_length=40)] = ""


class ColumnsMappingIn(Body):
    """Which kind of record the file holds, and the file's heading for each of its columns."""

    kind: Code
    columns: dict[str, Heading]
    date_order: Literal["ymd", "dmy", "mdy"] = "ymd"
    decimal_comma: bool = False
    options: RecordOptionsIn
    save_as: Code | None = Field(default=None, description="Keep this mapping under a name")


class PastedIn(Body):
    """Cells copied from a spreadsheet, the headings first."""

    text: Annotated[str, StringConstraints(min_length=3, max_length=5_000_000, strip_whitespace=False)]
    kind: Code = "guess"
