"""The switches of the sandbox: what goes wrong between a shop and its seller, how much it allows, how busy it is."""

import math
from random import Random
from typing import Annotated, TypeVar

import msgspec

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=120)]


class Faults(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The switches of one shop. Shares are of calls (or of webhooks); everything off is a good day."""

    down: bool = False
    error_rate: Share = 0.0
    timeout_rate: Share = 0.0
    timeout_seconds: Seconds = 10.0
    drop_rate: Share = 0.0
    latency_ms: Annotated[float, msgspec.Meta(ge=0, le=60_000)] = 8.0
    latency_spread: Annotated[float, msgspec.Meta(ge=0, le=3)] = 0.4
    webhook_lost_rate: Share = 0.0
    webhook_duplicate_rate: Share = 0.0
    webhook_delay_rate: Share = 0.0
    webhook_delay_seconds: Seconds = 3.0


class Limit(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A token bucket: `rate` calls a second, `burst` at once."""

    rate: Annotated[float, msgspec.Meta(gt=0, le=10_000)] = 20.0
    burst: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 40


class Plan(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How busy the shops are.

    `twin_rate` is the share of visits in which a buyer in each shop wants the very same article at the same instant.
    """

    active: bool = False
    buyers: Annotated[int, msgspec.Meta(ge=1, le=500)] = 8
    purchases_per_minute: Annotated[float, msgspec.Meta(gt=0, le=60_000)] = 20.0
    think_seconds: Annotated[float, msgspec.Meta(ge=0, le=60)] = 1.0
    most_pieces: Annotated[int, msgspec.Meta(ge=1, le=100)] = 3
    twin_rate: Share = 0.1
    cancel_rate: Share = 0.04
    cancel_after_seconds: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 20.0


STORM = Faults(
    error_rate=0.15,
    timeout_rate=0.05,
    timeout_seconds=3.0,
    drop_rate=0.1,
    latency_ms=60.0,
    latency_spread=0.9,
    webhook_lost_rate=0.2,
    webhook_duplicate_rate=0.3,
    webhook_delay_rate=0.3,
)


class Bucket:
    """Counts calls against a limit; the caller brings the time in seconds."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._tokens = float(limit.burst)
        self._seen = 0.0

    def take(self, now: float) -> float:
        """Take one token. 0 when there was one, else the seconds until there will be."""
        gained = max(0.0, now - self._seen) * self.limit.rate
        self._tokens = min(float(self.limit.burst), self._tokens + gained)
        self._seen = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self.limit.rate

    @property
    def remaining(self) -> int:
        """Whole calls left at the last look."""
        return int(self._tokens)


def seeded(seed: int, *names: str) -> Random:
    """A stream of chance of its own for each purpose, so that one switch doesn't shift another's dice."""
    return Random(":".join([str(seed), *names]))  # noqa: S311 - simulated chance must repeat by seed


Switches = TypeVar("Switches", Faults, Limit, Plan)


def change(current: Switches, sent: dict[str, object]) -> Switches:
    """The switches after a change of some; what is not sent stays.

    Raises:
        msgspec.ValidationError: an unknown switch or a value out of range.
    """
    return msgspec.convert({**msgspec.structs.asdict(current), **sent}, type(current))


def latency(faults: Faults, chance: Random) -> float:
    """Seconds a call takes: log-normal around the median, as measured latencies mostly are."""
    if faults.latency_ms == 0:
        return 0.0
    return faults.latency_ms / 1000 * math.exp(chance.gauss(0, faults.latency_spread))


def strike(faults: Faults, chance: Random) -> str | None:
    """Which fault, if any, hits this call: `error`, `timeout` or `drop`."""
    dice = chance.random()
    for name, rate in (
        ("error", faults.error_rate),
        ("timeout", faults.timeout_rate),
        ("drop", faults.drop_rate),
    ):
        if dice < rate:
            return name
        dice -= rate
    return None


def deliveries(faults: Faults, chance: Random) -> list[float]:
    """When copies of one webhook set out, in seconds from now: none when lost, two when duplicated.

    A delayed copy is overtaken by later messages, which is how webhooks come to be reordered.
    """
    if chance.random() < faults.webhook_lost_rate:
        return []
    copies = 2 if chance.random() < faults.webhook_duplicate_rate else 1
    return [
        chance.uniform(0.2, 1.0) * faults.webhook_delay_seconds if chance.random() < faults.webhook_delay_rate else 0.0
        for _ in range(copies)
    ]
