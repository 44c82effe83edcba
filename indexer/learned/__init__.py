"""Learned ranking: what a search offers, put in order by many features at once."""
