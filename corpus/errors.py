"""Everything that can go wrong on the ground floor; each message is Chinese, for the user.

CorpusError
├── NumberError          not a number, or not the number of an article
├── UnknownRegion        a place name outside the table of regions
├── KnowledgeError       a YAML record of ours is wrong (file and field named)
├── LedgerError          a ledger of resolved matters is not one, or its columns are unknown
├── UnreadableDocument   a dropped file cannot be read (corrupt, encrypted, binary)
├── StoreError           the corpus store cannot be used
│   ├── StoreBusy        another run is writing
│   └── StoreCorrupt     the file is damaged or no store at all
└── PullError            a collection cannot be downloaded
    ├── SourceUnreachable    no network, or the connection broke too often
    ├── DownloadRefused      the server answered, but not with the file
    ├── DigestMismatch       the file is not the one the manifest names
    └── ArchiveDamaged       the archive cannot be unpacked
"""

from collections.abc import Sequence


class CorpusError(Exception):
    """Root of the tree; ``str(error)`` is a Chinese sentence fit for the user."""


class NumberError(CorpusError, ValueError):
    """Not a number, or not the number of an article 条."""


class UnknownRegion(CorpusError, ValueError):
    """A place name outside the table of regions.

    ``suggestions`` are the nearest names known, best first.
    """

    def __init__(self, name: str, suggestions: Sequence[str] = ()) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        hint = f"，是否指：{'、'.join(self.suggestions)}？" if self.suggestions else "。"
        super().__init__(f"无法识别地区“{name}”{hint}")


class KnowledgeError(CorpusError):
    """A YAML record of ours is wrong; the message names the file and the field."""


class LedgerError(CorpusError):
    """A ledger 台账 cannot be imported: no such columns, no rows; the message says what to do."""


class UnreadableDocument(CorpusError):
    """A dropped file cannot be read: corrupt, encrypted, binary."""


class StoreError(CorpusError):
    """The corpus store cannot be used."""


class StoreBusy(StoreError):
    """Another run is writing to the corpus store."""


class StoreCorrupt(StoreError):
    """The file is damaged, or is no corpus store at all."""


class PullError(CorpusError):
    """A collection cannot be downloaded."""


class SourceUnreachable(PullError):
    """No network, or the connection broke too often; the message says what to do by hand."""


class DownloadRefused(PullError):
    """The server answered, but not with the file."""


class DigestMismatch(PullError):
    """The downloaded file is not the one the manifest names."""


class ArchiveDamaged(PullError):
    """The downloaded archive cannot be unpacked."""
