"""The ``advisor`` group: its commands, and the one place where errors become exit codes."""

import errno
import io
import os
import sys
from collections.abc import Sequence

import click
from pydantic import ValidationError

from advisor.errors import AdvisorError, RefusedInput
from advisor.settings import Settings
from api import logs
from api.cli import (
    advise,
    backup,
    cases,
    cite,
    corpus,
    feedback,
    index,
    llm,
    redact,
    search,
    serve,
    triage,
    worker,
)
from api.cli.desk import Desk
from api.cli.usage import ChineseHelp, usage_message
from api.errors import Refusal, problem_of
from api.validation import explain
from corpus.errors import CorpusError
from indexer.errors import IndexerError

# Every command's context takes its formatter from here; click offers no narrower place.
click.Context.formatter_class = ChineseHelp

DONE, REFUSED, USAGE, INTERNAL = 0, 1, 2, 3
_IO_REASONS = {
    errno.ENOSPC: "磁盘空间不足，请清理后重试",
    errno.EDQUOT: "磁盘配额已用完，请清理后重试",
    errno.EFBIG: "文件超过系统允许的大小",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘是只读的",
    errno.EEXIST: "同名文件已存在，不能在此建立文件夹",
    errno.ENOTDIR: "路径中有一段是文件而不是文件夹",
    errno.ENOENT: "路径不存在，也无法建立",
    errno.EISDIR: "这是文件夹而不是文件",
}
_EXPECTED = (AdvisorError, CorpusError, IndexerError, Refusal)


class Root(click.Group):
    """A group whose errors are Chinese sentences on stderr and exit codes, never tracebacks."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: object,
    ) -> None:
        """Run a command line and exit: 0 done, 1 refused input, 2 usage, 3 internal."""
        sys.exit(self.run(args, prog_name=prog_name or "advisor", obj=extra.get("obj")))

    def run(
        self, args: Sequence[str] | None, *, prog_name: str = "advisor", obj: object = None
    ) -> int:
        """Run a command line and give its exit code."""
        try:
            code = super().main(args, prog_name, standalone_mode=False, obj=obj)
        except click.UsageError as error:
            return _fail(usage_message(error), USAGE)
        except (click.Abort, KeyboardInterrupt):
            return _fail("已中止。", REFUSED)
        except click.ClickException as error:
            return _fail(f"无法打开或写入：{error.format_message()}", REFUSED)
        except BrokenPipeError:
            # The reader went away (``advisor … | head``); the interpreter must not flush again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        except Exception as error:
            return _code_of(error)
        return code if isinstance(code, int) else DONE


def _code_of(error: Exception) -> int:
    if os.environ.get("ADVISOR_DEBUG") == "1":
        raise error
    if isinstance(error, OSError):
        return _fail(_io_message(error), REFUSED)
    if not isinstance(error, _EXPECTED):
        return _fail(
            f"程序内部出错（{type(error).__name__}）。设 ADVISOR_DEBUG=1 可看详情。", INTERNAL
        )
    problem = problem_of(error)
    told = problem.detail if isinstance(error, Refusal) else str(error)
    return _fail(told, REFUSED if problem.status < 500 else INTERNAL)


def _io_message(error: OSError) -> str:
    known = _IO_REASONS.get(error.errno or 0)
    # numpy reports a short write without a number: there was no room for the rest.
    reason = known or error.strerror or "没有写完，可能磁盘空间不足，请清理后重试"
    place = f"（{error.filename}）" if error.filename else ""
    return f"读写失败：{reason}{place}"


def _fail(message: str, code: int) -> int:
    click.echo(f"错误：{message}" if code != USAGE else message, err=True)
    return code


@click.group(
    cls=Root,
    help="智治助手：疑难账办理建议。",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="minqing-advisor", message="%(version)s", help="显示版本。")
@click.pass_context
def main(context: click.Context) -> None:
    """Set up streams, logs and the desk that commands work at."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a character gets a question mark, not a failure.
            stream.reconfigure(errors="replace")
    logs.configure()
    if context.obj is None:
        context.obj = Desk(_settings())


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        told = "；".join(
            f"ADVISOR_{one.field.upper()} {one.message}"
            for one in explain(error.errors(include_input=False))
        )
        raise RefusedInput("settings", f"环境变量有误：{told}。") from error


for command in (
    advise.advise,
    serve.serve,
    search.search,
    corpus.corpus,
    cases.cases,
    index.index,
    cite.cite,
    redact.redact,
    triage.triage,
    worker.worker,
    llm.llm,
    feedback.feedback,
    backup.backup,
    backup.restore,
):
    main.add_command(command)
