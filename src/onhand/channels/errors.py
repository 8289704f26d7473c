"""What can go wrong with channels, as sentences with facts."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, FieldError, Invalid, NotFound


class UnknownChannel(NotFound):
    """There is no channel {key}."""

    code = "channels.unknown_channel"


class UnknownConflict(NotFound):
    """There is no conflict {key}."""

    code = "channels.unknown_conflict"


class NoSuchWarehouse(Invalid):
    """There is no such warehouse; choose warehouses that exist."""

    code = "channels.no_such_warehouse"

    def __init__(self, **facts: object) -> None:
        super().__init__(errors=[FieldError("/warehouses", "unknown", "There is no such warehouse.")], **facts)


class CodeTaken(Conflict):
    """There is already a channel with this code."""

    code = "channels.code_taken"


class NameTaken(Conflict):
    """There is already a channel of this name."""

    code = "channels.name_taken"


class NotSynced(Conflict):
    """{channel} is kept by hand: there is nothing to connect to."""

    code = "channels.not_synced"


on_violation("channel_code_key", CodeTaken)
on_violation("channel_name_key", NameTaken)
on_violation("channel_warehouse_organization_id_warehouse_id_fkey", NoSuchWarehouse)
