"""The tables of the corpus store, in SQL, named in one file."""

VERSION = 1
"""Raise it with every change below; a store of another version is set aside and rebuilt."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
  root TEXT NOT NULL, name TEXT NOT NULL, container TEXT NOT NULL,
  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
  sha256 TEXT NOT NULL, container_sha256 TEXT NOT NULL,
  outcome TEXT NOT NULL, reason TEXT NOT NULL, articles INTEGER NOT NULL, notes TEXT NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (root, name)
) WITHOUT ROWID;
CREATE TABLE statutes (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, part TEXT,
  level TEXT NOT NULL, region TEXT NOT NULL, adopted_on TEXT, version TEXT, effective_from TEXT,
  expired INTEGER NOT NULL, file TEXT, source_url TEXT,
  root TEXT NOT NULL, articles INTEGER NOT NULL, text_sha256 TEXT NOT NULL
);
CREATE INDEX statutes_by_file ON statutes (root, file);
CREATE TABLE articles (
  statute INTEGER NOT NULL, position INTEGER NOT NULL, main INTEGER NOT NULL, sub INTEGER NOT NULL,
  path TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (statute, position)
) WITHOUT ROWID;
CREATE TABLE documents (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, level TEXT,
  region TEXT NOT NULL, published_on TEXT, file TEXT, root TEXT NOT NULL
);
CREATE INDEX documents_by_file ON documents (root, file);
CREATE TABLE cases (id TEXT PRIMARY KEY, record TEXT NOT NULL, file TEXT, root TEXT NOT NULL);
CREATE INDEX cases_by_file ON cases (root, file);
"""

INSERT_FILE = "INSERT OR REPLACE INTO files VALUES (?,?,?,?,?,?,?,?,?,?,?,0)"
INSERT_STATUTE = "INSERT INTO statutes VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
INSERT_ARTICLE = "INSERT INTO articles VALUES (?,?,?,?,?,?)"
INSERT_DOCUMENT = "INSERT OR REPLACE INTO documents VALUES (?,?,?,?,?,?,?,?,?)"
INSERT_CASE = "INSERT OR REPLACE INTO cases VALUES (?,?,?,?)"
SELECT_FILES = (
    "SELECT root, name, container, size, mtime_ns, sha256, container_sha256, outcome, reason,"
    " articles, notes, gone FROM files"
)
SELECT_STATUTES = (
    "SELECT id, title, part, level, region, adopted_on, version, effective_from, expired, file,"
    " source_url, articles, text_sha256 FROM statutes ORDER BY number"
)
SELECT_ARTICLES = (
    "SELECT main, sub, path, text FROM articles"
    " WHERE statute = (SELECT number FROM statutes WHERE id = ?) ORDER BY position"
)
SELECT_DOCUMENTS = (
    "SELECT id, title, text, level, region, published_on, file FROM documents"
    " WHERE kind = ? ORDER BY root, file, id"
)
SELECT_ATTACHMENTS = (
    "SELECT id, title, text, level, region, published_on, file FROM documents"
    " WHERE id IN (?, ?) ORDER BY id DESC"
)
SELECT_CASE = "SELECT record FROM cases WHERE id = ?"
SELECT_CASES = "SELECT record FROM cases ORDER BY root, file, id"
DELETE_FILE_CONTENT = (
    "DELETE FROM articles WHERE statute IN"
    " (SELECT number FROM statutes WHERE root = ? AND file = ?)",
    "DELETE FROM statutes WHERE root = ? AND file = ?",
    "DELETE FROM documents WHERE root = ? AND file = ?",
    "DELETE FROM cases WHERE root = ? AND file = ?",
    "DELETE FROM files WHERE root = ? AND name = ?",
)
MOVE_FILE = tuple(
    f"UPDATE {table} SET root = ? WHERE root = ? AND {column} = ?"
    for table, column in (
        ("statutes", "file"),
        ("documents", "file"),
        ("cases", "file"),
        ("files", "name"),
    )
)
COUNTS = {
    "statutes": "SELECT count(*) FROM statutes",
    "articles": "SELECT coalesce(sum(articles), 0) FROM statutes",
    "documents": "SELECT count(*) FROM documents WHERE kind = 'document'",
    "cases": "SELECT count(*) FROM cases",
}
