"""A backlog in, a worked list out: rows, what is found for each, and what belongs together."""
