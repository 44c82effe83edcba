"""One noun per file; each gives a ``router``."""
