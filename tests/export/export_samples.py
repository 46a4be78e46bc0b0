"""Hand-made documents and reports for the export tests."""

from datetime import date
from typing import Any

from compliance.model.document import Document, Place, Segment
from compliance.model.law import LawRef
from compliance.model.report import Degraded, Excused, Exposure, Finding, Report
from compliance.model.vocabulary import Action, Category, Kind, Outcome, SeenAs, Severity, Source, Verdict

PHONE = "13800138000"
AD_LAW_9 = LawRef(
    name="广告法",
    article="第九条第三项",
    summary="广告不得使用“国家级”“最高级”“最佳”等用语",
    url="https://flk.npc.gov.cn/detail2.html?id=广告法",
)
AD_LAW_9_WHOLE = LawRef(name="广告法", article="第九条", summary="广告中的禁止情形")
PRIVACY_LAW = LawRef(name="个人信息保护法", article="第十三条", summary="处理个人信息应当取得同意")
AD_LAW_17 = LawRef(name="广告法", article="第十七条", summary="非医疗产品不得使用医疗用语")
COSMETICS_43 = LawRef(
    name="化妆品监督管理条例", article="第四十三条第二款", summary="化妆品广告不得明示或者暗示产品具有医疗作用"
)
SEGMENTS = (
    Segment(text="家人们晚上好，欢迎来到直播间，今天第一次给大家带福利。", t_start=0, t_end=6.2, speaker="主播小美"),
    Segment(text="这款面霜是国家级实验室研发的，全网最好的面霜，没有之一！", t_start=6.2, t_end=13, speaker="主播小美"),
    Segment(text="用了它，敏感肌也能治.愈，七天见效，无效退款。", t_start=13, t_end=19.5, speaker="主播小美"),
    Segment(text="原价 1299 元，今天只要 299 元，最后 50 单。", t_start=19.5, t_end=26, speaker="助播"),
    Segment(text=f"想了解的加客服手机 {PHONE}，我们一对一服务。", t_start=26, t_end=31, speaker="助播"),
)
AD_PENALTY = Exposure(
    min=200_000,
    max=1_000_000,
    basis=("广告法 第五十七条：广告主发布第九条禁止情形的广告",),
    multiples=("广告费用一倍以上三倍以下",),
    civil=("退一赔三，最低 500 元",),
)


def make_finding(text: str, hit: str, /, **fields: Any) -> Finding:
    """A finding at the first place where `hit` stands in `text`; any field can be overridden."""
    start = text.index(hit)
    values: dict[str, Any] = {
        "rule": "AD-ABS-001",
        "title": "绝对化用语",
        "kind": Kind.ABSOLUTE_CLAIM,
        "severity": Severity.HIGH,
        "action": Action.REVISE,
        "outcome": Outcome.FIRES,
        "start": start,
        "end": start + len(hit),
        "text": hit,
        "seen_as": SeenAs.EXACT,
        "confidence": 1.0,
        "law": (AD_LAW_9,),
        "exposure": AD_PENALTY,
        "message": f"“{hit}”属于绝对化用语，不能证明",
        "suggestion": f"删去“{hit}”，改为可以证明的客观描述",
        "explanation": f"词组“绝对化用语”命中“{hit}”；没有引号、否定等除外情形。",
        "contribution": 30.0,
    }
    return Finding(**(values | fields))


def make_report(document: Document, *findings: Finding, **fields: Any) -> Report:
    """A report over `document`; verdict and score follow from whether there are findings."""
    values: dict[str, Any] = {
        "id": f"r-{document.id}",
        "source": document.source,
        "category": document.category,
        "title": document.title,
        "verdict": Verdict.REVISE if findings else Verdict.PASS,
        "score": 45.5 if findings else 0.0,
        "release": "sha256:4f3c9a7be2d1c05586aa90f1e7b3d2c4a1b0c9d8e7f60514233241506f7e8d9c",
        "as_of": date(2024, 5, 20),
        "findings": findings,
        "exposure": AD_PENALTY if findings else Exposure(),
    }
    return Report(**(values | fields))


def sample() -> tuple[Document, Report]:
    """A transcript with overlapping hits, a disguised word, a phone number, a missing fact and a missing duty."""
    document = Document(
        id="live-0520",
        source=Source.TRANSCRIPT,
        category=Category.COSMETICS,
        platform="抖音",
        title="520 专场直播转写.docx",
        segments=SEGMENTS,
    )
    text = document.text
    first = text.index("第一次")
    report = make_report(
        document,
        _disguised(text),
        *_overlapping(text),
        _asking(text),
        _personal(text),
        _unspoken(text),
        verdict=Verdict.BLOCK,
        score=87.5,
        excused=(
            Excused(
                rule="AD-ABS-001", start=first, end=first + 3, text="第一次", reason="“第一次”是普通词语，不是排名"
            ),
        ),
        degraded=(Degraded(rule="LIC-DOC-002", reason="缺少“化妆品备案编号”，无法核对备案功效"),),
    )
    return document, report


