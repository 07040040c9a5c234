"""Letters invented for these tests, and a small classifier that answers what it is told."""

from collections.abc import Sequence

from classifier.values import Classification, Label, Quote
from intake.values import PageReading


class ToldClassifier:
    """Answers what it was told and remembers what it was asked, as a classifier that has seen these pages would."""

    def __init__(self, *request_types: str, is_request: bool = True) -> None:
        self._types = request_types
        self._is_request = is_request
        self.asked: list[tuple[tuple[str, ...], str | None]] = []

    def classify(self, pages: Sequence[str], language: str | None) -> Classification:
        self.asked.append((tuple(pages), language))
        quotes = (Quote(len(pages), pages[-1][:20]),) if pages else ()
        labels = tuple(Label(code, 0.9, quotes) for code in self._types)
        return Classification(self._is_request, 0.9, labels, (), (), certain=True, model="told")


def page(text: str, language: str | None, number: int = 1, legibility: float = 0.95) -> PageReading:
    return PageReading(number, text, language, 0.99, None, 0, 0.0, legibility, "text", "test")


ARABIC = """المملكة الأردنية الهاشمية
وزارة العدل
مديرية العلاقات الدولية

الرقم: م ق/12/8841                       التاريخ: 14 محرم 1445هـ

إلى السلطات القضائية المختصة في جمهورية ألمانيا الاتحادية

الموضوع: إنابة قضائية

استنادا إلى اتفاقية الأمم المتحدة لمكافحة الفساد المادة 46، نرجو تزويدنا بكشوف الحساب العائد للمتهم سليم قدورة.
حددت المحكمة جلسة يوم 2023/11/20 للنظر في الدعوى. نرجو الحفاظ على سرية الطلب وتنفيذه على وجه السرعة.

وزير العدل
"""

CHINESE = """中华人民共和国司法部
司法协助局

文号:〔2021〕协字第77号

致:泰王国总检察长办公室

关于请求调取银行账户资料的函

根据《联合国反腐败公约》第四十六条,请贵方提供有关账户的交易记录。被告人涉嫌贪污,法院定于2021年9月6日开庭审理。
请对本请求保密。

二〇二一年五月十八日
"""

PERSIAN = """جمهوری اسلامی ایران
قوه قضاییه - دادسرای عمومی و انقلاب شیراز

شماره: ۹۹/۴۴۱/۲۰۷
تاریخ: ۱۲ آبان ۱۳۹۹

به مقامات محترم قضایی جمهوری ترکیه

با سلام و احترام، خواهشمند است از شاهد پرونده تحقیق به عمل آید. جلسه رسیدگی در تاریخ ۱۳۹۹/۱۱/۰۵ برگزار می‌شود.
"""

THAI = """สำนักงานอัยการสูงสุด
ประเทศไทย

ที่ อส ๐๐๑๕/๓๓๑                                       วันที่ ๙ กรกฎาคม พ.ศ. ๒๕๖๔

เรียน กระทรวงยุติธรรม ประเทศญี่ปุ่น

เรื่อง ขอความช่วยเหลือในการสอบปากคำพยาน

ศาลนัดสืบพยานวันที่ ๑๑ ตุลาคม ๒๕๖๔ จึงขอให้ดำเนินการเป็นการด่วน และโปรดรักษาความลับ
"""

RUSSIAN = """ГЕНЕРАЛЬНАЯ ПРОКУРАТУРА
РЕСПУБЛИКИ КАЗАХСТАН

23.08.2021 № 2-014-77/с
на № 18/221 от 01.06.2021

Министерство юстиции
Чешской Республики

В соответствии со статьёй 46 Конвенции ООН против коррупции просим допросить свидетеля.
Срок содержания обвиняемого под стражей истекает 4 ноября 2021 года. Просим исполнить запрос срочно.
"""

GERMAN = """Staatsanwaltschaft Graz
Conrad-von-Hötzendorf-Straße 41

Graz, am 3. Mai 2021
Geschäftszahl: 19 St 88/21w

An das
Justizministerium der Republik Slowenien
Ljubljana

Betreff: Ersuchen um Zustellung

Es wird ersucht, dem Beschuldigten Anton Mlakar, geboren am 11.02.1979 in Celje, die Ladung zuzustellen.
Die Hauptverhandlung ist für den 17. September 2021 anberaumt.
Der Reisepass des Beschuldigten ist gültig bis 01.01.2029.
"""

FRENCH = """REPUBLIQUE DU SENEGAL
Cour d'appel de Dakar
Cabinet du doyen des juges d'instruction

N/Réf : 311/DJI/2019

A Messieurs les magistrats compétents du Royaume d'Espagne

Vu la Convention des Nations Unies contre la corruption, nous vous prions de saisir les avoirs de la société.
Les faits remontent au 14 mars 2011 ; un premier jugement est intervenu le 6 juin 2016.

Fait à Dakar, le quatre février deux mille dix-neuf.
"""

JAPANESE = """法務省国際刑事課
法刑外第4120号

令和4年10月3日

大韓民国法務部 御中

捜査共助について

被疑者に対する詐欺事件について、口座記録の提供を要請する。公訴時効は令和5年2月28日に完成するため、
至急御対応願いたい。
"""

HEBREW = """מדינת ישראל
פרקליטות המדינה
המחלקה הבינלאומית

מספרנו: 4417/22
ה' באייר תשפ"ב

לכבוד
משרד המשפטים של הרפובליקה של פולין

הנדון: בקשה לעזרה משפטית

הדיון נקבע ליום 14.9.2022. נבקש לשמור על סודיות הבקשה.
"""

MINGUO = """臺灣臺中地方檢察署
發文字號:中檢國字第1110045號
中華民國111年4月12日

受文者:日本國法務省

主旨:請協助訊問證人。

依據司法互助,本署偵辦詐欺案件,請惠予協助。
"""
