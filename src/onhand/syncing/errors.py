"""What can go wrong with keeping channels in step, as sentences with facts."""

from __future__ import annotations

from onhand.kernel import Conflict, NotFound, Unauthenticated


class UnknownListing(NotFound):
    """{channel} has no listing of {sku}."""

    code = "syncing.unknown_listing"


class UnknownDifference(NotFound):
    """There is no open difference {key}."""

    code = "syncing.unknown_difference"


class ConflictSettled(Conflict):
    """This conflict was settled already: {resolution}."""

    code = "syncing.conflict_settled"


class WrongRemedy(Conflict):
    """{remedy} is no answer to this conflict; possible are {possible}."""

    code = "syncing.wrong_remedy"


class SyncPaused(Conflict):
    """{channel} is paused; resume it first."""

    code = "syncing.paused"


class SignatureRefused(Unauthenticated):
    """The webhook's signature, time or channel is not right."""

    code = "syncing.signature_refused"
