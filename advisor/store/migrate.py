"""Bringing a database to the newest schema, from within the program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine

from advisor.errors import StoreUnavailable
from advisor.store.connection import unavailable_in_chinese

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(database: Engine) -> None:
    """Run the migrations not run yet, all in one transaction: two starters do not collide.

    Raises:
        StoreUnavailable: The database cannot be used, or was written by a newer release.
    """
    try:
        with unavailable_in_chinese(), database.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailable("数据库由更新版本的程序建立，请升级程序后再打开。") from error
