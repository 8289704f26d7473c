"""Patterns that people write, matched in linear time whatever they wrote: the engine never goes back."""

from __future__ import annotations

from functools import lru_cache

from pydantic import ValidationError
from pydantic_core import SchemaError, SchemaValidator, core_schema


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=f"^(?:{pattern})$", regex_engine="rust-regex"))


def is_pattern(pattern: str) -> bool:
    """Whether the engine understands it."""
    try:
        _compiled(pattern)
    except SchemaError:
        return False
    return True


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text is of the pattern."""
    try:
        _compiled(pattern).validate_python(text)
    except ValidationError:
        return False
    return True
