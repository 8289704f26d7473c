"""Verbs of identity: make organizations, people and keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from onhand import audit
from onhand.identity import domain, store
from onhand.identity.errors import LastAdmin, UnknownTimeZone, WeakPassword
from onhand.identity.passwords import hashed
from onhand.identity.tables import Account, ApiKey, Organization
from onhand.infra.db import actor_of, set_organization
from onhand.infra.events import announce
from onhand.kernel import Actor, FieldError, NotFound, new_id, now

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

# Modules above add what every new organization needs (for example the virtual place for goods in transit).
_FOUNDERS: list[Callable[[AsyncSession], Awaitable[None]]] = []


@dataclass(frozen=True, slots=True)
class CreateOrganization:
    """A new business. `currency` is ISO 4217, `time_zone` an IANA name: the business day follows it."""

    code: str
    name: str
    currency: str = "GBP"
    time_zone: str = "Europe/London"


@dataclass(frozen=True, slots=True)
class CreateUser:
    """A new person in the session's organization."""

    email: str
    name: str
    password: str
    role: str = "staff"


@dataclass(frozen=True, slots=True)
class CreateApiKey:
    """A new key for scripts."""

    name: str
    role: str = "staff"


def on_organization_created(founder: Callable[[AsyncSession], Awaitable[None]]) -> None:
    """Run `founder` in the transaction that creates an organization."""
    _FOUNDERS.append(founder)


async def create_organization(session: AsyncSession, command: CreateOrganization) -> Organization:
    """Make an organization and let the session act within it from here on. Raises UnknownTimeZone, CodeTaken."""
    check_time_zone(command.time_zone)
    organization = Organization(
        id=new_id(),
        code=command.code.lower(),
        name=command.name,
        currency=command.currency.upper(),
        time_zone=command.time_zone,
    )
    before = session.info.get("actor")
    session.info["actor"] = Actor(organization.id, label=before.label if before else "onhand")
    await set_organization(session, str(organization.id))
    session.add(organization)
    await session.flush()
    await audit.record(session, "create", "organization", organization.id, after=audit.snapshot(organization))
    for founder in _FOUNDERS:
        await founder(session)
    return organization


def check_time_zone(name: str) -> None:
    """Raises UnknownTimeZone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        error = FieldError("/time_zone", "unknown", f"There is no time zone {name}.")
        raise UnknownTimeZone(time_zone=name, errors=[error]) from problem


def check_password(password: str) -> None:
    """Raises WeakPassword."""
    least = domain.SHORTEST_PASSWORD
    if len(password) < least:
        error = FieldError("/password", "too_short", f"Use at least {least} characters.")
        raise WeakPassword(least=least, errors=[error])


async def create_user(session: AsyncSession, command: CreateUser) -> Account:
    """Make an account and its membership in the session's organization. Raises WeakPassword, EmailTaken."""
    check_password(command.password)
    account = Account(
        id=new_id(), email=command.email, name=command.name, password_hash=await hashed(command.password), active=True
    )
    session.add(account)
    await session.flush()
    await store.add_membership(session, actor_of(session).organization_id, account.id, command.role)
    after = audit.snapshot(account) | {"role": command.role}
    await audit.record(session, "create", "user", account.id, after=after)
    return account


async def change_user(session: AsyncSession, account_id: UUID, *, role: str | None, active: bool | None) -> None:
    """Change a member's role, or let them in or keep them out. Raises NotFound, LastAdmin."""
    admins = await store.lock_admins(session)
    member = await store.membership(session, account_id)
    account = await store.account_by_id(session, account_id)
    if member is None or account is None:
        raise NotFound(what="user", key=account_id)
    if admins == [account_id] and (role == "staff" or active is False):
        raise LastAdmin
    before = {"name": account.name, "role": member.role, "active": account.active}
    member.role = role or member.role
    account.active = account.active if active is None else active
    await session.flush()
    await store.end_sign_ins(session, account_id)  # the next sign-in carries the new rights
    await announce(session, "identity.revoked", {"account_id": account_id})
    after = {"name": account.name, "role": member.role, "active": account.active}
    await audit.record(session, "update", "user", account_id, before, after)


async def create_api_key(session: AsyncSession, command: CreateApiKey) -> tuple[ApiKey, str]:
    """Make a key; its secret is returned here once and never again."""
    secret = domain.new_secret(domain.KEY_PREFIX)
    actor = actor_of(session)
    key = ApiKey(
        organization_id=actor.organization_id,
        id=new_id(),
        name=command.name,
        hint=domain.hint(secret),
        secret_hash=domain.digest(secret),
        role=command.role,
        created_by=actor.label,
    )
    session.add(key)
    await session.flush()
    await session.refresh(key)
    await audit.record(session, "create", "api_key", key.id, after=audit.snapshot(key))
    return key, secret


async def revoke_api_key(session: AsyncSession, key_id: UUID) -> None:
    """End a key at once. Raises NotFound. Revoking twice changes nothing."""
    key = await session.get(ApiKey, (actor_of(session).organization_id, key_id))
    if key is None:
        raise NotFound(what="API key", key=key_id)
    if key.revoked_at is None:
        before = audit.snapshot(key)
        key.revoked_at = now()
        await session.flush()
        await announce(session, "identity.revoked", {"key_id": key_id})
        await audit.record(session, "revoke", "api_key", key_id, before, audit.snapshot(key))


async def organization_of(session: AsyncSession) -> Organization:
    """The session's organization."""
    found = await store.organization(session, actor_of(session).organization_id)
    if found is None:
        raise NotFound(what="organization", key=actor_of(session).organization_id)
    return found


async def change_organization(session: AsyncSession, changes: dict[str, str]) -> Organization:
    """Change name, currency or time zone. Raises UnknownTimeZone."""
    organization = await organization_of(session)
    check_time_zone(changes.get("time_zone", organization.time_zone))
    before = audit.snapshot(organization)
    for name, value in changes.items():
        setattr(organization, name, value)
    await session.flush()
    await session.refresh(organization)
    await audit.record(session, "update", "organization", organization.id, before, audit.snapshot(organization))
    return organization


async def count_accounts(session: AsyncSession) -> int:
    """How many people there are; 0 means first run."""
    return await store.count_accounts(session)


async def organizations(session: AsyncSession) -> list[tuple[UUID, str]]:
    """(id, code) of every organization, for jobs that visit each."""
    return await store.organization_ids(session)


async def find_organization(session: AsyncSession, code: str) -> UUID:
    """The id behind an organization's code. Raises NotFound."""
    for organization_id, known in await store.organization_ids(session):
        if known == code.lower():
            return organization_id
    raise NotFound(what="organization", key=code)
