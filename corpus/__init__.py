"""The ground floor: statutes, cases, playbooks and duties as records, and how they are read.

Import the room itself (`corpus.library`, `corpus.ingest`, …): the package stays empty so that the
child process that parses dropped files loads nothing it does not need.
"""

__all__: list[str] = []
