"""What `onhand demo` leaves behind for those who work in the shop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onhand import crew, demo, identity
from onhand.app.commands.demo import let_the_crew_in
from onhand.app.serving import CREW_KEY_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from onhand.infra.db import Database
    from onhand.infra.settings import Settings


async def test_the_crew_gets_one_key_that_nobody_else_can_read(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    async with database.anonymous() as session:
        shop = await identity.create_organization(session, identity.CreateOrganization(demo.CODE, "Shop"))
    here = replace(settings, home=tmp_path)
    await let_the_crew_in(database, here)
    file = tmp_path / CREW_KEY_FILE
    secret = file.read_text(encoding="ascii")
    await let_the_crew_in(database, here)
    assert (file.read_text(encoding="ascii"), file.stat().st_mode & 0o777) == (secret, 0o600)
    who = await identity.Authenticator(database, here).by_token(secret)
    assert (who.organization_id, who.label, who.role) == (shop.id, crew.NAME, "staff")
