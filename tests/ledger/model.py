"""The ledger as a page of plain Python: what the SQL function is compared with."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from onhand.ledger.domain import Line, Move, Posting, Release, Reserve, Set, Withhold

if TYPE_CHECKING:
    from uuid import UUID

ZERO = Decimal(0)
Key = tuple[str, str]


class Refused(Exception):
    def __init__(self, problem: str, key: Key | None = None) -> None:
        super().__init__(problem)
        self.problem, self.key = problem, key


@dataclass
class Level:
    on_hand: Decimal = ZERO
    reserved: Decimal = ZERO
    unavailable: Decimal = ZERO

    @property
    def free(self) -> Decimal:
        return self.on_hand - self.reserved - self.unavailable


@dataclass
class Promise:
    id: UUID
    key: Key
    quantity: Decimal
    open: Decimal
    priority: int
    call: int
    expired: bool
    taken: Decimal = ZERO


@dataclass
class Books:
    levels: dict[Key, Level] = field(default_factory=dict)
    promises: dict[UUID, Promise] = field(default_factory=dict)
    short: Decimal = ZERO

    def level(self, key: Key) -> Level:
        return self.levels.setdefault(key, Level())


class Model:
    """`call` takes postings as the SQL function does and says what should become of each: its state's number."""

    def __init__(self) -> None:
        self.books = Books()
        self.known: dict[UUID, object] = {}
        self.calls = 0
        self.filed: set[UUID] = set()
        self.made: set[UUID] = set()

    def call(self, postings: list[Posting]) -> list[str]:
        self.calls += 1
        self.filed = set(self.books.promises)
        self.made = {line.id for posting in postings for line in posting.lines if isinstance(line, Reserve)}
        return [self.post(posting) for posting in postings]

    def post(self, posting: Posting) -> str:
        body = (posting.type, posting.fact, posting.reason, tuple(posting.lines))
        if posting.id in self.known:
            return "replayed" if self.known[posting.id] == body else "other body"
        for problem in map(self.misnamed, posting.lines):
            if problem:
                return problem
        while True:
            books = copy.deepcopy(self.books)
            try:
                for line in posting.lines:
                    self.take(books, posting, line)
            except Refused as refused:
                if refused.problem == "not_enough_stock" and refused.key and self.sweep(self.books, refused.key):
                    continue
                return refused.problem
            self.books = books
            self.known[posting.id] = body
            return "posted"

    def misnamed(self, line: Line) -> str | None:
        """What is wrong with a line whatever the stock: it names a promise that is not there, or makes one that is."""
        if isinstance(line, Reserve):
            return "reservation_exists" if line.id in self.filed else None
        if not isinstance(line, Move | Release) or line.reservation is None or line.reservation in self.filed:
            return None
        named = isinstance(line, Move) and line.sku is not None
        return None if named and line.reservation in self.made else "unknown_reservation"

    def sweep(self, books: Books, key: Key) -> bool:
        late = [p for p in books.promises.values() if p.key == key and p.expired and p.open and p.call < self.calls]
        for promise in late:
            books.level(key).reserved -= promise.open
            promise.open = ZERO
        return bool(late)

    def take(self, books: Books, posting: Posting, line: Line) -> None:
        match line:
            case Move():
                self.move(books, posting, line)
            case Set():
                key = (str(line.sku), str(line.warehouse))
                level = books.level(key)
                if line.expected is not None and line.expected != level.on_hand and not posting.fact:
                    raise Refused("level_changed")
                self.change(books, posting, key, line.quantity - level.on_hand)
            case Reserve():
                self.reserve(books, posting, line)
            case Release():
                self.release(books, posting, line)
            case Withhold():
                self.withhold(books, posting, line)

    def move(self, books: Books, posting: Posting, line: Move) -> None:
        promise = books.promises.get(line.reservation) if line.reservation else None
        if line.reservation and promise is None:  # the call that was to make it was refused
            raise Refused("reservation_closed")
        key = promise.key if promise else (str(line.sku), str(line.warehouse))
        part = ZERO
        if promise and line.quantity < 0:
            there = ZERO if promise.expired else promise.open
            part = min(-line.quantity, there)
            if part < -line.quantity and not posting.fact:
                raise Refused("reservation_closed")
        elif promise:
            part = -min(line.quantity, promise.taken)
            if -part < line.quantity and not posting.fact:
                raise Refused("reservation_closed")
        if promise:
            promise.open -= part
            promise.taken += part
        self.change(books, posting, key, line.quantity, of_promise=part)

    def change(self, books: Books, posting: Posting, key: Key, quantity: Decimal, of_promise: Decimal = ZERO) -> None:
        level = books.level(key)
        if level.free + quantity + of_promise < 0:
            if not posting.fact:
                raise Refused("not_enough_stock", key)
            self.sweep(books, key)
            if level.on_hand + quantity < 0:
                books.short -= level.on_hand + quantity
                quantity = -level.on_hand
        level.reserved -= of_promise
        level.on_hand += quantity
        self.cover(books, key)

    def cover(self, books: Books, key: Key) -> None:
        """Break promises, the least important and then the newest first, until what is there covers the rest."""
        level = books.level(key)
        held = [p for p in books.promises.values() if p.key == key and p.open]
        for promise in sorted(held, key=lambda p: (p.priority, -p.call, -p.id.int)):
            if level.free >= 0:
                return
            part = min(promise.open, -level.free)
            promise.open -= part
            level.reserved -= part
            books.short += part
        if level.free < 0:
            level.unavailable += level.free

    def reserve(self, books: Books, posting: Posting, line: Reserve) -> None:
        key = (str(line.sku), str(line.warehouse))
        level, quantity = books.level(key), line.quantity
        if line.id in books.promises:
            if not posting.fact:
                raise Refused("reservation_exists")
            books.short += quantity
            return
        if level.free < quantity:
            if not posting.fact:
                raise Refused("not_enough_stock", key)
            self.sweep(books, key)
            got = max(min(quantity, level.free), ZERO)
            books.short += quantity - got
            quantity = got
        if quantity:
            level.reserved += quantity
            late = line.expires_at is not None
            books.promises[line.id] = Promise(line.id, key, quantity, quantity, line.priority, self.calls, late)

    def release(self, books: Books, posting: Posting, line: Release) -> None:
        promise = books.promises[line.reservation]
        wanted = promise.open if line.quantity is None else line.quantity
        if not posting.fact and (promise.open == 0 or wanted > promise.open):
            raise Refused("reservation_closed")
        part = min(wanted, promise.open)
        promise.open -= part
        books.level(promise.key).reserved -= part

    def withhold(self, books: Books, posting: Posting, line: Withhold) -> None:
        key = (str(line.sku), str(line.warehouse))
        level, quantity = books.level(key), line.quantity
        if level.unavailable + quantity < 0:
            if not posting.fact:
                raise Refused("not_withheld")
            books.short -= level.unavailable + quantity
            quantity = -level.unavailable
        if level.free < quantity:
            if not posting.fact:
                raise Refused("not_enough_stock", key)
            self.sweep(books, key)
            extra = max(level.unavailable + quantity - level.on_hand, ZERO)
            books.short += extra
            quantity -= extra
        level.unavailable += quantity
        self.cover(books, key)
