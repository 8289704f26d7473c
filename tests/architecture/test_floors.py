"""The floors, checked by import-linter with the contract that ships, on our code and on small houses that break it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.source import ROOT

CONTRACT = ROOT / ".importlinter"


def check(house: Path) -> subprocess.CompletedProcess[str]:
    """Runs the shipped contract against the package `onhand` found in this folder."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", str(CONTRACT), "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(house), "COLUMNS": "200"}
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)


def build(house: Path, files: dict[str, str]) -> Path:
    for name, text in {"__init__.py": "", "kernel/__init__.py": "", **files}.items():
        path = house / "onhand" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return house


def test_our_house_stands_on_its_floors() -> None:
    run = check(ROOT / "src")
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_sound_house_is_let_through(tmp_path: Path) -> None:
    files = {"ledger/__init__.py": "", "sales/__init__.py": "from onhand import ledger"}
    run = check(build(tmp_path, files))
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        pytest.param(
            {"ledger/__init__.py": "from onhand import sales", "sales/__init__.py": ""},
            "onhand.ledger is not allowed to import onhand.sales",
            id="upwards",
        ),
        pytest.param(
            {"catalog/__init__.py": "from onhand import places", "places/__init__.py": ""},
            "onhand.catalog is not allowed to import onhand.places",
            id="sideways",
        ),
        pytest.param({"misc/__init__.py": ""}, "onhand.misc", id="a module without a floor"),
        pytest.param({"kernel/money.py": "import sqlalchemy"}, "onhand.kernel.money", id="a library in the kernel"),
        pytest.param(
            {
                "sales/__init__.py": "",
                "sales/store.py": "import onhand.sales.service",
                "sales/service.py": "import onhand.sales.store",
            },
            "No import cycles, at any depth BROKEN",
            id="a cycle inside a module",
        ),
    ],
)
def test_a_crooked_house_is_refused(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    run = check(build(tmp_path, files))
    assert run.returncode == 1
    assert sentence in run.stdout
