"""What the API says of a proof."""

from __future__ import annotations

from datetime import datetime

from onhand.infra.schemas import Out


class DifferenceOut(Out):
    """Something that does not add up, or is worth knowing."""

    check: str
    subject: str
    said: str
    derived: str


class ProofOut(Out):
    """The outcome. `differences` contradict the movements; `findings` do not."""

    organization: str
    proved_at: datetime
    seconds: float
    holds: bool
    counted: dict[str, int]
    differences: list[DifferenceOut]
    findings: list[DifferenceOut]
