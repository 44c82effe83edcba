"""Books in a file of their own, and a way to hand in texts."""

import pytest

from advisor.jobs.books import open_books
from advisor.jobs.model import BatchOrder
from advisor.jobs.office import hand_in
from advisor.jobs.scripted import DAY, write_rows


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'advisor.db'}"


@pytest.fixture
def books(url):
    return open_books(url)


@pytest.fixture
def submit(books, tmp_path):
    def submit(*texts, **more):
        path = tmp_path / "rows.jsonl"
        write_rows(path, list(texts))
        order = BatchOrder(source="台账.jsonl", today=DAY, **more)
        return hand_in(books, order, "0" * 64, content=path.read_bytes())

    return submit
