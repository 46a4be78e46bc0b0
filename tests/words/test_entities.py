"""Personal information: what is found, what is left alone, and the promises about offsets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from compliance.model.errors import ComplianceError
from compliance.words.entities import ENTITY_NAMES, EntityHit, find_entities


def resident_id(division: str = "110101", born: str = "19900307", order: str = "001") -> str:
    return (body := division + born + order) + ric.calc_check_digit(body + "0")


def bank_card(prefix: str = "622202", length: int = 19) -> str:
    return (body := prefix.ljust(length - 1, "3")) + luhn.calc_check_digit(body)


def credit_code(body: str = "91110108MA01A2B3C") -> str:
    return body + uscc.calc_check_digit(body)


ID_X = next(number for n in range(100, 999) if (number := resident_id(order=str(n))).endswith("X"))
ID = resident_id()
SPOKEN_ID = ID.translate(str.maketrans("0123456789", "零幺二三四五六七八九"))
CARD = bank_card()
VISA = bank_card("411111", 16)
USCC = credit_code()


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.value) for hit in find_entities(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13800138000", "13800138000"),
        ("加我电话13800138000谢谢", "13800138000"),
        ("１３８００１３８０００", "１３８００１３８０００"),
        ("电话１３８ ００１３ ８０００联系", "１３８ ００１３ ８０００"),
        ("138 0013 8000", "138 0013 8000"),
        ("138-0013-8000", "138-0013-8000"),
        ("138－0013－8000", "138－0013－8000"),
        ("138.0013.8000", "138.0013.8000"),
        ("138\u30000013\u30008000", "138\u30000013\u30008000"),
        ("1 3 8 0 0 1 3 8 0 0 0", "1 3 8 0 0 1 3 8 0 0 0"),
        ("1,3,8,0,0,1,3,8,0,0,0", "1,3,8,0,0,1,3,8,0,0,0"),
        ("138\u200b0013\u200b8000", "138\u200b0013\u200b8000"),
        ("①③⑧⓪⓪①③⑧⓪⓪⓪", "①③⑧⓪⓪①③⑧⓪⓪⓪"),
        ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0"),
        ("打电话1380-013-8000", "1380-013-8000"),
        ("电话138 00138000", "138 00138000"),
        ("+86 13800138000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("86 138 0013 8000", "138 0013 8000"),
        ("一三八零零一三八零零零", "一三八零零一三八零零零"),
        ("幺三八零零幺三八零零零", "幺三八零零幺三八零零零"),
        ("壹叁捌零零壹叁捌零零零", "壹叁捌零零壹叁捌零零零"),
        ("一三八〇〇一三八〇〇〇", "一三八〇〇一三八〇〇〇"),
        ("幺三八洞洞幺三八洞洞洞", "幺三八洞洞幺三八洞洞洞"),
        ("1三8零零1三8零零零", "1三8零零1三8零零零"),
        ("我的号是一三八，零零一三，八零零零，一定要加", "一三八，零零一三，八零零零"),
        ("幺三八呃零零幺三嗯八零零零", "幺三八呃零零幺三嗯八零零零"),
        ("一三八零零\n一三八零零零", "一三八零零\n一三八零零零"),
        ("第一一三八零零一三八零零零一起来", "一三八零零一三八零零零"),
        ("tel13800138000", "13800138000"),
        ("13800138000vx同号", "13800138000"),
        ("13800138000张先生", "13800138000"),
        ("13800138000个人号", "13800138000"),
        ("拨打13800138000升级会员", "13800138000"),
        ("订单有问题请打手机13800138000", "13800138000"),
        ("1.13800138000", "13800138000"),
        ("第一13800138000", "13800138000"),
        ("13800138000转8001", "13800138000"),
        ('{"mobile":"13800138000"}', "13800138000"),
        ("第一行\\n13800138000", "13800138000"),
        ("**13800138000**", "13800138000"),
    ],
)
def test_mobile_is_found(text: str, value: str) -> None:
    assert found(text) == [("mobile", value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("13800138000 13900139000", ["13800138000", "13900139000"]),
        ("13800138000、13900139000", ["13800138000", "13900139000"]),
        ("13800138000-13900139000", ["13800138000", "13900139000"]),
        ("138 0013 8000 139 0013 9000", ["138 0013 8000", "139 0013 9000"]),
    ],
)
def test_neighbouring_mobiles_are_each_found(text: str, values: list[str]) -> None:
    assert found(text) == [("mobile", value) for value in values]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("landline", "座机010-87654321", "010-87654321"),
        ("landline", "（0571）8765 4321", "（0571）8765 4321"),
        ("landline", "０２１－６５４３２１０９", "０２１－６５４３２１０９"),
        ("landline", "联系电话075587654321", "075587654321"),
        ("landline", "总机021-65432109转8001", "021-65432109转8001"),
        ("landline", "固话：87654321", "87654321"),
        ("landline", "座机零一零八七六五四三二一", "零一零八七六五四三二一"),
        ("resident-id", f"身份证{ID}", ID),
        ("resident-id", f"我的是{ID_X}哦", ID_X),
        ("resident-id", f"我的是{ID_X.lower()}哦", ID_X.lower()),
        ("resident-id", f"{ID[:6]} {ID[6:14]} {ID[14:]}", f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
        ("resident-id", f"{ID_X[:6]}-{ID_X[6:14]}-{ID_X[14:]}", f"{ID_X[:6]}-{ID_X[6:14]}-{ID_X[14:]}"),
        ("resident-id", SPOKEN_ID, SPOKEN_ID),
        ("resident-id", "身份证号110101900307001", "110101900307001"),
        ("bank-card", f"卡号{CARD}", CARD),
        ("bank-card", CARD, CARD),
        ("bank-card", " ".join(CARD[n : n + 4] for n in range(0, 19, 4)), None),
        ("bank-card", f"银行卡{VISA}", VISA),
        ("uscc", f"统一社会信用代码{USCC}", USCC),
        ("uscc", f"代码：{USCC.lower()}。", USCC.lower()),
        ("email", "发到zhang.san@example.com吧", "zhang.san@example.com"),
        ("email", "ｚｓ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ｚｓ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
        ("email", "邮箱12345678@qq.com", "12345678@qq.com"),
        ("email", "abc艾特qq点com", "abc艾特qq点com"),
        ("wechat", "微信号：zhangsan_88", "zhangsan_88"),
        ("wechat", "微信zhangsan88", "zhangsan88"),
        ("wechat", "微信号是zhangsan", "zhangsan"),
        ("wechat", "加薇信abc12345领", "abc12345"),
        ("wechat", "vx abc12345", "abc12345"),
        ("wechat", "＋ＶＸ：ａｂｃ１２３４５", "ａｂｃ１２３４５"),
        ("wechat", "V信（同号）abc12345", "abc12345"),
        ("wechat", "微❤️abc12345", "abc12345"),
        ("wechat", "加V：abc12345", "abc12345"),
        ("wechat", "wx:88888888", "88888888"),
        ("wechat", "复制wxid_abc123def456", "wxid_abc123def456"),
        ("qq", "QQ：123456789", "123456789"),
        ("qq", "加扣扣12345678", "12345678"),
        ("qq", "ｑｑ号１２３４５６", "１２３４５６"),
        ("qq", "QQ群号是 87654321", "87654321"),
        ("qq", "加Q一二三四五六七", "一二三四五六七"),
        ("plate", "车牌京A12345", "京A12345"),
        ("plate", "沪A·B1234停在门口", "沪A·B1234"),
        ("plate", "粤BD12345", "粤BD12345"),
        ("plate", "川ａ１２３４５", "川ａ１２３４５"),
        ("plate", "苏A1234警", "苏A1234警"),
        ("passport", "护照号E12345678", "E12345678"),
        ("passport", "护照：EA1234567", "EA1234567"),
        ("passport", "passport no. G12345678", "G12345678"),
        ("passport", "港澳通行证C12345678", "C12345678"),
        ("address", "北京市朝阳区建国路88号院3号楼1单元1201室", "北京市朝阳区建国路88号院3号楼1单元1201室"),
        ("address", "我住在浙江省杭州市西湖区文三路18号，来玩", "浙江省杭州市西湖区文三路18号"),
        ("address", "寄到朝阳区建国路８８号", "朝阳区建国路８８号"),
        ("address", "地址：幸福小区3栋2单元501", "幸福小区3栋2单元501"),
        ("address", "上海浦东新区世纪大道一百号", "上海浦东新区世纪大道一百号"),
        ("address", "我们仓库北京市朝阳区三里屯街道工体北路8号", "北京市朝阳区三里屯街道工体北路8号"),
        ("address", "深圳市南山区科技园路12号A座1201室", "深圳市南山区科技园路12号A座1201室"),
        ("address", "家在石桥镇李家村12组5号", "石桥镇李家村12组5号"),
    ],
)
def test_each_kind_is_found(kind: str, text: str, value: str | None) -> None:
    assert found(text) == [(kind, text if value is None else value)]


@pytest.mark.parametrize(
    "text",
    [
        "这件1380013800元",
        "流水13800138000元",
        "卖了13800138000件",
        "一共13800138000克",
        "总量13800138000ml",
        "总量13800138000 毫升",
        "共13800138000块",
        "订单号13800138000",
        "订单号：13800138000",
        "您的单号是13800138000请查收",
        "编号13800138000",
        "货号 13800138000",
        "条码13800138000",
        "批号#13800138000",
        "快递单号13800138000已发出",
        "商品ID：13800138000",
        "SKU13800138000",
        "款号AB13800138000",
        "型号X-13800138000",
        "13800138000B款",
        "订单202406181380013800012",
        "条形码6901380013800",
        "20240618-13800138000",
        "IMG_13800138000.jpg",
        "13800138000.mp4循环播放",
        "https://example.com/item/13800138000",
        "成交额13800138000",
        "￥13800138000",
        "销量13800138000",
        "0.13800138000",
        "13800138000.50",
        "12800138000是老号段",
        "1380013800",
        "138001380001",
        "价格 139 1299 1599 1999",
        "桌面1380-600-1800，柜子1380-1380-800",
        "原价1399，现价1299，到手199",
        "满300减50，满500减100，叠加券再减20",
        "尺码130 140 150 160 都有",
        "身高160到175，体重90到120斤都能穿",
        "2024年6月18日晚上20:00准时开播",
        "活动时间2024-06-18至2024-06-20",
        "净含量500ml×2瓶，保质期36个月",
        "一号链接，二号链接，三号链接都可以拍",
        "第一件299，第二件半价，第三件一块九",
        "今天第一次来的宝宝扣一，扣二三四五六七八九",
        "一三五七九，二四六八十",
        "一百三十八块，零点一三八折",
        "国药准字Z20240618，国妆特字G20241234",
        "执行标准GB/T 29665-2013",
        "客服热线400-820-8820",
        "直播间房间号88888888",
        "第3排座位12号",
        "iPhone 15 Pro Max 256GB 到手8999",
        "充电宝20000mAh，22.5W快充",
        "微信支付立减20元，支付宝也行",
        "微信转账100000元的不要信",
        "用微信 Android 版扫码",
        "关注微信公众号领券",
        "别加微信，都是骗子",
        "补充维生素加VC1000mg",
        "加VIP1234567专享",
        "型号WX-2000A的洗衣机",
        "QQ糖 50000包一起卖",
        "QQ弹弹，一口一个",
        "用QQ音乐听20240618期",
        "京东自营，苏A级面料",
        "全新A12345型号上架",
        "阿里云B12345机型",
        "货号川A12345",
        "身份证号码不要打在公屏上",
        f"身份证{ID[:-1]}{(int(ID[-1]) + 1) % 10 if ID[-1] != 'X' else 0}",
        f"身份证{ID}5",
        f"订单号{CARD}",
        f"流水号{VISA}",
        f"卡号{CARD[:-1]}{(int(CARD[-1]) + 1) % 10}",
        "价格表 4111 1111 1111 1111",
        "税号91110108MA01A2B3C" + ("0" if USCC[-1] != "0" else "1"),
        f"批号{USCC}",
        f"{USCC}AB",
        "图片logo@2x.png",
        "@小助理 来一下",
        "护照办理只要3天",
        "上海市浦东新区一号店",
        "长江路88号",
        "全国各省市区县都包邮，1号发货",
        "3栋2单元501",
        "市区里路边小店3号链接",
        "2-8度冷藏，0-3岁宝宝可用",
        "比例是010-20240618",
    ],
)
def test_ordinary_speech_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_several_kinds_stand_in_order_with_code_point_offsets() -> None:
    text = f"😀张三13800138000，身份证{ID}，QQ 12345678"
    assert find_entities(text) == [
        EntityHit("mobile", 3, 14, "13800138000"),
        EntityHit("resident-id", 18, 36, ID),
        EntityHit("qq", 40, 48, "12345678"),
    ]


def test_a_check_digit_beats_a_longer_span() -> None:
    assert found(f"{ID}@example.com") == [("resident-id", ID)]
    assert [hit.kind for hit in find_entities(f"{ID}@example.com", frozenset({"email"}))] == ["email"]


def test_the_longer_span_beats_the_shorter() -> None:
    assert found("微信13800138000@example.com") == [("email", "13800138000@example.com")]


def test_equal_spans_go_to_the_first_kind() -> None:
    assert found("微信13800138000") == [("mobile", "13800138000")]
    assert [hit.kind for hit in find_entities("微信13800138000", frozenset({"wechat"}))] == ["wechat"]


def test_only_the_kinds_asked_for_are_found() -> None:
    text = f"电话13800138000，邮箱a@example.com，卡{CARD}"
    assert [hit.kind for hit in find_entities(text, frozenset({"email", "bank-card"}))] == ["email", "bank-card"]
    assert find_entities(text, frozenset()) == []


def test_an_unknown_kind_is_refused_with_the_kinds_there_are() -> None:
    with pytest.raises(ComplianceError, match=r"phone.*mobile"):
        find_entities("", frozenset({"phone"}))


def test_names_are_those_of_the_rule_language() -> None:
    assert dict(ENTITY_NAMES) == {
        "mobile": "手机号",
        "landline": "座机",
        "resident-id": "身份证号",
        "bank-card": "银行卡号",
        "uscc": "统一社会信用代码",
        "email": "邮箱",
        "wechat": "微信号",
        "qq": "QQ号",
        "plate": "车牌号",
        "passport": "护照号",
        "address": "住址",
        "name": "姓名",
    }


@pytest.mark.parametrize(
    "unit", ["1380", "1 ", "1", "一", "138 0013 ", "a@", "微信", "路1号", "6222 ", "010-8", "qq:1"]
)
def test_a_long_row_of_one_thing_is_no_trouble(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    assert all(text[hit.start : hit.end] == hit.value for hit in find_entities(text))


PIECES = st.sampled_from(
    [
        *("13800138000", "138", "0013", "8000", "１３８", "一三八零零", "幺", "一", "零", "86", "010", "87654321", "1"),
        *("微信", "vx", "QQ", "号", "：", "是", "abc12345", "_", "@", ".", "com", "艾特", "点", "护照", "E12345678"),
        *(
            "北京市",
            "朝阳区",
            "建国路",
            "88号",
            "3栋",
            "元",
            "订单号",
            "电话",
            " ",
            "-",
            "，",
            "、",
            "\n",
            "好",
            "x",
            "X",
        ),
        *("*", "😀", "京A12345", ID, CARD, USCC),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60)


@settings(max_examples=400)
@given(TEXTS)
def test_hits_slice_to_their_values_in_order_without_overlap(text: str) -> None:
    last = 0
    for hit in find_entities(text):
        assert last <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.value
        assert hit.kind in ENTITY_NAMES
        last = hit.end


@given(st.text(alphabet=st.characters(categories=["Cs", "Nd", "No", "Lo", "Sm", "Cf", "Cc"]), max_size=80))
def test_no_text_is_refused(text: str) -> None:
    assert all(text[hit.start : hit.end] == hit.value for hit in find_entities(text))


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["家人们", "我是小王，", "记得打给", ""]),
    st.sampled_from(["哦", "，谢谢", "找我", ""]),
)
def test_every_mobile_glued_to_chinese_is_found(number: str, before: str, after: str) -> None:
    assert ("mobile", number) in found(before + number + after)


@given(st.sampled_from(["11", "31", "44", "51"]), st.dates(), st.integers(0, 999))
def test_resident_ids_with_one_wrong_digit_are_not_found(province: str, born: object, order: int) -> None:
    number = resident_id(province + "0101", "19" + str(born).replace("-", "")[2:8], f"{order:03d}")
    broken = number[:-1] + ("1" if number[-1] != "1" else "2")
    assert "resident-id" not in [kind for kind, _ in found(f"身份证{broken}")]
