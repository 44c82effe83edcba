"""Lead departments: ranked by matter and words, on record, sure matters left untouched."""

import numpy as np
import pytest

from advisor.errors import ClassifierDamaged
from advisor.leads import RankedLead, choices_of, led_by, office_of, open_lead_ranker
from advisor.linear_model import LinearModel
from advisor.matter import MatterRecognizer
from corpus.knowledge import load_knowledge
from corpus.model import Competence

TEXT = "车位不够"


@pytest.fixture(scope="module")
def ranker():
    knowledge = load_knowledge()
    return open_lead_ranker(MatterRecognizer.of(knowledge), knowledge)


def _ranked(name, likelihood=0.6):
    return RankedLead(Competence(department=name, duty="fire_watch"), likelihood, "示例")


@pytest.mark.parametrize(
    ("department", "office"),
    [
        ("住房和城乡建设局（供水主管部门）", "住房和城乡建设局"),
        ("公安派出所", "公安机关"),
        ("镇（街道）综合行政执法队", "综合行政执法局"),
        ("县（市、区）人民政府征迁部门", "县（市、区）人民政府征迁部门"),
        ("镇人民政府（街道办事处）", "镇人民政府"),
    ],
)
def test_sections_of_a_bureau_are_one_office(department, office):
    assert office_of(department) == office


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("老板拖欠我们三个月工资，一直不给", "人力资源和社会保障局"),
        ("公交车半个小时不来一班，希望加密", "交通运输局"),
        ("学校乱收补课费，家长意见很大", "教育局"),
        ("红绿灯时间太短，老人走不完斑马线", "公安交警大队"),
    ],
)
def test_the_competent_office_comes_first(ranker, text, office):
    found = ranker.rank(text)
    assert office_of(found[0].competence.department) == office
    assert len({office_of(one.competence.department) for one in found}) == len(found) == 3


def test_every_department_ranked_is_on_record(ranker):
    known = {duty.department for duty in load_knowledge().duties}
    for text in ("我家的树被邻居砍了", "咨询一下政策", "河里的水又黑又臭"):
        assert {one.competence.department for one in ranker.rank(text)} <= known


def test_the_likeliest_leads_and_the_guides_own_supports(knowledge):
    parking = knowledge.playbook("parking")
    guide = led_by(parking, [_ranked("示例消防队")], TEXT)
    assert guide.lead[0].department == "示例消防队"
    assert guide.support[0].department == parking.lead[0].department


def test_a_guide_led_by_the_likeliest_office_stays_as_it_is(knowledge):
    parking = knowledge.playbook("parking")
    own = parking.lead[0].department
    leads = [_ranked(own), _ranked("示例消防队")]
    guide = led_by(parking, leads, TEXT)
    assert guide == parking
    assert [one.department for one in choices_of(guide, leads, TEXT)] == [own, "示例消防队"]


@pytest.mark.parametrize(("likelihood", "leads"), [(0.2, False), (0.5, True)])
def test_the_town_leads_where_nothing_is_likely(knowledge, likelihood, leads):
    guide = led_by(knowledge.general, [_ranked("示例消防队", likelihood)], TEXT)
    assert (guide.lead[0].department == "示例消防队") is leads


def test_a_classifier_is_read_as_written(tmp_path):
    weights = np.array([[1.0, -1.0], [0.5, 2.0]], dtype=np.float32)
    model = LinearModel(["甲", "乙"], ["m"], weights, np.zeros(2, dtype=np.float32), "e")
    model.write(tmp_path / "x.npz")
    again = LinearModel.read(tmp_path / "x.npz")
    row = np.array([0.3, 0.1], dtype=np.float32)
    assert again.classes == ("甲", "乙")
    assert np.allclose(again.probability(row), model.probability(row), atol=1e-3)


def test_a_damaged_classifier_is_told(tmp_path):
    path = tmp_path / "x.npz"
    path.write_bytes(b"PK nothing of the kind")
    with pytest.raises(ClassifierDamaged, match="重新安装"):
        LinearModel.read(path)
