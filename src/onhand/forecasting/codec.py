"""What a run learnt, as JSON and back: a forecast can be read again just as it was made."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from onhand import demand

if TYPE_CHECKING:
    from collections.abc import Iterable


def to_json(learnt: demand.Learnt, closed: Iterable[date], source: tuple[int, int]) -> dict[str, Any]:
    """Everything learnt, the days on which the organization was shut, and from how many series and days it was."""
    return {
        "profile": np.round(learnt.profile.astype(float), 5).tolist(),
        "strength": learnt.strength if np.isfinite(learnt.strength) else None,
        "choices": {name: asdict(choice) for name, choice in learnt.choices.items()},
        "reach": np.round(learnt.reach.reach.astype(float), 4).tolist(),
        "cases": learnt.reach.cases.astype(int).tolist(),
        "coverage": {name: dict(shares) for name, shares in learnt.coverage.items()},
        "source": list(source),
    } | closed_json(closed)


def closed_json(closed: Iterable[date]) -> dict[str, Any]:
    """The days on which the organization was shut, as a part of what was learnt."""
    return {"closed": [day.isoformat() for day in sorted(closed)]}


def from_json(stored: dict[str, Any]) -> demand.Learnt:
    """The reverse of `to_json`."""
    return demand.Learnt(
        np.array(stored["profile"], dtype=np.float32),
        np.inf if stored["strength"] is None else float(stored["strength"]),
        {name: _choice(values) for name, values in stored["choices"].items()},
        demand.Calibration(np.array(stored["reach"]), np.array(stored["cases"])),
        stored["coverage"],
    )


def closed_days(stored: dict[str, Any]) -> set[date]:
    """The days on which the organization was shut."""
    return {date.fromisoformat(day) for day in stored["closed"]}


def learnt_from(stored: dict[str, Any]) -> tuple[int, int]:
    """From how many series and days it was learnt; zeros where an older version did not say."""
    series, days = stored.get("source", (0, 0))
    return int(series), int(days)


def _choice(values: dict[str, Any]) -> demand.ClassChoice:
    score, typical, naive = (_score(values[name]) for name in ("score", "typical_score", "naive"))
    counted = values["series"], values["shared"]
    return demand.ClassChoice(values["expected"], values["typical"], *counted, score, typical, naive)


def _score(values: dict[str, float] | None) -> demand.Score | None:
    return None if values is None else demand.Score(**values)
