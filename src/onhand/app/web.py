"""The web process: `python -m onhand.app.web`."""

from __future__ import annotations

import uvicorn

from onhand.infra.one_piece import OnePieceProtocol
from onhand.infra.settings import get_settings

# How long requests under way may take to finish once we are asked to stop.
GRACE_SECONDS = 5


def main() -> None:
    """Serve on ONHAND_HOST and ONHAND_PORT until SIGTERM."""
    settings = get_settings()
    uvicorn.run(
        "onhand.app.api:create_process",
        factory=True,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=OnePieceProtocol,
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


if __name__ == "__main__":
    main()
