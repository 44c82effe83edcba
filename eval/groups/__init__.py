"""Measures of grouping: places, planted duplicates, clusters, early warnings, growth with size."""
