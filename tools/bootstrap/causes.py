"""From what a tool printed to a sentence that says what to do."""

from __future__ import annotations

import errno
import re

FULL = "The disk that holds {folder} is full. Free about 2 GB there and run the same command again."
OFFLINE = (
    "The package registry for {what} cannot be reached. Check the network, or the proxy or mirror in your "
    "{settings} settings, and run the same command again."
)
NO_VENV = (
    "This Python cannot make virtual environments. Install its venv module (on Debian and Ubuntu: "
    "apt-get install python3-venv) and run the same command again."
)
OTHER = "{what} failed: {reason} The whole output is in {log}."

REGISTRIES = {"Python packages": ("Python packages", "pip"), "Web packages": ("web packages", "npm")}
FULL_WORDS = re.compile(r"No space left on device|ENOSPC|Disk quota exceeded|EDQUOT|os error 28", re.IGNORECASE)
OFFLINE_WORDS = re.compile(
    r"NewConnectionError|Failed to establish a new connection|name resolution|Connection refused|ConnectTimeout"
    r"|Max retries exceeded|ProxyError|error sending request|dns error|tcp connect error|Could not connect"
    r"|client error \(Connect\)|Request failed after|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT"
    r"|Network is unreachable|[Nn]etwork connectivity|\(from versions: none\)",
)
NO_VENV_WORDS = re.compile(r"ensurepip is not|No module named '?(venv|ensurepip)|ensurepip.*returned non-zero")
FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT}


def sentence(what: str, output: str, folder: str, log: str) -> str:
    """Why the step `what` failed, judged by its `output`."""
    if FULL_WORDS.search(output):
        return FULL.format(folder=folder)
    if NO_VENV_WORDS.search(output):
        return NO_VENV
    if OFFLINE_WORDS.search(output):
        packages, settings = REGISTRIES.get(what, (what, "network"))
        return OFFLINE.format(what=packages, settings=settings)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [n for n, line in enumerate(lines) if re.search(r"\b(error|ERR!|fatal)\b", line, re.IGNORECASE)]
    first = telling[0] if telling else len(lines) - 1
    # "error during build:" says little without what follows.
    said = lines[first : first + (2 if lines[first].endswith(":") else 1)] if lines else ["it ended without a word"]
    reason = " ".join(said)
    return OTHER.format(what=what, reason=reason if reason.endswith(".") else f"{reason}.", log=log)


def of_system(problem: OSError, folder: str) -> str | None:
    """The sentence for an error of the operating system that people can mend; None for all others."""
    return FULL.format(folder=folder) if problem.errno in FULL_ERRORS else None
