"""`python -m bench [section …]`: measure and print; sections are those of SECTIONS."""

from __future__ import annotations

import sys

from bench import export, forecasting, imports, ledger, planning, search, sync
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


def main(wanted: list[str]) -> None:
    """Run the sections named, or all."""
    report = Report()
    with world() as at:
        for name in wanted or list(SECTIONS):
            SECTIONS[name](at, report)
    report.close()


if __name__ == "__main__":
    main(sys.argv[1:])
