"""Named locks on a real database: one holder, whoever asks, and none once they are let go."""

from __future__ import annotations

import psycopg
import pytest

from onhand.channels import Locks
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.settings import Settings

END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


async def test_one_holds_it_until_the_block_ends(database: Database) -> None:
    one, other = Locks(database), Locks(database)
    async with one.exclusive("shop") as mine, other.exclusive("shop") as theirs, one.exclusive("shop") as again:
        assert (mine, theirs, again) == (True, False, False)
    async with other.exclusive("shop") as theirs:
        assert theirs
    await one.aclose()
    await other.aclose()


async def test_what_is_let_go_as_a_whole_is_free_although_its_connection_lives_on(database: Database) -> None:
    one, other = Locks(database), Locks(database)
    async with one.exclusive("shop"):
        await one.aclose()
        async with other.exclusive("shop") as theirs:
            assert theirs
    await one.aclose()
    await other.aclose()


async def test_a_connection_that_broke_is_replaced(settings: Settings) -> None:
    async with Database(app_url(settings), 1) as database:
        locks = Locks(database)
        async with locks.exclusive("shop"):
            with psycopg.connect(str(settings.database_url), autocommit=True) as admin:
                admin.execute(END_OTHERS)
            with pytest.raises(psycopg.OperationalError):
                async with locks.exclusive("counter"):
                    raise AssertionError("a lock on a broken connection")
            async with locks.exclusive("counter") as mine:
                assert mine
        await locks.aclose()
