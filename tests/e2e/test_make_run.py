"""`make run` on machines where something is missing: one sentence that says what to do, code 2, no traceback."""

from __future__ import annotations

import ast
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("Makefile", "tools", "pyproject.toml", "requirements.lock")
MAKE = shutil.which("make") or "make"
NOWHERE = "http://127.0.0.1:9"
# No index but one that does not answer, whatever this machine is set to; nothing is tried twice.
OFFLINE = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": NOWHERE,
    "PIP_FIND_LINKS": "",
    "PIP_NO_CACHE_DIR": "1",
    "PIP_RETRIES": "0",
}


@dataclass(frozen=True)
class Outcome:
    """What a person saw."""

    code: int
    said: list[str]
    everything: str


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a fresh checkout as setting up needs."""
    for name in NEEDED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(folder: Path, *words: str, **more: str) -> Outcome:
    done = subprocess.run(
        [MAKE, "--no-print-directory", *words],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    # Make's own last word ("make: *** [run] Error 2") is not ours.
    said = [line for line in done.stderr.splitlines() if not line.startswith(("make:", "make["))]
    return Outcome(done.returncode, said, done.stdout + done.stderr)


def refused(outcome: Outcome) -> str:
    """The one sentence."""
    assert outcome.code == 2, outcome.everything
    assert "Traceback" not in outcome.everything
    assert len(outcome.said) == 1, outcome.everything
    return outcome.said[0]


def a_python(folder: Path, script: str) -> str:
    """An executable that stands for another Python."""
    path = folder / "other-python"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return f"PYTHON={path}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as attempt:
        return int(attempt.getsockname()[1])


def test_a_busy_port_is_said_before_anything_is_installed(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        outcome = make(checkout, "run", f"PORT={port}", f"PYTHON={sys.executable}")
    assert refused(outcome) == (
        f"Port {port} on 127.0.0.1 is in use. Stop what uses it, or run: make run PORT={port + 1}"
    )
    assert not (checkout / ".venv").exists()


def test_an_old_python_is_told_and_a_newer_one_is_taken_when_there_is_one(checkout: Path) -> None:
    old = (
        "import sys, runpy; sys.version_info = (3, 9, 2); del sys.argv[0]; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    python = a_python(checkout, f'exec {sys.executable} -c "{old}" "$@"')
    only_make = checkout / "bin"
    only_make.mkdir()
    said = refused(make(checkout, "run", python, PATH=str(only_make)))
    assert said.startswith("onhand needs Python 3.11 or newer, and this is 3.9. Install one, or name it: ")
    (only_make / "python3.12").write_text("#!/bin/sh\necho the newer one got $2\n", encoding="utf-8")
    (only_make / "python3.12").chmod(0o755)
    outcome = make(checkout, "run", python, PATH=f"{only_make}:/usr/bin:/bin")
    assert (outcome.code, outcome.everything) == (0, "the newer one got run\n")


def test_no_python_at_all_is_said(checkout: Path) -> None:
    said = make(checkout, "run", "SHELL=/bin/sh", PATH=str(checkout))
    assert said.code == 2
    assert "onhand needs Python 3.11 or newer, and none was found" in said.everything


def test_the_entry_can_be_read_by_old_pythons() -> None:
    source = (ROOT / "tools" / "setup.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__" not in source


def test_a_registry_that_does_not_answer_is_said(checkout: Path) -> None:
    said = refused(make(checkout, "run", f"PORT={free_port()}", f"PYTHON={sys.executable}", **OFFLINE))
    assert said == (
        "The package registry for Python packages cannot be reached. Check the network, or the proxy or mirror in "
        "your pip settings, and run the same command again."
    )


def test_a_python_without_venv_is_said(checkout: Path) -> None:
    """Debian keeps it in a package of its own; without that, this is what `python -m venv` does."""
    missing = checkout / "debian" / "venv"
    missing.mkdir(parents=True)
    (missing / "__init__.py").touch()
    words = "The virtual environment was not created successfully because ensurepip is not available."
    (missing / "__main__.py").write_text(f"raise SystemExit({words!r})", encoding="utf-8")
    port = f"PORT={free_port()}"
    said = refused(make(checkout, "run", port, f"PYTHON={sys.executable}", PYTHONPATH=str(missing.parent)))
    assert "apt-get install python3-venv" in said


def test_a_full_disk_is_said(checkout: Path) -> None:
    """On a real disk of 20 MB, in a mount namespace of its own."""
    apart = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    small = checkout / "small"
    small.mkdir()
    files = " ".join(NEEDED)
    script = (
        f"mount -t tmpfs -o size=20m tmpfs {small} && cp -r {files} {small} && cd {small} && "
        f"{MAKE} --no-print-directory run PORT={free_port()} PYTHON={sys.executable}"
    )
    done = subprocess.run([*apart, "sh", "-c", script], cwd=checkout, capture_output=True, text=True, check=False)
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this machine does not allow mounting a small disk")
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode == 2
    assert len(said) == 1
    assert said[0].startswith(f"The disk that holds {small} is full. Free about 2 GB there and run the same command")
