"""Reading GS1 element strings, Digital Links and trade item numbers with biip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import biip
from biip import ParseError
from biip.gs1_messages import GS1Message

from onhand.scanning.domain import BRACKETS, SYMBOLOGY, Element, Label, is_gs1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from biip.gs1_element_strings import GS1ElementString


def read(text: str) -> Label:
    """What a cleaned scan says. Raises nothing: what cannot be read is the text it is, with a warning when it tried."""
    body = SYMBOLOGY.sub("", text)
    if BRACKETS.match(body):
        return _bracketed(text, body)
    try:
        found = biip.parse(text)
    except ParseError as problem:
        return Label(text, warnings=(_plain(str(problem)),) if is_gs1(text) else ())
    if is_gs1(text):
        said = found.gs1_message or found.gs1_digital_link_uri
        elements = said.element_strings if said else []
        wrong = None if elements else found.gs1_message_error or found.gs1_digital_link_uri_error
        return _label(text, elements, wrong)
    long = found.upc.as_upc_a() if found.upc else None
    return Label(text, gtin=found.gtin.value if found.gtin else long, also=long)


def _bracketed(text: str, body: str) -> Label:
    try:
        return _label(text, GS1Message.parse_hri(body).element_strings, None)
    except ParseError as problem:
        return _label(text, (), str(problem))


def _label(text: str, strings: Sequence[GS1ElementString], wrong: str | None) -> Label:
    elements = tuple(Element(e.ai.ai, e.ai.data_title, e.value, e.date, e.decimal) for e in strings)
    warnings = [_plain(wrong)] if wrong else []
    warnings += [_plain(e.gtin_error) for e in strings if e.gtin_error]
    warnings += [_plain(e.sscc_error) for e in strings if e.sscc_error]
    gtin = next((e.value for e in strings if e.ai.ai in {"01", "02", "8006"} and e.gtin is not None), None)
    return Label(text, gtin, elements, tuple(warnings))


def _plain(sentence: str) -> str:
    """A sentence of the library without its patterns, which help nobody at a shelf."""
    head, _, _ = sentence.partition(" pattern '")
    return head.rstrip(".") + "."
