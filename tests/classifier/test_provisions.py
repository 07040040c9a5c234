"""What a lawyer sees in a citation: the offence that an article stands for."""

import time

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.provisions import find_provisions, offence_signals
from classifier.statutes import load_statutes
from classifier.taxonomy import load_taxonomy

CITED = [
    ("pt", None, "Brasil. Código Penal, arts. 312 e 317", "embezzlement bribery_public_official"),
    ("pt", "BR", "artigo 312 do Código Penal e art. 33 da Lei nº 11.343/2006", "embezzlement drug_trafficking"),
    ("pt", "PT", "crime previsto e punido pelo artigo 217.º do Código Penal", "fraud"),
    ("en", None, "contrary to section 1 of the Theft Act 1968", "theft"),
    ("en", None, "conspiracy to supply, contrary to s.4 of the Misuse of Drugs Act 1971", "drug_trafficking"),
    ("en", None, "in violation of 18 U.S.C. §§ 1343 and 1956(h)", "fraud money_laundering"),
    ("en", None, "Title 18, United States Code, Section 1030, and 21 USC 846", "cybercrime drug_trafficking"),
    ("en", None, "Title 26, United States Code, Section 7201 (tax evasion)", "tax_offence"),
    ("en", "IN", "FIR u/s 420/467/468 IPC", "fraud forgery_or_counterfeiting"),
    ("en", None, "punishable under section 318(4) of the Bharatiya Nyaya Sanhita, 2023", "fraud"),
    ("en", None, "section 13(2) r/w 13(1)(e) of the Prevention of Corruption Act, 1988 (India)", "illicit_enrichment"),
    ("en", None, "section 380(1)(a) of the Criminal Code of Canada", "fraud"),
    ("en", None, "article 648-bis of the Italian Criminal Code", "money_laundering"),
    ("en", None, "Article 190 of the Criminal Code of Ukraine and Article 209 of that Code", "fraud money_laundering"),
    ("en", "NG", "contrary to section 419 of the Criminal Code", "fraud"),
    ("en", "KE", "robbery with violence contrary to section 296(2) of the Penal Code", "robbery"),
    ("en", "AU", "section 400.4(1) of the Criminal Code Act 1995 (Cth)", "money_laundering"),
    ("ru", None, "по признакам преступления, предусмотренного ч. 4 ст. 159 УК РФ", "fraud"),
    ("ru", None, "ст. 159 ч. 4 УК РФ", "fraud"),
    ("ru", None, "статьями 174.1 и 228.1 Уголовного кодекса Российской Федерации", "money_laundering drug_trafficking"),
    ("ru", None, "п. «а» ч. 3 ст. 158, ч. 2 ст. 162 УК РФ", "theft robbery"),
    ("ru", None, "по ст. 190 УК РК", "fraud"),
    ("ru", "UZ", "обвиняется по ст. 168 УК", "fraud"),
    ("ru", "BY", "по ч. 1 ст. 328 УК", "drug_trafficking"),
    ("uk", None, "за ч. 3 ст. 190, ст. 368-3 КК України", "fraud private_bribery"),
    ("be", None, "ч. 4 арт. 209 Крымінальнага кодэкса", "fraud"),
    ("zh", None, "涉嫌触犯刑法第382条", "embezzlement"),
    ("zh", None, "《中华人民共和国刑法》第三百八十二条、第三百八十五条", "embezzlement bribery_public_official"),
    ("zh", None, "刑 法 第 2 l 3 、 2 l 4 条", "intellectual_property"),
    ("zh-Hant", None, "刑法第339條之4、第216條", "fraud forgery_or_counterfeiting"),
    ("ja", None, "刑法第２４６条第１項、第２５３条", "fraud embezzlement"),
    ("ko", None, "형법 제347조 제1항 및 제355조", "fraud embezzlement"),
    ("tr", None, "TCK 158/1-f", "fraud"),
    ("tr", None, "5237 sayılı Türk Ceza Kanunu'nun 282. maddesi", "money_laundering"),
    ("tr", None, "3713 sayılı Kanun m. 5", "terrorism"),
    ("de", "DE", "Verdacht des Betruges gemäß § 263 Abs. 1, Abs. 5 StGB", "fraud"),
    ("de", "DE", "§§ 263, 266 StGB, § 370 AO", "fraud embezzlement tax_offence"),
    ("de", "DE", "§ 29a Abs. 1 Nr. 2 BtMG", "drug_trafficking"),
    ("de", "AT", "nach den §§ 146, 147 Abs 3 StGB", "fraud"),
    ("de", "CH", "Art. 305bis StGB", "money_laundering"),
    ("fr", "FR", "faits prévus par les articles 432-10 et 432-11 du code pénal", "bribery_public_official"),
    ("fr", "FR", "blanchiment, articles 324-1 à 324-3 du code pénal", "money_laundering"),
    ("fr", None, "article 540 du code pénal marocain", "fraud"),
    ("fr", "SN", "l'article 163 bis du Code pénal", "illicit_enrichment"),
    ("fr", "CH", "art. 146 CP et art. 251 CP", "fraud forgery_or_counterfeiting"),
    ("fr", "BE", "articles 193, 196 et 505 du Code pénal", "forgery_or_counterfeiting money_laundering"),
    ("fr", "CA", "l'article 462.31 du Code criminel", "money_laundering"),
    ("it", "IT", "artt. 110, 640 co. 2 n. 1, 648-bis c.p.", "fraud money_laundering"),
    ("it", "IT", "art. 73 D.P.R. 309/90 e art. 2 D.Lgs. 74/2000", "drug_trafficking tax_offence"),
    ("es", "ES", "delito de estafa de los artículos 248 y 250.1.5º del Código Penal", "fraud"),
    ("es", "ES", "arts. 368 a 370 CP", "drug_trafficking"),
    ("es", None, "artículo 323 del Código Penal colombiano", "money_laundering"),
    ("es", None, "artículo 27 de la Ley N° 19.913 de la República de Chile", "money_laundering"),
    ("nl", "NL", "artikel 420bis en 326 Wetboek van Strafrecht", "money_laundering fraud"),
    ("nl", "BE", "art. 496 Sw.", "fraud"),
    ("pl", None, "z art. 286 § 1 k.k. w zw. z art. 294 § 1 k.k.", "fraud"),
    ("cs", None, "§ 209 odst. 1, 5 trestního zákoníku č. 40/2009 Sb.", "fraud"),
    ("cs", None, "§ 250 tr. zák. č. 140/1961 Sb.", "fraud"),
    ("sk", None, "podľa § 221 ods. 1, ods. 4 písm. a) Trestného zákona", "fraud"),
    ("hu", None, "Btk. 373. § (1) bekezdés", "fraud"),
    ("hu", None, "a 2012. évi C. törvény 399. §-a", "money_laundering"),
    ("ro", "RO", "art. 289 alin. (1) din Codul penal, art. 6 din Legea nr. 78/2000", "bribery_public_official"),
    ("ro", "RO", "art. 215 alin. 1 din Codul penal din 1969", "fraud"),
    ("bg", None, "по чл. 354а, ал. 1 и чл. 210 НК", "drug_trafficking fraud"),
    ("sr-Cyrl", "RS", "чл. 359. ст. 3. и чл. 245. ст. 2. Кривичног законика", "abuse_of_functions money_laundering"),
    ("sr-Latn", "RS", "čl. 300. i čl. 348. KZ", "cybercrime firearms"),
    ("hr", "HR", "čl. 236. st. 2. KZ/11", "fraud"),
    ("sl", None, "po 211. členu KZ-1", "fraud"),
    ("sq", None, "neni 257/a i Kodit Penal të Republikës së Shqipërisë", "illicit_enrichment"),
    ("el", "GR", "άρθρα 386 και 187 ΠΚ", "fraud organised_crime"),
    ("ka", None, "სსკ-ის 180-ე მუხლის მე-3 ნაწილით", "fraud"),
    ("hy", None, "ՀՀ քր. օր. 178-րդ հոդվածի 3-րդ մասով", "fraud"),
    ("az", None, "Cinayət Məcəlləsinin 178.3.2-ci maddəsi", "fraud"),
    ("kk", None, "ҚР ҚК-нің 190-бабы 3-бөлігі", "fraud"),
    ("uz", None, "Jinoyat kodeksining 168-moddasi 4-qismi", "fraud"),
    ("tg", None, "моддаи 247 қисми 4 Кодекси ҷиноятии ҶТ", "fraud"),
    ("mn", None, "Эрүүгийн хуулийн 17.3 дугаар зүйл", "fraud"),
    ("ar", "EG", "المادة ٣٣٦ من قانون العقوبات", "fraud"),
    ("ar", None, "المادتين ١٠٣ و ١١٢ من قانون العقوبات المصري", "bribery_public_official embezzlement"),
    ("ar", "TN", "الفصل 291 من المجلة الجزائية", "fraud"),
    ("fa", "IR", "موضوع مواد ۵۳۵ و ۵۳۶ قانون مجازات اسلامی", "forgery_or_counterfeiting"),
    ("fa", None, "ماده ۱ قانون تشدید مجازات مرتکبین ارتشاء و اختلاس و کلاهبرداری", "fraud"),
    ("fa", "AF", "مادهٔ ۵۴۶ کود جزا", "homicide"),
    ("he", None, "לפי סעיף 415 לחוק העונשין, התשל\"ז-1977", "fraud"),
    ("he", None, "סעיפים 3(א) ו-4 לחוק איסור הלבנת הון", "money_laundering"),
    ("hi", None, "भारतीय दंड संहिता की धारा ४२० तथा ४६८", "fraud forgery_or_counterfeiting"),
    ("hi", None, "भ्रष्टाचार निवारण अधिनियम, 1988 की धारा 13(1)(ङ)", "illicit_enrichment"),
    ("ur", None, "تعزیرات پاکستان کی دفعہ 420 اور 468", "fraud forgery_or_counterfeiting"),
    ("th", None, "ประมวลกฎหมายอาญา มาตรา ๓๔๑", "fraud"),
    ("vi", None, "Điều 174 Bộ luật Hình sự năm 2015", "fraud"),
    ("id", None, "Pasal 378 KUHP jo. Pasal 3 UU No. 8 Tahun 2010", "fraud money_laundering"),
    ("ms", "MY", "seksyen 420 Kanun Keseksaan", "fraud"),
    ("sw", "TZ", "kifungu cha 196 cha Kanuni ya Adhabu", "homicide"),
    ("sv", None, "grovt bedrägeri, 9 kap. 3 § brottsbalken", "fraud"),
    ("da", None, "straffelovens § 279, jf. § 286, stk. 2", "fraud"),
    ("no", None, "straffeloven § 371, jf. § 372", "fraud"),
    ("fi", None, "törkeä petos, RL 36:2", "fraud"),
    ("fi", None, "RL 21 luku 2 §", "homicide"),
    ("et", None, "KarS § 209 lg 2 ja § 389¹ lg 2", "fraud tax_offence"),
    ("lv", None, "Krimināllikuma 177. panta trešā daļa", "fraud"),
    ("lt", None, "Lietuvos Respublikos BK 182 straipsnio 2 dalis", "fraud"),
    ("en", None, "articles 17 and 23 of the UN Convention against Corruption", "embezzlement money_laundering"),
    ("en", None, "article 2 of the Terrorist Financing Convention", "terrorist_financing"),
]  # fmt: skip

