"""Who may reach what: front doors, libraries, HTTP, SQL and commits."""

import ast
import re
import sys

from tests.architecture.rule import Findings, Rule, alone, each
from tests.architecture.source import Source, product, python

OPEN_FLOORS = {"kernel", "infra"}  # tools for everybody: reached file by file, they have no rooms to hide
ROOMS = {"domain", "tables", "store", "service", "schemas", "routes", "errors", "events", "jobs", "handlers"}
SQL_ROOMS = ("store", "tables", "sql", "prove")
SQL_LIBRARIES = {"sqlalchemy", "psycopg", "psycopg_pool", "alembic"}
SQL_FREE_NAMES = {"AsyncSession", "AsyncConnection", "inspect"}
SQL_ERRORS = ("sqlalchemy.exc.", "psycopg.errors.")  # catching one builds nothing
SQL_TEXT = re.compile(
    r"^\s*(select\s[^;]*\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\(|"
    r"(create|alter|drop)\s+(table|index|function|role|policy)\s|set\s+local\s)",
    re.IGNORECASE | re.DOTALL,
)


def imported(node: ast.AST) -> list[str]:
    """The dotted names an import statement names, `onhand.ledger.post` for `from onhand.ledger import post`."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def past_a_door(source: Source) -> Findings:
    if source.module == "app":  # assembly: the one place that knows everybody
        return
    for node in source.nodes:
        for name in imported(node):
            root, *rest = name.split(".")
            if root == "onhand" and len(rest) > 1 and rest[0] not in OPEN_FLOORS | {source.module}:
                yield f"`{name}` goes past a front door; write `from onhand import {rest[0]}`"
        if isinstance(node, ast.ImportFrom) and node.level > 1:
            yield "a relative import climbs out of its folder"


def through_a_room(source: Source) -> Findings:
    neighbours = {
        alias.asname or alias.name
        for node in source.nodes
        if isinstance(node, ast.ImportFrom) and node.module == "onhand"
        for alias in node.names
    }
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in ROOMS - {"errors", "events"}:
            at = node.value
            if source.module != "app" and isinstance(at, ast.Name) and at.id in neighbours:
                yield f"`{at.id}.{node.attr}` reaches a room past the front door"


def library_in_a_rule(source: Source) -> Findings:
    is_domain = source.module is not None and (source.room or "").startswith("domain")
    if not is_domain and source.module != "kernel":
        return
    own = (f"onhand.{source.module}.domain", f"onhand.{source.module}.errors", "onhand.kernel")
    for node in source.nodes:
        for name in imported(node):
            if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(own):
                yield f"imports `{name}`; rules and the kernel use the standard library alone"


def http_elsewhere(source: Source) -> Findings:
    if source.module in {"infra", "app", "sandbox"} or (source.room or "").startswith("routes"):
        return
    for node in source.nodes:
        for name in imported(node):
            if name.split(".")[0] in {"fastapi", "starlette", "uvicorn", "socketio"} or name.startswith(
                "onhand.infra.http"
            ):
                yield f"imports `{name}`; only routes, infra and app know HTTP"


def may_hold_sql(source: Source) -> bool:
    return source.module == "infra" or (source.room or "").startswith(SQL_ROOMS)


def sql_elsewhere(source: Source) -> Findings:
    if may_hold_sql(source):
        return
    for node in source.nodes:
        for name in imported(node):
            root, last = name.split(".")[0], name.split(".")[-1]
            if root in SQL_LIBRARIES and last not in SQL_FREE_NAMES and not name.startswith(SQL_ERRORS):
                yield f"imports `{name}`; only store, tables, prove and infra build SQL"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_TEXT.match(node.value):
            yield f"line {node.lineno} holds SQL text"


def commit_elsewhere(source: Source) -> Findings:
    if source.module == "infra":
        return
    for node in source.nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"commit", "rollback"}
        ):
            yield f"line {node.lineno} calls `{node.func.attr}`; a transaction ends at the edge, in infra"


def local_import(source: Source) -> Findings:
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield f"line {inner.lineno} imports inside a function"


SALES = "src/onhand/sales/service.py"
RULES = [
    Rule(
        "another module is reached through its front door",
        product,
        each(past_a_door),
        bad=[
            alone(SALES, "from onhand.ledger.service import post"),
            alone(SALES, "from onhand.ledger import post"),
            alone(SALES, "import onhand.ledger.store"),
            alone(SALES, "from ..ledger import post"),
        ],
        good=alone(
            SALES, "from onhand import ledger\nfrom onhand.sales.store import lock\nfrom onhand.kernel.clock import now"
        ),
    ),
    Rule(
        "no room is reached through the front door",
        product,
        each(through_a_room),
        bad=[alone(SALES, "from onhand import ledger\nledger.store.lock()")],
        good=alone(SALES, "from onhand import ledger\nledger.post()"),
    ),
    Rule(
        "kernel and domain import no library",
        product,
        each(library_in_a_rule),
        bad=[
            alone("src/onhand/sales/domain.py", "import numpy"),
            alone("src/onhand/sales/domain.py", "from onhand import ledger"),
            alone("src/onhand/kernel/money.py", "from pydantic import BaseModel"),
        ],
        good=alone("src/onhand/sales/domain.py", "from decimal import Decimal\nfrom onhand.kernel.money import Money"),
    ),
    Rule(
        "only routes, infra and app know HTTP",
        product,
        each(http_elsewhere),
        bad=[alone(SALES, "from fastapi import Request"), alone(SALES, "from onhand.infra.http import data")],
        good=alone("src/onhand/sales/routes.py", "from onhand.infra.http import Router"),
    ),
    Rule(
        "only store, tables, prove and infra build SQL",
        product,
        each(sql_elsewhere),
        bad=[
            alone(SALES, "from sqlalchemy import select"),
            alone(SALES, "import psycopg"),
            alone(SALES, 'statement = "SELECT id FROM sku WHERE code = %s"'),
        ],
        good=alone(SALES, "from sqlalchemy.ext.asyncio import AsyncSession\nnote = 'Choose one of the list'"),
    ),
    Rule(
        "only infra commits",
        product,
        each(commit_elsewhere),
        bad=[alone(SALES, "async def place(session):\n    await session.commit()")],
        good=alone("src/onhand/infra/db.py", "async def end(session):\n    await session.commit()"),
    ),
    Rule(
        "imports stand at the top",
        python,
        each(local_import),
        bad=[alone(SALES, "def place():\n    import json")],
        good=alone(SALES, "import json"),
    ),
]
