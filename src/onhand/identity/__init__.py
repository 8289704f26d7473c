"""Who may: organizations, people, sign-in sessions, API keys, roles."""

from onhand.identity.authenticate import Authenticator
from onhand.identity.domain import ROLES
from onhand.identity.errors import EmailTaken, NotFirstRun, WeakPassword, WrongCredentials
from onhand.identity.routes import router
from onhand.identity.service import (
    CreateApiKey,
    CreateOrganization,
    CreateUser,
    count_accounts,
    create_api_key,
    create_organization,
    create_user,
    find_organization,
    on_organization_created,
    organization_of,
    organizations,
)

__all__ = [
    "ROLES",
    "Authenticator",
    "CreateApiKey",
    "CreateOrganization",
    "CreateUser",
    "EmailTaken",
    "NotFirstRun",
    "WeakPassword",
    "WrongCredentials",
    "count_accounts",
    "create_api_key",
    "create_organization",
    "create_user",
    "find_organization",
    "on_organization_created",
    "organization_of",
    "organizations",
    "router",
]
