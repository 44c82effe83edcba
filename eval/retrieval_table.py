"""A retrieval report as tables for a terminal."""

from collections.abc import Iterator, Mapping, Sequence

from corpus.region import format_region
from eval.retrieval import RetrievalReport, SystemReport

_BY_FAMILY = ("Recall@10", "Recall@100", "MRR@10")
_WIDTH = 20


def table(report: RetrievalReport) -> str:
    """The report as lines: every system, its intervals, the first one's families."""
    systems = (report, *report.beside)
    lines = [_told(report), "", *_measures(systems), "", "95% 区间", *_intervals(systems)]
    lines += ["", f"分法律部门（{report.system}）", *_families(report)]
    return "\n".join(lines)


def _told(report: RetrievalReport) -> str:
    place = format_region(report.region) if report.region else "全国"
    way = f"{report.folds} 折交叉验证" if report.folds else "一个模型"
    told = f"评测集 {report.dataset}（{report.questions} 问，{place}，{way}），索引 {report.index}"
    if report.learnt:
        told += f"\n注意：其中 {report.learnt} 问是模型学过的，数字偏高，不能算作检索能力。"
    return told


def _measures(systems: Sequence[SystemReport]) -> Iterator[str]:
    names = tuple(systems[0].measures)
    yield _line("", [*names, "p50毫秒", "p95毫秒", "峰值MB"])
    for one in systems:
        times = [f"{one.p50_ms:.1f}", f"{one.p95_ms:.1f}", f"{one.peak_mb:.0f}"]
        yield _line(one.system, [*_shown(one.measures, names), *times])


def _intervals(systems: Sequence[SystemReport]) -> Iterator[str]:
    yield _line("", [*systems[0].intervals])
    for one in systems:
        yield _line(one.system, [f"{low:.3f}–{high:.3f}" for low, high in one.intervals.values()])


def _families(report: RetrievalReport) -> Iterator[str]:
    yield _line("", ["提问", *_BY_FAMILY])
    for one in report.families:
        yield _line(one.family, [str(one.questions), *_shown(one.measures, _BY_FAMILY)])


def _shown(measures: Mapping[str, float], names: Sequence[str]) -> list[str]:
    return [f"{measures[name]:.4f}" for name in names]


def _line(head: str, cells: Sequence[str]) -> str:
    wide = sum(ord(letter) > 0x2E7F for letter in head)
    return f"  {head:<{_WIDTH - wide}}" + "".join(f"{cell:>13}" for cell in cells)
