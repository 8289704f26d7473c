"""What a file of records says: one description per kind of record, and each row judged by it. Knows no database."""

from onhand.recordfile.currencies import CURRENCIES
from onhand.recordfile.domain import Column, Entity, Problem, Row
from onhand.recordfile.entities import ENTITIES
from onhand.recordfile.mapping import Mapping, doubts, fingerprint, guess_entity, guess_mapping, missing
from onhand.recordfile.reading import Reading, Ways, read_rows
from onhand.recordfile.templates import template, wanted

__all__ = [
    "CURRENCIES",
    "ENTITIES",
    "Column",
    "Entity",
    "Mapping",
    "Problem",
    "Reading",
    "Row",
    "Ways",
    "doubts",
    "fingerprint",
    "guess_entity",
    "guess_mapping",
    "missing",
    "read_rows",
    "template",
    "wanted",
]
