"""The Chinese names that people read for the identifiers that programs use."""

from collections.abc import Mapping
from types import MappingProxyType

from compliance.model.vocabulary import Action, Category, Character, Kind, Outcome, SeenAs, Severity, Source, Verdict

SOURCE_LABELS: Mapping[Source, str] = MappingProxyType(
    {
        Source.SCRIPT: "话术脚本",
        Source.TRANSCRIPT: "直播转写",
        Source.DANMAKU: "弹幕",
        Source.LISTING: "商品详情",
        Source.COMPLAINT: "投诉",
        Source.POST: "种草笔记",
    }
)

CATEGORY_LABELS: Mapping[Category, str] = MappingProxyType(
    {
        Category.COSMETICS: "化妆品",
        Category.FOOD: "食品",
        Category.HEALTH_FOOD: "保健食品",
        Category.DRUG: "药品",
        Category.MEDICAL_DEVICE: "医疗器械",
        Category.MEDICAL_AESTHETICS: "医疗美容",
        Category.EDUCATION: "教育培训",
        Category.FINANCE: "金融",
        Category.REAL_ESTATE: "房地产",
        Category.ALCOHOL: "酒类",
        Category.BABY: "母婴",
        Category.APPAREL: "服饰",
        Category.ELECTRONICS: "数码家电",
        Category.JEWELRY: "珠宝",
        Category.GENERAL: "普通商品",
    }
)

KIND_LABELS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ABSOLUTE_CLAIM: "绝对化用语",
        Kind.AUTHORITY_ENDORSEMENT: "权威背书",
        Kind.MEDICAL_CLAIM: "医疗宣称",
        Kind.DISEASE_PREVENTION: "疾病预防宣称",
        Kind.EFFICACY_GUARANTEE: "功效保证",
        Kind.SAFETY_GUARANTEE: "安全保证",
        Kind.FALSE_SCARCITY: "虚假紧迫",
        Kind.PRICE_FRAUD: "价格欺诈",
        Kind.UNVERIFIED_DATA: "数据无出处",
        Kind.DISPARAGEMENT: "贬低同行",
        Kind.OFF_PLATFORM_DIVERSION: "站外引流",
        Kind.INDUCEMENT: "不当诱导",
        Kind.SUPERSTITION: "封建迷信",
        Kind.VULGARITY: "低俗内容",
        Kind.MINORS: "未成年人保护",
        Kind.PRIVACY_SOLICITATION: "索要个人信息",
        Kind.PRIVACY_LEAK: "泄露个人信息",
        Kind.UNDISCLOSED_SPONSORSHIP: "未披露商业合作",
        Kind.MISSING_DISCLAIMER: "缺少法定提示",
        Kind.INVESTMENT_PROMISE: "投资收益承诺",
        Kind.EDUCATION_PROMISE: "教育效果承诺",
        Kind.PRIZE_EXCESS: "违规有奖销售",
        Kind.COUNTERFEIT: "假冒与不实来源",
        Kind.GAMBLING_TOBACCO: "赌博与烟草",
        Kind.DISCRIMINATION: "歧视",
        Kind.UNFAIR_TERMS: "不公平条款",
        Kind.PROHIBITED_GOODS: "禁售商品",
        Kind.UNLICENSED: "缺少资质",
    }
)

SEVERITY_LABELS: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.INFO: "提示",
        Severity.LOW: "低",
        Severity.MEDIUM: "中",
        Severity.HIGH: "高",
        Severity.CRITICAL: "严重",
    }
)

ACTION_LABELS: Mapping[Action, str] = MappingProxyType(
    {
        Action.BLOCK: "拦截",
        Action.REVISE: "修改",
        Action.HINT: "提示",
        Action.REFER: "转法务",
    }
)

CHARACTER_LABELS: Mapping[Character, str] = MappingProxyType(
    {
        Character.ADVERTISEMENT: "商业广告",
        Character.PUBLICITY: "商业宣传",
    }
)

OUTCOME_LABELS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.FIRES: "应报",
        Outcome.ASKS: "待补",
    }
)

VERDICT_LABELS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.PASS: "通过",
        Verdict.REVISE: "修改后再审",
        Verdict.BLOCK: "禁止播出",
    }
)

SEEN_AS_LABELS: Mapping[SeenAs, str] = MappingProxyType(
    {
        SeenAs.EXACT: "原词",
        SeenAs.FOLDED: "字形还原",
        SeenAs.NOISE: "去除夹杂符号",
        SeenAs.SHAPE: "形近还原",
        SeenAs.SPLIT: "拆字还原",
        SeenAs.SIGN: "字母符号还原",
        SeenAs.SOUND: "同音还原",
        SeenAs.PINYIN: "拼音还原",
        SeenAs.SEMANTIC: "语义",
        SeenAs.PATTERN: "句式",
        SeenAs.ENTITY: "个人信息",
        SeenAs.OPINION: "语言模型意见",
        SeenAs.ABSENCE: "应说未说",
    }
)
