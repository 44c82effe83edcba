"""Passages, tokens, the index and its snapshots, retrieval: floor 2, above corpus and prompts."""
