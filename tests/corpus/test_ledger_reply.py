"""A reply without an outcome makes no success; what was done and what came of it are told apart."""

import pytest

from corpus.ledger_reply import no_outcome, read_reply

GREETING = "尊敬的网友：您好！您反映的问题收悉，现将有关情况回复如下："
THANKS = "感谢您对我们工作的支持！2025年3月4日"


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("", "没有答复"),
        ("  \n\t", "没有答复"),
        ("网友：您好！留言收悉", "收悉"),
        ("您好，您反映的问题已转某某局核查办理，感谢您的留言。", "转办"),
        ("您的来信收悉，已交办有关部门，如有情况将及时反馈。", "转办"),
        ("我们将尽快研究，力争早日解决。", "将要"),
        ("具体事项请咨询某某局，电话：0000-0000000。", "另行咨询"),
        ("感谢您对我们工作的关心与支持，祝您生活愉快！", "客套"),
        ("2025年3月4日", "客套"),
    ],
)
def test_a_reply_without_an_outcome(reply: str, why: str) -> None:
    told = no_outcome(reply)
    assert told is not None
    assert why in told


@pytest.mark.parametrize(
    "reply",
    [
        "经核实，路灯线路老化，供电所已更换电缆，现场试灯正常。",
        "不予受理，因该房屋不在本次改造的范围之内，理由已当面说明。",
        "已修好路灯，已告知反映人。",
        "您好，残疾人证须到户籍地的县级残联申请办理，由定点医院鉴定。",
        "您的来信已转住建局。经查，外墙仍在保修期内，开发商于三日内完成修补。",
        "将依法处理的同时，经现场查看，烧烤店已搬入室内经营。",
    ],
)
def test_a_reply_with_an_outcome(reply: str) -> None:
    assert no_outcome(reply) is None
    assert no_outcome(f"{GREETING}{reply}{THANKS}") is None


def test_steps_and_outcome_are_told_apart_and_forms_are_left_out() -> None:
    told = read_reply(
        f"{GREETING}3月2日，社区组织物业和城管到现场查看。楼道杂物当天清理完毕。"
        f"目前消防通道已恢复畅通，居民没有再反映。下一步将加强巡查。{THANKS}"
    )
    assert told.measures == ("3月2日，社区组织物业和城管到现场查看。", "楼道杂物当天清理完毕。")
    assert told.outcome == "目前消防通道已恢复畅通，居民没有再反映。"


def test_a_single_sentence_is_parted_before_its_end() -> None:
    told = read_reply("经查线路老化，供电所更换了电缆，现场试灯正常。")
    assert told.measures == ("经查线路老化，供电所更换了电缆",)
    assert told.outcome == "现场试灯正常。"


def test_steps_of_a_column_of_their_own_are_taken() -> None:
    told = read_reply("双方签订协议，已履行完毕。", "上门走访两次。召开协调会。")
    assert told.measures == ("上门走访两次。", "召开协调会。")
    assert told.outcome == "双方签订协议，已履行完毕。"


def test_an_explanation_alone_was_the_step() -> None:
    told = read_reply("低保按家庭人均收入核定，您家收入高于标准，不符合条件。")
    assert told.measures
    assert "不符合条件" in told.outcome


def test_long_replies_are_cut() -> None:
    told = read_reply("".join(f"第{n}次现场检查了全部门店并责令整改到位。" * 3 for n in range(40)))
    assert len(told.measures) <= 5
    assert all(len(one) <= 120 for one in told.measures)
    assert len(told.outcome) <= 240
