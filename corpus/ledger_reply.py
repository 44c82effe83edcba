"""What a reply of an authority says was done and came of it; a reply may say nothing of that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Speech = Literal["courtesy", "received", "forwarded", "promise", "elsewhere", "substance"]

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_BELOW = re.compile(r"如下[：:]?")
_CLAUSE = re.compile(r"[^，,、：:。！？!?；;\s]+")
_OPENING = re.compile(
    r"^\s*(?:尊敬的|亲爱的)?(?:网友|网民|市民|居民|来信人|朋友|同志|先生|女士|[“\"][^”\"]{1,20}[”\"]|[A-Z]{1,2}\d{4,})*"
    r"\s*[：:，,]?\s*(?:您好|你好|好)?[！!：:，,。\s]*"
)
_NUMBERS_ALONE = re.compile(r"^[\d年月日.\-—/时分()（）a-zA-Z\[\]【】*]+$")
_NUMBER = re.compile(r"^[（(][一二三四五六七八九十\d]{1,3}[)）]")
_KINDS: tuple[tuple[Speech, re.Pattern[str]], ...] = (
    (
        "forwarded",
        re.compile(
            r"(?:转|交|发函|反馈|移送|报)(?:交|办|给|至|到|请|由|送)?[^经]{0,16}"
            r"(?:办理|处理|办复|核处|核查|调查|核实|答复|关注|处置|研究|反馈|办|部门|单位|分?局|委|区|县|镇|乡|街道|队|院|公司)$"
            r"|(?:已|正在|将).{0,6}(?:转办|交办|转交|移交|转达)|交办中|处理情况会向|(?:反馈|答复|情况)后.{0,6}(?:回复|答复|反馈)"
        ),
    ),
    ("received", re.compile(r"收悉|已经?收到|已知悉|已阅|阅悉|获悉")),
    (
        "elsewhere",
        re.compile(
            r"(?:请|建议|可以?|欢迎)[^，]{0,16}(?:咨询|联系|致电|拨打|访问|登录|来电|留下)|联系方式|详询|未说清|不够清楚|过于笼统|不具体"
        ),
    ),
    (
        "courtesy",
        re.compile(
            r"感谢|谢谢|致谢|祝您|祝你|事事|谅解|请理解|歉意|特此|此复|欢迎|希望(?:您|你|能|对)|一如既往|您好|你好|如意|顺心"
            r"|(?:工作|的|与|和|您)支持|支持(?:与|和|$)|关心|关注$|高度重视|如下$|电话$|链接|详见|参看|帮助到|(?:疑问|不明|不满意)|直接与(?:我|本)|耐心等待"
            r"|已经?(?:作出|做出)?(?:回复|答复)$|^(?:关于)?(?:您|你|诉求人)?(?:于|在|通过|所|对|就)?[^经]{0,30}(?:反映|咨询|留言|提出|来信|来电|投诉|建议)"
            r"[^经]{0,16}(?:问题|情况|内容|事项|建议|诉求|留言|来信|事)?$"
        ),
    ),
    (
        "promise",
        re.compile(
            r"(?:^|[^即])将(?!军|近|其|该|会议|此)|^拟|尽快|尽早|正在|^正|下一步|下步|力争|争取|^待|计划|进一步|^会|如有|届时|逐步|有望|预计|认真(?:研究|调研|考虑)|努力"
        ),
    ),
)
_DONE = re.compile(
    r"经(?:查|核|调查|现场|实地|走访|协调|调解)|属实|已经?(?:拆|修|整|清|发|退|办结|解决|完)"
    r"|进行了|责令|约谈|训诫|现场(?:查|勘|调|处)|作出(?:了)?处"
)
_SHORTEST_CLAUSE = 6
_SHORTEST_DONE = 5
_SHORTEST_END = 7
_LEAST = 14
"""Characters of substance below which a reply tells of nothing: 不属实。 stands in 经核实不属实."""
_ACTION = re.compile(
    r"组织|安排|约谈|责令|责成|督促|现场|走访|协调|调解|调查|核实|查看|下达|整改|检查|清理|清运|巡查|召开|要求|上门|查处"
    r"|立案|拆除|安装|维修|修复|更换|疏通|派|联合|劝|约见|签订|张贴|勘查|检测|评估|协商|处罚|教育|设置|整治"
)
_RESULT = re.compile(
    r"属实|已|目前|完成|恢复|解决|达成|发放|支付|退还|不予|符合|无法|没有|可以|不能|未|同意|拆除|到位|规定|承诺"
)
_MOST_MEASURES = 5
_MEASURE_LENGTH = 120
_OUTCOME_LENGTH = 240
NO_REPLY = "没有答复"
_REASONS: dict[Speech, str] = {
    "forwarded": "答复只说已转办、交办，没有办理结果",
    "promise": "答复只说将要办理或正在办理，没有结果",
    "elsewhere": "答复只请另行咨询或联系，没有办理结果",
    "received": "答复只有收悉，没有办理结果",
    "courtesy": "答复只有客套，没有办理结果",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, and what came of it, in the words of the reply."""

    measures: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence, what its clauses do, and how many of its characters tell of the matter.

    ``done``: a clause says that something was done or found.
    """

    text: str
    kinds: tuple[Speech, ...]
    substance: int
    done: bool


def no_outcome(reply: str) -> str | None:
    """Why a reply tells of no outcome, in Chinese; None when it tells of one."""
    if not reply.strip():
        return NO_REPLY
    sentences = tuple(_read(reply))
    if any(one.done for one in sentences) or sum(one.substance for one in sentences) >= _LEAST:
        return None
    kinds = {kind for one in sentences for kind in one.kinds}
    return next((told for kind, told in _REASONS.items() if kind in kinds), _REASONS["courtesy"])


def read_reply(reply: str, measures: str = "") -> Told:
    """Measures and outcome of a reply that tells of one; where it tells no step, it was the step.

    Args:
        reply: the authority's answer.
        measures: what a column of its own says was done.
    """
    said = [one.text for one in _read(reply) if one.substance]
    if len(said) == 1 and not measures:
        said = _parted(said[0])
    steps = list(_sentences(measures)) or [one for one in said if _ACTION.search(one)]
    if steps == said and len(said) > 1:  # the last step is what it came to
        steps = said[:-1]
    rest = [one for one in said if one not in steps] or said
    results = [one for one in rest if _RESULT.search(one)] or rest
    return Told(
        tuple(_cut(one, _MEASURE_LENGTH) for one in steps[:_MOST_MEASURES]) or ("书面答复反映人",),
        _cut("".join(_last(results, _OUTCOME_LENGTH)), _OUTCOME_LENGTH),
    )


def _parted(sentence: str) -> list[str]:
    """A single sentence parted before its last clause, which tells what came of it."""
    clauses = sentence.split("，")
    end: list[str] = []
    while len(clauses) > 1 and len("，".join(end)) < _SHORTEST_END:
        end.insert(0, clauses.pop())
    return ["，".join(clauses), "，".join(end)] if end else [sentence]


def _last(sentences: list[str], length: int) -> list[str]:
    """As many of the last sentences as fit: what came of it stands at the end."""
    kept: list[str] = []
    for sentence in reversed(sentences):
        if kept and sum(map(len, kept)) + len(sentence) > length:
            break
        kept.insert(0, sentence)
    return kept


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(_BELOW.sub("如下。", text)):
        sentence = " ".join(match[0].split())
        if sentence:
            yield sentence


def _read(reply: str) -> Iterator[_Sentence]:
    for sentence in _sentences(reply):
        bare = _OPENING.sub("", sentence, count=1)
        clauses = [_NUMBER.sub("", one, count=1) for one in _CLAUSE.findall(bare)]
        kinds = [(one, _kind(one)) for one in clauses if not _NUMBERS_ALONE.match(one)]
        told = sum(len(one) for one, kind in kinds if kind == "substance")
        done = any(len(one) >= _SHORTEST_DONE and _DONE.search(one) for one, _ in kinds)
        yield _Sentence(_told_part(bare, kinds), tuple(kind for _, kind in kinds), told, done)


def _told_part(bare: str, kinds: list[tuple[str, Speech]]) -> str:
    """The sentence from its first clause of substance on: what stands before is form."""
    if not kinds or kinds[0][1] == "substance":
        return bare.strip()
    first = next((clause for clause, kind in kinds if kind == "substance"), "")
    return bare[max(0, bare.find(first)) :].strip()


def _kind(clause: str) -> Speech:
    if _DONE.search(clause):
        return "substance"
    kind = next((kind for kind, words in _KINDS if words.search(clause)), None)
    return kind or ("substance" if len(clause) >= _SHORTEST_CLAUSE else "courtesy")
