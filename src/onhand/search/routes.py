"""The API of search. Everyone may search; what is found is what they may see."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from onhand.infra.http import PAGED, SIGNED_IN, Router, Session, etag, listed, require_match
from onhand.infra.lists import parse, run_list
from onhand.infra.schemas import Data, Page
from onhand.search import schemas, service, store
from onhand.search.tables import SavedView

router = Router("search")
Text = Annotated[str, Query(alias="q", min_length=1, max_length=500, description="In the language of search")]
Most = Annotated[int, Query(ge=1, le=20, description="Hits of each kind")]
Caret = Annotated[int | None, Query(ge=0, le=500, description="Where the caret stands; at the end if not given")]


@router.get("/search", permission=SIGNED_IN)
async def search_everything(session: Session, text: Text, limit: Most = 5) -> Data[schemas.FoundOut]:
    """Products, lots, serials, orders, partners and places by name or code, typing errors forgiven.

    With fields (`stock:low price:<5`) products alone. 422 `search.bad_query` marks what cannot be read.
    """
    groups, narrowed = await service.search(session, text, limit)
    made = [
        schemas.GroupOut(kind=kind, hits=[schemas.HitOut.model_validate(hit) for hit in hits]) for kind, hits in groups
    ]
    return Data(data=schemas.FoundOut(groups=made, narrowed=narrowed))


@router.get("/search/completions", permission=SIGNED_IN)
async def complete_query(session: Session, text: Text, at: Caret = None) -> Data[schemas.CompletionsOut]:
    """Names of fields and their values that go on from what is typed at the caret."""
    caret = min(len(text) if at is None else at, len(text))
    start, found = await service.complete(session, text, caret)
    options = [schemas.OptionOut.model_validate(one) for one in found]
    return Data(data=schemas.CompletionsOut(start=start, end=caret, options=options))


@router.get("/search/recent", permission=SIGNED_IN)
async def list_recent_searches(session: Session) -> Data[list[str]]:
    """What one searched for last, at most twenty."""
    return Data(data=await store.recent(session))


@router.post("/search/recent", permission=SIGNED_IN, status_code=204)
async def remember_search(session: Session, body: schemas.RecentIn) -> None:
    """Keep what was searched for."""
    await service.remember(session, body.text)


@router.delete("/search/recent", permission=SIGNED_IN)
async def forget_searches(session: Session) -> None:
    """Forget what one searched for."""
    await store.forget(session)


def _answer(response: Response, view: SavedView) -> Data[schemas.ViewOut]:
    response.headers["ETag"] = etag(view.updated_at)
    return Data(data=schemas.ViewOut.model_validate(view))


@router.get(
    "/saved-views", permission=SIGNED_IN, response_model=Page[schemas.ViewRow], openapi_extra={"parameters": PAGED}
)
async def list_views(session: Session, request: Request) -> Response:
    """Views one kept and views that others share; `filter[list]=stock-levels`, saved searches `filter[list]=search`."""
    spec, views = store.views_of(store.me(session))
    return listed(await run_list(session, spec, views, parse(spec, request.query_params.multi_items())))


@router.post("/saved-views", permission=SIGNED_IN)
async def save_view(session: Session, response: Response, body: schemas.ViewIn) -> Data[schemas.ViewOut]:
    """Keep how a list is now, for oneself or shared."""
    return _answer(response, await service.save_view(session, body.model_dump()))


@router.patch("/saved-views/{view_id}", permission=SIGNED_IN)
async def change_view(
    session: Session, request: Request, response: Response, view_id: UUID, body: schemas.ViewChange
) -> Data[schemas.ViewOut]:
    """Rename, share or renew a view; only its owner may, and who may change the organization."""
    view = await service.view_by(session, view_id, lock=True)
    require_match(request, "view", view.updated_at)
    return _answer(response, await service.change_view(session, view, body.model_dump(exclude_unset=True)))


@router.delete("/saved-views/{view_id}", permission=SIGNED_IN)
async def remove_view(session: Session, view_id: UUID) -> None:
    """Forget a view."""
    await service.remove_view(session, await service.view_by(session, view_id, lock=True))


@router.put("/saved-views/{view_id}/first", permission=SIGNED_IN, status_code=204)
async def open_first(session: Session, view_id: UUID) -> None:
    """Let the view's list open with it, for oneself."""
    await store.open_first(session, await service.view_by(session, view_id))


@router.delete("/saved-views/{view_id}/first", permission=SIGNED_IN)
async def open_plain(session: Session, view_id: UUID) -> None:
    """Let the view's list open without it again."""
    await store.open_plain(session, await service.view_by(session, view_id))
