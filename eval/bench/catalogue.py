"""Every probe with its figures and the targets they are held to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eval.bench.figure import FigureSpec, Measured, Target
from eval.bench.material import Input, Material
from eval.bench.probes import (
    advice,
    batch,
    collection,
    gate,
    index,
    install,
    new_cases,
    quality,
    redaction,
    search,
    start,
    stream,
)
from eval.retrieval import RECALL_DEPTHS


@dataclass(frozen=True, slots=True)
class Probe:
    """One subject that is measured in a process of its own.

    Args:
        title: its heading in the report.
        measure: reads the figures, in the child process.
        figures: what it reads; ``peak_mb`` is read for every probe by the child.
        needs: inputs without which it cannot be measured.
        after: the probes whose results lie in the scratch folder and are built on.
        one_core: whether the child is kept on one core.
    """

    title: str
    measure: Callable[[Material], Measured]
    figures: tuple[FigureSpec, ...]
    needs: tuple[Input, ...] = ()
    after: tuple[str, ...] = ()
    one_core: bool = False


def at_most(bound: float) -> Target:
    """The figure must not be greater."""
    return Target("≤", bound)


def at_least(bound: float) -> Target:
    """The figure must not be smaller."""
    return Target("≥", bound)


_NONE = Target("=", 0)
_PEAK = FigureSpec("peak_mb", "内存峰值", "MB", digits=0)
_PEAK_BOUND = FigureSpec("peak_mb", "内存峰值", "MB", at_most(1500), digits=0)

_INSTALL = Probe(
    title="核心安装",
    measure=install.measure,
    figures=(
        FigureSpec("total_mb", "安装后大小", "MB", at_most(400)),
        FigureSpec("ours_mb", "其中本项目", "MB"),
        FigureSpec("distributions", "发行包", "个", digits=0),
        FigureSpec("torch", "其中 torch", "个", _NONE, digits=0),
    ),
)
_COLLECTION = Probe(
    title="法规全集读入",
    measure=collection.measure,
    figures=(
        FigureSpec("seconds", "解析并存储", "秒", at_most(60)),
        _PEAK_BOUND,
        FigureSpec("articles", "条文", "条", at_least(147_000), digits=0),
        FigureSpec("files", "有交代的文件", "个", at_least(3502), digits=0),
        FigureSpec("unaccounted", "没有交代的文件", "个", _NONE, digits=0),
        FigureSpec("unreasoned", "未收录而没有写明原因的文件", "个", _NONE, digits=0),
        FigureSpec("empty", "未收录的文件（目录页等，均有原因）", "个", digits=0),
        FigureSpec("statutes", "法规（含各版本、各分编）", "部", digits=0),
        FigureSpec("documents", "无条文的文件", "件", digits=0),
        FigureSpec("cases", "案例", "件", digits=0),
    ),
    needs=("laws",),
)
_AGAIN = Probe(
    title="没有变化时再次读入",
    measure=collection.measure_again,
    figures=(
        FigureSpec("seconds", "再次读入", "秒", at_most(5), digits=2),
        FigureSpec("read", "重新读取的文件", "个", _NONE, digits=0),
    ),
    needs=("laws",),
    after=("collection",),
)
_INDEX = Probe(
    title="建立索引",
    measure=index.measure,
    figures=(
        FigureSpec("seconds", "建立并发布", "秒", at_most(180)),
        FigureSpec("library_seconds", "打开法规库", "秒", digits=2),
        _PEAK,
        FigureSpec("passages", "段落（条文和案例）", "条", digits=0),
        FigureSpec("disk_mb", "磁盘占用", "MB"),
    ),
    needs=("laws",),
    after=("collection",),
)
_OPEN = Probe(
    title="校验并打开索引",
    measure=index.measure_open,
    figures=(
        FigureSpec("verify_seconds", "校验全部文件", "秒", digits=2),
        FigureSpec("open_seconds", "打开法规库和检索", "秒", digits=2),
        _PEAK,
    ),
    needs=("laws",),
    after=("collection", "index"),
)
_SEARCH_FIGURES = (
    FigureSpec("p50_ms", "p50", "毫秒"),
    FigureSpec("p95_ms", "p95", "毫秒", at_most(30)),
    FigureSpec("max_ms", "最慢一次", "毫秒"),
    FigureSpec("queries", "查询", "次", digits=0),
    FigureSpec("characters", "平均长度", "字", digits=0),
    FigureSpec("answered", "有结果", "%"),
    FigureSpec("resident_mb", "常驻内存", "MB", at_most(1500), digits=0),
    _PEAK,
)
_QUESTIONS = Probe(
    title="检索：群众提问（单核，前 10 条，秀洲区）",
    measure=search.measure_questions,
    figures=_SEARCH_FIGURES,
    needs=("laws", "questions"),
    after=("collection", "index"),
    one_core=True,
)
_MESSAGES = Probe(
    title="检索：群众留言全文（单核，前 10 条，秀洲区）",
    measure=search.measure_messages,
    figures=_SEARCH_FIGURES,
    needs=("laws", "messages"),
    after=("collection", "index"),
    one_core=True,
)
_CITATIONS = Probe(
    title="引用核验（单核）",
    measure=gate.measure,
    figures=(
        FigureSpec("per_second", "每秒核验", "条", at_least(20_000), digits=0),
        FigureSpec("bare_per_second", "每秒核验（不带引文）", "条", digits=0),
        FigureSpec("cold_per_second", "每秒核验（法规首次读取）", "条", digits=0),
        FigureSpec("mutants", "伪引用", "条", at_least(100_000), digits=0),
        FigureSpec("mutant_kinds", "伪引用种类", "种", at_least(14), digits=0),
        FigureSpec("false_accepts", "误放", "条", _NONE, digits=0),
        FigureSpec("genuine", "真引用", "条", digits=0),
        FigureSpec("false_reject_percent", "误拒", "%", at_most(0.1), digits=3),
        _PEAK,
    ),
    needs=("laws",),
    after=("collection",),
    one_core=True,
)
_ADVICE = Probe(
    title="不用大模型的建议：随机抽取的群众留言",
    measure=advice.measure,
    figures=(
        FigureSpec("p50_ms", "p50（含落盘）", "毫秒"),
        FigureSpec("p95_ms", "p95（含落盘）", "毫秒"),
        FigureSpec("max_ms", "最慢一次", "毫秒"),
        FigureSpec("complaints", "留言", "条", digits=0),
        FigureSpec("errors", "出错", "条", _NONE, digits=0),
        FigureSpec("ended", "法规支撑中不是现行有效的", "%", _NONE),
        FigureSpec("abstained", "事项未识别（弃权）", "%"),
        FigureSpec("without_law", "没有给出法条", "%"),
        FigureSpec("articles", "平均每件法条", "条"),
        _PEAK,
    ),
    needs=("laws", "messages"),
    after=("collection", "index"),
)
_QUALITY_AIMS = {
    "Recall@10": at_least(0.72),
    "Recall@100": at_least(0.90),
    "MRR@10": at_least(0.60),
}
_QUALITY = Probe(
    title="检索质量：自带模型没有学过的群众提问（全国性法规）",
    measure=quality.measure,
    figures=(
        *(
            FigureSpec(name, name, "", _QUALITY_AIMS.get(name), digits=4)
            for name in (*(f"Recall@{k}" for k in RECALL_DEPTHS), "MRR@10", "nDCG@10", "Success@5")
        ),
        FigureSpec("questions", "提问", "个", digits=0),
    ),
    needs=("laws", "questions"),
    after=("collection", "index"),
)
_START = Probe(
    title="启动：已读入法规全集",
    measure=start.measure,
    figures=(
        FigureSpec("seconds", "到 /readyz 应答（含示例建议）", "秒", at_most(5), digits=2),
        FigureSpec("memory_mb", "就绪时常驻内存", "MB", digits=0),
    ),
    needs=("laws",),
    after=("collection", "index"),
)
_START_SHIPPED = Probe(
    title="启动：只有自带知识",
    measure=start.measure_shipped,
    figures=(
        FigureSpec("first_seconds", "首次（先建索引）", "秒", digits=2),
        FigureSpec("second_seconds", "再次启动", "秒", at_most(5), digits=2),
        FigureSpec("memory_mb", "就绪时常驻内存", "MB", digits=0),
    ),
)

_REDACTION = Probe(
    title="脱敏（单核）",
    measure=redaction.measure,
    figures=(
        FigureSpec("complaints", "生成的诉求", "条", at_least(20_000), digits=0),
        FigureSpec(
            "structured",
            "见过的措辞（甲组）：编号类召回率（证件、电话、银行卡等）",
            "%",
            at_least(99.9),
            digits=3,
        ),
        FigureSpec("names", "见过的措辞（甲组）：姓名召回率", "%", at_least(98), digits=2),
        FigureSpec("addresses", "见过的措辞（甲组）：地址召回率", "%", at_least(97), digits=2),
        FigureSpec("precision", "见过的措辞（甲组）：精确率", "%", at_least(97), digits=2),
        FigureSpec("protected", "见过的措辞（甲组）：受保护内容误盖", "%", at_most(0.5), digits=3),
        FigureSpec(
            "held_structured", "另写的措辞（戊组）：编号类召回率", "%", at_least(99.9), digits=3
        ),
        FigureSpec("held_names", "另写的措辞（戊组）：姓名召回率", "%", at_least(98), digits=2),
        FigureSpec("held_addresses", "另写的措辞（戊组）：地址召回率", "%", at_least(97), digits=2),
        FigureSpec("held_precision", "另写的措辞（戊组）：精确率", "%", at_least(97), digits=2),
        FigureSpec("held_protected", "另写的措辞（戊组）：误盖", "%", at_most(0.5), digits=3),
        FigureSpec("mb_per_second", "速度", "MB/秒", at_least(2), digits=2),
        FigureSpec("not_restored", "未能原样还原", "条", _NONE, digits=0),
        FigureSpec("round_trips", "并发往返", "条", at_least(10_000), digits=0),
        FigureSpec("swaps", "并发往返后不是原文", "条", _NONE, digits=0),
        _PEAK,
    ),
    one_core=True,
)
_STREAM = Probe(
    title="边办边答：接脚本大模型，只有自带知识",
    measure=stream.measure,
    figures=(*stream.FIGURES, _PEAK),
)

_NEW_CASES = Probe(
    title="新案例：存入以后多久检索得到（不重建索引）",
    measure=new_cases.measure,
    figures=(*new_cases.FIGURES, _PEAK),
)

_BATCH = Probe(
    title="批量研判：真实积案，两个进程，含归并和两份结果文件",
    measure=batch.measure,
    figures=(*batch.FIGURES, _PEAK),
    needs=("laws", "messages"),
    after=("collection", "index"),
)

PROBES: Mapping[str, Probe] = MappingProxyType(
    {
        "install": _INSTALL,
        "collection": _COLLECTION,
        "again": _AGAIN,
        "index": _INDEX,
        "open": _OPEN,
        "search": _QUESTIONS,
        "search-messages": _MESSAGES,
        "citations": _CITATIONS,
        "advice": _ADVICE,
        "quality": _QUALITY,
        "redaction": _REDACTION,
        "start": _START,
        "start-shipped": _START_SHIPPED,
        "stream": _STREAM,
        "new-cases": _NEW_CASES,
        "batch": _BATCH,
    }
)
"""The probes by the names ``--only`` takes, in the order they run: each after what it builds on."""
