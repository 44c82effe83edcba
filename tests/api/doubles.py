"""Doubles of what stands behind the doors: fictional law, one canned advice, a store in memory."""

import json
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from advisor.adoption.record import Recorder
from advisor.advise import request_hash
from advisor.errors import IdempotencyConflict, RefusedInput
from advisor.events import OnEvent, retold
from advisor.intake import intake
from advisor.masking import RedactionMasking
from advisor.model import (
    Advice,
    AdviceRequest,
    Analysis,
    ComplaintEcho,
    DepartmentCompetence,
    LawContext,
    LegalBasis,
    Matter,
    MatterChoice,
    Plan,
    PlanStep,
    Point,
    Precedent,
    Provenance,
    RejectedCitation,
    Source,
    Triage,
)
from advisor.ports import AuditEntry, StoredAdvice
from advisor.settings import Settings
from advisor.store import InMemoryAdviceStore
from corpus.knowledge import Knowledge
from corpus.library import ArticleView
from corpus.model import (
    ArticleNumber,
    Case,
    CaseSource,
    Level,
    Status,
    Statute,
    TextKind,
    Validity,
    VerdictKind,
)
from corpus.region import format_region
from indexer.retriever import CaseHit, StatuteHit

TITLE = "示例市停车条例"
TODAY = date(2025, 6, 1)


def sample_advice(text: str = "邻居堵了水沟", **changes: object) -> Advice:
    """A whole advice about fictional law, every part filled."""
    advice = Advice(
        id=uuid.uuid4().hex,
        created_at=datetime(2025, 6, 1, 8, 30, tzinfo=UTC),
        mode="extractive",
        status="complete",
        corpus_as_of=date(2025, 4, 19),
        complaint=ComplaintEcho(
            text=text, region="浙江省嘉兴市秀洲区", occurred_on=date(2025, 3, 1)
        ),
        matter=Matter(
            type="neighbour_drainage",
            name="相邻排水纠纷",
            confidence=0.82,
            alternatives=(MatterChoice(type="land", name="宅基地边界纠纷", confidence=0.31),),
        ),
        triage=Triage(
            track="联办",
            urgency="较急",
            priority=68,
            reasons=("污水倒灌影响日常居住，需尽快恢复排水", "涉及村镇建设和生活污水两家单位"),
        ),
        analysis=Analysis(
            summary="住户反映邻居填高地基后堵塞原有排水沟，污水无法排出，要求恢复。",
            parties=(
                Point(text="反映人：要求恢复排水沟，停止倒灌"),
                Point(text="邻居：认为在自己宅基地内填土，不受他人约束"),
            ),
            facts=(
                Point(text="邻居今年三月用渣土填高地基约七八十公分"),
                Point(text="原有水沟被填埋一段，污水倒灌进院子"),
            ),
            missing_facts=(
                Point(text="查：水沟是自然形成还是两家共同修建，有无协议", evidence=("P1",)),
                Point(text="拍：填土前后标高、被堵位置和倒灌痕迹"),
                Point(text="问：邻居翻建是否办理宅基地和建房审批", evidence=("L2",)),
                Point(text="量：两家地面高差与水沟到管网的坡度"),
            ),
            disputes=(Point(text="填土一方是否应当维持原有自然流水的走向", evidence=("L1",)),),
            risks=(Point(text="汛期临近，倒灌可能损坏房屋，引发肢体冲突"),),
        ),
        plan=Plan(
            steps=(
                PlanStep(
                    order=1,
                    action="到现场查看，拍照并测量高差，用水泵或临时沟先把积水排走",
                    owner="村干部、网格员",
                    deadline_days=0,
                    evidence=("P1",),
                ),
                PlanStep(
                    order=2,
                    action="核对双方宅基地批准面积与建房审批，认定填土是否超出批准范围",
                    owner="镇村镇建设办公室",
                    deadline_days=3,
                    evidence=("L2", "D1"),
                ),
                PlanStep(
                    order=3,
                    action="召集双方调解，约定恢复或改道排水，写明位置、标高、费用和完工日期",
                    owner="村人民调解委员会",
                    deadline_days=7,
                    evidence=("L1", "C1"),
                ),
            ),
            lead_department="镇人民政府（村镇建设办公室）",
            support_departments=("村人民调解委员会", "镇综合行政执法队"),
            competence=(
                DepartmentCompetence(
                    department="镇人民政府", basis="负责农村建房的日常监督", evidence=("D1", "L2")
                ),
            ),
            escalation="七日内调解不成的，报镇矛盾调解中心会商；仍不成的，告知可向人民法院起诉。",
            resident_script="您好，您反映的排水问题我们已经记下，今天就到现场看。\n"
            "先把积水排走，再请双方坐下来商量恢复水沟，七天内给您答复。",
        ),
        legal_basis=(
            LegalBasis(
                evidence_id="L1",
                law="示例民事法",
                article="第九条",
                paragraph=2,
                text="相邻各方应当让对方能够用水、排水。\n自然流水应当按原来的方向排放。",
                text_kind=TextKind.VERBATIM,
                level=Level.LAW,
                region="",
                status=Status.IN_FORCE,
                effective_from=date(2021, 1, 1),
                why="邻居填土改变了原有流水方向",
                verdict=VerdictKind.VERIFIED,
                source_url="https://law.example/9",
                context=(
                    LawContext(
                        article="第三条",
                        term="流水",
                        text="本法所称流水，是指<自然>流动的水。",
                        text_kind=TextKind.VERBATIM,
                    ),
                ),
            ),
            LegalBasis(
                evidence_id="L2",
                law="示例省农村建房办法",
                article="第十二条之一",
                text="建房不得堵占公共或者相邻的排水通道。",
                text_kind=TextKind.GIST,
                level=Level.LOCAL_GOVERNMENT_RULE,
                region="浙江省",
                status=Status.REVISED_SINCE,
                effective_from=date(2018, 5, 1),
                why="翻建时填土堵沟",
                verdict=VerdictKind.REPAIRED,
                source_url="javascript:alert(1)",
            ),
        ),
        precedents=(
            Precedent(
                evidence_id="C1",
                case_id="case-1",
                title="垫高院坝堵住邻家出水，村里两次上门调解成功",
                matter="相邻排水纠纷",
                place="浙江省嘉兴市秀洲区王店镇",
                closed_on=date(2025, 2, 20),
                measures=("现场测量标高", "用条文讲清双方义务", "签订调解协议"),
                outcome="填土一方埋设排水管，双方签字，污水恢复畅通。",
                days=12,
                same=("都是填土堵住原有排水", "双方都同意先通水"),
                different=("该案有旧排水协议，本案尚未查明",),
                source=Source(kind="public", url="https://news.example/1", publisher="示例日报"),
            ),
        ),
        limits=("法规库更新至 2025-04-19，此后的修改以官方公布为准。",),
        rejected_citations=(
            RejectedCitation(
                text="《示例民事法》第九百条",
                verdict=VerdictKind.NOT_FOUND,
                reason="该法没有这一条",
            ),
        ),
        provenance=Provenance(prompt=None, model=None, index="g1", corpus="c1", code="0.1.0"),
    )
    return advice.model_copy(update=changes)


