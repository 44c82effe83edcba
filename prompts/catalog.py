"""The prompt catalog: templates by path (``advise/v1``), frozen by hash once released.

A prompt's identity is its path. ``prompts.lock`` holds one line for each released version,
``<sha256>  <task>/v<N>``; a change of wording is a new version, never an edit.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, UndefinedError

from prompts.errors import MissingVariable, PromptChanged, UnknownPrompt

LOCK_NAME = "prompts.lock"
_PARTS = ("system", "user")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One rendered prompt and the identity of the version it came from."""

    version: str
    system: str
    user: str


class Catalog:
    """Prompts of one folder; the shipped ones by default."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(__file__).resolve().parent
        self._environment = Environment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            autoescape=False,  # plain text for a model, never HTML
            keep_trailing_newline=True,
        )

    @cached_property
    def lock(self) -> Mapping[str, str]:
        """Released version to its SHA-256."""
        path = self._folder / LOCK_NAME
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        rows = [line.split("  ", 1) for line in lines if line and not line.startswith("#")]
        return {version: digest for digest, version in rows}

    def versions(self) -> tuple[str, ...]:
        """Every version that has templates, sorted by path."""
        found = {p.parent.relative_to(self._folder).as_posix() for p in self._folder.rglob("*.j2")}
        return tuple(sorted(found))

    def digest(self, version: str) -> str:
        """SHA-256 over the templates of a version, in the order system, user.

        Raises:
            UnknownPrompt: No templates stand there.
        """
        content = hashlib.sha256()
        paths = [self._folder / version / f"{part}.j2" for part in _PARTS]
        if not any(p.is_file() for p in paths):
            raise UnknownPrompt(f"没有提示词 {version}")
        for path in paths:
            if path.is_file():
                content.update(f"{path.name}\n".encode() + path.read_bytes())
        return content.hexdigest()

    def verify(self) -> None:
        """Check every released version against the lock.

        Raises:
            PromptChanged: A released version was edited or removed, or one is not locked.
        """
        here = {version: self.digest(version) for version in self.versions()}
        for version in sorted(here.keys() | self.lock.keys()):
            if here.get(version) != self.lock.get(version):
                raise PromptChanged(f"提示词 {version} 与 {LOCK_NAME} 不符；修改请另立新版本")

    def render(self, version: str, variables: Mapping[str, object]) -> Prompt:
        """Fill one version; every variable a template names must be given.

        Raises:
            UnknownPrompt: No such version.
            MissingVariable: A variable is missing.
        """
        try:
            system, user = (
                self._environment.get_template(f"{version}/{part}.j2").render(variables)
                for part in _PARTS
            )
        except TemplateNotFound as error:
            raise UnknownPrompt(f"没有提示词 {version}") from error
        except UndefinedError as error:
            raise MissingVariable(f"提示词 {version}：{error.message}") from error
        return Prompt(version, system, user)
