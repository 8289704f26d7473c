"""The language of search: `condition:NM price:<5 -archived "exact words" OR tag:foil`. Pure: text in, a tree out.

query = all { OR all } · all = part { [AND] part } · part = { - | NOT } ( ( query ) | field | word | phrase )
field = name : [< | <= | > | >= | =] value { , value } · name : value .. value · a value is a word or a "phrase"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

LONGEST, MOST_PARTS, DEEPEST = 500, 40, 10
OPERATORS = {"<=": "lte", ">=": "gte", "<": "lt", ">": "gt", "=": "eq"}
LEXEME = re.compile(
    r"""(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s]))
    |(?P<name>(?:[^\W\d][\w.-]*|"[^"]+"):)|(?P<quote>"[^"]*"?)|(?P<word>[^\s()"]+)""",
    re.VERBOSE,
)
VALUE = re.compile(r'(?P<operator><=|>=|<|>|=)?(?:"(?P<quoted>[^"]*)(?P<end>"?)|(?P<plain>[^\s()",]*))')


class BadQuery(ValueError):
    """What is wrong with a query, and from where to where."""

    def __init__(self, problem: str, start: int, end: int) -> None:
        super().__init__(problem)
        self.problem, self.start, self.end = problem, start, max(end, start + 1)


@dataclass(frozen=True, slots=True)
class Value:
    """What stands behind a field's colon. A quoted one is never read as an operator, a date or a range."""

    text: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Text to find; a phrase stands as it is written."""

    text: str
    start: int
    end: int
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """`name:value`: one comparison with one of several values. `between` has two."""

    name: str
    operator: str
    values: tuple[Value, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    of: Node


@dataclass(frozen=True, slots=True)
class All:
    """What must hold together."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Of what one must hold."""

    parts: tuple[Node, ...]


Node = Word | Field | Not | All | Either


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text with its place."""

    kind: str
    text: str
    start: int
    end: int
    field: Field | None = None


def parse_query(text: str) -> Node | None:
    """The tree of a query; None of an empty one. Raises BadQuery, with the place."""
    if len(text) > LONGEST:
        raise BadQuery(f"A query has at most {LONGEST} characters.", LONGEST, len(text))
    tokens = _tokens(text)
    if not tokens:
        return None
    if len(tokens) > MOST_PARTS:
        raise BadQuery(f"A query has at most {MOST_PARTS} parts.", tokens[MOST_PARTS].start, len(text))
    return _Reader(tokens, len(text)).read()


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = LEXEME.match(text, at)
        if match is None:  # every character is one of them
            raise BadQuery("This cannot be read.", at, at + 1)
        kind = str(match.lastgroup)
        token = Token(kind, match.group(), at, match.end())
        if kind == "name":
            token = _field(text, token)
        elif kind == "quote":
            token = _phrase(token)
        if kind != "space":
            found.append(token)
        at = token.end
    return found


def _phrase(token: Token) -> Token:
    if len(token.text) == 1 or not token.text.endswith('"'):
        raise BadQuery("The quotation mark is not closed.", token.start, token.start + 1)
    return Token("quote", token.text[1:-1], token.start, token.end)


def _field(text: str, name: Token) -> Token:
    first = VALUE.match(text, name.end)
    operator = OPERATORS.get((first and first["operator"]) or "", "is")
    values, at = _values(text, name)
    if len(values) > 1 and operator not in {"is", "eq"}:
        raise BadQuery("Several values cannot be compared by size.", values[1].start, values[-1].end)
    low, dots, high = values[0].text.partition("..")
    if dots and not values[0].quoted and len(values) == 1:
        if not low or not high or operator != "is":
            raise BadQuery("A range is written 1..9.", values[0].start, values[0].end)
        start = values[0].start
        values = [Value(low, start, start + len(low)), Value(high, start + len(low) + 2, values[0].end)]
        operator = "between"
    written = name.text[:-1].strip('"').lower()
    return Token("field", written, name.start, at, Field(written, operator, tuple(values), name.start, at))


def _values(text: str, name: Token) -> tuple[list[Value], int]:
    values, at = [], name.end
    while True:
        match = VALUE.match(text, at)
        if match is None:  # it matches even nothing
            raise BadQuery("A value is missing.", name.start, name.end)
        quoted = match["quoted"] is not None
        if quoted and not match["end"]:
            raise BadQuery("The quotation mark is not closed.", match.start("quoted") - 1, match.start("quoted"))
        written = match["quoted"] if quoted else match["plain"]
        start = match.start("quoted") - 1 if quoted else match.start("plain")
        if not written:
            raise BadQuery(f"A value is missing after {name.text}", name.start, max(match.end(), name.end))
        values.append(Value(written, start, match.end(), quoted))
        at = match.end()
        if text[at : at + 1] != ",":
            return values, at
        at += 1


class _Reader:
    """Reads tokens from left to right; each method reads what its name says and stands behind it."""

    def __init__(self, tokens: list[Token], length: int) -> None:
        self.tokens, self.length, self.at, self.depth = tokens, length, 0, 0

    def read(self) -> Node:
        """The whole query."""
        node = self.either()
        if self.at < len(self.tokens):
            self.fail("This bracket was never opened.", self.tokens[self.at])
        return node

    def fail(self, problem: str, token: Token | None) -> NoReturn:
        """Say what is wrong with a token, or with the end of the query."""
        start, end = (token.start, token.end) if token else (max(self.length - 1, 0), self.length)
        raise BadQuery(problem, start, end)

    def next(self) -> Token | None:
        """The token ahead."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def is_word(self, *words: str) -> bool:
        """Whether one of these words is ahead."""
        token = self.next()
        return token is not None and token.kind == "word" and token.text in words

    def either(self) -> Node:
        """Parts with OR between them."""
        parts = [self.all()]
        while self.is_word("OR", "|"):
            self.at += 1
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def all(self) -> Node:
        """Parts side by side."""
        parts = [self.part()]
        while (token := self.next()) and token.kind != "close" and not self.is_word("OR", "|"):
            if self.is_word("AND", "&"):
                self.at += 1
            parts.append(self.part())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def part(self) -> Node:
        """One part, perhaps denied, perhaps in brackets."""
        token = self.next()
        if token is None:
            return self.fail("Something is missing at the end.", None)
        if self.is_word("OR", "|", "AND", "&") or token.kind == "close":
            return self.fail(f"Something is missing before {token.text}.", token)
        self.at += 1
        if token.kind == "minus" or (token.kind == "word" and token.text == "NOT"):
            return Not(self.part())
        if token.kind == "open":
            return self.inside(token)
        return token.field or Word(token.text, token.start, token.end, token.kind == "quote")

    def inside(self, opened: Token) -> Node:
        """What stands in brackets."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"Brackets may be {DEEPEST} deep.", opened)
        node = self.either()
        closed = self.next()
        if closed is None or closed.kind != "close":
            self.fail("This bracket is not closed.", opened)
        self.at, self.depth = self.at + 1, self.depth - 1
        return node
