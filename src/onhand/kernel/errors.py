"""Errors are sentences with facts and a code; the docstring of a class is its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field. `pointer` is a JSON pointer into the body: "/lines/0/sku"."""

    pointer: str
    code: str
    message: str


class OnhandError(Exception):
    """Something went wrong."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"
    code: ClassVar[str] = "onhand.error"

    def __init__(self, *, errors: list[FieldError] | None = None, **facts: object) -> None:
        self.facts = facts
        self.errors = errors or []
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The docstring with the facts filled in."""
        template = " ".join((type(self).__doc__ or type(self).__name__).split())
        return template.format_map(_Facts(self.facts))


class _Facts(dict[str, object]):
    """A sentence with a missing fact is still a sentence."""

    def __missing__(self, key: str) -> str:
        return key


class Malformed(OnhandError):
    """The request could not be read: {problem}."""

    status, title, code = 400, "Malformed request", "request.malformed"


class Unauthenticated(OnhandError):
    """Sign in first: send a valid access token or API key."""

    status, title, code = 401, "Not signed in", "identity.unauthenticated"


class Forbidden(OnhandError):
    """This needs the permission {permission}, which {who} does not have."""

    status, title, code = 403, "Not allowed", "identity.forbidden"


class NotFound(OnhandError):
    """There is no {what} {key} here."""

    status, title, code = 404, "Not found", "request.not_found"


class Conflict(OnhandError):
    """This cannot be done in the present state."""

    status, title, code = 409, "Conflict", "request.conflict"


class Stale(OnhandError):
    """Someone changed this {what} meanwhile; load it again and repeat your change."""

    status, title, code = 412, "Changed meanwhile", "request.stale"


class TooLarge(OnhandError):
    """The body is larger than the {limit} allowed here."""

    status, title, code = 413, "Too large", "request.too_large"


class Invalid(OnhandError):
    """Some fields need another look."""

    status, title, code = 422, "Invalid", "request.invalid"


class Frozen(OnhandError):
    """{what} is frozen by {who}: {why}."""

    status, title, code = 423, "Frozen", "ledger.frozen"


class TooMany(OnhandError):
    """Too many requests; try again in {seconds} seconds."""

    status, title, code = 429, "Too many requests", "request.too_many"


class Unavailable(OnhandError):
    """{what} is not available just now; try again shortly."""

    status, title, code = 503, "Not available", "request.unavailable"
