"""The room of the language model: a port, its double, and the adapter for compatible endpoints."""

from advisor.llm.deadline import Deadline
from advisor.llm.port import LLM, Form, ModelDelta, ModelReply, ModelRequest, Usage
from advisor.llm.scripted import ScriptedLLM

__all__ = [
    "LLM",
    "Deadline",
    "Form",
    "ModelDelta",
    "ModelReply",
    "ModelRequest",
    "ScriptedLLM",
    "Usage",
]
