"""How channels are spoken to: one port, and a connector for each kind of platform. Knows no database.

A new platform is a file beside `sandbox` that keeps the port's contract, and a line in each function here.
"""

from onhand.connectors.errors import ChannelBusy, ChannelRefused, ChannelUnreachable, CredentialsRefused
from onhand.connectors.pace import Pace
from onhand.connectors.port import Answer, Article, Connector, Sale, Sales, Shown, SoldLine
from onhand.connectors.sandbox import SandboxConnector, read_sandbox_message

__all__ = [
    "Answer",
    "Article",
    "ChannelBusy",
    "ChannelRefused",
    "ChannelUnreachable",
    "Connector",
    "CredentialsRefused",
    "Pace",
    "Sale",
    "Sales",
    "SandboxConnector",
    "Shown",
    "SoldLine",
    "open_connector",
    "read_message",
]


def open_connector(name: str, endpoint: str, token: str, calls_per_second: float) -> Connector:
    """A connector to the channel at this address, named so in its errors."""
    return SandboxConnector(name, endpoint, token, Pace(calls_per_second))


def read_message(body: bytes) -> Sale | None:
    """The order in a webhook's body, None for other topics. Raises ValueError for what no channel sends."""
    return read_sandbox_message(body)
