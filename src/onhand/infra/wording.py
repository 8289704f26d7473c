"""What is wrong with a field, in words that say what to do: Pydantic's own are for programmers."""

from __future__ import annotations

from typing import Any

from pydantic import StringConstraints

# By Pydantic's type of error; its facts are filled in. Whatever is not here keeps Pydantic's sentence.
WORDS = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field here; check its name.",
    "string_type": "A text is needed.",
    "string_too_short": "At least {min_length} characters are needed.",
    "string_too_long": "At most {max_length} characters are possible.",
    "int_parsing": "A whole number is needed.",
    "int_type": "A whole number is needed.",
    "int_from_float": "A whole number is needed.",
    "decimal_parsing": "A number is needed, such as 12.50.",
    "decimal_type": "A number is needed, such as 12.50.",
    "decimal_max_places": "At most {decimal_places} decimal places are possible.",
    "float_parsing": "A number is needed.",
    "bool_parsing": "Answer true or false.",
    "bool_type": "Answer true or false.",
    "uuid_parsing": "An id is needed; it looks like 01a21f13-fbe8-7843-b85a-6403de98b1b7.",
    "date_from_datetime_parsing": "A date is needed, such as 2026-01-31.",
    "datetime_from_date_parsing": "A time is needed, such as 2026-01-31T12:00:00Z.",
    "literal_error": "One of these is needed: {expected}.",
    "enum": "One of these is needed: {expected}.",
    "greater_than": "This must be more than {gt}.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than": "This must be less than {lt}.",
    "less_than_equal": "This must be {le} or less.",
    "list_type": "A list is needed.",
    "dict_type": "An object is needed.",
    "model_attributes_type": "An object is needed.",
    "too_short": "At least {min_length} are needed.",
    "too_long": "At most {max_length} are possible.",
}
A_MAIL = "An e-mail address looks like ann@example.com."
EMPTY = "This cannot be empty."
_patterns: dict[str, str] = {}


def spelled(pattern: str, words: str, **constraints: Any) -> StringConstraints:
    """A text of a certain form, and what to tell who spells it otherwise."""
    _patterns[pattern] = words
    return StringConstraints(pattern=pattern, **constraints)


def wording(error: Any) -> str:
    """One of Pydantic's errors as a sentence."""
    kind, facts = error["type"], error.get("ctx") or {}
    if kind == "string_pattern_mismatch" and facts.get("pattern") in _patterns:
        return _patterns[facts["pattern"]]
    if kind in {"string_too_short", "too_short"} and facts.get("min_length") == 1:
        return EMPTY
    if kind in WORDS:
        return WORDS[kind].format_map(facts)
    text = str(error["msg"]).removeprefix("Value error, ")
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
