"""Whether a model's section is usable at all, and what in it must not reach anybody.

The gate rules on law; this module looks at the rest: another case's answer, a refusal, another
language, markup, foreign personal data, promises, advice against a citizen's rights, a leaked
prompt. What is wrong in one sentence costs that sentence; what is wrong throughout, the section.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from advisor.answer import AnalysisAnswer, Answer, PlanAnswer
from advisor.prose import stretches

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_MARKUP = re.compile(
    r"<(script|style|iframe|object)\b.*?(</\1\s*>|$)|<[^>\n]{0,400}>?|!?\[[^\]\n]{0,80}\]\((?:[^()\n]|\([^()\n]{0,80}\)){0,400}\)|"
    r"(?:https?|ftp|data|javascript|vbscript):[!-~]*|"
    r"&#?\w{2,8};|\bon\w{3,12}\s*=|[\w.-]+\.(?:com|net|org|cn|io|top|xyz|info)\b[!-~]*",
    re.IGNORECASE | re.DOTALL,
)
_REFUSAL = re.compile(
    r"(作为|身为)(一个)?(人工智能|AI|语言模型|大模型)|(很|非常)?抱歉，?我?(无法|不能|不便)|"
    r"我(无法|不能|不便)(回答|提供|协助|处理|完成)|违反.{0,8}(使用)?政策"
)
_PROMISE = re.compile(
    r"(保证|承诺|担保|包)(您能|你能|您拿|你拿|能|会|一定|给您|给你|赔|解决|办成)|"
    r"(?<!不)(一定|肯定|必定|绝对)(能|会|可以)?(赔|胜诉|打赢|解决|批|办成|拿到|恢复)"
)
_AGAINST_RIGHTS = re.compile(
    r"(不得|禁止|不准|不许|不要|不能|别)(?![^，。；]{0,8}(影响|阻|限|干扰|拒|泄|打击|报复|妨碍|因|代|推|耽误))"
    r"[^，。；]{0,8}(上访|信访|投诉(?!人)|举报(?!人)|起诉(?!状)|诉讼|申诉|复议|仲裁|拨打12345)|"
    r"(阻止|劝阻|限制|制止|拦截|劝其?不要|劝其?放弃|要求.{0,6}(撤|放弃)|不再受理|拒绝受理)"
    r"[^，。；]{0,8}(上访|信访|投诉|举报|起诉|诉讼|申诉|复议|仲裁|拨打12345)|"
    r"(停|断|切断)[^，。；]{0,3}(水|电|气|暖)[^，。；]{0,6}(催|逼|迫|施压|倒逼|促)|"
    r"(扣|扣留|扣押|暂扣)[^，。；]{0,4}(身份证|低保|补贴|工资)[^，。；]{0,6}(催|逼|迫|施压|倒逼|促)|"
    r"株连|连坐|影响(其|他的?)?(子女|孩子|家人)(上学|入学|考公|参军|就业)"
)
_TOKEN = re.compile(r"[\[【［][^\[\]【】［］\d]{1,6}\d{1,4}(?:-\d{1,3})?[\]】］]")
_DENIED = re.compile(
    r"(不得|不能|不要|不可|禁止|严禁|不应|不准|不许|别|避免|防止|切忌|勿)[^，。；]{0,6}$"
)
_TELLING = 0.30
_OWN_PREFIX = re.compile(
    r"^(反映人|诉求人|当事人|来访人|举报人)[^，。：:]{0,4}(称|说|反映|表示|诉称)[：:，]?"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a section is judged against.

    ``complaint`` and ``given`` are the masked complaint and all that the model was shown;
    ``secrets`` must never come back: the fence and the sentences of the system prompt.
    ``personal`` finds the personal data of a text.
    """

    complaint: str
    given: str
    secrets: tuple[str, ...]
    personal: Callable[[str], Sequence[str]]


def fault(answer: Answer, around: Surroundings) -> str | None:
    """Why a section as a whole is not usable, in Chinese; None when it is."""
    text = prose_of(answer)
    if not text:
        return None
    letters = len(_LETTER.findall(text)) or 1
    if len(_HAN.findall(text)) / letters < 0.6:
        return "内容不是中文"
    if _REFUSAL.search(text):
        return "模型拒绝回答"
    if isinstance(answer, AnalysisAnswer) and not _speaks_of(answer, around.complaint):
        return "所述事实与诉求不符"
    return None


