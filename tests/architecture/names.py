"""The names onhand promises to the outside, read from the code: settings, permissions, events, commands."""

import ast
import re
from collections.abc import Iterator, Sequence

from tests.architecture.source import Source

DOTTED = re.compile(r"^[a-z_]+\.[a-z_]+$")
SETTING = re.compile(r"\bONHAND_[A-Z][A-Z0-9_]*\b")
SQL_EVENT = re.compile(r"insert\s+into\s+(?:onhand\.)?event\b[^;]*?'([a-z_]+\.[a-z_]+)'", re.IGNORECASE | re.DOTALL)


def text_of(node: ast.AST | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def settings(sources: Sequence[Source]) -> set[str]:
    """Every ONHAND_… the code mentions, and every field of `Settings`."""
    found = {name for source in sources for name in SETTING.findall(source.text)}
    for source in sources:
        for node in source.nodes:
            if source.path.endswith("infra/settings.py") and isinstance(node, ast.ClassDef) and node.name == "Settings":
                fields = (one.target for one in node.body if isinstance(one, ast.AnnAssign))
                found |= {f"ONHAND_{field.id.upper()}" for field in fields if isinstance(field, ast.Name)}
    return found


def permissions(sources: Sequence[Source]) -> set[str]:
    """Every permission that a module declares beside its routes."""
    calls = (node for source in sources for node in source.nodes if isinstance(node, ast.Call))
    declared = (call.args[0] for call in calls if getattr(call.func, "id", "") == "declare" and call.args)
    return {text for value in declared if (text := text_of(value)) and DOTTED.match(text)}


def announced(source: Source) -> Iterator[str]:
    """Kinds announced in place, kept as constants in a module's events file, or written by its SQL."""
    yield from SQL_EVENT.findall(source.text)
    if not source.path.endswith(".py") or source.module == "sandbox":  # make-believe shops announce to us, not for us
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "announce":
            yield from (text for argument in node.args if (text := text_of(argument)))
        if source.room == "events" and (text := text_of(node)):
            yield text


def events(sources: Sequence[Source]) -> set[str]:
    return {kind for source in sources for kind in announced(source) if DOTTED.match(kind)}


def undocumented(names: set[str], page: str) -> list[str]:
    """The names that the page does not show in code type."""
    return sorted(name for name in names if f"`{name}`" not in page and f"`{name} " not in page)
