"""What the API of exports takes and gives."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from onhand.exports.domain import Format
from onhand.infra.schemas import Body, Out


class ExportIn(Body):
    """A list to be written into a file. `query` is as in the list's address: filters, `q`, `sort`, `fields`."""

    format: Format
    query: Annotated[str, StringConstraints(max_length=4_000)] = ""


class ExportAsked(Out):
    """The job that writes it; watch it at /jobs/{job_id}, then fetch /exports/files/{job_id}."""

    job_id: UUID


class ExportList(Out):
    """A list that can be exported, and its columns in their order."""

    name: str
    columns: list[str]
    filters: list[str]