NOT_CITED = [
    ("en", "The hearing is on 12 March 2019 in room 171; please answer by 01.09.2020."),
    ("en", "under articles 46(3) and 18 of the Convention on mutual assistance"),
    ("de", "gemäß §§ 102, 105, 263 StPO"),
    ("fr", "vu les articles 81, 151 et 324-1 du code de procédure pénale"),
    ("es", "los artículos 248, 251 y 301 de la Ley de Enjuiciamiento Criminal"),
    ("it", "visti gli artt. 640 e 727 c.p.p."),
    ("pl", "na podstawie art. 286 k.p.k."),
    ("ru", "в порядке ст. 159, 164 и 453 УПК РФ"),
    ("uk", "відповідно до ст. 190, 551 КПК України"),
    ("tr", "CMK 141, 158 ve 160. maddeleri uyarınca"),
    ("ar", "المادة 336 من قانون الإجراءات الجنائية"),
    ("zh", "根据刑事诉讼法第266条"),
    ("zh", "根据《联合国反腐败公约》第四十六条"),
    ("id", "berdasarkan Pasal 378 KUHAP"),
    ("hi", "दंड प्रक्रिया संहिता की धारा 420"),
    ("pt", "nos termos do artigo 171 do Código de Processo Penal"),
    ("cs", "podle § 209 tr. ř."),
    ("en", "Invoice No. 420 of 1860; account 302 with branch 307; the Penal Code was not mentioned in it."),
]


