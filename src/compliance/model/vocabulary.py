"""The closed vocabularies that every other module and every contract uses."""

from collections.abc import Iterable
from enum import StrEnum


class Source(StrEnum):
    """Where a document comes from; a rule names the sources it applies to (环节)."""

    SCRIPT = "script"
    TRANSCRIPT = "transcript"
    DANMAKU = "danmaku"
    LISTING = "listing"
    COMPLAINT = "complaint"
    POST = "post"


class Category(StrEnum):
    """What is being sold (品类); the same words are lawful in one category and not in another."""

    COSMETICS = "cosmetics"
    FOOD = "food"
    HEALTH_FOOD = "health-food"
    DRUG = "drug"
    MEDICAL_DEVICE = "medical-device"
    MEDICAL_AESTHETICS = "medical-aesthetics"
    EDUCATION = "education"
    FINANCE = "finance"
    REAL_ESTATE = "real-estate"
    ALCOHOL = "alcohol"
    BABY = "baby"
    APPAREL = "apparel"
    ELECTRONICS = "electronics"
    JEWELRY = "jewelry"
    GENERAL = "general"


class Kind(StrEnum):
    """What is wrong with a finding."""

    ABSOLUTE_CLAIM = "absolute-claim"
    AUTHORITY_ENDORSEMENT = "authority-endorsement"
    MEDICAL_CLAIM = "medical-claim"
    DISEASE_PREVENTION = "disease-prevention"
    EFFICACY_GUARANTEE = "efficacy-guarantee"
    SAFETY_GUARANTEE = "safety-guarantee"
    FALSE_SCARCITY = "false-scarcity"
    PRICE_FRAUD = "price-fraud"
    UNVERIFIED_DATA = "unverified-data"
    DISPARAGEMENT = "disparagement"
    OFF_PLATFORM_DIVERSION = "off-platform-diversion"
    INDUCEMENT = "inducement"
    SUPERSTITION = "superstition"
    VULGARITY = "vulgarity"
    MINORS = "minors"
    PRIVACY_SOLICITATION = "privacy-solicitation"
    PRIVACY_LEAK = "privacy-leak"
    UNDISCLOSED_SPONSORSHIP = "undisclosed-sponsorship"
    MISSING_DISCLAIMER = "missing-disclaimer"
    INVESTMENT_PROMISE = "investment-promise"
    EDUCATION_PROMISE = "education-promise"
    PRIZE_EXCESS = "prize-excess"
    COUNTERFEIT = "counterfeit"
    GAMBLING_TOBACCO = "gambling-tobacco"
    DISCRIMINATION = "discrimination"
    # Beyond the agreed list, because a law needs them.
    UNFAIR_TERMS = "unfair-terms"  # 消费者权益保护法 第二十六条
    PROHIBITED_GOODS = "prohibited-goods"  # 广告法 第三十七条
    UNLICENSED = "unlicensed"  # goods or advice that need a licence


class Severity(StrEnum):
    """How grave a breach is, from a note to a stop; `rank` orders them."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Action(StrEnum):
    """What a rule asks for when it fires (处置)."""

    BLOCK = "block"
    REVISE = "revise"
    HINT = "hint"
    REFER = "refer"


class Character(StrEnum):
    """What a text is to the law: an advertisement, or other commercial publicity of the seller (商业宣传)."""

    ADVERTISEMENT = "advertisement"
    PUBLICITY = "publicity"


class Outcome(StrEnum):
    """A rule that speaks either fires or asks for a missing fact (待补)."""

    FIRES = "fires"
    ASKS = "asks"


class Change(StrEnum):
    """What becomes of the words of a finding; NONE: nothing lawful can be said there, whatever the words."""

    REPLACE = "replace"
    DELETE = "delete"
    ADD = "add"
    NONE = "none"


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105  # a verdict, not a password
    REVISE = "revise"
    BLOCK = "block"


class SeenAs(StrEnum):
    """How a hit was seen; ABSENCE is the evidence of a duty to speak that was not kept."""

    EXACT = "exact"
    FOLDED = "folded"
    NOISE = "noise"
    SHAPE = "shape"
    SPLIT = "split"
    SIGN = "sign"
    SOUND = "sound"
    PINYIN = "pinyin"
    SEMANTIC = "semantic"
    PATTERN = "pattern"
    ENTITY = "entity"
    OPINION = "opinion"
    ABSENCE = "absence"

    # As the string that it equals; that of enums is worked out anew, and hits are looked up by the thousand.
    __hash__ = str.__hash__


_DIRECTNESS = {seen: place for place, seen in enumerate(SeenAs)}


def least_direct(seen: Iterable[SeenAs]) -> SeenAs:
    """The least direct of several ways of seeing: they are declared from the most direct on."""
    return max(seen, key=_DIRECTNESS.__getitem__)


class Stage(StrEnum):
    """Life of a rule: only LIVE rules decide; SHADOW ones are recorded, DRAFT and RETIRED ones do not run."""

    DRAFT = "draft"
    SHADOW = "shadow"
    LIVE = "live"
    RETIRED = "retired"
