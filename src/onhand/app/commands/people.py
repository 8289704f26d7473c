"""`onhand user` and `onhand api-key`: the first people and keys of an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onhand import identity
from onhand.app.context import acting_in, run

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.infra.settings import Settings

user = typer.Typer(help="People who can sign in.", no_args_is_help=True)
api_key = typer.Typer(help="Keys for scripts.", no_args_is_help=True)
Organization = Annotated[str, typer.Option(help="Code of the organization.")]


@user.command("create")
def create_user(
    email: Annotated[str, typer.Argument(help="E-mail address to sign in with.")],
    organization: Organization = "main",
    name: Annotated[str, typer.Option(help="Name people see.")] = "",
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
    admin: Annotated[bool, typer.Option("--admin", help="May do everything.")] = False,
) -> None:
    """Add a person; the organization is made when there is none with that code.

    Example: onhand user create ada@example.com --organization main --admin
    """
    command = identity.CreateUser(email, name or email.partition("@")[0], password, "admin" if admin else "staff")

    async def make(database: Database, _settings: Settings) -> None:
        async with database.anonymous() as session:
            known = {code for _, code in await identity.organizations(session)}
            if organization.lower() not in known:
                made = identity.CreateOrganization(organization, organization.title())
                await identity.create_organization(session, made)
                await identity.create_user(session, command)
                return
        async with database.session(await acting_in(database, organization)) as session:
            await identity.create_user(session, command)

    run(make)
    typer.echo(f"{email} can sign in to {organization}.")


@api_key.command("create")
def create_key(
    organization: Organization = "main",
    name: Annotated[str, typer.Option(help="What the key is for.")] = "script",
    role: Annotated[str, typer.Option(help="admin or staff.")] = "admin",
) -> None:
    """Print a new API key; it is shown this once.

    Example: onhand api-key create --organization demo
    """
    if role not in identity.ROLES:
        raise typer.BadParameter(f"role is one of {', '.join(identity.ROLES)}", param_hint="--role")

    async def make(database: Database, _settings: Settings) -> str:
        async with database.session(await acting_in(database, organization)) as session:
            _, secret = await identity.create_api_key(session, identity.CreateApiKey(name, role))
        return secret

    typer.echo(run(make))