@pytest.mark.parametrize(("language", "state", "text", "codes"), CITED)
def test_a_citation_stands_for_its_offences(language: str, state: str | None, text: str, codes: str) -> None:
    assert {m.code for m in find_provisions(text, language, state)} == set(codes.split())


@pytest.mark.parametrize(("language", "text"), NOT_CITED)
def test_dates_treaties_and_procedure_stand_for_no_offence(language: str, text: str) -> None:
    assert find_provisions(text, language) == []


def test_a_match_says_where_the_article_stands() -> None:
    text = "Обвиняется по ст. 228¹ УК РФ"
    (match,) = find_provisions(text, "ru")
    assert text[match.start : match.end] == "228¹"
    assert match.certainty > 0.9


def test_the_place_is_right_after_characters_that_change_length_when_folded() -> None:
    text = "Straße, ﬁnanzielle Verhält-\nnisse: § 266 StGB"
    (match,) = find_provisions(text, "de", "DE")
    assert text[match.start : match.end] == "266"


def test_a_law_that_many_states_have_is_less_certain_than_one_with_its_state() -> None:
    (vague,) = find_provisions("art. 648-bis c.p.", "it")
    (clear,) = find_provisions("art. 648-bis codice penale italiano", "it")
    assert vague.certainty < 0.5 < clear.certainty


