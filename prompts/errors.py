"""Errors of the prompt catalog.

PromptError
├── UnknownPrompt      no such task or version
├── PromptChanged      a released version differs from its locked hash
└── MissingVariable    a template needs a variable that was not given
"""


class PromptError(Exception):
    """Root of everything that can go wrong with a prompt."""


class UnknownPrompt(PromptError):
    """没有这个提示词版本."""


class PromptChanged(PromptError):
    """已发布的提示词被改动."""


class MissingVariable(PromptError):
    """提示词缺少变量."""
