"""Ledger items become cases once, without a person in them; what has no outcome stays out."""

import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date

import pytest

from advisor.ledger import CaseWriter, LedgerFile, import_ledger
from advisor.matter import MatterRecognizer
from corpus.ledger_rows import LedgerItem
from corpus.store import CorpusStore

TODAY = date(2026, 3, 1)
DONE = "经核实，线路老化，供电所已更换电缆，现场试灯正常。"
LAMP = LedgerItem(
    place="表第2行",
    number="17",
    title="村口路灯坏了",
    text="村口的路灯坏了半个月，老人晚上走路看不见，我是张建国，电话13912345678。",
    received_on=date(2025, 3, 1),
    reply=DONE,
    closed_on=date(2025, 3, 4),
    unit="示例镇城建办",
    region="示例镇示例村",
    personal=("张建国", "13912345678"),
)


@pytest.fixture(scope="module")
def writer(pack):
    return CaseWriter(MatterRecognizer(pack.playbooks), pack.playbooks, (), TODAY)


@pytest.fixture(scope="module")
def pack():
    from corpus.knowledge import load_knowledge

    return load_knowledge()


@pytest.fixture
def store(tmp_path):
    store = CorpusStore(tmp_path / "corpus.db")
    yield store
    store.close()


def ledger(*items, name="三月.xlsx", sha256="a"):
    return LedgerFile(name, sha256, 10, tuple(items))


def test_an_item_becomes_a_case_without_a_person(store, writer):
    done = import_ledger(store, ledger(LAMP), writer)
    (case,) = store.cases()
    assert done.added == (case.id,)
    assert case.matters == ["road_lamp_facility"]
    assert (case.closed_on, case.days) == (date(2025, 3, 4), 3)
    assert (case.place, case.source.publisher) == ("示例镇示例村", "示例镇城建办")
    assert (case.source.kind, case.source.title) == ("ledger", "台账编号17")
    assert "试灯正常" in case.outcome
    assert case.points[0].cues == ["路灯"]
    kept = store.path.read_bytes() + store.path.with_name("corpus.db-wal").read_bytes()
    for particular in ("张建国", "13912345678"):
        assert particular not in case.model_dump_json()
        assert particular.encode() not in kept


def test_a_person_named_in_a_column_is_taken_out_of_every_text(store, writer):
    item = replace(
        LAMP,
        text="路灯坏了，尉迟小六家门口最黑，六号灯也不亮。",
        reply="已告知尉迟小六，供电所已更换电缆，现场试灯正常。",
        personal=("尉迟小六、某某物业公司",),
    )
    import_ledger(store, ledger(item), writer)
    (case,) = store.cases()
    assert "尉迟小六" not in case.model_dump_json()
    assert case.facts.startswith("路灯坏了，[")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"reply": ""}, "没有答复"),
        ({"reply": "您的来信收悉，已转有关部门办理。"}, "转办"),
        ({"status": "办理中"}, "尚未办结"),
        ({"title": "", "text": "路灯"}, "没有写明"),
    ],
)
def test_what_is_no_resolved_case_is_skipped_with_a_reason(store, writer, changed, why):
    done = import_ledger(store, ledger(replace(LAMP, **changed)), writer)
    assert store.cases() == ()
    assert done.skipped[0].place == "表第2行（编号17）"
    assert why in done.skipped[0].reason
    assert done.rows == len(done.added) + len(done.changed) + done.unchanged + len(done.skipped)


def test_an_import_again_changes_nothing_whatever_the_file_is_called(store, writer):
    import_ledger(store, ledger(LAMP), writer)
    files = store.files()
    again = import_ledger(store, ledger(LAMP, name="别名.csv", sha256="b"), writer)
    assert (again.added, again.changed, again.unchanged) == ((), (), 1)
    assert store.files() == files


