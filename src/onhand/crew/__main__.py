"""`python -m onhand.crew --url http://127.0.0.1:8000 --key-file FILE`: work until stopped."""

import argparse
import asyncio
import logging
import signal
from pathlib import Path

import httpx

from onhand.crew.rounds import Crew, log

PAUSE = 10.0
PATIENCE = 10.0


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="onhand.crew", description="Ships and delivers the demo's channel orders.")
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where onhand is")
    parser.add_argument("--key-file", type=Path, required=True, help="file that holds the API key to work with")
    return parser.parse_args()


async def work(url: str, key: str) -> None:
    """A round after each pause. One that fails is tried again: the web may be away, or we were told to stay at home."""
    headers = {"Authorization": f"Bearer {key}"}
    last = ""
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE, trust_env=False) as client:
        crew = Crew(client)
        while True:
            await asyncio.sleep(PAUSE)
            try:
                await crew.round()
                trouble = ""
            except httpx.HTTPError as problem:
                trouble = str(problem) or type(problem).__name__
            if trouble != last:
                log.warning("%s", trouble or "back at work")
            last = trouble


async def main() -> None:
    """Work until SIGTERM."""
    asked = arguments()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    working = asyncio.create_task(work(asked.url, asked.key_file.read_text(encoding="ascii").strip()))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, working.cancel)
    await asyncio.wait([working])
    if not working.cancelled():
        working.result()


if __name__ == "__main__":
    asyncio.run(main())
