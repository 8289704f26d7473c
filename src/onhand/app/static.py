"""The built web app: assets for ever, the page itself never cached, every other path is the app's own."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import FileResponse, PlainTextResponse
from starlette.routing import Match, Route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

NOT_BUILT = "The web app is not built. Run `make run`, which builds it, or `npm run build` in web/."
ENCODINGS = {"br": ".br", "gzip": ".gz"}  # the build leaves both beside each file; the first accepted is sent
FOREVER = "public, max-age=31536000, immutable"  # an asset's name carries a hash of its content
API = "/api/"


class Pages(Route):
    """Every path but the API's: a program that asks there for what is not must not get the page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether this path is a page's."""
        return (Match.NONE, {}) if scope.get("path", "").startswith(API) else super().matches(scope)


def send(file: Path, accepted: str, cache: str) -> Response:
    """The file, in the best encoding that the browser takes."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    for encoding, suffix in ENCODINGS.items():
        packed = file.with_name(file.name + suffix)
        if encoding in accepted and packed.is_file():
            return FileResponse(packed, headers=headers | {"Content-Encoding": encoding}, media_type=kind)
    return FileResponse(file, headers=headers, media_type=kind)


def routes(folder: Path) -> list[Route]:
    """Routes that serve the app built into `folder`; put them last."""
    root = folder.resolve()

    def page(request: Request) -> Response:
        accepted = request.headers.get("accept-encoding", "")
        wanted = (root / request.path_params["path"]).resolve()
        if wanted.is_file() and wanted.is_relative_to(root):
            return send(wanted, accepted, FOREVER if wanted.is_relative_to(root / "assets") else "no-cache")
        if request.path_params["path"].startswith("assets/"):
            return PlainTextResponse("This file belongs to an older version; load the page again.", 404)
        if not (root / "index.html").is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        return send(root / "index.html", accepted, "no-cache")

    return [Pages("/{path:path}", page, methods=["GET", "HEAD"])]
