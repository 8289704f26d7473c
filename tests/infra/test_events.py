from __future__ import annotations

from onhand.infra import events
from onhand.infra.db import Database
from onhand.kernel import Actor


async def test_a_late_commit_is_not_skipped(database: Database, actor: Actor) -> None:
    async with database.pool.connection() as reader:
        start = await events.newest(reader)
        async with database.session(actor) as slow:
            await events.announce(slow, "test.slow", {"n": 1})
            async with database.session(actor) as quick:
                await events.announce(quick, "test.quick", {"n": 2})
            while_running = await events.read(reader, start)
        assert [e.kind for e in while_running] == []  # the quick one waits: an older transaction still runs
        afterwards = await events.read(reader, start)
    assert [e.kind for e in afterwards] == ["test.slow", "test.quick"]


async def test_an_event_exists_only_if_its_transaction_committed(database: Database, actor: Actor) -> None:
    async with database.pool.connection() as reader:
        start = await events.newest(reader)
        try:
            async with database.session(actor) as session:
                await events.announce(session, "test.undone", {})
                raise RuntimeError
        except RuntimeError:
            assert await events.read(reader, start) == []


async def test_a_reader_goes_on_where_it_stopped(database: Database, actor: Actor) -> None:
    async with database.pool.connection() as reader:
        start = await events.newest(reader)
        async with database.session(actor) as session:
            for n in range(5):
                await events.announce(session, "test.n", {"n": n})
        first = await events.read(reader, start, limit=2)
        await events.save_cursor(reader, "tester", events.Cursor(first[-1].xid, first[-1].id))
        again = await events.load_cursor(reader, "tester")
        assert again is not None
        rest = await events.read(reader, again)
    assert [e.facts["n"] for e in first + rest] == [0, 1, 2, 3, 4]
