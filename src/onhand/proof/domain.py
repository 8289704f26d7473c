"""What a proof says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not add up: which check, of what, what the books say and what the movements say."""

    check: str
    subject: str
    said: str
    derived: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome for one organization. Findings are worth knowing and no contradiction."""

    organization: str
    proved_at: datetime
    seconds: float
    counted: dict[str, int]
    differences: Sequence[Difference]
    findings: Sequence[Difference]

    @property
    def holds(self) -> bool:
        """Whether everything adds up."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of many buyers at one shelf."""

    buyers: int
    units: int
    processes: int
    won: int
    refused: int
    failed: int
    seconds: float
    proof: Proof

    @property
    def holds(self) -> bool:
        """Exactly as many won as there were units, nobody was left without an answer, and the ledger still proves."""
        return self.won == min(self.units, self.buyers) and self.failed == 0 and self.proof.holds
