"""The built web app: assets for ever, the page itself never cached, every other path is the app's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import FileResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

NOT_BUILT = "The web app is not built. Run `make run`, which builds it, or `npm run build` in web/."


class Assets(StaticFiles):
    """Files whose names carry a hash of their content; gzip variants are served when built beside them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, cacheable for a year."""
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def routes(folder: Path) -> list[Route | Mount]:
    """Routes that serve the app built into `folder`; put them last."""

    def page(request: Request) -> Response:
        wanted = (folder / request.path_params["path"]).resolve()
        if wanted.is_file() and wanted.is_relative_to(folder.resolve()):
            return FileResponse(wanted, headers={"Cache-Control": "no-cache"})
        if not (folder / "index.html").is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        return FileResponse(folder / "index.html", headers={"Cache-Control": "no-cache"})

    assets = Assets(directory=folder / "assets", check_dir=False)
    return [Mount("/assets", assets), Route("/{path:path}", page, methods=["GET", "HEAD"])]
