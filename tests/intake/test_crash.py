"""A process killed in the middle of an import of records: what is in is in once, the rest follows."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.intake.conftest import Desk

from onhand import exchange, proof
from onhand.exchange.receive import take_in
from onhand.infra import files
from onhand.infra.addresses import app_url
from onhand.kernel import Actor, new_id

if TYPE_CHECKING:
    from uuid import UUID

    from onhand.infra.db import Database
    from onhand.infra.settings import Settings

WORKER = """
import asyncio, sys
from pathlib import Path
from uuid import UUID
from onhand import exchange
from onhand.infra.db import Database
from onhand.kernel import Actor

async def report(done, total, message):
    if done and message is None:
        print(done, flush=True)
        await asyncio.sleep(0.3)

async def main(url, home, organization, run):
    async with Database(url, 6) as database:
        job = exchange.Job(database, Actor(UUID(organization)), UUID(run), Path(home), report, chunk=10)
        await exchange.commit(job)

asyncio.run(main(*sys.argv[1:]))
"""


def killed(*arguments: str) -> None:
    command = [sys.executable, "-c", WORKER, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ, text=True) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline()) > 0
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


async def nobody(_done: int, _total: int, _message: str | None) -> None:
    return None


async def registered(database: Database, actor: Actor, home: Path, text: str) -> UUID:
    run_id = new_id()
    folder = files.folder_of(home, actor.organization_id, run_id)
    options = {"warehouse": "MAIN"}
    new = take_in(io.BytesIO(text.encode()), "stock.csv", folder, run_id, options, "adjustments")
    async with database.session(actor) as session:
        await exchange.upload(session, new)
    return run_id


async def test_a_killed_import_goes_on_behind_its_last_chunk(
    desk: Desk, settings: Settings, database: Database, actor: Actor, tmp_path: Path
) -> None:
    await desk.brought("sku,name\n" + "".join(f"A-{n},Article {n}\n" for n in range(100)))
    rows = "".join(f"A-{n % 100},1\n" for n in range(200))
    run_id = await registered(database, actor, tmp_path, "sku,change\n" + rows)
    await asyncio.to_thread(killed, app_url(settings), str(tmp_path), str(actor.organization_id), str(run_id))
    async with database.session(actor) as session:
        cut_off = await exchange.find_run(session, run_id)
        assert (cut_off.status, 0 < cut_off.lines_done < 200) == ("unfinished", True)
    result = await exchange.resume(exchange.Job(database, actor, run_id, tmp_path, nobody))
    assert (result["tally"]["post"], result["refused"]) == (200, 0)
    levels = await desk.rows("stock-levels?limit=500")
    assert ({row["on_hand"] for row in levels}, len(levels)) == ({"2"}, 100)
    assert (await proof.prove(database, actor.organization_id)).holds
