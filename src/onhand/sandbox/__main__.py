"""`python -m onhand.sandbox --port 8100`: run the sandbox until it is stopped."""

import argparse
import logging
from pathlib import Path

import msgspec
import uvicorn

from onhand.sandbox.app import create_app
from onhand.sandbox.gate import Dropped
from onhand.sandbox.switches import Plan
from onhand.sandbox.world import World


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="onhand.sandbox", description="Two storefronts to try inventory with.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8100, help="port to listen on (default: 8100)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same tokens, buyers and faults")
    parser.add_argument("--snapshot", type=Path, help="JSON file that keeps articles and orders over a restart")
    parser.add_argument("--buyers", action="store_true", help="let the simulated buyers in at once")
    parser.add_argument("--per-minute", type=float, default=20.0, help="purchases a minute, over both shops")
    return parser.parse_args()


def _without_planned_drops(record: logging.LogRecord) -> bool:
    """A connection dropped on purpose is no accident: keep its traceback out of the log."""
    return not (record.exc_info and isinstance(record.exc_info[1], Dropped))


def main() -> None:
    """Serve."""
    asked = arguments()
    world = World(asked.seed)
    world.begin()
    if asked.buyers:
        world.plan = msgspec.structs.replace(Plan(), active=True, purchases_per_minute=asked.per_minute)
    logging.getLogger("uvicorn.error").addFilter(_without_planned_drops)
    app = create_app(world, asked.snapshot)
    uvicorn.run(app, host=asked.host, port=asked.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
