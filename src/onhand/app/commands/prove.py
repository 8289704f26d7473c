"""`onhand prove` and `onhand prove oversell`: the ledger proves itself, in front of whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from onhand import identity, proof
from onhand.app.context import run
from onhand.infra.addresses import app_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onhand.infra.db import Database
    from onhand.infra.settings import Settings

EXIT_DIFFERS = 1
prove = typer.Typer(help="Prove that the ledger adds up.")


def _tell(outcome: proof.Proof) -> None:
    console = Console()
    counted = ", ".join(f"{number:,} {what}" for what, number in outcome.counted.items())
    verdict = "proves" if outcome.holds else f"[red]does NOT prove: {len(outcome.differences)} differences[/red]"
    console.print(f"{outcome.organization}: {verdict} ({counted}; {outcome.seconds:.2f} s)", soft_wrap=True)
    for title, rows in (("differences", outcome.differences), ("findings", outcome.findings)):
        if rows:
            console.print(_table(title, rows))


def _table(title: str, rows: Sequence[proof.Difference]) -> Table:
    table = Table("check", "of", "the books say", "the movements say", title=title)
    for row in rows:
        table.add_row(row.check, row.subject, row.said, row.derived)
    return table


@prove.callback(invoke_without_command=True)
def prove_all(
    context: typer.Context,
    organization: Annotated[str, typer.Option(help="Code of one organization; all when left out.")] = "",
) -> None:
    """Derive levels, reservations, balances and costs anew from the movements; exit 1 naming each difference.

    Example: onhand prove --organization demo
    """
    if context.invoked_subcommand:
        return

    async def prove_each(database: Database, _settings: Settings) -> list[proof.Proof]:
        async with database.anonymous() as session:
            if organization:
                wanted = [await identity.find_organization(session, organization)]
            else:
                wanted = [organization_id for organization_id, _ in await identity.organizations(session)]
        return [await proof.prove(database, organization_id) for organization_id in wanted]

    outcomes = run(prove_each)
    if not outcomes:
        typer.echo("There is no organization yet: nothing to prove.")
    for outcome in outcomes:
        _tell(outcome)
    if not all(outcome.holds for outcome in outcomes):
        raise typer.Exit(EXIT_DIFFERS)


@prove.command("oversell")
def prove_oversell(
    buyers: Annotated[int, typer.Option(min=1, help="How many want one piece each.")] = 200,
    units: Annotated[int, typer.Option(min=0, help="How many pieces there are.")] = 5,
    processes: Annotated[int, typer.Option(min=1, max=16, help="From how many processes they buy.")] = 4,
) -> None:
    """Let real buyers race for the last pieces in a scratch organization; exit 1 unless exactly as many win.

    Example: onhand prove oversell --buyers 200 --units 5
    """
    command = proof.Oversell(buyers, units, processes)

    async def race(database: Database, settings: Settings) -> proof.Trial:
        return await proof.oversell(database, (app_url(settings), str(settings.database_url)), command)

    trial = run(race)
    told = f"{trial.buyers} buyers from {trial.processes} processes wanted {trial.units} pieces: "
    told += f"{trial.won} won, {trial.refused} were told that there are none, {trial.failed} had no answer"
    typer.echo(f"{told} ({trial.seconds:.2f} s).")
    _tell(trial.proof)
    if not trial.holds:
        raise typer.Exit(EXIT_DIFFERS)
