"""The tasks behind the Makefile's targets."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
from typing import TYPE_CHECKING

from tools.bootstrap import checks
from tools.bootstrap.browser import find_browser
from tools.bootstrap.causes import of_system
from tools.bootstrap.console import UNUSABLE, Stopped, complain
from tools.bootstrap.install import LOCK, UV_LOCK, install
from tools.bootstrap.place import PYTHON, ROOT, VENV, WEB, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

INTERRUPTED = 130
DEFAULT_PORT = 8000
MOST_PROCESSES = 4
BROWSER_TESTS = "tests/e2e"
NOTHING_SELECTED = 5  # pytest's code when no test fits the arguments
BUSY = "Port {port} on {host} is in use. Stop what uses it, or run: make run PORT={other}"


def run(arguments: list[str]) -> int:
    """Set up, then become `onhand serve --demo`."""
    require_port(arguments)
    install()
    program = str(VENV / "bin" / "onhand")
    os.execve(program, [program, "serve", "--demo", *arguments], environment({"ONHAND_MAKE": "1"}))


def test(arguments: list[str]) -> int:
    """All tests: Python's, then the web's. Arguments go to pytest."""
    install()
    browser = find_browser()
    more = {"ONHAND_CHROMIUM": browser} if browser else {}
    codes = [_show([str(PYTHON), "-m", "pytest", *part], ROOT, more) for part in _parts(arguments)]
    codes = [0 if code == NOTHING_SELECTED and len(codes) > 1 else code for code in codes]
    return max(*codes, _show(["npm", "test", "--silent"], WEB, more))


def _parts(arguments: list[str]) -> list[list[str]]:
    """Pytest's runs: a browser is driven from an event loop of its own, so its tests have processes of their own."""
    if any((ROOT / argument.partition("::")[0]).exists() for argument in arguments):
        return [arguments]  # somebody names files
    # Each process has a PostgreSQL of its own; a file's tests stay together, since they share its database.
    side_by_side = ["--numprocesses", str(min(MOST_PROCESSES, os.cpu_count() or 1)), "--dist", "loadfile", *arguments]
    return [[*side_by_side, f"--ignore={BROWSER_TESTS}"], [*side_by_side, BROWSER_TESTS]]


def lint(_: list[str]) -> int:
    """What CI checks before it runs tests."""
    install(pages=False)
    return checks.run_all()


def format_(_: list[str]) -> int:
    """Lay out the code and mend what can be mended by itself."""
    install(pages=False)
    codes = [_show(["ruff", "check", "--fix", "--quiet", "."], ROOT), _show(["ruff", "format", "--quiet", "."], ROOT)]
    return max(*codes, _show(["npm", "run", "--silent", "format"], WEB))


def contract(_: list[str]) -> int:
    """Write openapi.json and the web's types as the running code says."""
    install(pages=False)
    return _show(["onhand", "config", "openapi"], ROOT) or _show(checks.WEB_TYPES, WEB)


def bench(arguments: list[str]) -> int:
    """The measurements of docs/reference/performance.md."""
    install(web=False, pages=False)
    return _show([str(PYTHON), "-m", "bench", *arguments], ROOT, {"OPENBLAS_NUM_THREADS": "1"})  # as when it is served


def chaos(arguments: list[str]) -> int:
    """The long fault tests."""
    install(web=False, pages=False)
    return _show([str(PYTHON), "-m", "pytest", "-m", "chaos", "--timeout", "1800", *arguments], ROOT)


def lock(_: list[str]) -> int:
    """Choose the newest versions that pyproject.toml allows and write them down with their hashes."""
    install(web=False, pages=False)
    compile_ = ["uv", "pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"]
    plain = ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header"]
    dev = _show([*compile_, *plain, "--extra", "dev", "pyproject.toml", "--output-file", str(LOCK)], ROOT)
    return dev or _show([*compile_, *plain, "tools/uv.in", "--output-file", str(UV_LOCK)], ROOT)


def setup(_: list[str]) -> int:
    """Install and build, and run nothing."""
    install()
    return 0


def require_port(arguments: list[str]) -> None:
    """Raises Stopped when the port is taken: better now than after the installation."""
    port = int(arguments[arguments.index("--port") + 1]) if "--port" in arguments else DEFAULT_PORT
    host = os.environ.get("ONHAND_HOST") or "127.0.0.1"
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                raise Stopped(BUSY.format(port=port, host=host, other=port + 1)) from problem
            # anything else is onhand's to judge, once it is installed


TASKS: dict[str, Callable[[list[str]], int]] = {
    task.__name__.rstrip("_"): task for task in (setup, run, test, lint, format_, contract, bench, chaos, lock)
}


def main(arguments: list[str]) -> int:
    """Do one task; what a person can mend ends in one sentence and code 2."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return TASKS[arguments[0]](arguments[1:])
    except Stopped as problem:
        complain(str(problem))
    except OSError as problem:
        sentence = of_system(problem, str(ROOT))
        if sentence is None:
            raise
        complain(sentence)
    except KeyboardInterrupt:
        complain("Stopped; the same command goes on from here.")
        return INTERRUPTED
    return UNUSABLE


def _show(command: list[str], folder: Path, more: dict[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=folder, env=environment(more), check=False).returncode
