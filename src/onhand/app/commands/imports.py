"""`onhand import`: files of sales from the terminal, and taking back what an import brought."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from onhand import exchange, salesfile
from onhand.app.context import acting_in, run
from onhand.kernel import NotFound

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.infra.settings import Settings

imports = typer.Typer(invoke_without_command=True)
SHOWN_FAULTS = 20
console = Console()
Facts = dict[str, Any]
Verb = Callable[[exchange.Job], Awaitable[dict[str, object]]]
Organization = Annotated[str, typer.Option(help="Code of the organization.")]
Run = Annotated[str | None, typer.Option(metavar="RUN")]


@dataclass(frozen=True, slots=True)
class SalesOptions:
    """The options of `onhand import sales`. What is left out is the organization's own, or guessed from the file."""

    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV, XLSX or Parquet.")]
    organization: Organization = "main"
    warehouse: Annotated[str | None, typer.Option(help="Code; else the first one.")] = None
    currency: Annotated[str | None, typer.Option(help="Of the prices, ISO 4217.")] = None
    timezone: Annotated[str | None, typer.Option(help="Of the dates, as Europe/London.")] = None
    source: Annotated[str, typer.Option(help="Where the lines come from: a line of one source counts once.")] = "import"
    column: Annotated[list[str] | None, typer.Option(help="Mapping, as sku=Artikel; repeat it.")] = None
    dates: Annotated[exchange.DateOrder | None, typer.Option(help="Order of dates: ymd, dmy or mdy.")] = None
    charge_code: Annotated[list[str] | None, typer.Option(help="A code that is no stock; replaces the list.")] = None
    drop_duplicates: Annotated[bool, typer.Option("--drop-duplicates", help="Leave out exact repetitions.")] = False
    no_opening: Annotated[bool, typer.Option("--no-opening", help="Post no opening balance.")] = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only read, count and show what is wrong.")] = False

    def options(self) -> Facts:
        """What differs from the organization's own."""
        given: Facts = {"warehouse": self.warehouse, "currency": self.currency, "timezone": self.timezone}
        given["not_goods"] = tuple(self.charge_code) if self.charge_code else None
        told = {name: value for name, value in given.items() if value is not None}
        return told | {
            "source": self.source,
            "drop_duplicates": self.drop_duplicates,
            "opening": not self.no_opening,
        }

    def columns(self) -> dict[str, str]:
        """The columns mapped by hand."""
        pairs = [text.partition("=") for text in self.column or []]
        unknown = [name for name, _, column in pairs if name not in salesfile.FIELDS or not column]
        if unknown:
            raise typer.BadParameter(
                f"write FIELD=COLUMN with one of {', '.join(salesfile.FIELDS)}", param_hint="--column"
            )
        return {name: column for name, _, column in pairs}


def with_options_of(kind: type[SalesOptions]) -> Callable[[Callable[[SalesOptions], None]], Callable[..., None]]:
    """Declare a command's options by the fields of a dataclass."""
    hints = get_type_hints(kind, include_extras=True)
    parameters = [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, annotation=hints[f.name], default=f.default)
        if f.default is not f.default_factory
        else inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, annotation=hints[f.name])
        for f in fields(kind)
    ]

    def declare(command: Callable[[SalesOptions], None]) -> Callable[..., None]:
        def called(**given: Any) -> None:
            command(kind(**given))

        called.__doc__ = command.__doc__
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # typer reads it
        return called

    return declare


@imports.callback()
def manage(context: typer.Context, organization: Organization = "main", undo: Run = None, resume: Run = None) -> None:
    """Bring in files; --undo RUN reverses all that a run brought, --resume RUN goes on with one that was cut off.

    Example: onhand import sales history.csv --organization demo
    """
    if context.invoked_subcommand is not None:
        return
    if undo:
        gone = run(lambda db, settings: _again(db, settings, organization, undo, exchange.undo))
        console.print(f"Undone: {gone['lines']:,} lines were taken back, as one group.")
    elif resume:
        _print_result(run(lambda db, settings: _again(db, settings, organization, resume, exchange.resume)))
    else:
        console.print(context.get_help())


