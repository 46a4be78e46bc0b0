"""The tables are well formed, and hold what the shipped lexicons need."""

import re
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from compliance.text import tables
from compliance.text.alphabet import alphabet
from compliance.text.tables.side_by_side import pairs

LEXICONS = Path(__file__).parents[2] / "lexicons"

# Every toneless syllable of Standard Chinese, by final; ü is v after n and l, u after j, q, x and y.
SYLLABLES = {
    initial + final
    for final, initials in {
        "a": "- b p m f d t n l g k h z c s zh ch sh y w",
        "o": "- b p m f w y l",
        "e": "- m d t n l g k h z c s zh ch sh r y",
        "ai": "- b p m d t n l g k h z c s zh ch sh w",
        "ei": "- b p m f d n l g h z zh sh w",
        "ao": "- b p m d t n l g k h z c s zh ch sh r y",
        "ou": "- p m f d t n l g k h z c s zh ch sh r y",
        "an": "- b p m f d t n l g k h z c s zh ch sh r y w",
        "en": "- b p m f d n g k h z c s zh ch sh r w",
        "ang": "- b p m f d t n l g k h z c s zh ch sh r y w",
        "eng": "- b p m f d t n l g k h z c s zh ch sh r w",
        "ong": "d t n l g k h z c s zh ch r y",
        "er": "-",
        "i": "b p m d t n l j q x z c s zh ch sh r y",
        "ia": "d l j q x",
        "ie": "b p m d t n l j q x",
        "iao": "b p m d t n l j q x",
        "iu": "m d n l j q x",
        "ian": "b p m d t n l j q x",
        "in": "b p m n l j q x y",
        "iang": "n l j q x",
        "ing": "b p m d t n l j q x y",
        "iong": "j q x",
        "u": "b p m f d t n l g k h z c s zh ch sh r j q x y w",
        "ua": "g k h zh ch sh r",
        "uo": "d t n l g k h z c s zh ch sh r",
        "uai": "g k h zh ch sh",
        "ui": "d t g k h z c s zh ch sh r",
        "uan": "d t n l g k h z c s zh ch sh r j q x y",
        "un": "d t n l g k h z c s zh ch sh r j q x y",
        "uang": "g k h zh ch sh",
        "ue": "j q x y",
        "v": "n l",
        "ve": "n l",
    }.items()
    for initial in ("" if first == "-" else first for first in initials.split())
}


@cache
def lines(name: str) -> list[str]:
    text = (files(tables) / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


@cache
def lexicon_characters() -> frozenset[str]:
    documents = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(LEXICONS.rglob("*.yaml")))
    terms = "".join(str(term) for document in documents for term in document.get("terms", ()))
    return frozenset(char for char in terms if "\u3400" <= char <= "\u9fff" and is_folded(char))


def is_folded(text: str) -> bool:
    fold = alphabet().fold
    return all(fold[ord(char)] == ord(char) for char in text)


def is_han(text: str) -> bool:
    return all("CJK" in unicodedata.name(char, "") for char in text)


