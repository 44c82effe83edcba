"""Redaction: what is found and wrongly masked, its speed, and particulars that change hands."""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from advisor.masking import RedactionMasking
from advisor.ports import Masked, Masking
from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.redaction.generator import samples
from eval.redaction.measure import measure_redaction

_LAST_WRITTEN = "b5"
_THREADS = 32
_SWITCH_SECONDS = 1e-5


def measure(material: Material) -> Measured:
    """Shares of ``advisor-eval redaction`` in percent, speed in MB of UTF-8 per second, counts."""
    complaints = list(samples(material.redactions, material.seed))
    report = measure_redaction(complaints, material.seed)
    recall = {row.cls: row.recall * 100 for row in report.rows}
    held = _held_out(material)
    texts = [one.text for one in complaints[: material.round_trips]]
    return Measured(
        values={
            "structured": report.structured_recall * 100,
            "names": recall["姓名"],
            "addresses": recall["地址"],
            "precision": report.precision * 100,
            "protected": report.protected_rate * 100,
            **held,
            "mb_per_second": report.mb_per_second,
            "not_restored": report.not_restored,
            "round_trips": len(texts),
            "swaps": swaps(texts, RedactionMasking()),
            "complaints": report.samples,
        },
        remarks={
            "速度": "按处理器时间",
            "召回率": "信息的每个字都盖住才算找到；诉求由本项目的模板生成",
            "另写的措辞": "戊组：由没看过规则的人写；首测见决定10，此后规则按它改过",
        },
    )


def _held_out(material: Material) -> dict[str, float]:
    """The same shares over the wordings that nothing was developed with."""
    complaints = list(samples(material.redactions, material.seed, _LAST_WRITTEN))
    report = measure_redaction(complaints, material.seed)
    recall = {row.cls: row.recall * 100 for row in report.rows}
    return {
        "held_structured": report.structured_recall * 100,
        "held_names": recall["姓名"],
        "held_addresses": recall["地址"],
        "held_precision": report.precision * 100,
        "held_protected": report.protected_rate * 100,
    }


def swaps(texts: Sequence[str], masking: Masking) -> int:
    """How many texts do not come back as they were when all are held masked at once.

    One masking serves all threads, as it does in the service; the interpreter changes threads as
    often as it can.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        with ThreadPoolExecutor(_THREADS) as pool:
            held: list[Masked] = list(pool.map(masking.mask, texts))
            back = list(pool.map(lambda one: one.restore(one.masked), held))
    finally:
        sys.setswitchinterval(usual)
    return sum(text != restored for text, restored in zip(texts, back, strict=True))
