"""``advisor llm``: try the configured language model."""

from typing import TYPE_CHECKING

import click

from advisor.errors import RefusedInput
from advisor.language_models import open_endpoint, open_model
from advisor.settings import Settings
from api.cli.desk import Desk, json_option, pass_desk, tell
from api.cli.output import emit_json
from api.schemas.llm import CheckOut, LlmCheckOut, SampleOut, SupportOut

if TYPE_CHECKING:
    from advisor.llm.probe import Probe

_FAILED = 1
_YES_NO = {True: "支持", False: "不支持"}


@click.group(help="语言模型：检查所配置的服务。")
def llm() -> None:
    """Group of one noun."""


@llm.command(help="检查模型服务：能否连通、支持什么、速度如何、样例答得怎样。")
@json_option
@pass_desk
@click.pass_context
def check(context: click.Context, desk: Desk, *, as_json: bool) -> None:
    """Send a few short requests of our own text and report; exit code 1 when it cannot be used."""
    settings = desk.settings.model_copy(update={"llm_cache": False})
    model = open_model(settings)
    if model is None:
        raise RefusedInput(
            "llm_not_configured",
            "还没有配置模型：请设置 ADVISOR_LLM_BASE_URL 和 ADVISOR_LLM_MODEL。",
        )
    # The client library takes a second to load; no other command should wait for it.
    from advisor.llm.probe import probe

    url = settings.llm_base_url or ""
    found = probe(open_endpoint(settings), model, settings.llm_deadline, base_url=url, tell=tell)
    out = _out(settings, found)
    if as_json:
        emit_json(out)
    else:
        _show(out)
    if found.reply is None:
        context.exit(_FAILED)


def _out(settings: Settings, found: "Probe") -> LlmCheckOut:
    return LlmCheckOut(
        base_url=settings.llm_base_url or "",
        model=settings.llm_model or "",
        reachable=found.reachable,
        error=found.error,
        models=found.models,
        supports={
            form: SupportOut(supported=one.ok, reason=one.reason) for form, one in found.forms
        },
        long_input=SupportOut(supported=found.long_input.ok, reason=found.long_input.reason),
        streaming=found.streaming,
        usage=found.usage,
        first_token_seconds=_rounded(found.first_token),
        total_seconds=_rounded(found.total),
        tokens_per_second=_rounded(found.speed),
        sample=_sample(found),
        notes=found.notes,
    )


def _sample(found: "Probe") -> SampleOut | None:
    if found.reply is None or found.grade is None:
        return None
    usage = found.reply.usage
    return SampleOut(
        grade=found.grade.word,
        points=found.grade.points,
        of=len(found.grade.checks),
        checks=tuple(CheckOut(name=one.name, ok=one.ok) for one in found.grade.checks),
        text=found.reply.text,
        form=found.reply.form,
        input_tokens=usage.input_tokens if usage else None,
        output_tokens=usage.output_tokens if usage else None,
        cost=usage.cost if usage else None,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _show(out: LlmCheckOut) -> None:
    click.echo(f"服务 {out.base_url}　模型 {out.model}")
    click.echo("连接：" + ("正常" if out.reachable else f"失败。{out.error}"))
    if out.models is not None:
        listed = "、".join(out.models[:8]) + ("等" if len(out.models) > 8 else "")
        click.echo(f"可用模型 {len(out.models)} 个：{listed}")
    for form, support in out.supports.items():
        click.echo(f"{form}：{_YES_NO[support.supported]}　{support.reason}".rstrip("　"))
    if out.reachable:
        click.echo(f"流式输出：{_YES_NO[out.streaming]}　用量统计：{_YES_NO[out.usage]}")
        if not out.long_input.supported:
            click.echo(
                f"长输入（1.2 万字）：不支持，请调大模型的上下文长度。{out.long_input.reason}"
            )
    if out.sample is None:
        if out.reachable:
            click.echo(f"样例没有得到回答。{out.error}")
    else:
        _show_sample(out, out.sample)
    for note in out.notes:
        click.echo(f"注意：{note}")


def _show_sample(out: LlmCheckOut, sample: SampleOut) -> None:
    click.echo(
        f"速度：首字 {out.first_token_seconds} 秒，全文 {out.total_seconds} 秒，"
        f"每秒约 {out.tokens_per_second} 词元"
    )
    cost = "" if sample.cost is None else f"，费用 {sample.cost.normalize():f}"
    click.echo(f"样例：{sample.grade}（{sample.points}/{sample.of}）{cost}")
    for one in sample.checks:
        click.echo(f"  {'✓' if one.ok else '✗'} {one.name}")