def _disguised(text: str) -> Finding:
    return make_finding(
        text,
        "治.愈",
        rule="COS-MED-003",
        title="化妆品宣称医疗作用",
        kind=Kind.MEDICAL_CLAIM,
        severity=Severity.CRITICAL,
        action=Action.BLOCK,
        seen_as=SeenAs.NOISE,
        confidence=0.97,
        law=(COSMETICS_43, AD_LAW_17),
    )


def _overlapping(text: str) -> tuple[Finding, ...]:
    unproven = make_finding(
        text,
        "全网最好",
        rule="AD-UNV-002",
        title="数据与排名没有出处",
        kind=Kind.UNVERIFIED_DATA,
        severity=Severity.MEDIUM,
        exposure=Exposure(max=100_000, basis=("广告法 第五十九条：引证内容未表明出处",)),
    )
    return make_finding(text, "国家级"), unproven, make_finding(text, "最好的面霜")


def _asking(text: str) -> Finding:
    return make_finding(
        text,
        "原价 1299 元",
        rule="PRC-CMP-001",
        title="价格比较缺少依据",
        kind=Kind.PRICE_FRAUD,
        severity=Severity.MEDIUM,
        outcome=Outcome.ASKS,
        seen_as=SeenAs.PATTERN,
        confidence=0.8,
        exposure=Exposure(multiples=("违法所得五倍以下",)),
        questions=("请运营提供“原价 1299 元”前七日内的成交记录", "请商家提供价格备案"),
    )


def _personal(text: str) -> Finding:
    return make_finding(
        text,
        PHONE,
        rule="PIP-LEAK-001",
        title="公开个人联系方式",
        kind=Kind.PRIVACY_LEAK,
        severity=Severity.LOW,
        action=Action.HINT,
        seen_as=SeenAs.ENTITY,
        law=(PRIVACY_LAW,),
        exposure=Exposure(),
    )


def _unspoken(text: str) -> Finding:
    return make_finding(
        text,
        "家人们",
        end=len(text),
        text="",
        rule="AD-DIS-001",
        title="全程未提示“广告”",
        kind=Kind.MISSING_DISCLAIMER,
        severity=Severity.INFO,
        action=Action.HINT,
        seen_as=SeenAs.ABSENCE,
        law=(AD_LAW_9_WHOLE,),
        place=Place(label="00:00–00:31"),
        message="全程没有听到“广告”“推广”等提示语",
        suggestion="开场和每次切换商品时口播“本场为广告推广”",
        explanation="已检索全文 5 段；最接近的是“给大家带福利”。",
    )


def hostile(payload: str) -> tuple[Document, Report]:
    """A document and report with `payload` in every field that can hold free text, the registry's included."""
    law = LawRef(name=payload, article=payload, summary=payload, url=f"https://example.cn/{payload}")
    bad_law = LawRef(name=payload, article="第一条", url=f"javascript:{payload}")
    exposure = Exposure(min=1, max=2, basis=(payload,), multiples=(payload,), civil=(payload,))
    return _filled(payload, rule=payload, law=(law, bad_law), exposure=exposure, release=payload)


def personal(payload: str) -> tuple[Document, Report]:
    """A document and report with `payload` in every field that comes from the reviewed text or its people."""
    return _filled(payload, rule="PIP-001", law=(AD_LAW_9,), exposure=AD_PENALTY, release="sha256:00")


def _filled(
    payload: str, *, rule: str, law: tuple[LawRef, ...], exposure: Exposure, release: str
) -> tuple[Document, Report]:
    place = Place(label=payload, sheet=payload)
    document = Document(
        id=payload,
        title=payload,
        platform=payload,
        segments=(Segment(text=f"{payload}最好", speaker=payload, place=place), Segment(text=payload)),
    )
    words = {"title": payload, "message": payload, "suggestion": payload, "explanation": payload}
    shared = {"rule": rule, "law": law, "exposure": exposure, "place": place, "questions": (payload,)} | words
    findings = (
        make_finding(document.text, payload, outcome=Outcome.ASKS, **shared),
        make_finding(document.text, "最好", seen_as=SeenAs.SOUND, confidence=0.5, **shared),
        make_finding(document.text, "", seen_as=SeenAs.ABSENCE, **(shared | {"text": payload})),
    )
    report = make_report(
        document,
        *findings,
        id=payload,
        release=release,
        exposure=exposure,
        excused=(Excused(rule=rule, start=0, end=len(payload), text=payload, reason=payload),),
        degraded=(Degraded(rule=rule, reason=payload),),
    )
    return document, report