def prose_of(answer: Answer) -> str:
    """All prose of a section, a line for each field."""
    if isinstance(answer, tuple):
        return "\n".join(str(v) for a in answer for v in _strings(a.model_dump()))
    return "\n".join(_strings(answer.model_dump()))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [s for k, v in value.items() if k not in _IDS for s in _strings(v)]
    if isinstance(value, list | tuple):
        return [s for v in value for s in _strings(v)]
    return []


_IDS = frozenset({"evidence", "evidence_id"})


def _speaks_of(answer: AnalysisAnswer, complaint: str) -> bool:
    """Whether most facts stand in the complaint: each in its own words, or near enough."""
    if not answer.facts:
        return _likeness(answer.summary, complaint) >= _TELLING / 2
    near = [_likeness(p.text, complaint) >= _TELLING for p in answer.facts]
    return sum(near) * 2 >= len(near)


def _likeness(text: str, complaint: str) -> float:
    """Share of a statement's character bigrams that stand in the complaint."""
    said = _OWN_PREFIX.sub("", text)
    pairs = {said[i : i + 2] for i in range(len(said) - 1) if _HAN.match(said[i])}
    return sum(p in complaint for p in pairs) / len(pairs) if pairs else 0.0


def wash(text: str, around: Surroundings) -> tuple[str, tuple[str, ...]]:
    """A text without the sentences that must not be shown, and why each was taken out.

    Markup and addresses are taken out first; a sentence that is otherwise sound stays.
    """
    text = _MARKUP.sub("", text)
    kept, reasons = [], []
    for start, end in stretches(text):
        sentence = text[start:end]
        reason = _offence(sentence, around)
        if reason is None:
            kept.append(sentence)
            continue
        reasons.append(reason)
    return "".join(kept).strip(), tuple(reasons)


def _offence(sentence: str, around: Surroundings) -> str | None:
    if any(secret in sentence for secret in around.secrets):
        return "复述了系统提示"
    told = (*around.personal(sentence), *_TOKEN.findall(sentence))
    if any(p not in around.given for p in told):
        return "出现了与本件无关的个人信息"
    if _PROMISE.search(sentence) and not _denied(sentence, _PROMISE):
        return "许诺了结果"
    if _AGAINST_RIGHTS.search(sentence) and not _denied(sentence, _AGAINST_RIGHTS):
        return "建议限制群众权利或以停供施压"
    return None


def _denied(sentence: str, pattern: re.Pattern[str]) -> bool:
    """Whether every such phrase is itself forbidden: 不得阻止上访, 不能停水催费."""
    return all(_DENIED.search(sentence[: found.start()]) for found in pattern.finditer(sentence))


def washed(answer: Answer, around: Surroundings) -> tuple[Answer, tuple[str, ...]]:
    """A section with every text washed; items that lose their text are dropped.

    Raises:
        pydantic.ValidationError: Too little is left for a section of this kind.
    """
    reasons: list[str] = []

    def clean(value: object) -> object:
        if isinstance(value, str):
            text, why = wash(value, around)
            reasons.extend(why)
            return text
        if isinstance(value, dict):
            return {k: v if k in _IDS else clean(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [c for v in value if not _emptied(c := clean(v))]
        return value

    if isinstance(answer, AnalysisAnswer | PlanAnswer):
        again: Answer = type(answer).model_validate(clean(answer.model_dump()))
        return again, tuple(dict.fromkeys(reasons))
    rows = [type(a).model_validate(c) for a in answer if not _emptied(c := clean(a.model_dump()))]
    return tuple(rows), tuple(dict.fromkeys(reasons))


def _emptied(value: object) -> bool:
    """Whether washing left a text, or an item's main text, with nothing in it."""
    if isinstance(value, str):
        return not value
    if isinstance(value, dict):
        return any(value.get(k) == "" for k in ("text", "action", "department", "basis", "why"))
    return False
