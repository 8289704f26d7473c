"""Fill the organization "demo" through the same verbs that people use; safe to repeat, finished after a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np

from onhand import channels, identity, replenishment, sandbox
from onhand.demo import goods, history, moves, orders, supply, wanted
from onhand.demo.shop import Shop, open_shop
from onhand.infra.db import Database
from onhand.infra.jobs import system_actor

SEED = 20_240_229
SANDBOX_SEED = 1  # the sandbox's own default: it makes the shops' tokens
Say = Callable[[str], None]
CODE, NAME = "demo", "Thistle & Tide"


async def build(database: Database, owner: identity.CreateUser, sandbox_url: str, say: Say) -> bool:
    """Make the demo, or finish a half-made one. Returns False when it is all there.

    The channels come last, in a transaction of their own, so they tell that everything before them is there.
    """
    actor = system_actor(await _organization(database, owner), "demo")
    async with database.session(actor) as session:
        if await channels.has_channels(session):
            return False
        # Not today's date: a demo that was cut off and is finished tomorrow must tell the same story.
        founded = (await identity.organization_of(session)).created_at
    random = np.random.default_rng(SEED)
    say("Making the demo shop: 400 articles, 3 warehouses, 5 suppliers")
    async with database.session(actor) as session:
        shop = await open_shop(session, goods.articles(random))
    say("Living through two years of sales and deliveries")
    start = _midnight(founded.date() - timedelta(days=wanted.DAYS))
    past = _past(random, shop, start.date())
    baskets = orders.baskets(random, past.sales)
    await history.write(database, actor, history.Story(actor.organization_id, shop, past, baskets, start), say)
    async with database.session(actor) as session:
        tokens = {slug: sandbox.token_of(SANDBOX_SEED, slug) for slug in orders.ONLINE}
        await channels.create_sandbox_channels(session, sandbox_url, tokens)
        await moves.write(session, shop, past)
        await replenishment.start_planning(session)
    return True


async def _organization(database: Database, owner: identity.CreateUser) -> UUID:
    async with database.anonymous() as session:
        for organization_id, code in await identity.organizations(session):
            if code == CODE:
                return organization_id
        made = await identity.create_organization(session, identity.CreateOrganization(CODE, NAME))
        await identity.create_user(session, owner)
        return made.id


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _past(random: np.random.Generator, shop: Shop, first_day: date) -> supply.Past:
    sought = wanted.make(random, [a.season for a in shop.articles], first_day)
    lead_days = np.array([goods.SUPPLIERS[a.supplier].lead_time_days for a in shop.articles])
    return supply.simulate(random, sought, lead_days, np.array([a.pack for a in shop.articles]))
