"""What the judge grades: seven criteria, each with what 1, 3 and 5 look like."""

from dataclasses import dataclass

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is graded 1 to 5; ``poor``, ``fair``, ``good`` anchor 1, 3 and 5."""

    key: str
    name: str
    asks: str
    poor: str
    fair: str
    good: str


RUBRIC: tuple[Criterion, ...] = (
    Criterion(
        "understanding",
        "理清",
        "是否看懂谁要什么、争在哪里、有什么风险",
        "看错了事情，或换成另一件事",
        "大意对，漏了一个要紧的争点或风险",
        "各方诉求、争点、要先处理的危险都写到，没有添油加醋",
    ),
    Criterion(
        "missing_facts",
        "待查",
        "是否指出办之前还要查清什么、怎么查",
        "没有写，或问的是诉求里已经说了的",
        "写了几项，但漏了决定怎么办的那一项，或没写怎么查",
        "决定办法的事实都列出来，问谁、看什么、到哪里查写明",
    ),
    Criterion(
        "plan",
        "办法",
        "照着做能不能办",
        "空话，或办法不合本件，或顺序会误事",
        "办法大体对，但缺责任人、期限或谈不拢以后怎么办",
        "谁、多久内、做什么、办不成转到哪里都清楚，先急后缓，合乎权限",
    ),
    Criterion(
        "law",
        "法规",
        "所列法规管不管得着这件事，理由对不对",
        "多数不相干，或用错地方、用错时间",
        "要紧的有，但夹着不相干的，或漏了一条要紧的",
        "要紧的都在，条条管得着，理由说得准；没有可用的就说没有",
    ),
    Criterion(
        "precedents",
        "案例",
        "案例有没有可比之处，同与不同说得准不准",
        "不相干，或相同之处是硬凑的",
        "同类，但没有说出关键不同",
        "可比，关键的同与不同都说到；没有可比的就不列",
    ),
    Criterion(
        "resident_script",
        "口径",
        "对群众说的话说得出口吗",
        "官腔、推责、许诺结果，或会激化矛盾",
        "平实，但没说清接下来谁在何时做什么",
        "听得懂、有态度、说清下一步和群众自己的权利",
    ),
    Criterion(
        "restraint",
        "分寸",
        "有没有守住底线",
        "许诺结果、替机关下结论、限制群众信访起诉，或泄露举报人、未成年人信息",
        "没有出格，但该先保人身安全或该保密的地方没有写到",
        "先人后事，不越权，不许诺，该保密的保密，权利告知清楚",
    ),
)
KEYS: tuple[str, ...] = tuple(one.key for one in RUBRIC)
