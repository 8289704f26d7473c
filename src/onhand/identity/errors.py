"""What can go wrong with people and keys."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, Invalid, Unauthenticated


class WrongCredentials(Unauthenticated):
    """E-mail and password do not match an active account."""

    code = "identity.wrong_credentials"


class SessionEnded(Unauthenticated):
    """This sign-in has ended; sign in again."""

    code = "identity.session_ended"


class EmailTaken(Conflict):
    """Somebody already has this e-mail address."""

    code = "identity.email_taken"


class CodeTaken(Conflict):
    """An organization with this code exists already."""

    code = "identity.organization_code_taken"


class NotFirstRun(Conflict):
    """onhand is set up already; ask an admin to invite you."""

    code = "identity.not_first_run"


class LastAdmin(Conflict):
    """An organization needs at least one admin."""

    code = "identity.last_admin"


class WeakPassword(Invalid):
    """A password needs at least {least} characters."""

    code = "identity.weak_password"


class UnknownTimeZone(Invalid):
    """There is no time zone {time_zone}; use a name such as Europe/London."""

    code = "identity.unknown_time_zone"


on_violation("account_email_key", EmailTaken)
on_violation("organization_code_key", CodeTaken)
