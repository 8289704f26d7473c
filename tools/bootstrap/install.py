"""Everything that a checkout needs before it can run: Python packages, onhand itself, web packages, the built web."""

from __future__ import annotations

import ast
import fcntl
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bootstrap.console import say
from tools.bootstrap.place import LOG, PYTHON, ROOT, STATE, VENV, WEB, Step, run_quietly

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK = ROOT / "requirements.lock"
UV_LOCK = ROOT / "tools" / "uv.lock"
SOURCES = ROOT / "src"
LARGEST_LOG = 5_000_000
NOT_WEB = {"node_modules", "dist", ".vite", "test-results", "tools"}
# pip's setting → uv's: uv reads none of pip's, and a mirror is usually named in pip's alone.
MIRRORS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}


def install(*, web: bool = True, pages: bool = True) -> None:
    """Bring the checkout up to date; a second later run has nothing to do."""
    with _alone():
        packages.run()
        onhand.run()
        compiled.run()
        if web:
            web_packages.run()
        if pages:
            web_build.run()


@contextmanager
def _alone() -> Iterator[None]:
    """Two that set up the same checkout do it one after the other."""
    STATE.mkdir(exist_ok=True)
    if LOG.exists() and LOG.stat().st_size > LARGEST_LOG:
        LOG.unlink()
    with (STATE / "lock").open("w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another make in this folder …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _install_packages() -> None:
    if not PYTHON.exists():
        run_quietly("Python packages", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    run_quietly("Python packages", [*pip, "install", "--require-hashes", "-r", str(UV_LOCK)])
    # Compiled now: where PYTHONDONTWRITEBYTECODE is set, every start would compile all packages anew (3 s).
    sync = ["uv", "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", str(LOCK)]
    run_quietly("Python packages", sync, more=_mirrors(pip))


def _mirrors(pip: list[str]) -> dict[str, str]:
    """Where pip finds packages, in uv's words."""
    # As pip does it; the hashes in the lock make every index equally trusted.
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for line in run_quietly("Python packages", [*pip, "config", "list"]).splitlines():
        name, _, value = line.partition("=")
        word = MIRRORS.get(name.rpartition(".")[2])
        if word and word not in os.environ:
            found[word] = " ".join(str(ast.literal_eval(value)).split())
    if "UV_FIND_LINKS" in found:
        found["UV_FIND_LINKS"] = found["UV_FIND_LINKS"].replace(" ", ",")
    return found


def _install_onhand() -> None:
    command = ["uv", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    run_quietly("onhand", command)


def _compile_sources() -> None:
    # Judged by content, not by time: a checkout gives every file the time at which it was made.
    command = [str(PYTHON), "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", str(SOURCES)]
    run_quietly("onhand", command)


def python_sources() -> list[Path]:
    """What is run when onhand runs."""
    return list(SOURCES.rglob("*.py"))


def _install_web_packages() -> None:
    run_quietly("Web packages", ["npm", "ci", "--no-progress"], folder=WEB)


def _build_web() -> None:
    run_quietly("Web pages", ["npm", "run", "build"], folder=WEB)


def web_sources() -> list[Path]:
    """What the built pages depend on."""
    kept: list[Path] = []
    for folder, folders, files in os.walk(WEB):
        if Path(folder) == WEB:
            folders[:] = [name for name in folders if name not in NOT_WEB]
        kept += [Path(folder) / name for name in files if not name.endswith(".tsbuildinfo")]
    return kept


packages = Step("Python packages", lambda: [LOCK, UV_LOCK], PYTHON, _install_packages)
onhand = Step("onhand", lambda: [ROOT / "pyproject.toml", LOCK], VENV / "bin" / "onhand", _install_onhand)
compiled = Step("Compiling", python_sources, VENV / "bin" / "onhand", _compile_sources)
web_packages = Step(
    "Web packages",
    lambda: [WEB / "package.json", WEB / "package-lock.json", LOCK],
    WEB / "node_modules" / ".package-lock.json",
    _install_web_packages,
)
web_build = Step("Web pages", web_sources, WEB / "dist" / "index.html", _build_web)
