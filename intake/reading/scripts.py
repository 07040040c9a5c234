"""Which script a text is written in, by its letters."""

import re
from collections.abc import Mapping
from typing import Final

_LETTERS: Final[Mapping[str, re.Pattern[str]]] = {
    "Latn": re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff]"),
    "Cyrl": re.compile(r"[\u0400-\u052f]"),
    "Grek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "Arab": re.compile(r"[\u0620-\u064a\u0671-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "Hebr": re.compile(r"[\u05d0-\u05f2]"),
    "Thai": re.compile(r"[\u0e01-\u0e4e]"),
    "Deva": re.compile(r"[\u0900-\u0963\u0970-\u097f]"),
    "Geor": re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]"),
    "Armn": re.compile(r"[\u0531-\u0587]"),
    "Kore": re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]"),
    "Jpan": re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]"),
    "Hani": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
}
#: Characters that only one of the two ways of writing Chinese has, the commonest of official letters.
_SIMPLIFIED = frozenset(
    "们个国会义乌习书买乱亏云产亲亿仅从仓仪众优伤伦伪体侦侧侨俭债倾偿储关兴养兽内冈册军农冻净减凤击刘则刚创别剂剑剧劝办务动励劳势勋匀华协单卖卢卫厂厅历厉压县参双发变"
    "听启吴员呜响团园围图圆圣场坏块坚坛执报护担拟拥择挂损换据携摄敌数断无旧时显晓条来极构枪标树样桥检楼欢欧毁毕气汇汉沟没泪泽洁浅测济渐湾湿满滚灭灯灵炉点烂热爱犹独狱环现电画疗监盖盘着矿码确础礼离种积称税稳窃"
    "竞笔签简类粮紧纠红约级纪纯纲纳纵纷纸线练组细织终经结给络绝统继绩续维综绿缓编缘缴罚罗联职肃脑脱节苏范荐药获营萨虏虑虽补装见观规视览觉触计订认讨让训议讯记讲许论设访证评识诈诉词译试诚话询该详误说请诸读课谁调谈谋谓谢贝负贡财责贤败货质贩贪购贯贵贷费贺贼资赃赌赔赖赛"
    "赞车轨转轮软轻载较辅辆输辑边达迁过运还这进远违连迟适选递遗邓邮郑酱释里针钟钢钱钻铁银链销锁错键长门闪闭问间闻阅队阳阴阵阶际陆陈险随隐难项顺须顾预领频题颜额风飞饭饮馆马驶驻验鱼鸟黄齐龙"
)
_TRADITIONAL = frozenset(
    "們個國會義烏習書買亂虧雲產親億僅從倉儀眾優傷倫偽體偵側僑儉債傾償儲關興養獸內岡冊軍農凍淨減鳳擊劉則剛創別劑劍劇勸辦務動勵勞勢勳勻華協單賣盧衛廠廳歷厲壓縣參雙發變"
    "聽啟吳員嗚響團園圍圖圓聖場壞塊堅壇執報護擔擬擁擇掛損換據攜攝敵數斷無舊時顯曉條來極構槍標樹樣橋檢樓歡歐毀畢氣匯漢溝沒淚澤潔淺測濟漸灣濕滿滾滅燈靈爐點爛熱愛猶獨獄環現電畫療監蓋盤著礦碼確礎禮離種積稱稅穩竊"
    "競筆簽簡類糧緊糾紅約級紀純綱納縱紛紙線練組細織終經結給絡絕統繼績續維綜綠緩編緣繳罰羅聯職肅腦脫節蘇範薦藥獲營薩虜慮雖補裝見觀規視覽覺觸計訂認討讓訓議訊記講許論設訪證評識詐訴詞譯試誠話詢該詳誤說請諸讀課誰調談謀謂謝貝負貢財責賢敗貨質販貪購貫貴貸費賀賊資贓賭賠賴賽"
    "贊車軌轉輪軟輕載較輔輛輸輯邊達遷過運還這進遠違連遲適選遞遺鄧郵鄭醬釋裡針鐘鋼錢鑽鐵銀鏈銷鎖錯鍵長門閃閉問間聞閱隊陽陰陣階際陸陳險隨隱難項順須顧預領頻題顏額風飛飯飲館馬駛駐驗魚鳥黃齊龍"
)
#: In a letter of two columns Latin is oftener the translation, and its words need more letters.
_LATIN_WEIGHT = 0.6
#: Japanese text mixes kana into Han characters; a stray kana in a Chinese text is a misread stroke.
_LEAST_KANA_SHARE = 0.08


def count_letters(text: str) -> dict[str, int]:
    """Return how many letters of each script the text has; ``Hani`` are Han characters of whichever language."""
    counts = {script: len(pattern.findall(text)) for script, pattern in _LETTERS.items()}
    return {script: count for script, count in counts.items() if count}


def find_script(text: str) -> tuple[str | None, float]:
    """Return the ISO 15924 code of the text's main script and its share of all letters, None without letters."""
    counts = count_letters(text)
    if not counts:
        return None, 0.0
    han, kana = counts.pop("Hani", 0), counts.pop("Jpan", 0)
    if han or kana:
        japanese = kana >= _LEAST_KANA_SHARE * (han + kana)
        counts["Jpan" if japanese else _chinese_script(text)] = han + kana
    script = max(counts, key=lambda code: counts[code] * (_LATIN_WEIGHT if code == "Latn" else 1))
    return script, counts[script] / sum(counts.values())


def share_in_script(text: str, script: str) -> float:
    """Return the share of letters that may stand in a text of this script, 0..1; 0 without letters."""
    counts = count_letters(text)
    own = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Jpan", "Hani"), "Kore": ("Kore", "Hani")}.get(
        script, (script,)
    )
    total = sum(counts.values())
    return sum(counts.get(code, 0) for code in own) / total if total else 0.0


def _chinese_script(text: str) -> str:
    simplified = sum(letter in _SIMPLIFIED and letter not in _TRADITIONAL for letter in text)
    traditional = sum(letter in _TRADITIONAL and letter not in _SIMPLIFIED for letter in text)
    return "Hant" if traditional > simplified else "Hans"
