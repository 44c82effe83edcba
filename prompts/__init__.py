"""Prompts as data: templates by task and version, frozen once released."""

from prompts.catalog import Catalog, Prompt
from prompts.errors import MissingVariable, PromptChanged, PromptError, UnknownPrompt

__all__ = [
    "Catalog",
    "MissingVariable",
    "Prompt",
    "PromptChanged",
    "PromptError",
    "UnknownPrompt",
]