@pytest.mark.parametrize("name", ["pairs.txt", "sounds.txt", "splits.txt", "words.txt", "words_modern.txt"])
def test_entries_are_sorted_and_stand_once(name: str) -> None:
    keys = [line.split(" ")[0] for line in lines(name)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", ["pairs.txt", "sounds.txt", "shapes.txt", "signs.txt", "splits.txt", "words.txt"])
def test_headers_and_layout(name: str) -> None:
    text = (files(tables) / name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert not re.search(r"[ \t]\n|\r|  |\t.*\t", text)


@pytest.mark.parametrize("name", ["pairs.txt", "sounds.txt", "splits.txt", "words.txt"])
def test_a_generated_table_names_source_version_and_licence(name: str) -> None:
    head = (files(tables) / name).read_text(encoding="utf-8").partition("\n\n")[0]
    assert re.search(r"From [a-z-]+\s+(# )?\d+\.\d+\.\d+", head.replace("\n", " "))
    assert re.search(r"MIT|Apache-2\.0", head)


class TestSounds:
    def test_syllables_are_legal_and_stand_once(self) -> None:
        for char, readings in tables.sounds().items():
            assert readings, char
            assert set(readings) <= SYLLABLES, (char, readings)
            assert len(set(readings)) == len(readings), char

    def test_characters_are_folded_han(self) -> None:
        assert [char for char in tables.sounds() if not (is_folded(char) and is_han(char))] == []

    def test_every_character_of_the_lexicons_has_a_sound(self) -> None:
        assert lexicon_characters() - tables.sounds().keys() == set()

    def test_all_common_characters_have_a_sound(self) -> None:
        common = {
            bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(161, 255)
        }
        missing = {char for char in common if char and is_folded(char)} - tables.sounds().keys()
        assert missing == set()

    @pytest.mark.parametrize(
        "entry",
        ["了 le liao", "行 xing hang", "长 zhang chang", "重 zhong chong", "乐 le yue", "薄 bo bao", "着 zhe zhao zhuo",
         "大 da dai", "女 nv", "略 lve", "嗯 en", "最 zui", "都 dou du"],
    )  # fmt: skip
    def test_readings_of_everyday_speech(self, entry: str) -> None:
        char, *readings = entry.split()
        assert tables.sounds()[char] == tuple(readings)

    def test_archaic_readings_are_left_out(self) -> None:
        assert tables.sounds()["车"] == ("che",)
        assert tables.sounds()["不"] == ("bu",)


class TestShapes:
    def test_sections(self) -> None:
        assert list(tables.shapes()) == ["han", "latin", "accent", "digit"]

    @pytest.mark.parametrize("section", ["han", "latin", "accent", "digit"])
    def test_groups_are_disjoint_and_sorted(self, section: str) -> None:
        groups = tables.shapes()[section]
        members = Counter(member for group in groups for member in group)
        assert [member for member, times in members.items() if times > 1] == []
        assert [group[0] for group in groups] == sorted(group[0] for group in groups)

    def test_members_are_single_folded_characters(self) -> None:
        members = {member for groups in tables.shapes().values() for group in groups for member in group}
        assert [member for member in members if len(member) != 1 or not is_folded(member)] == []
        assert all(len(group) > 1 for groups in tables.shapes().values() for group in groups)

    @pytest.mark.parametrize("section", ["latin", "accent"])
    def test_a_latin_group_stands_for_its_letter(self, section: str) -> None:
        for letter, *others in tables.shapes()[section]:
            assert re.fullmatch("[a-z]", letter)
            assert not any(other.isascii() for other in others)

    def test_a_han_group_stands_for_a_han_character(self) -> None:
        assert [group for group in tables.shapes()["han"] if not is_han(group[0])] == []

    def test_well_known_groups(self) -> None:
        groups = {frozenset(group) for groups in tables.shapes().values() for group in groups}
        assert {frozenset("己已巳"), frozenset("末未"), frozenset("人入ᄉ亽")} <= groups
        latin = {other: group[0] for group in tables.shapes()["latin"] for other in group}
        assert "".join(latin[char] for char in "ԝесһаτ") == "wechat"


class TestSigns:
    def test_every_line_is_one_sign_with_readings(self) -> None:
        assert len(lines("signs.txt")) == len(tables.signs())
        for sign, readings in tables.signs().items():
            assert sign, "a sign is empty"
            assert all(readings), sign
            assert len(set(readings)) == len(readings), sign

    def test_signs_are_sorted_in_each_section(self) -> None:
        text = (files(tables) / "signs.txt").read_text(encoding="utf-8")
        sections = re.split(r"^# \w+$", text, flags=re.MULTILINE)[1:]
        assert len(sections) == 5
        for section in sections:
            signs = [line.split("\t")[0] for line in section.split("\n") if line]
            assert signs == sorted(set(signs))

    def test_a_sign_is_one_folded_character_or_letters(self) -> None:
        odd = [s for s in tables.signs() if not (re.fullmatch("[a-z]+", s) or (len(s) == 1 and is_folded(s)))]
        assert odd == []

    def test_readings_are_folded_han(self) -> None:
        odd = [r for readings in tables.signs().values() for r in readings if not (is_folded(r) and is_han(r))]
        assert odd == []

    @pytest.mark.parametrize(
        ("sign", "reading"),
        [
            ("v", "微"),
            ("❤", "信"),
            ("💊", "药"),
            ("💰", "钱"),
            ("🛰", "威信"),
            ("vx", "微信"),
            ("zfb", "支付宝"),
            ("0", "零"),
        ],
    )
    def test_well_known_signs(self, sign: str, reading: str) -> None:
        assert reading in tables.signs()[sign]


class TestSplits:
    def test_ways_are_several_characters_that_can_be_typed(self) -> None:
        for char, ways in tables.splits().items():
            assert ways, char
            assert len(set(ways)) == len(ways), char
            for way in ways:
                assert 2 <= len(way) <= 5, (char, way)
                assert all("\u4e00" <= part <= "\u9fff" for part in way), (char, way)
                assert char not in way, (char, way)

    def test_characters_and_ways_are_folded(self) -> None:
        assert [char for char, ways in tables.splits().items() if not is_folded(char + "".join(ways))] == []

    @pytest.mark.parametrize(
        "entry",
        ["治 氵台 水台", "疗 疒了", "最 日取", "低 亻氐 人氐", "价 亻介", "胖 月半", "好 女子", "强 弓虽", "赌 贝者",
         "博 十尃", "药 艹约 草约", "病 疒丙", "癌 疒嵒 疒品山", "枪 木仓", "信 亻言 人言", "钱 钅戋 金戋",
         "骗 马扁", "返 反辶"],
    )  # fmt: skip
    def test_well_known_splits(self, entry: str) -> None:
        char, *ways = entry.split()
        assert set(ways) <= set(tables.splits()[char])

    def test_only_ideographs_split(self) -> None:
        assert [char for char in tables.splits() if not "\u4e00" <= char <= "\u9fff"] == []

    def test_common_words_are_not_read_as_a_split(self) -> None:
        written = {way for ways in tables.splits().values() for way in ways}
        assert written.isdisjoint({"中心", "心里", "不好", "人士", "病了", "门口"})

    def test_most_characters_of_the_lexicons_split(self) -> None:
        # The rest are whole: 人, 大, 口 have no parts.
        assert len(lexicon_characters() & tables.splits().keys()) >= 0.85 * len(lexicon_characters())


class TestWords:
    def test_words_are_two_to_four_folded_han_characters(self) -> None:
        pattern = re.compile("[\u4e00-\u9fff]{2,4}")
        assert [word for word in tables.words() if not (pattern.fullmatch(word) and is_folded(word))] == []
        assert min(tables.words().values()) > 0

    def test_as_many_words_as_a_speaker_knows(self) -> None:
        assert 60_000 <= len(tables.words()) <= 120_000

    def test_modern_words_add_to_the_old_ones(self) -> None:
        assert len(lines("words.txt")) + len(lines("words_modern.txt")) == len(tables.words())

    def test_everyday_words_old_and_new(self) -> None:
        assert {"威信", "时候", "电话", "便宜", "小程序", "二维码", "公屏"} <= tables.words().keys()

    def test_spellings_of_disguise_are_no_ordinary_words(self) -> None:
        assert {"作爱", "阳萎", "薇信", "徽信", "嘴低价"}.isdisjoint(tables.words())


class TestPairs:
    def test_pairs_are_two_folded_han_characters(self) -> None:
        pattern = re.compile("[\u4e00-\u9fff]{2}")
        assert [pair for pair in pairs() if not (pattern.fullmatch(pair) and is_folded(pair))] == []

    def test_a_line_holds_a_character_and_what_may_follow_it(self) -> None:
        for line in lines("pairs.txt"):
            first, seconds = line.split(" ")
            assert len(first) == 1
            assert list(seconds) == sorted(set(seconds)), first

    def test_the_file_is_no_larger_than_it_need_be(self) -> None:
        assert len((files(tables) / "pairs.txt").read_bytes()) <= 640_000
        in_words = {word[i : i + 2] for word in table_words() for i in range(len(word) - 1)}
        across = {line[0] + second for line in lines("pairs.txt") for second in line[2:]}
        assert across.isdisjoint(in_words)
        assert across <= pairs()

    def test_pairs_within_ordinary_words_old_and_new(self) -> None:
        assert {"及时", "卫星", "小程", "程序", "维码"} <= pairs()
        assert all(word[i : i + 2] in pairs() for word in table_words() for i in range(len(word) - 1))

    def test_what_meets_across_words(self) -> None:
        assert {"为一", "是有", "了一", "一只", "很好", "都可", "他说"} <= pairs()

    @pytest.mark.parametrize(
        "surface",
        ["薇信", "威芯", "微芯", "维芯", "为芯", "徽信", "治俞", "制愈", "支疗", "治聊", "惟衣", "顶集"],
    )
    def test_disguises_are_no_pairs(self, surface: str) -> None:
        assert surface not in pairs()


def table_words() -> list[str]:
    return [line.partition(" ")[0] for line in lines("words.txt")]


def test_tables_are_read_once() -> None:
    assert tables.words() is tables.words()
    assert pairs() is pairs()
    assert tables.sounds() is tables.sounds()
