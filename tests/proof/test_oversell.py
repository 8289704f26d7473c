"""Real processes race for the last pieces; exactly as many win as there are, and nothing is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import identity, proof
from onhand.infra.addresses import app_url

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.infra.settings import Settings


async def test_exactly_five_of_two_hundred_win(database: Database, settings: Settings) -> None:
    urls = (app_url(settings), str(settings.database_url))
    async with database.anonymous() as session:
        before = await identity.organizations(session)
    trial = await proof.oversell(database, urls, proof.Oversell(buyers=200, units=5, processes=3))
    assert (trial.won, trial.refused, trial.failed) == (5, 195, 0)
    assert trial.holds
    assert trial.proof.counted["reservations"] == 5
    async with database.anonymous() as session:
        assert await identity.organizations(session) == before
