"""Organizations, people, memberships, sign-in sessions and API keys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, Stamped


class Organization(Stamped, Base):
    """One business; everything else belongs to one."""

    __tablename__ = "organization"
    __table_args__ = (
        UniqueConstraint("code", name="organization_code_key"),
        CheckConstraint("code = lower(code) AND code <> ''", name="code_is_lower"),
        CheckConstraint("length(currency) = 3", name="currency_is_iso"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    code: Mapped[str]
    name: Mapped[str]
    currency: Mapped[str] = mapped_column(server_default="GBP")
    time_zone: Mapped[str] = mapped_column(server_default="Europe/London")


class Account(Stamped, Base):
    """A person who can sign in; belongs to organizations by membership."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("email_key", name="account_email_key"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(Computed("lower(email)", persisted=True))
    name: Mapped[str]
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default=text("true"))


class Membership(Owned, Base):
    """What a person may do in an organization."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("role IN ('admin', 'staff')", name="role_is_known"),
        Index("membership_account_idx", "account_id"),
    )
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class SignIn(Base):
    """A browser that is signed in: its refresh token changes at every use, and a stolen old one ends the session."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("sign_in_account_idx", "account_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    refresh_hash: Mapped[str]
    previous_hash: Mapped[str | None]
    rotated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str | None]
    agent: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class ApiKey(Entity, Stamped, Base):
    """A key for scripts; only its hash is kept."""

    __tablename__ = "api_key"
    __table_args__ = (
        UniqueConstraint("secret_hash", name="api_key_secret_hash_key"),
        CheckConstraint("role IN ('admin', 'staff')", name="role_is_known"),
    )
    name: Mapped[str]
    hint: Mapped[str]
    secret_hash: Mapped[str]
    role: Mapped[str]
    created_by: Mapped[str]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
