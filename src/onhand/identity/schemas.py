"""What the identity API takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from onhand.infra.schemas import Body, Currency, Name, Out
from onhand.infra.wording import A_MAIL, spelled

Email = Annotated[str, spelled(r"^[^@\s]+@[^@\s]+\.[^@\s]+$|^[^@\s]+@localhost$", A_MAIL, max_length=254)]
Password = Annotated[str, StringConstraints(max_length=1_000, strip_whitespace=False)]
Role = Literal["admin", "staff"]
A_CODE = "Small letters, digits and dashes, at most 39, such as north-shop."
OrganizationCode = Annotated[str, spelled(r"^[a-z0-9][a-z0-9-]{0,38}$", A_CODE, to_lower=True)]


class LoginIn(Body):
    """E-mail and password."""

    email: Email
    password: Password


class TokenOut(Out):
    """Send `access_token` as `Authorization: Bearer …` until `expires_at`; then POST /auth/refresh."""

    access_token: str
    expires_at: datetime


class OrganizationOut(Out):
    """The organization."""

    id: UUID
    code: str
    name: str
    currency: str
    time_zone: str


class OrganizationChange(Body):
    """What may be changed of an organization."""

    name: Name | None = None
    currency: Currency | None = None
    time_zone: Name | None = None


class MeOut(Out):
    """Who you are here."""

    id: UUID | None
    kind: str
    label: str
    role: str
    permissions: list[str]
    organization: OrganizationOut


class FirstRunIn(Body):
    """The first organization and its admin."""

    organization_name: Name
    organization_code: OrganizationCode
    currency: Currency = "GBP"
    time_zone: Name = "Europe/London"
    name: Name
    email: Email
    password: Password


class FirstRunOut(Out):
    """Whether onhand still waits for its first user."""

    first_run: bool


class UserIn(Body):
    """A new person."""

    name: Name
    email: Email
    password: Password
    role: Role = "staff"


class UserChange(Body):
    """What may be changed of a person."""

    role: Role | None = None
    active: bool | None = None


class UserOut(Out):
    """A person in this organization."""

    id: UUID
    name: str
    email: str
    role: str
    active: bool
    created_at: datetime


class KeyIn(Body):
    """A new API key."""

    name: Name
    role: Role = "staff"


class KeyOut(Out):
    """An API key; `hint` is its start."""

    id: UUID
    name: str
    hint: str
    role: str
    created_by: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewKeyOut(KeyOut):
    """A key just made: the only time its secret is shown."""

    secret: str