STATUTE = Statute(
    id="parking-2020",
    title=TITLE,
    level=Level.LOCAL_REGULATION,
    region=("浙江省",),
    text_kind=TextKind.VERBATIM,
    version=date(2020, 3, 1),
    effective_from=date(2020, 5, 1),
    source_url="https://law.example/parking",
)
REVISED = Statute(
    id="noise-2010",
    title="示例市噪声条例",
    level=Level.LOCAL_REGULATION,
    region=("浙江省",),
    text_kind=TextKind.GIST,
    version=date(2010, 1, 1),
    effective_from=date(2010, 5, 1),
)
CASE = Case(
    id="case-1",
    title="示例小区增设车位",
    place="浙江省示例市",
    facts="一百多辆车只有四十多个车位。",
    measures=["开会协商"],
    outcome="新增车位。",
    source=CaseSource(kind="ledger"),
)


class FakeLibrary:
    """Two fictional statutes of three articles; the second has been revised since."""

    as_of = date(2025, 4, 19)

    def statutes(self) -> tuple[Statute, ...]:
        return (STATUTE, REVISED)

    def cases(self) -> tuple[Case, ...]:
        return (CASE,)

    def resolve(self, name: str) -> str | None:
        wanted = name.strip("《》")
        for statute in self.statutes():
            if wanted in {statute.title, statute.title.removeprefix("示例市")}:
                return statute.title
        return None

    def successor(self, _title: str) -> None:
        return None

    def versions(self, title: str) -> tuple[Statute, ...]:
        return tuple(one for one in self.statutes() if one.title == title)

    def validity(self, statute: Statute, on: date) -> Validity:
        since = statute.effective_from
        if since is not None and on < since:
            return Validity(Status.NOT_YET_IN_FORCE, since=since)
        if statute is REVISED:
            return Validity(Status.REVISED_SINCE, since=since, note="已修订", source="示例公报")
        return Validity(Status.IN_FORCE, since=since)

    def article(self, title: str, number: ArticleNumber, *, on: date) -> ArticleView | None:
        for statute in self.versions(title):
            if number.main <= 3:
                return self.article_in(statute, number)
        return None

    def refresh_cases(self) -> bool:
        return False

    def article_in(self, statute: Statute, number: ArticleNumber) -> ArticleView:
        return ArticleView(
            statute=statute,
            number=number,
            path=("第一章 总则",),
            text="停车应当入位。",
            text_kind=statute.text_kind,
            gist=None,
        )


