"""SQL of identity."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Row, Select, func, insert, select, text, update

from onhand.identity.tables import Account, ApiKey, Membership, Organization, SignIn
from onhand.infra.lists import Column, ListSpec

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

PEOPLE = ListSpec(
    columns={
        "id": Column(Account.id, "uuid"),
        "name": Column(Account.name),
        "email": Column(Account.email, "code"),
        "role": Column(Membership.role),
        "active": Column(Account.active, "bool"),
        "created_at": Column(Membership.created_at, "time"),
    },
    default_sort="name",
    search=lambda q: func.lower(Account.name + " " + Account.email).contains(q.lower(), autoescape=True),
    aliases={"search": "q"},
)
KEYS = ListSpec(
    columns={
        "id": Column(ApiKey.id, "uuid"),
        "name": Column(ApiKey.name),
        "hint": Column(ApiKey.hint),
        "role": Column(ApiKey.role),
        "created_by": Column(ApiKey.created_by),
        "created_at": Column(ApiKey.created_at, "time"),
        "last_used_at": Column(ApiKey.last_used_at, "time"),
        "revoked_at": Column(ApiKey.revoked_at, "time"),
    },
    default_sort="-created_at",
    aliases={"search": "q"},
    search=lambda q: func.lower(ApiKey.name).contains(q.lower(), autoescape=True),
)


@cache
def people() -> Select[Any]:
    """The people of the organization."""
    return select().select_from(Membership).join(Account, Account.id == Membership.account_id)


@cache
def keys() -> Select[Any]:
    """The API keys of the organization, revoked ones too."""
    return select().select_from(ApiKey)


async def account_by_email(session: AsyncSession, email: str) -> Account | None:
    """The account with this address, ignoring case."""
    return (await session.execute(select(Account).where(Account.email_key == email.lower()))).scalar_one_or_none()


async def account_by_id(session: AsyncSession, account_id: UUID) -> Account | None:
    """One account."""
    return await session.get(Account, account_id)


async def count_accounts(session: AsyncSession) -> int:
    """How many accounts there are in the installation."""
    return int((await session.execute(select(func.count()).select_from(Account))).scalar_one())


async def lock_first_run(session: AsyncSession) -> None:
    """Of two who open the first-run page at once, the second waits and is then refused."""
    await session.execute(text("SELECT pg_advisory_xact_lock(hashtext('onhand.first_run'))"))


async def memberships(session: AsyncSession, account_id: UUID) -> list[Row[Any]]:
    """(organization_id, code, name, role) of an account, oldest first, across organizations."""
    rows = await session.execute(text("SELECT * FROM relay_memberships(:account)"), {"account": account_id})
    return list(rows.all())


async def organization_ids(session: AsyncSession) -> list[tuple[UUID, str]]:
    """All organizations, for jobs that visit each."""
    rows = await session.execute(text("SELECT id, code FROM relay_organizations()"))
    return [(row[0], row[1]) for row in rows]


async def api_key_by_hash(session: AsyncSession, secret_hash: str) -> Row[Any] | None:
    """(organization_id, id, name, role) of a live key, whatever its organization."""
    rows = await session.execute(text("SELECT * FROM relay_api_key(:hash)"), {"hash": secret_hash})
    return rows.one_or_none()


async def add_membership(session: AsyncSession, organization_id: UUID, account_id: UUID, role: str) -> None:
    """Make the account a member."""
    await session.execute(insert(Membership).values(organization_id=organization_id, account_id=account_id, role=role))


async def membership(session: AsyncSession, account_id: UUID, *, lock: bool = False) -> Membership | None:
    """The account's membership in the session's organization."""
    found = select(Membership).where(Membership.account_id == account_id)
    return (await session.execute(found.with_for_update() if lock else found)).scalar_one_or_none()


async def lock_admins(session: AsyncSession) -> list[UUID]:
    """The account ids of the organization's admins, locked so that two can't each remove the other."""
    found = select(Membership.account_id).where(Membership.role == "admin").order_by(Membership.account_id)
    return list((await session.execute(found.with_for_update())).scalars())


async def sign_in_by_id(session: AsyncSession, sign_in_id: UUID) -> SignIn | None:
    """One sign-in session, locked: two tabs refreshing at once take turns."""
    return (await session.execute(select(SignIn).where(SignIn.id == sign_in_id).with_for_update())).scalar_one_or_none()


async def end_sign_ins(session: AsyncSession, account_id: UUID) -> None:
    """End every sign-in of an account, as when it is deactivated."""
    ended = update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    await session.execute(ended.values(ended_at=func.now()))


async def key_used(session: AsyncSession, key_id: UUID) -> None:
    """Note the use of a key, at most once a minute."""
    stale = ApiKey.last_used_at.is_(None) | (ApiKey.last_used_at < func.now() - text("interval '1 minute'"))
    await session.execute(update(ApiKey).where(ApiKey.id == key_id, stale).values(last_used_at=func.now()))


async def organization(session: AsyncSession, organization_id: UUID) -> Organization | None:
    """One organization, if the session may see it."""
    return await session.get(Organization, organization_id)
