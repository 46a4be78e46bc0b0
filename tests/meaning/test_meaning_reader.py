"""The reader on the shipped model: spans, explanations, bounds, and texts that are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.meaning.reader import Reader, SemanticHit, _surest
from compliance.meaning.store import shipped
from compliance.model.document import Document, Segment
from compliance.model.vocabulary import Category, Kind, Source

READER = Reader(least=0.02)
CHARS = st.one_of(st.characters(), st.sampled_from("根治高血压最好的加微信不能说是投诉，。！？“”👍"))


def document(text: str, source: Source = Source.TRANSCRIPT, category: Category | None = None) -> Document:
    return Document(id="t", source=source, category=category, text=text)


@settings(max_examples=150)
@given(st.text(CHARS, max_size=300), st.sampled_from(list(Source)), st.sampled_from([None, *Category]))
def test_hits_lie_in_the_text_and_words_in_the_hit(text: str, source: Source, category: Category | None) -> None:
    before: dict[Kind, int] = {}
    for hit in READER.read(document(text, source, category)):
        assert 0 <= hit.start < hit.end <= len(text)
        assert 0.02 <= hit.confidence <= 1
        assert 0 <= hit.breach <= 1
        assert all(hit.start <= start < end <= hit.end for start, end in hit.words)
        assert hit.start >= before.get(hit.kind, 0), "hits of one kind do not overlap"
        before[hit.kind] = hit.end


@given(st.lists(st.text(CHARS, max_size=60), min_size=1, max_size=6))
def test_a_document_reads_the_same_twice(texts: list[str]) -> None:
    spoken = Document(id="t", source=Source.TRANSCRIPT, segments=tuple(Segment(text=text) for text in texts))
    assert READER.read(spoken) == Reader(shipped(), least=0.02).read(spoken)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "👍🎉😂" * 50, "....,,,,!!!!" * 20, "\ud800" * 3, "\u200b" * 500],
    ids=["empty", "blank", "emoji", "punctuation", "surrogate", "invisible"],
)
def test_texts_that_say_nothing_are_not_flagged(text: str) -> None:
    assert Reader().read(document(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The weather is nice today and we shall walk to the harbour before lunch.",
        "今日はとても天気がいいですね、散歩に行きましょう。",
        "Сегодня хорошая погода, пойдём гулять в парк.",
        "هذا المنتج متوفر الآن في المتجر",
    ],
)
def test_other_languages_are_read_with_low_confidence(text: str) -> None:
    assert all(hit.confidence < 0.5 for hit in READER.read(document(text)))


def test_what_cannot_be_read_is_not_trusted_to_be_lawful() -> None:
    english, chinese = (
        READER.readings(document(text))[0]
        for text in ("Add me and save a fortune today", "微信 lanjing0417 加我，少收八百")
    )
    assert (english.breach, english.trust) == (0.0, 0.0)
    assert chinese.trust == 1.0


def test_a_long_text_without_punctuation_is_cut_into_a_bounded_number_of_stretches() -> None:
    text = "今天我们来看看这个苹果" * 4_000
    readings = READER.readings(document(text))
    assert len(readings) <= len(text) / 20
    assert readings[-1].end == len(text)


@pytest.mark.parametrize(
    ("text", "kind", "category"),
    [
        ("喝到第二箱，降压药就不用吃了，血压自己就下来了", Kind.MEDICAL_CLAIM, Category.HEALTH_FOOD),
        ("想便宜的加我薇信，私下转账给你少收八百", Kind.OFF_PLATFORM_DIVERSION, Category.JEWELRY),
        ("这个理财一年稳赚百分之十二，亏了我们全赔给你", Kind.INVESTMENT_PROMISE, Category.FINANCE),
        ("小朋友们拿妈妈的手机给主播刷个火箭", Kind.MINORS, Category.GENERAL),
    ],
)
def test_plain_breaches_are_found_with_their_kind(text: str, kind: Kind, category: Category) -> None:
    assert kind in {hit.kind for hit in Reader().read(document(text, category=category))}


@pytest.mark.parametrize(
    "text",
    [
        "这个凉水下锅，上汽十五分钟就好",
        "尺码偏小，建议拍大一码",
        "有问题找在线客服，七天无理由退货",
        "165 118斤穿L会不会大",
    ],
)
def test_plain_lawful_talk_is_not_flagged(text: str) -> None:
    assert [hit for hit in Reader().read(document(text)) if hit.confidence >= 0.5] == []


def test_a_denial_and_a_complaint_read_as_less_of_a_breach() -> None:
    said = READER.readings(document("这个鱼油能把高血压根治", category=Category.HEALTH_FOOD))[0].breach
    denied = READER.readings(document("鱼油不能治病，高血压要去医院看，别停药", category=Category.HEALTH_FOOD))[
        0
    ].breach
    told = "投诉：主播说这个鱼油能把高血压根治，要求平台核查"
    complained = READER.readings(document(told, Source.COMPLAINT, Category.HEALTH_FOOD))[0].breach
    assert denied < said
    assert complained < said


def test_the_hit_is_in_the_guilty_sentence() -> None:
    dull = "今天发的是四川的柑橘，一箱九斤，皮薄汁多。" * 3
    guilty = "想便宜的加我薇信，私下转账给你少收八百。"
    text = dull + guilty + dull
    found = [hit for hit in Reader().read(document(text)) if hit.kind is Kind.OFF_PLATFORM_DIVERSION]
    assert found
    assert all(hit.start < len(dull + guilty) and hit.end > len(dull) for hit in found)


def test_of_overlapping_hits_of_one_kind_the_surest_stays() -> None:
    sure, less = (
        SemanticHit(Kind.MINORS, start, start + 9, confidence, 0.9, ()) for start, confidence in ((4, 0.8), (0, 0.5))
    )
    other = SemanticHit(Kind.VULGARITY, 2, 8, 0.3, 0.9, ())
    assert _surest([sure, less, other]) == [other, sure]