class FakeSnapshot:
    generation = "g1"


class FakeRetriever:
    """Finds the first article for any query with the word 停车, and the case for 车位."""

    snapshot = FakeSnapshot()
    version = snapshot.generation
    loose = 0

    def __init__(self, library: FakeLibrary) -> None:
        self.library = library
        self.asked: list[dict[str, object]] = []

    def search(self, query: str, *, kind: str, k: int, as_of: date, region: object) -> tuple:
        self.asked.append({"query": query, "k": k, "as_of": as_of, "region": region})
        if kind == "case":
            return (CaseHit(CASE, 1.5),) if "车位" in query else ()
        if "停车" not in query:
            return ()
        view = self.library.article_in(STATUTE, ArticleNumber(1))
        return (StatuteHit(view, self.library.validity(STATUTE, as_of), 3.25),)[:k]


@dataclass
class FakeServices:
    """The services of a door: real intake and a real port double, one canned advice."""

    settings: Settings
    failure: Exception | None = None
    library: FakeLibrary = field(default_factory=FakeLibrary)
    store: InMemoryAdviceStore = field(default_factory=InMemoryAdviceStore)
    knowledge: Knowledge = field(default_factory=Knowledge)
    advised: list[AdviceRequest] = field(default_factory=list)
    between: Callable[[str], None] = lambda _name: None
    made_of: Callable[[], Advice] = sample_advice

    def __post_init__(self) -> None:
        self.retriever = FakeRetriever(self.library)
        self.law_watch = self.store.law_watch
        self.recorder = Recorder(self.store.adoption, self.store, RedactionMasking())

    def advise(
        self,
        request: AdviceRequest,
        *,
        idempotency_key: str | None = None,
        on_event: OnEvent = lambda _: None,
    ) -> Advice:
        if self.failure is not None:
            raise self.failure
        found = self.store.find_by_key(idempotency_key) if idempotency_key else None
        if found is not None:
            if found.request_hash != request_hash(request):
                raise IdempotencyConflict(idempotency_key)
            return self._tell(Advice.model_validate_json(found.payload), on_event)
        complaint = intake(request, default_region=self.settings.region, today=TODAY)
        if request.mode == "llm":
            raise RefusedInput("no_model", "没有配置大模型。")
        self.advised.append(request)
        advice = self.made_of().model_copy(
            update={
                "complaint": ComplaintEcho(
                    text=complaint.original,
                    region=format_region(complaint.region),
                    occurred_on=complaint.occurred_on,
                )
            }
        )
        self._tell(advice, on_event)
        self.between("stored")
        self.store.save(stored(advice, request, idempotency_key), AuditEntry("test", advice.id))
        return advice

    def _tell(self, advice: Advice, on_event: OnEvent) -> Advice:
        """The events of the advice; ``between`` is called before each with its name."""
        for event in retold(advice):
            self.between(event.name)
            on_event(event)
        return advice


class Gate:
    """Halts whoever comes to the part named in ``at`` until it is opened; bounded."""

    def __init__(self) -> None:
        self.at: str | None = None
        self.reached = threading.Event()
        self._open = threading.Event()

    def __call__(self, name: str) -> None:
        if name == self.at:
            self.reached.set()
            if not self._open.wait(30):
                raise TimeoutError(name)

    def open(self) -> None:
        self._open.set()


def events_of(text: str) -> list[tuple[str, str, object]]:
    """The events of a stream: id, name, value; comments are passed over."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line[:1] not in ":")
        if fields:
            found.append((fields["id"], fields["event"], json.loads(fields["data"])))
    return found


def stored(advice: Advice, request: AdviceRequest, key: str | None = None) -> StoredAdvice:
    """The row of an advice."""
    return StoredAdvice(
        id=advice.id,
        created_at=advice.created_at,
        idempotency_key=key,
        request_hash=request_hash(request),
        region=advice.complaint.region,
        matter=advice.matter.type,
        mode=advice.mode,
        status=advice.status,
        payload=advice.model_dump_json(),
    )
