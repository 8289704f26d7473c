from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from onhand import exchange, proof
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.settings import Settings
from onhand.kernel import Actor

WORKER = """
import asyncio, sys
from pathlib import Path
from uuid import UUID
from onhand import exchange
from onhand.infra.db import Database
from onhand.kernel import Actor

async def report(done, total, message):
    if done:
        print(done, flush=True)
        await asyncio.sleep(0.3)

async def main(url, home, organization, run):
    async with Database(url, 6) as database:
        job = exchange.Job(database, Actor(UUID(organization)), UUID(run), Path(home), report, chunk=10)
        await exchange.commit(job)

asyncio.run(main(*sys.argv[1:]))
"""


def killed_after_its_first_chunk(*arguments: str) -> None:
    command = [sys.executable, "-c", WORKER, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ, text=True) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline()) > 0
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


async def nobody(_done: int, _total: int, _message: str | None) -> None:
    return None


async def test_a_process_killed_in_mid_run_leaves_it_unfinished_and_resumable(
    settings: Settings,
    database: Database,
    actor: Actor,
    tmp_path: Path,
    write: Callable[..., Path],
    line: Callable[..., str],
) -> None:
    rows = [line(invoice=str(500 + n // 3), sku=f"A{n % 7}", quantity=str(n % 5 + 1)) for n in range(200)]
    run_id = await exchange.receive(database, actor, tmp_path, exchange.Received(write(*rows)))
    told = (app_url(settings), str(tmp_path), str(actor.organization_id), str(run_id))
    await asyncio.to_thread(killed_after_its_first_chunk, *told)

    async with database.session(actor) as session:
        cut_off = await exchange.find_run(session, run_id)
        assert (cut_off.status, 0 < cut_off.lines_done < 200) == ("unfinished", True)
        assert cut_off.problem is not None
        assert f"{cut_off.lines_done} of 200 lines" in cut_off.problem

    result = await exchange.resume(exchange.Job(database, actor, run_id, tmp_path, nobody))
    assert (result["posted"]["sale"], result["shortages"]) == (200, 0)
    async with database.session(actor) as session:
        assert (await exchange.find_run(session, run_id)).status == "finished"
    assert (await proof.prove(database, actor.organization_id)).holds
