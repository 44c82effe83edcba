"""Measures: one per file, each from a ranking and what is relevant to a number in [0, 1]."""

from eval.measures.ndcg import ndcg
from eval.measures.recall import recall
from eval.measures.reciprocal_rank import reciprocal_rank
from eval.measures.success import success

__all__ = ["ndcg", "recall", "reciprocal_rank", "success"]
