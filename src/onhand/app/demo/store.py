"""The one question that a start asks of the demo, without loading what filling it needs."""

from __future__ import annotations

import psycopg

FILLED = """SELECT EXISTS (SELECT FROM onhand.channel c JOIN onhand.organization o ON o.id = c.organization_id
WHERE o.code = 'demo')"""


def is_filled(url: str) -> bool:
    """Whether the demo is all there: its channels are made last. `url` is the administrator's."""
    with psycopg.connect(url) as connection:
        row = connection.execute(FILLED).fetchone()
    return bool(row and row[0])
