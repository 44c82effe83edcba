"""Templates of the page and the filters they use; every value is escaped."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from advisor import clock
from advisor.model import AI_LABEL, RETRIEVAL_LABEL
from api import labels
from api.plain import context_name
from corpus.numerals import to_chinese

WEB = Path(__file__).parent / "web"
_TRACK_CLASS = {"即办": "now", "联办": "join", "督办": "watch"}
_URGENCY_CLASS = {"一般": "low", "较急": "mid", "紧急": "high"}
_EVIDENCE_KIND = {"L": "法规", "C": "案例", "P": "处置指引", "D": "权责"}


def chinese_date(day: date) -> str:
    """2025年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def china_minute(moment: datetime) -> str:
    """2025-03-01 09:30, as the clock in China shows it."""
    return f"{moment.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"


def duration(seconds: float) -> str:
    """A time to wait, roughly: 40 秒, 5 分钟, 2.5 小时."""
    if seconds < 60:
        return f"{max(1, round(seconds))} 秒"
    if seconds < 3600:
        return f"{round(seconds / 60)} 分钟"
    return f"{seconds / 3600:.1f} 小时"


def is_web(url: str | None) -> bool:
    """Whether a source may be linked: only http and https, never javascript."""
    return bool(url) and urlsplit(url or "").scheme in {"http", "https"}


def telling(ids: Sequence[str]) -> tuple[str, ...]:
    """The evidence worth a mark in a list: not the playbook, on which every line of it rests."""
    return tuple(one for one in ids if not one.startswith("P"))


def make_environment() -> Environment:
    """The template environment of the page."""
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "aigc": labels.aigc,
        "answer": labels.ANSWER.__getitem__,
        "batch_label": lambda mode: AI_LABEL if mode == "llm" else RETRIEVAL_LABEL,
        "batch_state": labels.BATCH_STATE.__getitem__,
        "china_day": clock.day_of,
        "china_minute": china_minute,
        "chinese_date": chinese_date,
        "chinese_number": to_chinese,
        "context_name": context_name,
        "deadline": labels.deadline,
        "duration": duration,
        "evidence_kind": lambda one: _EVIDENCE_KIND.get(one[:1], "依据"),
        "is_web": is_web,
        "law_finding": labels.LAW_FINDING.__getitem__,
        "mode": labels.MODE.__getitem__,
        "part_name": labels.PART_NAMES.__getitem__,
        "partial_note": labels.partial_note,
        "place": labels.place,
        "source_kind": labels.SOURCE_KIND.__getitem__,
        "status": labels.STATUS.__getitem__,
        "text_kind": labels.TEXT_KIND.__getitem__,
        "telling": telling,
        "track_class": _TRACK_CLASS.__getitem__,
        "urgency_class": _URGENCY_CLASS.__getitem__,
        "verdict": labels.VERDICT.__getitem__,
    }
    # Compiled now, so that new files on disk cannot meet the old filters of a running process.
    for name in environment.list_templates():
        environment.get_template(name)
    return environment
