"""What the API of counts takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from onhand.infra.schemas import Amount, Body, Code, LongText, Name, Out, PositiveQuantity, Quantity, unsent

MOST_SKUS, MOST_ENTRIES = 10_000, 1_000
Abc = Literal["A", "B", "C"]
Counters = Annotated[int, Field(ge=1, le=2)]


class CountIn(Body):
    """A count to plan. What narrows it is left out to count the whole warehouse; with `start` it begins at once."""

    warehouse: Code
    kind: Literal["full", "cycle"] = "full"
    name: Name | None = None
    note: LongText | None = None
    skus: Annotated[list[Code], Field(max_length=MOST_SKUS, default_factory=list)]
    categories: Annotated[list[UUID], Field(max_length=500, default_factory=list)]
    abc: Abc | None = None
    value_above: Amount | None = None
    not_counted_days: Annotated[int, Field(ge=1, le=3_660)] | None = None
    suspicious: bool = False
    sample: Annotated[int, Field(ge=1, le=10_000)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    blind: bool | None = None
    counters: Counters | None = None
    start: bool = False


class CountChange(Body):
    """The fields to change; how it is counted only while it is planned."""

    name: Name | None = unsent()
    note: LongText | None = unsent()
    blind: bool = unsent()
    counters: Counters = unsent()


class CountEntryIn(Body):
    """One scan: a SKU's code, id or barcode; `add` so many, or `set` what lies there."""

    code: Code
    quantity: Quantity
    mode: Literal["add", "set"] = "set"


class CountTallyIn(Body):
    """What was counted, all of it or none."""

    lines: Annotated[list[CountEntryIn], Field(min_length=1, max_length=MOST_ENTRIES)]


class CountNotedOut(Out):
    """What now stands for a scan; never what was expected."""

    line_id: UUID
    sku: str
    sku_id: UUID
    quantity: Quantity
    found: bool
    complete: bool


class CountSubmitIn(Body):
    """What becomes of lines that nobody counted."""

    rest: Literal["refuse", "zero", "leave_out"] = "refuse"


class CountRecountIn(Body):
    """The lines to be counted again."""

    lines: Annotated[list[UUID], Field(min_length=1, max_length=MOST_SKUS)]


class CountLineChange(Body):
    """Why it differs."""

    reason: LongText | None = unsent()
    note: LongText | None = unsent()


class CountRow(Out):
    """A count in a list. Values are those of its posting, in the organization's currency."""

    id: UUID
    number: int
    name: str | None
    kind: str
    status: str
    warehouse: str
    warehouse_name: str
    schedule_id: UUID | None
    blind: bool
    counters: int
    lines: int
    counted: int
    accurate: int | None
    net_value: Quantity | None
    absolute_value: Quantity | None
    created_by: str
    created_at: datetime
    started_at: datetime | None
    posted_at: datetime | None
    updated_at: datetime


class CountProgress(Out):
    """How far a count is: lines, those counted, those to be counted again, those nobody expected."""

    lines: int
    counted: int
    recounts: int
    found: int
    mine: int


class CountSummaryOut(Out):
    """What a count found. `uncosted` differences have no known cost and are in no value."""

    lines: int
    accurate: int
    uncosted: int
    expected_value: Quantity
    net_value: Quantity
    absolute_value: Quantity
    by_lines: Quantity | None
    by_value: Quantity | None


class CountOut(Out):
    """A count. `summary` is left out while it would tell what is expected (`blind`)."""

    id: UUID
    number: int
    document: str
    name: str | None
    kind: str
    status: str
    warehouse: str
    warehouse_name: str
    warehouse_id: UUID
    schedule_id: UUID | None
    scope: dict[str, Any]
    blind: bool
    counters: int
    shows_expected: bool
    needs_approval: bool
    may_approve: bool
    currency: str
    progress: CountProgress
    counted_by: list[str]
    summary: CountSummaryOut | None
    note: str | None
    created_by: str
    created_at: datetime
    started_at: datetime | None
    submitted_at: datetime | None
    submitted_by: str | None
    approved_at: datetime | None
    approved_by: str | None
    posted_at: datetime | None
    posted_by: str | None
    posting_id: UUID | None
    cancelled_at: datetime | None
    updated_at: datetime


class CountSheetLine(Out):
    """A line as whoever counts it sees it; `mine` is what they counted of it so far."""

    id: UUID
    place: int
    sku: str
    sku_id: UUID
    name: str
    bin: str | None
    lot: str | None
    serial: str | None
    found: bool
    round: int
    status: str
    mine: Quantity | None
    mine_at: datetime | None
    done: bool
    reason: str | None
    note: str | None


class CountLineRow(CountSheetLine):
    """A line with what was expected, where that may be seen. `late` of it happened before but was recorded after."""

    planned: Quantity | None = None
    expected: Quantity | None = None
    late: Quantity | None = None
    counted: Quantity | None = None
    counted_at: datetime | None = None
    difference: Quantity | None = None
    percent: Quantity | None = None
    unit_cost: Quantity | None = None
    value: Quantity | None = None
    why: str | None = None


class CountReasonSum(Out):
    """The differences that have one reason."""

    reason: str | None
    lines: int
    quantity: Quantity
    value: Quantity


class CountReportOut(Out):
    """What a count found, by reason."""

    summary: CountSummaryOut
    reasons: list[CountReasonSum]
    currency: str


class CountRulesOut(Out):
    """An organization's rules of counting. Amounts are in its currency; null switches a rule off."""

    blind: bool
    counters: int
    tolerance_percent: Quantity | None
    tolerance_value: Quantity | None
    approve_above: Quantity | None
    suspicious_percent: Quantity
    abc_by: str
    abc_days: int
    a_share: Quantity
    b_share: Quantity


class CountRulesChange(Body):
    """The rules to change."""

    blind: bool = unsent()
    counters: Counters = unsent()
    tolerance_percent: Amount | None = unsent()
    tolerance_value: Amount | None = unsent()
    approve_above: Amount | None = unsent()
    suspicious_percent: PositiveQuantity = unsent()
    abc_by: Literal["revenue", "margin", "quantity"] = unsent()
    abc_days: Annotated[int, Field(ge=7, le=1_098)] = unsent()
    a_share: Annotated[Quantity, Field(gt=0, lt=100)] = unsent()
    b_share: Annotated[Quantity, Field(gt=0, lt=100)] = unsent()