@imports.command("sales")
@with_options_of(SalesOptions)
def sales(options: SalesOptions) -> None:
    """Bring in a history of sales: products, customers, orders and dated movements.

    Example: onhand import sales history.csv --organization demo --currency GBP --timezone Europe/London
    """
    columns = options.columns()

    async def bring(database: Database, settings: Settings) -> tuple[UUID, Facts, Sequence[Any]]:
        actor = await acting_in(database, options.organization)
        wanted = exchange.Received(options.file, options.options(), columns, options.dates)
        run_id = await exchange.receive(database, actor, settings.home, wanted)
        verb = exchange.check if options.dry_run else exchange.commit
        result = await _with_progress(exchange.Job(database, actor, run_id, settings.home, _quiet), verb)
        async with database.session(actor) as session:
            return run_id, result, await exchange.first_faults(session, run_id, SHOWN_FAULTS)

    run_id, result, faults = run(bring)
    _print_check(result) if options.dry_run else _print_result(result)
    for fault in faults:
        console.print(f"  line {fault.line}: {fault.field} {fault.value!r}: {fault.reason}", highlight=False)
    if not options.dry_run:
        typer.echo(f"Take it back with: onhand import --undo {run_id} --organization {options.organization}")


async def _again(database: Database, settings: Settings, organization: str, run_id: str, verb: Verb) -> Facts:
    """Go on with, or take back, a run that is on file."""
    try:
        known = UUID(run_id)
    except ValueError as problem:
        raise NotFound(what="import", key=run_id) from problem
    actor = await acting_in(database, organization)
    return await _with_progress(exchange.Job(database, actor, known, settings.home, _quiet), verb)


async def _quiet(_done: int, _total: int, _message: str | None) -> None:
    """Nobody watches."""


async def _with_progress(job: exchange.Job, verb: Verb) -> Facts:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        shown = progress.add_task("Starting", total=None)

        async def report(done: int, total: int, message: str | None) -> None:
            progress.update(shown, completed=done, total=total or None, description=message or "Posting")

        return await verb(exchange.Job(job.database, job.actor, job.run_id, job.home, report))


def _print_check(summary: Facts) -> None:
    table = Table("What the file holds", "", show_header=False)
    for name in ("lines", "accepted", "failed", "invoices", "skus", "customers", "without_customer", "duplicates"):
        table.add_row(name.replace("_", " "), f"{summary[name]:,}")
    for kind, count in summary["kinds"].items():
        table.add_row(f"  {kind.replace('_', ' ')}", f"{count:,} lines, {summary['units'][kind]} units")
    table.add_row("SKUs merged by case", f"{len(summary['merged'])}")
    table.add_row("new lines", f"{summary['fresh']:,}")
    table.add_row("opening balance", f"{summary['opening']['units']} units of {summary['opening']['skus']:,} SKUs")
    console.print(table)


def _print_result(result: Facts) -> None:
    posted = ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in result["posted"].items() if count)
    console.print(f"Imported in {result['seconds']:.1f} s: {posted or 'nothing new'}.")
    for name, what in (
        ("unchanged", "lines were on file already"),
        ("differing", "lines differ from what was imported before and were left as they were"),
        ("failed", "lines could not be taken"),
        ("dropped", "exact repetitions were left out"),
        ("shortages", "lines sold more than there was; see the conflicts"),
    ):
        if result[name]:
            console.print(f"{result[name]:,} {what}.")
    opening = result["opening"]
    if opening["skus"]:
        console.print(
            f"A file of sales says only what left: an opening balance of {opening['units']} units of "
            f"{opening['skus']:,} SKUs, just enough to cover it, was posted at {opening['at']}."
        )
