from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, StringConstraints, ValidationError

from onhand.infra.wording import WORDS, spelled, wording


class Form(BaseModel):
    name: Annotated[str, StringConstraints(min_length=1, max_length=3)] = "x"
    note: Annotated[str, StringConstraints(min_length=2)] = "xx"
    code: Annotated[str, spelled("^[a-z]$", "One small letter.")] = "a"
    bare: Annotated[str, StringConstraints(pattern="^z$")] = "z"
    count: Annotated[int, Field(gt=0, le=9)] = 1
    kind: Literal["sale", "return"] = "sale"


def told(**given: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(given)
    return wording(caught.value.errors()[0])


def test_what_is_wrong_is_said_with_what_to_do() -> None:
    assert told(name="") == "This cannot be empty."
    assert told(name="long") == "At most 3 characters are possible."
    assert told(note="x") == "At least 2 characters are needed."
    assert told(code="A1") == "One small letter."
    assert told(count="many") == "A whole number is needed."
    assert told(count=0) == "This must be more than 0."
    assert told(count=10) == "This must be 9 or less."
    assert told(kind="gift") == "One of these is needed: 'sale' or 'return'."


def test_what_has_no_words_of_ours_keeps_its_own_as_a_sentence() -> None:
    assert told(bare="a") == "String should match pattern '^z$'."


@pytest.mark.parametrize("kind", sorted(WORDS))
def test_the_words_can_be_filled_in_with_the_facts_of_their_error(kind: str) -> None:
    facts = ("min_length", "max_length", "decimal_places", "expected", "gt", "ge", "lt", "le")
    assert "{" not in wording({"type": kind, "ctx": dict.fromkeys(facts, 7), "msg": ""})
