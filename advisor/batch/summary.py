"""A line about one item 摘要: what it is about, since when, and what is wanted."""

import re

from advisor.batch.model import BatchRow
from advisor.extractive import told_demand
from advisor.masking import TELLING
from advisor.redaction import redact
from advisor.sentences import read_sentences
from advisor.understanding import Understanding

SUMMARY_CHARACTERS = 60
_SUBJECT_CHARACTERS = 36
_LEAST = 10
_SINCE = re.compile(
    r"(?:自|从)?(?:20\d\d|去|前|今)年(?:\d{1,2}月(?:\d{1,2}[日号])?)?(?:份)?(?:开始|起|以来|至今)"
    r"|[一二三四五六七八九十两几数半\d]{1,3}(?:多)?(?:年|个月|个多月|天|周)(?:多)?(?:以来|了|来)"
)
_LEADING = re.compile(r"^(?:关于|请问|咨询|投诉|反映|举报|建议|求助|对于)+(?=.{6})")
_OPENING = re.compile(r"^(?:尊敬的|敬爱的)?[^，,。！!]{0,10}(?:您好|你好|辛苦了)[，,。！!：:]?")
_WISH = re.compile(
    r"^(?:\(?[\d一二三四五六七八九十]{1,2}[、.．)）])?\s*(?:特此|所以|因此|在此|我们?|本人|业主|村民|大家|家长)*(?:强烈)?"
)


def shortened(text: str, limit: int) -> str:
    """A text in one line, cut with an ellipsis where it is longer."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def short_summary(row: BatchRow, case: Understanding) -> str:
    """Who wants what, where and since when, in at most sixty characters and without persons.

    The subject of the row where it has one, else its most telling sentence; then since when and
    the demand, as far as there is room.
    """
    text = case.complaint.text
    about = _about(row, text)
    since = _SINCE.search(text)
    if (
        since
        and since.group() not in about
        and len(about) + len(since.group()) < _SUBJECT_CHARACTERS
    ):
        about = f"{about}（{since.group()}）"
    wanted = told_demand(text) or ""
    room = SUMMARY_CHARACTERS - len(about) - 4
    if wanted and room >= _LEAST and not _same(wanted, about):
        about = f"{about}；诉求：{shortened(_WISH.sub('', wanted), room)}"
    return shortened(_without_persons(about), SUMMARY_CHARACTERS)


def _without_persons(text: str) -> str:
    """某某 for names, … for numbers; where it happened stays: officials go there."""
    told = redact(text)
    masked = told.masked
    for token in told.tokens:
        spoken = "某某" if token.cls == "姓名" else "…"
        masked = masked.replace(token.token, spoken if token.cls in TELLING else token.original)
    return masked


def _about(row: BatchRow, text: str) -> str:
    subject = _LEADING.sub("", " ".join(row.subject.split())).rstrip("。！？!?；;，,")
    if len(subject) >= 6:
        return shortened(subject, _SUBJECT_CHARACTERS)
    stated = [s for s in read_sentences(_OPENING.sub("", text)) if s.concrete and not s.demand]
    told = stated[0].text if stated else text
    return shortened(told.rstrip("。！？!?；;，, "), _SUBJECT_CHARACTERS)


def _same(wanted: str, about: str) -> bool:
    """Whether the demand says nothing that the subject does not say."""
    grams = {wanted[n : n + 2] for n in range(len(wanted) - 1)}
    known = {about[n : n + 2] for n in range(len(about) - 1)}
    return len(grams & known) * 2 > len(grams)