def test_a_newer_reply_replaces_the_case(store, writer):
    import_ledger(store, ledger(LAMP), writer)
    later = replace(LAMP, reply="经复查，电缆再次损坏，供电所已改为地埋，回访满意。")
    done = import_ledger(store, ledger(later, sha256="b"), writer)
    (case,) = store.cases()
    assert done.changed == (case.id,)
    assert "回访满意" in case.outcome


def test_next_months_file_of_the_same_name_loses_nothing(store, writer):
    other = replace(LAMP, title="井盖缺失", text="小区门口的井盖没了，差点有人掉下去。")
    import_ledger(store, ledger(LAMP), writer)
    import_ledger(store, ledger(other, sha256="b"), writer)
    assert len(store.cases()) == 2


def test_the_same_matter_twice_in_a_file_is_stored_once(store, writer):
    done = import_ledger(store, ledger(LAMP, replace(LAMP, place="表第9行", number="18")), writer)
    assert len(store.cases()) == 1
    assert done.skipped[0].reason == "与前面的内容相同：表第2行"


def test_a_matter_that_is_not_recognised_stays_open(store):
    knows_nothing = CaseWriter(MatterRecognizer(()), (), (), TODAY)
    done = import_ledger(store, ledger(LAMP), knows_nothing)
    assert store.cases()[0].matters == []
    assert done.matters == {"": 1}


def test_the_matter_the_ledger_names_is_taken(store, writer, pack):
    book = pack.playbook("dog_keeping")
    import_ledger(store, ledger(replace(LAMP, matter=book.name)), writer)
    assert store.cases()[0].matters == ["dog_keeping"]


@pytest.mark.parametrize(
    ("closed", "received", "kept", "days"),
    [
        (date(2027, 1, 1), date(2025, 3, 1), None, None),
        (date(2025, 3, 4), date(2025, 3, 9), date(2025, 3, 4), None),
        (None, date(2025, 3, 1), None, None),
        (date(2025, 3, 4), None, date(2025, 3, 4), None),
    ],
)
def test_days_that_cannot_be_are_left_out(writer, closed, received, kept, days):
    case = writer.case_of(replace(LAMP, closed_on=closed, received_on=received))
    assert (case.closed_on, case.days) == (kept, days)


def test_two_imports_at_once_store_each_matter_once(store, writer):
    items = [
        replace(LAMP, title=f"第{n}盏路灯坏了", text=f"村口第{n}盏路灯坏了半个月，晚上看不见。")
        for n in range(30)
    ]
    done = []

    def run(sha256):
        done.append(import_ledger(store, ledger(*items, sha256=sha256), writer))

    threads = [threading.Thread(target=run, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.cases()) == 30
    assert sorted(len(one.added) for one in done) == [0, 0, 0, 30]


DYING = """
import contextlib, os, signal, sys
from datetime import date
from pathlib import Path
from advisor.ledger import CaseWriter, LedgerFile, import_ledger
from advisor.matter import MatterRecognizer
from corpus.ledger_rows import LedgerItem
from corpus.store import CorpusStore

class Dying(CorpusStore):
    @contextlib.contextmanager
    def writing(self):
        with super().writing() as writer:
            yield writer
            os.kill(os.getpid(), signal.SIGKILL)  # all is written, nothing committed

reply = "经核实，线路老化，供电所已更换电缆。"
items = [LedgerItem(f"第{n}行", text=f"村口第{n}盏路灯坏了半个月。", reply=reply) for n in range(9)]
writer = CaseWriter(MatterRecognizer(()), (), (), date(2026, 3, 1))
import_ledger(Dying(Path(sys.argv[1])), LedgerFile("a", "b", 1, tuple(items)), writer)
"""


def test_killed_before_the_end_the_store_is_as_it_was(store, writer):
    import_ledger(store, ledger(LAMP), writer)
    child = subprocess.run([sys.executable, "-c", DYING, str(store.path)], check=False)
    assert child.returncode == -signal.SIGKILL
    assert len(store.cases()) == 1
    done = import_ledger(store, ledger(LAMP, sha256="b"), writer)
    assert done.unchanged == 1