def test_an_article_that_means_one_thing_here_and_another_there_is_dropped() -> None:
    assert find_provisions("artículo 170 del Código Penal", "es") == []
    assert [m.code for m in find_provisions("artículo 170 del Código Penal del Perú", "es")] == ["sexual_offence"]


def test_the_state_in_the_laws_name_wins_over_the_letters_own() -> None:
    assert [m.code for m in find_provisions("ст. 190 УК Украины", "ru", "RU")] == ["fraud"]


def test_a_law_named_once_serves_the_articles_that_follow() -> None:
    text = "Les faits relèvent de l'article 313-1 du code pénal français.\n\nIl y a aussi faux (article 441-1)."
    assert {m.code for m in find_provisions(text, "fr")} == {"fraud", "forgery_or_counterfeiting"}


def test_the_year_decides_between_an_old_and_a_new_code() -> None:
    assert [m.code for m in find_provisions("art. 177 УК РК 1997 г.", "ru", "KZ")] == ["fraud"]
    assert find_provisions("ст. 177 УК РК 2014 г.", "ru", "KZ") == [] or all(
        m.certainty < 0.6 for m in find_provisions("ст. 177 УК РК 2014 г.", "ru", "KZ")
    )


def test_broken_lines_and_capitals_do_not_hide_a_citation() -> None:
    assert [m.code for m in find_provisions("ARTICLE\n313-1 DU CODE\nPÉNAL", "fr", "FR")] == ["fraud"]


def test_signals_stand_in_the_row_of_the_passage_that_cites() -> None:
    codes = load_taxonomy().codes("offence")
    signals = offence_signals(["We greet you.", "§ 263 StGB", "and § 266 too"], "de", "DE")
    assert signals.shape == (3, len(codes))
    assert signals.dtype == np.float32
    assert [codes[i] for i in signals.argmax(axis=1)][1:] == ["fraud", "embezzlement"]
    assert not signals[0].any()


def test_every_entry_names_an_offence_and_every_law_can_be_cited() -> None:
    known = set(load_taxonomy().codes("offence"))
    states = load_statutes().states
    assert len(states) >= 100
    assert all(set(law.offences) <= known for state in states.values() for law in state.laws)


def test_no_articles_are_read_as_numbers_by_the_yaml_reader() -> None:
    """`10:1` would be six hundred and one, `1e5` a hundred thousand."""
    statutes = load_statutes()
    assert yaml.safe_load("10:1") == 601
    (sweden,) = [law for law in statutes.states["SE"].laws if law.is_code]
    assert sweden.codes("10-5a") == ("bribery_public_official",)


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=300),
    st.sampled_from([None, "en", "ar", "zh", "he", "th", "xx", "sr-Latn"]),
    st.sampled_from([None, "FR", "ZZ"]),
)
def test_no_text_is_too_strange(text: str, language: str | None, state: str | None) -> None:
    for match in find_provisions("§ 263 StGB art. " + text, language, state):
        assert 0 <= match.start < match.end <= len(text) + 16
        assert 0 < match.certainty <= 1


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789 ,;.-/()§abisеи第条artпст\n", max_size=2000))
def test_numbers_without_end_are_read_in_time(text: str) -> None:
    begun = time.process_time()
    find_provisions(text + " УК РФ", "ru")
    assert time.process_time() - begun < 5
