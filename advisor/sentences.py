"""Sentences and clauses of a complaint, and what kind each is: a fact, a demand, a courtesy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])|(?<=\.)(?=[^\d])")
_CLAUSE_END = re.compile(r"[，,、：:。！？!?；;\n\s]+")
_OFFICE = "(领导|书记|[县市区镇村]长|主任|局长|部门|政府|同志|老师|你们|您们|大家)"
_COURTESY = re.compile(
    rf"^(尊敬的|敬爱的)?[^，,。]{{0,12}}{_OFFICE}[^，,。]{{0,6}}(您好|你好|好|辛苦了)[!！。,，]*$"
    r"|^[^，,。]{0,6}(您好|你好|辛苦了)[!！。,，]*$"
    r"|^(谢谢|感谢|多谢|拜托|此致|敬礼|盼复|望回复|盼望回复|恳请回复)[^。]{0,12}[!！。]*$"
)
_DEMAND = re.compile(
    r"(?<![制烈持被的理上])要求|希望|请求|恳请|恳求|(?<![申聘邀])请(?!假|客|人吃|他吃)|能不能|能否|可否|可不可以|是否可以|怎么办|咋办|咋整|"
    r"该找谁|找谁|归谁管|该不该|该怎么|想问|请问|望.{0,8}(解决|处理|回复|管管|查处|关注|重视|协调)|盼.{0,6}(解决|处理|回复)|"
    r"给个说法|讨个说法|有没有人管|合不合法|合法吗|有权|算不算|应该由谁|谁来|赔我|赔偿我|还我"
)
_CONCRETE = re.compile(
    r"\d|[一二三四五六七八九十两几半][年月日天个户人次米层楼号间家万千百块元亩条]|"
    r"昨天|今天|前天|去年|今年|上个?月|最近|一直|多次|经常|每天|晚上|凌晨|早上|"
    r"[小社]区|村|路|楼|家|邻居|物业|开发商|老板|公司|学校|门口|河|田|地|墙|管|水|车|狗|房"
)
_TOLD = re.compile(
    r"我(?!国)|咱|本人|俺|你们|他家|她家|投诉|反映|举报|邻居|物业|村里|社区|小区|\d|"
    r"昨天|今天|前天|去年|今年|上个?月|最近|多次|经常"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with what it does in the complaint."""

    text: str
    demand: bool
    concrete: bool


def split_sentences(text: str) -> tuple[str, ...]:
    """Sentences in order, stripped, without courtesies and empty lines."""
    pieces = (piece.strip(" \t\u3000\n") for piece in _SENTENCE_END.split(text))
    return tuple(p for p in pieces if len(p) > 1 and not _COURTESY.match(p))


def split_clauses(text: str) -> tuple[str, ...]:
    """The shortest stretches between punctuation marks, at least two characters long."""
    return tuple(c for c in _CLAUSE_END.split(text) if len(c) >= 2)


def read_sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences with their kind: what the writer demands, and what he states concretely."""
    return tuple(
        Sentence(s, demand=bool(_DEMAND.search(s)), concrete=bool(_CONCRETE.search(s)))
        for s in split_sentences(text)
    )


def demands(sentence: str) -> tuple[str, ...]:
    """The stretches of a sentence that demand something: each such clause with the one after it."""
    clauses = [c for c in re.split(r"(?<=[，,：:])", sentence) if c]
    found, at = [], 0
    while at < len(clauses):
        if _DEMAND.search(clauses[at]):
            found.append("".join(clauses[at : at + 2]))
            at += 1
        at += 1
    return tuple(found) or ((sentence,) if _DEMAND.search(sentence) else ())


def mentions(text: str, cues: Sequence[str]) -> tuple[str, ...]:
    """The cues that stand in the text and are not plainly denied just before (没有…, 不是…)."""
    found = []
    for cue in cues:
        at = text.find(cue)
        while at >= 0:
            before = text[max(0, at - 3) : at]
            if not before.endswith(("没有", "不是", "并非", "未见", "没")):
                found.append(cue)
                break
            at = text.find(cue, at + 1)
    return tuple(found)


def tells_something(text: str) -> bool:
    """Whether a text demands anything, or states anything with a time, a number or a first person.

    A poem, a recipe or a string of characters does neither.
    """
    return bool(_DEMAND.search(text) or _TOLD.search(text))
