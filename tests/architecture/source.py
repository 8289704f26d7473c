"""The project's own files as values, so that a rule can be tried on a made-up file as well."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"node_modules", "dist", "__pycache__", ".vite"}


@dataclass(frozen=True)
class Source:
    """One file: its path relative to the project's root, with forward slashes, and its text."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @property
    def parts(self) -> tuple[str, ...]:
        return PurePosixPath(self.path).parts

    @property
    def module(self) -> str | None:
        """The module this file belongs to, as `catalog` for `src/onhand/catalog/store.py`."""
        return self.parts[2] if self.parts[:2] == ("src", "onhand") and len(self.parts) > 3 else None

    @property
    def room(self) -> str | None:
        """The room inside its module: `store` for `catalog/store.py` and for `catalog/store/levels.py`."""
        return self.parts[3].removesuffix(".py") if self.module else None

    @property
    def is_generated(self) -> bool:
        return any("generated" in line for line in self.lines[:5]) or self.path.endswith("schema.ts")


def read(pattern: str, *folders: str) -> Iterator[Source]:
    """The files of these folders whose names match; a folder that does not exist yet holds none."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(pattern)):
            relative = path.relative_to(ROOT)
            if path.is_file() and not SKIPPED.intersection(relative.parts):
                yield Source(relative.as_posix(), path.read_text(encoding="utf-8"))


def python() -> list[Source]:
    return list(read("*.py", "src", "tests", "bench", "migrations"))


def product() -> list[Source]:
    """The Python that ships."""
    return list(read("*.py", "src"))


def sql() -> list[Source]:
    return list(read("*.sql", "src", "migrations"))


def web() -> list[Source]:
    return [source for pattern in ("*.ts", "*.tsx") for source in read(pattern, "web/src") if not source.is_generated]


def everything() -> list[Source]:
    """All that people read. The rules themselves name what they forbid, so they are left out."""
    texts = ("*.py", "*.sql", "*.ts", "*.tsx", "*.css", "*.html", "*.md", "*.toml", "*.sh", "*.yml", "*.yaml")
    found = [
        one for text in texts for one in read(text, "src", "tests", "bench", "migrations", "web", "docs", "deploy")
    ]
    found += [Source(path.name, path.read_text("utf-8")) for path in sorted(ROOT.glob("*.md"))]
    return [one for one in found if not one.path.startswith("tests/architecture/")]
