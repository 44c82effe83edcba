"""The migrations lead to the tables the program uses, and run from within it."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from advisor.store.connection import connect
from advisor.store.migrate import MIGRATIONS, upgrade
from advisor.store.tables import metadata


def test_the_newest_migration_leaves_exactly_our_tables(url):
    database = connect(url)
    upgrade(database)
    with database.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        names = set(inspect(connection).get_table_names())
    database.dispose()
    assert differences == []
    assert names == {"advice", "advice_audit", "alembic_version", "model_call"}


def test_upgrading_twice_changes_nothing(url, tmp_path):
    database = connect(url)
    upgrade(database)
    database.dispose()
    before = (tmp_path / "advisor.db").read_bytes()
    upgrade(database)
    database.dispose()
    assert (tmp_path / "advisor.db").read_bytes() == before


def test_migrations_ship_inside_the_package():
    assert (MIGRATIONS / "env.py").is_file()
    assert list((MIGRATIONS / "versions").glob("0001_*.py"))
