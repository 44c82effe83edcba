"""Help, and what is wrong with a command line, in Chinese."""

from collections.abc import Iterable

import click

_HEADINGS = {"Options": "选项", "Commands": "命令"}
_HELP_OF_HELP = "Show this message and exit."


class ChineseHelp(click.HelpFormatter):
    """Writes the words that click itself puts into a help text in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """The line above options and commands."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Options or commands with what they do."""
        told = [(name, "显示本说明。" if said == _HELP_OF_HELP else said) for name, said in rows]
        super().write_dl(told, col_max, col_spacing)


def usage_message(error: click.UsageError) -> str:
    """What is wrong and how to see the help; the help itself where no command was named."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    path = error.ctx.command_path if error.ctx else "advisor"
    return f"用法错误：{_what(error)}\n请看 {path} --help"


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        hint = f"，是否指 {'、'.join(error.possibilities)}？" if error.possibilities else "。"
        return f"没有选项 {error.option_name}{hint}"
    if isinstance(error, click.MissingParameter):
        return f"缺少参数 {_name(error)}。"
    if isinstance(error, click.BadParameter):
        return f"参数 {_name(error)} 有误：{_reason(error.message)}"
    return _reason(error.message)


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    return error.param.opts[0] if error.param.opts else error.param.human_readable_name


def _reason(message: str) -> str:
    """Click's English sentences are put into Chinese; our own are Chinese and stay."""
    for begin, told in _CLICK_SAYS:
        if message.startswith(begin):
            return f"{told}（{message}）"
    if any("\u4e00" <= character <= "\u9fff" for character in message):
        return message
    return f"命令写法不对（{message}）"


_CLICK_SAYS = (
    ("No such command", "没有这个命令"),
    ("Got unexpected extra argument", "参数过多，含空格的内容请加引号"),
    ("Path", "文件或文件夹不存在或不可读"),
    ("File", "文件不存在或不可读"),
    ("Directory", "文件夹不存在或不可读"),
    ("Missing command", "缺少子命令"),
)
