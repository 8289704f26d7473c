"""SQL of the job list that people see."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from onhand.infra.lists import Column, ListSpec
from onhand.infra.tables import JobRecord

LIST = ListSpec(
    columns={
        "id": Column(JobRecord.id, "uuid"),
        "kind": Column(JobRecord.kind),
        "status": Column(JobRecord.status),
        "done": Column(JobRecord.done, "number"),
        "total": Column(JobRecord.total, "number"),
        "message": Column(JobRecord.message),
        "created_by": Column(JobRecord.created_by),
        "created_at": Column(JobRecord.created_at, "time"),
        "finished_at": Column(JobRecord.finished_at, "time"),
    },
    default_sort="-created_at",
)


@cache
def records() -> Select[Any]:
    """Long work of the organization."""
    return select().select_from(JobRecord)
