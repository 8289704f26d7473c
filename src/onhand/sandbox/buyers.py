"""Simulated buyers: they look at what is displayed, think, and buy it, several at a time in both shops."""

import asyncio
from random import Random

import msgspec

from onhand.sandbox.domain import Buyer, Listing, Refusal, Wanted
from onhand.sandbox.switches import Plan, seeded
from onhand.sandbox.world import Storefront, World

FIRST_NAMES = ("Amina", "Ben", "Chloe", "Dimitri", "Esi", "Farah", "George", "Hana", "Ivo", "Joy", "Kofi", "Lena")
LAST_NAMES = ("Adams", "Brook", "Chen", "Diaz", "Evans", "Fischer", "Grant", "Hughes", "Ito", "Jones", "Kamau", "Lowe")
STREETS = ("Quay Street", "Mill Lane", "High Street", "Station Road", "Orchard Close", "Market Row")
TOWNS = (("Bristol", "BS1 4RB"), ("Leeds", "LS1 5PD"), ("Exeter", "EX1 1SR"), ("York", "YO1 7HH"), ("Bath", "BA1 1LZ"))

# Most people buy one; the others anything up to the plan's most.
SINGLE = 0.7


class Visit(msgspec.Struct, frozen=True):
    """One decision: who wants how many of what, where, after how much thought, and whether they regret it."""

    slug: str
    buyer: Buyer
    wanted: Wanted
    think: float
    regret: float | None


def person(chance: Random) -> Buyer:
    """Somebody with a name and an address; the same dice give the same person."""
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    town, postcode = chance.choice(TOWNS)
    street = f"{chance.randint(1, 120)} {chance.choice(STREETS)}"
    return Buyer(f"{first} {last}", f"{first}.{last}@buyers.example".lower(), street, town, postcode, "GB")


def choose(listings: list[Listing], chance: Random) -> Listing | None:
    """An article that is displayed in stock; a few are popular, most are not (weights 1/rank)."""
    on_display = [listing for listing in listings if listing.active and not listing.blocked and listing.quantity > 0]
    if not on_display:
        return None
    weights = [1 / rank for rank in range(1, len(on_display) + 1)]
    return chance.choices(on_display, weights)[0]


def decide(world: World, plan: Plan, chance: Random) -> list[Visit]:
    """The next visit, or two twins for the same article in both shops; nothing when all is sold out."""
    slug = chance.choice(list(world.storefronts))
    article = choose(list(world.storefronts[slug].shop.listings.values()), chance)
    if article is None:
        return []
    twins = chance.random() < plan.twin_rate
    pieces = 1 if chance.random() < SINGLE else chance.randint(1, plan.most_pieces)
    think = chance.uniform(0.3, 1.7) * plan.think_seconds
    regret = chance.uniform(0.5, 1.5) * plan.cancel_after_seconds if chance.random() < plan.cancel_rate else None
    wanted = Wanted(article.sku, min(pieces, article.quantity))
    return [
        Visit(shop, person(chance), wanted, think, regret if shop == slug else None)
        for shop in ([*world.storefronts] if twins else [slug])
    ]


def purchase(front: Storefront, visit: Visit) -> str | None:
    """Check out. The order's number, or None for a buyer who came too late."""
    try:
        return front.buy(visit.buyer, [visit.wanted]).id
    except Refusal:
        front.counters.disappointed += 1
        return None


class Crowd:
    """Lets the visits of a world's plan happen in real time, at most `plan.buyers` of them at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._chance = seeded(world.seed, "buyers")
        self._inside: set[asyncio.Task[None]] = set()
        self._replanned = asyncio.Event()

    def replan(self, plan: Plan) -> None:
        """Follow another plan from now on, not only after the next buyer of the old one."""
        self.world.plan = plan
        self._replanned.set()

    async def run(self) -> None:
        """Send buyers until cancelled."""
        try:
            while True:
                plan = self.world.plan
                pause = self._chance.expovariate(plan.purchases_per_minute / 60) if plan.active else None
                if not await self._interrupted(pause):
                    self._send(plan)
        finally:
            for task in self._inside:
                task.cancel()

    async def _interrupted(self, pause: float | None) -> bool:
        """Wait so many seconds, or for ever; true as soon as the plan has changed."""
        try:
            async with asyncio.timeout(pause):
                await self._replanned.wait()
        except TimeoutError:
            return False
        self._replanned.clear()
        return True

    def _send(self, plan: Plan) -> None:
        for visit in decide(self.world, plan, self._chance):
            if len(self._inside) < plan.buyers:
                task = asyncio.create_task(self._visit(visit))
                self._inside.add(task)
                task.add_done_callback(self._inside.discard)

    async def _visit(self, visit: Visit) -> None:
        front = self.world.storefronts[visit.slug]
        await asyncio.sleep(visit.think)
        order_id = purchase(front, visit)
        if order_id is None or visit.regret is None:
            return
        await asyncio.sleep(visit.regret)
        try:
            front.cancel(order_id, "The buyer changed their mind.", restock=True)
        except Refusal:
            return  # shipped meanwhile: too late to change one's mind
