"""All tables in one metadata, for migrations and their checks."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

import onhand
from onhand.infra.tables import Base


def _load() -> None:
    """Import every module's tables so that they register; a module without tables has none to register."""
    for module in pkgutil.iter_modules(onhand.__path__):
        if module.ispkg and importlib.util.find_spec(f"onhand.{module.name}.tables"):
            importlib.import_module(f"onhand.{module.name}.tables")


_load()
metadata = Base.metadata
