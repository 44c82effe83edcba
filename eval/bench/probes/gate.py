"""The gate of citations: speed on one core, false accepts and false rejects."""

from advisor.bootstrap import open_library
from corpus.region import parse_region
from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.citations import measure_citations


def measure(material: Material) -> Measured:
    """Counts and speeds of ``advisor-eval citations`` over the whole collection."""
    settings = material.settings()
    report = measure_citations(
        open_library(settings),
        region=parse_region(settings.region),
        mutant_count=material.mutants,
        genuine_count=material.genuine,
        seed=material.seed,
    )
    return Measured(
        values={
            "per_second": report.checks_per_second,
            "bare_per_second": report.bare_per_second,
            "cold_per_second": report.cold_per_second,
            "mutants": report.mutants,
            "mutant_kinds": sum(not one.genuine for one in report.kinds),
            "false_accepts": report.false_accepts,
            "genuine": report.genuine,
            "false_reject_percent": report.false_reject_rate * 100,
        },
        remarks={"速度": "按处理器时间，每种引用取三遍中最快的一遍；首次读取只有一遍"},
    )
