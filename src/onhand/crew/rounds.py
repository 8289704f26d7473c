"""One round of the crew: ask the API what waits, do what is due."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from onhand.crew import domain
from onhand.kernel import now

if TYPE_CHECKING:
    import httpx

NAME = "Demo crew"  # what the history shows
ORDERS = "/api/v1/orders"
# What people took by hand is theirs to ship; what waits for stock or is held, nobody can.
OURS = {"filter[source]": "channel", "fields": "id,order_date,shipped_at"}
READY = {"filter[status]": "pending,processing,partial", "filter[on_hold]": "false", "filter[backordered]": "false"}
SEEN = 2 * domain.AT_ONCE + domain.LEFT_OPEN  # some may have been refused before, and are left to people
log = logging.getLogger("onhand.crew")


@dataclass(slots=True)
class Crew:
    """Works through a client of the API that carries its key; remembers which orders refused it."""

    api: httpx.AsyncClient
    refused: set[str] = field(default_factory=set)

    async def round(self) -> None:
        """Ship and deliver what is due. Raises httpx.HTTPError when the API is away or turns us out."""
        waiting = await self._tasks("order_date", READY)
        for order_id in domain.to_ship(waiting, now()):
            await self._do(order_id, "ship")
        for order_id in domain.to_deliver(await self._tasks("shipped_at", {"filter[status]": "shipped"}), now()):
            await self._do(order_id, "deliver")

    async def _tasks(self, since: str, wanted: dict[str, str]) -> list[domain.Task]:
        answer = await self.api.get(ORDERS, params=OURS | wanted | {"sort": since, "limit": str(SEEN)})
        rows = answer.raise_for_status().json()["data"]
        found = [domain.Task(row["id"], datetime.fromisoformat(row[since])) for row in rows]
        return [task for task in found if task.order_id not in self.refused]

    async def _do(self, order_id: str, deed: str) -> None:
        answer = await self.api.post(f"{ORDERS}/{order_id}/{deed}")
        if answer.status_code in {404, 409, 422}:  # a person was quicker, or it cannot be done: theirs now
            self.refused.add(order_id)
            log.warning("order %s: %s", order_id, answer.json()["detail"])
        else:
            answer.raise_for_status()
