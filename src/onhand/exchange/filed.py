"""The lines of a file against those that are on file already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from onhand import salesfile
from onhand.exchange import store
from onhand.infra.db import actor_of

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.exchange.tables import ImportRun
    from onhand.infra.tabular import Flags


@dataclass(frozen=True, slots=True)
class Filed:
    """The lines of a file against those on file.

    `fresh` ones are new, `mine` this very run brought before it was cut off; `same` and `differing` ones another run
    brought, saying the same or something else.
    """

    ids: list[str]
    fresh: Flags
    mine: Flags
    same: Flags
    differing: Flags


async def compare(session: AsyncSession, run: ImportRun, lines: salesfile.Lines) -> Filed:
    """Look up every line of the file by its id."""
    ids = salesfile.line_ids(lines, actor_of(session).organization_id, run.source)
    says = salesfile.contents(lines)
    mine, same, differing = (np.zeros(len(lines), np.bool_) for _ in range(3))
    if await store.any_line(session):
        for place, own, content in await store.known_lines(session, run.id, ids):
            state = mine if own else same if content == says[place] else differing
            state[place] = True
    return Filed(ids, ~(mine | same | differing), mine, same, differing)
