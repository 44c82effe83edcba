"""Learning a small classifier, and the weak labels it may learn from."""

import re

import numpy as np

from eval.linear_fit import fit, likelihoods
from eval.reply_units import answering_office, read_units


def test_what_is_linear_is_learnt():
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(200, 3))
    labels = (rows[:, 0] > 0).astype(int)
    weights, bias = fit(rows, np.eye(2)[labels], np.ones(200), 1e-3)
    given = likelihoods(rows @ weights + bias).argmax(axis=1)
    assert (given == labels).mean() > 0.95


def test_a_row_that_counts_nothing_teaches_nothing():
    rows = np.array([[1.0], [1.0]])
    targets = np.array([[1.0, 0.0], [0.0, 1.0]])
    weights, bias = fit(rows, targets, np.array([1.0, 0.0]), 1e-3)
    assert likelihoods(rows @ weights + bias)[0].argmax() == 0


def test_the_signature_of_a_reply_tells_its_office():
    units = {re.compile("教育局"): "教育局", re.compile("街道办"): "镇人民政府"}
    reply = "您好，已转街道办核实。情况如下：学校正在扩建，预计明年完成，感谢关心。" + "。" * 30
    assert answering_office(reply + "某县教育局", "扩建学校", units) == "教育局"
    assert answering_office(reply, "扩建学校", units) == "镇人民政府"
    assert answering_office("您好，收到。", "扩建学校", units) is None


def test_every_shipped_pattern_leads_to_one_office():
    units = read_units()
    assert len(units) > 20
    assert all(units.values())
