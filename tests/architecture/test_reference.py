"""What a user may set, hold, hear or type is documented, or the build fails."""

import importlib
import re
from collections.abc import Iterator

import pytest
import typer
from tests.architecture import names
from tests.architecture.source import ROOT, Source, product, sql

from onhand.app.commands import system

SAMPLE = Source("src/onhand/sales/routes.py", 'READ = declare("sales.read", "See orders", staff=True)')


def page(name: str) -> str:
    return (ROOT / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")


def commands(app: typer.Typer, path: str = "onhand") -> Iterator[str]:
    """Each command that can be typed, groups themselves left out."""
    for command in app.registered_commands:
        function = getattr(command.callback, "__name__", "")
        if not command.hidden:
            yield f"{path} {command.name or function.replace('_', '-')}"
    for group in app.registered_groups:
        if group.typer_instance:
            yield from commands(group.typer_instance, f"{path} {group.name or group.typer_instance.info.name}")


def test_every_setting_is_documented() -> None:
    assert names.undocumented(names.settings(product()), page("settings")) == []


def test_every_permission_is_documented() -> None:
    assert names.undocumented(names.permissions(product()), page("permissions")) == []


def test_every_event_is_documented() -> None:
    assert names.undocumented(names.events([*product(), *sql()]), page("events")) == []


@pytest.mark.skipif(not (ROOT / "src/onhand/app/command_line.py").exists(), reason="there is no command line")
def test_every_command_is_documented() -> None:
    found = set(commands(importlib.import_module("onhand.app.command_line").app))
    assert found
    assert names.undocumented(found, page("cli")) == []


@pytest.mark.parametrize(
    ("find", "source", "name"),
    [
        (names.settings, Source("src/onhand/infra/settings.py", "class Settings:\n    port: int = 1"), "ONHAND_PORT"),
        (names.settings, Source("src/onhand/app/cli.py", 'os.environ["ONHAND_HOME"]'), "ONHAND_HOME"),
        (names.permissions, SAMPLE, "sales.read"),
        (names.events, Source("src/onhand/sales/service.py", 'announce(s, "sales.placed", {})'), "sales.placed"),
        (names.events, Source("src/onhand/sales/events.py", 'PLACED = "sales.placed"'), "sales.placed"),
        (names.events, Source("a.sql", "INSERT INTO event (kind) SELECT 'ledger.posted' FROM x;"), "ledger.posted"),
    ],
)
def test_a_name_that_is_not_documented_is_caught(find: object, source: Source, name: str) -> None:
    assert callable(find)
    found = find([source])
    assert names.undocumented(found, "| setting |") == [name]
    assert names.undocumented(found, f"| `{name}` |") == []


def test_a_command_that_is_not_documented_is_caught() -> None:
    app, user = typer.Typer(), typer.Typer()
    app.add_typer(user, name="user")
    app.command("serve")(lambda: None)
    user.command("create")(lambda: None)
    assert names.undocumented(set(commands(app)), "") == ["onhand serve", "onhand user create"]


def endpoints(page_text: str) -> list[tuple[str, str]]:
    """(method, path with nameless parameters) of the last column of a table, for each row with two endpoints."""
    found = re.findall(r"^\|[^|]*\|[^|]*\| `(\w+) ([^`]+)` \|$", page_text, re.MULTILINE)
    return [(method.lower(), re.sub(r"\{\w+\}", "{}", f"/api/v1{path}")) for method, path in found]


def test_every_endpoint_of_the_sources_that_is_called_built_is_there() -> None:
    paths = system.contract()["paths"]
    assert isinstance(paths, dict)
    there = {(method, re.sub(r"\{\w+\}", "{}", path)) for path, methods in paths.items() for method in methods}
    built, planned = map(endpoints, page("sources").split("## Planned"))
    assert len(built) > 60
    assert [endpoint for endpoint in built if endpoint not in there] == []
    assert [endpoint for endpoint in planned if endpoint in there] == []


def test_an_endpoint_that_is_missing_would_be_seen() -> None:
    row = "| S0 | `GET /api/things/:id` | `GET /things/{id}` |"
    assert endpoints(row) == [("get", "/api/v1/things/{}")]


def missing_files(page_text: str) -> list[str]:
    """The paths in code type that do not exist."""
    named = re.findall(r"`((?:src|tests|web|migrations)/[^`]+)`", page_text)
    return [path for path in named if not (ROOT / path).exists()]


def unproven(page_text: str) -> list[str]:
    """Rows of the feature table without code or without a test."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page_text.splitlines() if "| `src/" in line
    ]
    return [row[0] for row in rows if not (row[2].startswith("`src/") and "`tests/" in row[5])]


def test_every_feature_names_the_tests_that_prove_it() -> None:
    assert unproven((ROOT / "docs" / "features.md").read_text(encoding="utf-8")) == []


def test_a_feature_without_a_test_would_be_seen() -> None:
    assert unproven("| X-1 | something | `src/onhand` | `/x` | | |") == ["X-1"]


def test_every_file_that_the_features_name_exists() -> None:
    assert missing_files((ROOT / "docs" / "features.md").read_text(encoding="utf-8")) == []


def test_a_file_that_is_gone_would_be_seen() -> None:
    assert missing_files("`src/onhand/nowhere.py` `src/onhand`") == ["src/onhand/nowhere.py"]
