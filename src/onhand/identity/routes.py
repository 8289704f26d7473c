"""The identity API."""

from __future__ import annotations

from uuid import UUID

from fastapi import Request, Response

from onhand.identity import service, signin, store
from onhand.identity.errors import SessionEnded
from onhand.identity.schemas import (
    FirstRunIn,
    FirstRunOut,
    KeyIn,
    KeyOut,
    LoginIn,
    MeOut,
    NewKeyOut,
    OrganizationChange,
    OrganizationOut,
    TokenOut,
    UserChange,
    UserIn,
    UserOut,
)
from onhand.infra.http import PUBLIC, SIGNED_IN, Router, Session, Who
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.problems import problem
from onhand.infra.schemas import Data

router = Router("identity")
COOKIE, COOKIE_PATH = "onhand_refresh", "/api/v1/auth"
READ = declare("people.read", "See people and API keys", staff=False)
WRITE = declare("people.write", "Invite and change people, make and revoke API keys", staff=False)
SETTINGS = declare("organization.write", "Change the organization's settings", staff=False)


def _caller(request: Request) -> signin.Caller:
    return signin.Caller(request.client.host if request.client else None, request.headers.get("user-agent"))


def _signed_in(request: Request, response: Response, made: signin.Tokens) -> Data[TokenOut]:
    response.set_cookie(
        COOKIE,
        made.refresh_token,
        max_age=request.app.state.settings.refresh_token_seconds,
        path=COOKIE_PATH,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return Data(data=TokenOut(access_token=made.access_token, expires_at=made.expires_at))


@router.get("/auth/first-run", permission=PUBLIC)
async def first_run_state(session: Session) -> Data[FirstRunOut]:
    """Whether onhand still waits for its first user."""
    return Data(data=FirstRunOut(first_run=await service.count_accounts(session) == 0))


@router.post("/auth/first-run", permission=PUBLIC)
async def first_run(session: Session, request: Request, response: Response, body: FirstRunIn) -> Data[TokenOut]:
    """Make the first organization and its admin; refused once there is a user."""
    command = signin.FirstRun(
        service.CreateOrganization(body.organization_code, body.organization_name, body.currency, body.time_zone),
        service.CreateUser(body.email, body.name, body.password, "admin"),
    )
    made = await signin.first_run(session, request.app.state.settings, command, _caller(request))
    return _signed_in(request, response, made)


@router.post("/auth/login", permission=PUBLIC, status_code=200)
async def login(session: Session, request: Request, response: Response, body: LoginIn) -> Data[TokenOut]:
    """Sign in with e-mail and password; sets the refresh cookie."""
    made = await signin.sign_in(session, request.app.state.settings, body.email, body.password, _caller(request))
    return _signed_in(request, response, made)


@router.post("/auth/refresh", permission=PUBLIC, status_code=200, response_model=Data[TokenOut])
async def refresh(session: Session, request: Request, response: Response) -> Data[TokenOut] | Response:
    """A new access token for the refresh cookie, which changes too."""
    made = await signin.refresh(session, request.app.state.settings, request.cookies.get(COOKIE, ""))
    if made is None:  # the ended sign-in must be kept, so this cannot be raised: raising would undo it
        return problem(request, SessionEnded())
    return _signed_in(request, response, made)


@router.post("/auth/logout", permission=PUBLIC, status_code=204)
async def logout(session: Session, request: Request, response: Response) -> None:
    """End this sign-in; harmless when it has ended already."""
    token = request.cookies.get(COOKIE)
    response.delete_cookie(COOKIE, path=COOKIE_PATH)
    if token:
        ended = await signin.sign_out(session, token)
        request.app.state.authenticate.revoke({"id": ended})


@router.get("/me", permission=SIGNED_IN)
async def me(session: Session, who: Who) -> Data[MeOut]:
    """Who you are and what you may do here."""
    organization = OrganizationOut.model_validate(await service.organization_of(session))
    return Data(
        data=MeOut(
            id=who.id,
            kind=who.kind,
            label=who.label,
            role=who.role,
            permissions=sorted(who.permissions),
            organization=organization,
        )
    )


@router.get("/organization", permission=SIGNED_IN)
async def read_organization(session: Session) -> Data[OrganizationOut]:
    """Your organization."""
    return Data(data=OrganizationOut.model_validate(await service.organization_of(session)))


@router.patch("/organization", permission=SETTINGS)
async def change_organization(session: Session, body: OrganizationChange) -> Data[OrganizationOut]:
    """Change the fields sent."""
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    return Data(data=OrganizationOut.model_validate(await service.change_organization(session, changes)))


@router.listing("/users", store.PEOPLE, UserOut, permission=READ)
def list_users(_: ListQuery) -> Source:
    """The people of the organization."""
    return store.PEOPLE, store.people()


@router.post("/users", permission=WRITE)
async def create_user(session: Session, body: UserIn) -> Data[UserOut]:
    """Add a person who can sign in."""
    command = service.CreateUser(body.email, body.name, body.password, body.role)
    account = await service.create_user(session, command)
    await session.refresh(account)
    out = UserOut(
        id=account.id,
        name=account.name,
        email=account.email,
        role=body.role,
        active=account.active,
        created_at=account.created_at,
    )
    return Data(data=out)


@router.patch("/users/{user_id}", permission=WRITE, status_code=204)
async def change_user(session: Session, request: Request, user_id: UUID, body: UserChange) -> None:
    """Change a person's role, or let them in or keep them out; takes effect at once."""
    await service.change_user(session, user_id, role=body.role, active=body.active)
    request.app.state.authenticate.revoke({"id": user_id})


@router.listing("/api-keys", store.KEYS, KeyOut, permission=READ)
def list_keys(_: ListQuery) -> Source:
    """The API keys; secrets are never shown again."""
    return store.KEYS, store.keys()


@router.post("/api-keys", permission=WRITE)
async def create_key(session: Session, body: KeyIn) -> Data[NewKeyOut]:
    """Make a key; copy its secret now."""
    key, secret = await service.create_api_key(session, service.CreateApiKey(body.name, body.role))
    return Data(data=NewKeyOut(**KeyOut.model_validate(key).model_dump(), secret=secret))


@router.delete("/api-keys/{key_id}", permission=WRITE)
async def revoke_key(session: Session, request: Request, key_id: UUID) -> None:
    """Revoke a key at once."""
    await service.revoke_api_key(session, key_id)
    request.app.state.authenticate.revoke({"id": key_id})
