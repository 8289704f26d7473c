"""`python -m bench [section …]` or `--scale 1m`: measure and print; sections are those of SECTIONS."""

from __future__ import annotations

import sys

from bench import export, forecasting, imports, ledger, planning, scale, search, sync
from bench.report import Report
from bench.world import world

SECTIONS = {
    "ledger": ledger.measure,
    "search": search.measure,
    "sync": sync.measure,
    "imports": imports.measure,
    "export": export.measure,
    "forecasting": forecasting.measure,
    "planning": planning.measure,
}


SCALE = "--scale"
STOPPED = 2


def at_scale(wanted: str) -> int:
    """Measure many levels and movements, if the disk has room for them."""
    problem = scale.stop_reason(wanted)
    if problem:
        print(problem, file=sys.stderr)
        return STOPPED
    report = Report()
    with world() as at:
        scale.measure(at, report, wanted)
    report.close()
    return 0


def main(wanted: list[str]) -> int:
    """Run the sections named, or all."""
    if wanted[:1] == [SCALE]:
        return at_scale(wanted[1] if len(wanted) > 1 else "1m")
    report = Report()
    with world() as at:
        for name in wanted or list(SECTIONS):
            SECTIONS[name](at, report)
    report.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
