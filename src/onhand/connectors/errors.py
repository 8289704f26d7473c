"""Why a call to a channel came to nothing, as sentences with facts."""

from __future__ import annotations

from onhand.kernel import Conflict, Unavailable


class ChannelUnreachable(Unavailable):
    """{channel} does not answer: {reason}."""

    code = "connectors.unreachable"


class ChannelBusy(Unavailable):
    """{channel} asks for patience: try again in {seconds} seconds."""

    code = "connectors.busy"


class ChannelRefused(Conflict):
    """{channel} refused it: {reason}."""

    code = "connectors.refused"


class CredentialsRefused(Conflict):
    """{channel} does not accept our credentials; enter them again."""

    code = "connectors.credentials_refused"
