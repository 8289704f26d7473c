from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onhand.app.command_line import app
from onhand.infra.settings import Settings, get_settings
from onhand.kernel import new_id

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The command line on the module's database."""
    monkeypatch.setenv("ONHAND_DATABASE_URL", str(settings.database_url))
    monkeypatch.setenv("ONHAND_HOME", str(settings.home))
    monkeypatch.setenv("COLUMNS", "200")
    get_settings.cache_clear()

    def invoke(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, list(arguments))
        return done.exit_code, done.output

    made = invoke(
        "user",
        "create",
        f"{new_id().hex}@example.com",
        "--organization",
        "shop",
        "--admin",
        "--password",
        "correct horse",
    )
    assert made[0] == 0, made[1]
    yield invoke
    get_settings.cache_clear()


def test_a_file_comes_in_and_goes_out_from_the_terminal(
    run: Run, write: Callable[..., Path], line: Callable[..., str]
) -> None:
    path = str(write(line(), line(quantity="six"), line(invoice="536366", sku="22633")))
    code, said = run("import", "sales", path, "--organization", "shop", "--dry-run")
    assert (code, "line 3: quantity 'six': quantity is not a number" in said) == (0, True), said

    code, said = run(
        "import", "sales", path, "--organization", "shop", "--currency", "EUR", "--column", "sku=stock_code"
    )
    assert (code, "2 sale" in said, "1 lines could not be taken" in said) == (0, True, True), said
    assert "an opening balance of 12 units" in said
    run_id = said.partition("--undo ")[2].split()[0]

    code, said = run("import", "--undo", run_id, "--organization", "shop")
    assert (code, "2 lines were taken back" in said) == (0, True), said
    code, said = run("import", "--undo", run_id, "--organization", "shop")
    assert (code, "This import is undone" in said) == (2, True), said


@pytest.mark.parametrize(("arguments", "sentence"), [
    (("--undo", "nonsense"), "There is no import nonsense here."),
    (("--resume", "01a1fcc7-1021-7e35-aaaf-182f17882ee2"), "There is no import 01a1fcc7"),
    (("--undo", "nonsense", "--organization", "nobody"), "There is no"),
])  # fmt: skip
def test_what_is_not_there_is_one_sentence_and_code_2(arguments: tuple[str, ...], sentence: str, run: Run) -> None:
    code, said = run("import", "--organization", "shop", *arguments)
    assert (code, sentence in said, "Traceback" in said) == (2, True, False), said


def test_a_file_that_is_no_table_is_one_sentence_and_code_2(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(b"%PDF-1.7")
    code, said = run("import", "sales", str(path), "--organization", "shop")
    assert (code, "it is a PDF" in said, "Traceback" in said) == (2, True, False), said


def test_a_mapping_that_is_no_field_is_explained(
    run: Run, write: Callable[..., Path], line: Callable[..., str]
) -> None:
    code, said = run("import", "sales", str(write(line())), "--organization", "shop", "--column", "colour=stock_code")
    assert (code, "FIELD=COLUMN" in said) == (2, True), said
