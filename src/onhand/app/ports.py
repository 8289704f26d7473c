"""Ports to listen on: whether one is free, and which to take instead."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress

from onhand.infra.postgres import CannotStart

HIGHEST_PORT = 65_535


class PortBusy(CannotStart):
    """Port {port} on {host} is in use. Stop what uses it, or run: {remedy}."""

    code = "app.port_busy"


class AddressUnusable(CannotStart):
    """onhand cannot listen on {host}:{port}: {reason}. Choose another ONHAND_HOST or ONHAND_PORT."""

    code = "app.address_unusable"


def require_port(host: str, port: int) -> None:
    """Raises PortBusy or AddressUnusable unless we could listen there."""
    try:
        _try_listening(host, port)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise PortBusy(port=port, host=host, remedy=_remedy(host, port)) from problem
        raise AddressUnusable(host=host, port=port, reason=problem.strerror or problem) from problem


def _try_listening(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
        # Without it, connections of a server that just ended still count as users of the port.
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt.bind((host, port))


def _remedy(host: str, busy: int) -> str:
    port = free_port(busy + 1, host)
    return f"make run PORT={port}" if "ONHAND_MAKE" in os.environ else f"onhand serve --port {port}"


def free_port(first: int, host: str = "127.0.0.1") -> int:
    """The first port from `first` on that nobody uses; an arbitrary one when all are taken."""
    for port in range(first, HIGHEST_PORT + 1):
        with suppress(OSError):
            _try_listening(host, port)
            return port
    with socket.create_server((host, 0)) as attempt:
        return int(attempt.getsockname()[1])
