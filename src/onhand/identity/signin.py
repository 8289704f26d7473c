"""Signing in and out: a short access token and a refresh token that changes at every use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import audit
from onhand.identity import domain, store, tokens
from onhand.identity.errors import NotFirstRun, SessionEnded, WrongCredentials
from onhand.identity.passwords import matches
from onhand.identity.service import CreateOrganization, CreateUser, create_organization, create_user
from onhand.identity.tables import Account, SignIn
from onhand.infra.db import set_organization
from onhand.infra.events import announce
from onhand.infra.secrets import master_key
from onhand.kernel import Actor, new_id, now

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.settings import Settings

# Two tabs may refresh with the same token at nearly the same time; only later reuse means that it was stolen.
GRACE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a sign-in comes from."""

    address: str | None
    agent: str | None


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a browser gets: the refresh token goes into an httpOnly cookie."""

    access_token: str
    expires_at: datetime
    refresh_token: str


@dataclass(frozen=True, slots=True)
class FirstRun:
    """The first organization and its admin."""

    organization: CreateOrganization
    user: CreateUser


async def sign_in(session: AsyncSession, settings: Settings, email: str, password: str, caller: Caller) -> Tokens:
    """Check the password and start a sign-in. Raises WrongCredentials."""
    account = await store.account_by_email(session, email)
    fits = await matches(account.password_hash if account else None, password)
    if account is None or not fits or not account.active:
        raise WrongCredentials
    return await _start(session, settings, account, caller)


async def first_run(session: AsyncSession, settings: Settings, command: FirstRun, caller: Caller) -> Tokens:
    """Make the first organization and admin, and sign them in. Raises NotFirstRun when there are people already."""
    await store.lock_first_run(session)
    if await store.count_accounts(session):
        raise NotFirstRun
    await create_organization(session, command.organization)
    account = await create_user(session, command.user)
    return await _start(session, settings, account, caller)


async def _start(session: AsyncSession, settings: Settings, account: Account, caller: Caller) -> Tokens:
    member = next(iter(await store.memberships(session, account.id)), None)
    if member is None:
        raise WrongCredentials
    secret = domain.new_secret()
    started = SignIn(
        id=new_id(),
        account_id=account.id,
        organization_id=member.organization_id,
        refresh_hash=domain.digest(secret),
        expires_at=now() + timedelta(seconds=settings.refresh_token_seconds),
        address=caller.address,
        agent=caller.agent,
    )
    session.add(started)
    await session.flush()
    await _note(session, account, started, "sign_in")
    return _tokens(settings, account, started, member.role, secret)


async def _note(session: AsyncSession, account: Account, started: SignIn, action: str) -> None:
    session.info["actor"] = Actor(started.organization_id, "user", account.id, account.email, address=started.address)
    await set_organization(session, str(started.organization_id))
    await audit.record(session, action, "user", account.id)


def _tokens(settings: Settings, account: Account, started: SignIn, role: str, secret: str) -> Tokens:
    expires_at = tokens.expiry(settings.access_token_seconds)
    claims = tokens.Claims(account.id, started.organization_id, started.id, role, account.email, expires_at)
    return Tokens(tokens.issue(master_key(settings), claims), expires_at, f"{started.id}.{secret}")


async def refresh(session: AsyncSession, settings: Settings, refresh_token: str) -> Tokens | None:
    """Exchange a refresh token for new ones. None: it was used before, so the sign-in is ended for everybody.

    Raises SessionEnded when there is nothing to refresh.
    """
    started, secret = await _find(session, refresh_token)
    account = await store.account_by_id(session, started.account_id)
    if account is None or not account.active:
        raise SessionEnded
    member = next(
        (m for m in await store.memberships(session, account.id) if m.organization_id == started.organization_id), None
    )
    if member is None:
        raise SessionEnded
    given = domain.digest(secret)
    if given == started.previous_hash and now() - started.rotated_at < GRACE:
        fresh = domain.new_secret()  # the other tab has the newer one; both stay good for this turn
        started.refresh_hash, started.rotated_at = domain.digest(fresh), now()
        return _tokens(settings, account, started, member.role, fresh)
    if given != started.refresh_hash:
        started.ended_at = now()
        await _note(session, account, started, "refresh_reused")
        await announce(session, "identity.revoked", {"sign_in_id": started.id})
        return None
    fresh = domain.new_secret()
    started.previous_hash, started.refresh_hash, started.rotated_at = given, domain.digest(fresh), now()
    return _tokens(settings, account, started, member.role, fresh)


async def _find(session: AsyncSession, refresh_token: str) -> tuple[SignIn, str]:
    name, _, secret = refresh_token.partition(".")
    try:
        started = await store.sign_in_by_id(session, UUID(name))
    except ValueError as problem:
        raise SessionEnded from problem
    if started is None or started.ended_at is not None or started.expires_at < now():
        raise SessionEnded
    return started, secret


async def sign_out(session: AsyncSession, refresh_token: str) -> UUID:
    """End the sign-in behind the token and return its id. Raises SessionEnded."""
    started, secret = await _find(session, refresh_token)
    if domain.digest(secret) not in {started.refresh_hash, started.previous_hash}:
        raise SessionEnded
    account = await store.account_by_id(session, started.account_id)
    started.ended_at = now()
    await session.flush()
    if account is not None:
        await _note(session, account, started, "sign_out")
        await announce(session, "identity.revoked", {"sign_in_id": started.id})
    return started.id
