"""Whether a database answers and is up to date, as `onhand serve` asks before it starts anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest
from alembic.script import ScriptDirectory

from onhand.infra.addresses import app_url
from onhand.infra.migrate import configuration
from onhand.infra.reach import DatabaseUnreachable, is_migrated, require_answer
from onhand.infra.revisions import newest_revision

if TYPE_CHECKING:
    from onhand.infra.postgres import RunningPostgres
    from onhand.infra.settings import Settings


def test_a_migrated_database_is_known_as_such(settings: Settings) -> None:
    assert is_migrated(settings.database_url or "", app_url(settings))


def test_an_empty_database_is_not_migrated(settings: Settings, postgres: RunningPostgres) -> None:
    assert not is_migrated(postgres.dsn("postgres"), app_url(settings))


def test_an_older_database_is_not_migrated(settings: Settings) -> None:
    url = settings.database_url or ""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE onhand.alembic_version SET version_num = '0001'")
        assert not is_migrated(url, app_url(settings))
        connection.execute("UPDATE onhand.alembic_version SET version_num = %s", [newest_revision()])


def test_a_changed_key_makes_it_migrate_again_which_sets_the_password(settings: Settings) -> None:
    other = replace(settings, secret_key="another key")
    assert not is_migrated(settings.database_url or "", app_url(other))


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnreachable, match="does not answer") as problem:
        require_answer("postgresql://someone:secret@127.0.0.1:9/onhand")
    assert "secret" not in problem.value.sentence()


def test_the_newest_migration_is_what_alembic_thinks_it_is() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == newest_revision()
