"""Prints the usual reading of each Chinese character, `字<TAB>zi4`, for `rhetor-lexicon mandarin`.

Needs the package `pypinyin-dict` (MIT), which carries fields of the Unihan database (Unicode licence). Earlier sources rule: kHanyuPinlu
(readings by frequency in a corpus), then kMandarin of the 8,105 common characters, kTGHZ2013, kXHC1983 and kHanyuPinyin.
"""

import importlib
import unicodedata

SOURCES = ["khanyupinlu", "kmandarin_8105", "ktghz2013", "kxhc1983", "khanyupinyin"]
MARKS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}


def with_digit(syllable: str) -> str:
    """zhōng → zhong1, lǜ → lv4."""
    letters, tone = [], 5
    for c in unicodedata.normalize("NFD", syllable.strip()):
        if c in MARKS:
            tone = MARKS[c]
        elif c == "\u0308":
            letters[-1] = "v"
        elif c.isascii() and c.isalpha():
            letters.append(c)
        else:
            return ""
    return "".join(letters) + str(tone)


# Where the most frequent reading of the sources is not the one a reader takes without context.
OWN = {
    "的": "de5", "了": "le5", "着": "zhe5", "得": "de5", "地": "di4", "们": "men5", "吗": "ma5", "吧": "ba5", "呢": "ne5", "啊": "a5",
    "么": "me5", "嘛": "ma5", "啦": "la5", "呀": "ya5", "哇": "wa5", "哦": "o4", "子": "zi3", "儿": "er2", "个": "ge4", "一": "yi1", "不": "bu4",
    "谁": "shei2", "这": "zhe4", "那": "na4", "哪": "na3", "还": "hai2", "都": "dou1", "会": "hui4", "说": "shuo1", "为": "wei4", "和": "he2",
    "行": "xing2", "长": "chang2", "重": "zhong4", "大": "da4", "中": "zhong1", "上": "shang4", "下": "xia4", "里": "li3", "过": "guo4",
    "只": "zhi3", "种": "zhong3", "数": "shu4", "好": "hao3", "少": "shao3", "教": "jiao4", "当": "dang1", "分": "fen1", "发": "fa1", "干": "gan4",
    "更": "geng4", "相": "xiang1", "要": "yao4", "应": "ying1", "间": "jian1", "看": "kan4", "没": "mei2", "空": "kong1", "量": "liang4",
    "难": "nan2", "切": "qie1", "亲": "qin1", "色": "se4", "似": "si4", "系": "xi4", "血": "xue4", "与": "yu3", "载": "zai4", "正": "zheng4",
    "转": "zhuan3", "传": "chuan2", "着": "zhe5", "作": "zuo4", "期": "qi1", "给": "gei3", "尽": "jin4", "将": "jiang1", "强": "qiang2",
    "调": "tiao2", "弹": "tan2", "处": "chu4", "结": "jie2", "率": "lv4", "乐": "le4", "觉": "jue2", "便": "bian4", "什": "shen2", "沈": "shen3",
    "解": "jie3", "供": "gong1", "假": "jia3", "角": "jiao3", "卷": "juan3", "露": "lu4", "落": "luo4", "奇": "qi2", "散": "san4", "省": "sheng3",
    "盛": "sheng4", "识": "shi2", "宿": "su4", "提": "ti2", "兴": "xing1", "压": "ya1", "朝": "chao2", "称": "cheng1", "藏": "cang2", "曾": "ceng2",
    "差": "cha4", "参": "can1", "创": "chuang4", "答": "da2", "倒": "dao4", "斗": "dou4", "恶": "e4", "佛": "fo2", "冠": "guan4", "号": "hao4",
    "喝": "he1", "横": "heng2", "划": "hua4", "几": "ji3", "济": "ji4", "禁": "jin4", "圈": "quan1", "拉": "la1", "论": "lun4", "蒙": "meng2",
    "模": "mo2", "漂": "piao1", "铺": "pu1", "曲": "qu3", "任": "ren4", "塞": "sai1", "丧": "sang4", "扫": "sao3", "舍": "she4", "挑": "tiao1",
    "吐": "tu3", "降": "jiang4", "校": "xiao4", "扎": "zha1", "占": "zhan4", "涨": "zhang3", "折": "zhe2", "症": "zheng4", "钻": "zuan1",
    "单": "dan1", "石": "shi2", "华": "hua2", "区": "qu1", "查": "cha2", "万": "wan4", "柏": "bai3", "秘": "mi4", "厦": "sha4", "六": "liu4",
    "说": "shuo1", "俩": "lia3", "嗯": "en5", "哎": "ai1", "喂": "wei4", "她": "ta1", "它": "ta1", "您": "nin2", "咱": "zan2", "没": "mei2",
    "頭": "tou2", "車": "che1", "說": "shuo1", "們": "men5", "這": "zhe4", "還": "hai2", "會": "hui4", "為": "wei4", "個": "ge4", "嗎": "ma5",
}


def main() -> None:
    found = {}
    for name in SOURCES:
        table = importlib.import_module(f"pypinyin_dict.pinyin_data.{name}")
        for code, readings in table.pinyin_dict.items():
            # The neutral tone belongs to words, not to characters by themselves.
            spelt = [reading for reading in map(with_digit, readings.split(",")) if reading]
            toned = [reading for reading in spelt if not reading.endswith("5")]
            reading = (toned or spelt or [""])[0]
            if reading and code not in found:
                found[code] = reading
    found.update({ord(c): reading for c, reading in OWN.items()})
    for code in sorted(found):
        print(f"{chr(code)}\t{found[code]}")


if __name__ == "__main__":
    main()
