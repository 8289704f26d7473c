"""From a request to its actor: checked against the database once, then remembered until it expires or is revoked."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from onhand.identity import domain, store, tokens
from onhand.infra.permissions import all_permissions
from onhand.infra.secrets import master_key
from onhand.kernel import Actor, Unauthenticated, now

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.infra.settings import Settings

REMEMBER_SECONDS = 30.0  # another process' revocation arrives as an event at once; this bounds a lost one
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """An actor whose credential was good, until when (monotonic seconds), and by what it can be revoked."""

    actor: Actor
    until: float
    handles: frozenset[str]


class Authenticator:
    """Turns `Authorization: Bearer …` into an Actor. One per process."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._key = master_key(settings)
        self._remembered: dict[tuple[str, str | None], Remembered] = {}  # by token and network address

    async def __call__(self, authorization: str, address: str | None) -> Actor:
        """Who sends this `Authorization` header from this network address. Raises Unauthenticated."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated
        return await self.by_token(token, address)

    async def by_token(self, token: str, address: str | None = None) -> Actor:
        """Who holds this access token or API key. Raises Unauthenticated."""
        known = self._remembered.get((token, address))
        if known is not None and known.until > time.monotonic():
            return known.actor
        found = await (self._by_key(token) if token.startswith(domain.KEY_PREFIX) else self._by_access_token(token))
        found = replace(found, actor=replace(found.actor, address=address))
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[token, address] = found
        return found.actor

    def revoke(self, facts: dict[str, Any]) -> None:
        """Forget every credential that the facts of an `identity.revoked` event name."""
        named = {str(value) for value in facts.values()}
        for key in [key for key, known in self._remembered.items() if known.handles & named]:
            del self._remembered[key]

    async def _by_key(self, secret: str) -> Remembered:
        async with self._database.anonymous() as session:
            row = await store.api_key_by_hash(session, domain.digest(secret))
        if row is None:
            raise Unauthenticated
        actor = Actor(row.organization_id, "key", row.id, row.name, row.role, permissions(row.role), key_id=row.id)
        async with self._database.session(actor) as session:
            await store.key_used(session, row.id)
        return Remembered(actor, time.monotonic() + REMEMBER_SECONDS, frozenset({str(row.id)}))

    async def _by_access_token(self, token: str) -> Remembered:
        claims = tokens.read(self._key, token)
        async with self._database.anonymous() as session:
            started = await store.sign_in_by_id(session, claims.sign_in_id)
        if started is None or started.ended_at is not None:
            raise Unauthenticated
        left = (claims.expires_at - now()).total_seconds()
        actor = Actor(
            claims.organization_id, "user", claims.account_id, claims.label, claims.role, permissions(claims.role)
        )
        handles = frozenset({str(claims.sign_in_id), str(claims.account_id)})
        return Remembered(actor, time.monotonic() + min(REMEMBER_SECONDS, left), handles)


def permissions(role: str) -> frozenset[str]:
    """What a role may do, of what the modules declare."""
    return domain.permissions_of(role, ((p.name, p.staff) for p in all_permissions()))
