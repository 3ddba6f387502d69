"""Typography: drafts set as the reviewed texts of each language are."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.mt.typography import finish, join

MASK, OPEN, CLOSE = "\ue100", "\ue200", "\ue300"

SHOWN = str.maketrans("#<>", MASK + OPEN + CLOSE)
FRENCH = str.maketrans("#<>_~", f"{MASK}{OPEN}{CLOSE}\u00a0\u202f")
"""How marks are written below: ``#``, ``<…>``; and French blanks: ``_`` wide, ``~`` narrow."""

LANGUAGES = ["vi", "en", "zh", "ja", "ko", "fr", "de"]

REVIEWED = {
    "en": [
        "Mong Cai is Quang Ninh’s only international land border gate.",
        "Kieng Gio (“wind abstention”) day of the Dao people",
        "The province’s external information plan for 2019–2020 mentions a Japan Desk.",
        "**To Ha Long:** {fact:ha_long_mong_cai_time} by car on the expressway. "
        "See [Ha Long Bay](../visit/ha-long-bay.md).",
        "Would you like to travel with your own vehicle? Ask the gate’s management first.",
        "the website [investinquangninh.vn](https://investinquangninh.vn).",
    ],
    "zh": [
        "**有期限的数据**（如免签期限）有到期日。到期后，数据必须重新核对。",
        "全省有{fact:admin_units}个乡级行政单位：{fact:admin_wards}个坊、{fact:admin_communes}个乡，"
        "以及两个特区（云屯特区和姑苏特区）。",
        "依据是第76/2020/NĐ-CP号议定。横模—峒中双边口岸于{fact:hoanh_mo_open_date}正式开放。",
        "货物{fact:mong_cai_goods_2025}，增长{fact:mong_cai_goods_growth_2025}；以上为2021年的数据。",
        "想开自己的车过境？请先向口岸管理单位询问。",
        "**去下龙：**走高速公路，车程{fact:ha_long_mong_cai_time}。见[下龙湾](../visit/ha-long-bay.md)。",
        "面向日本投资者的Japan Desk（日本投资者服务台）",
        "包括住友（Sumitomo）、永旺梦乐城（AEON Mall）、Castem和东北先锋（Tohoku Pioneer）。",
        "**[investinquangninh.vn](https://investinquangninh.vn)。**这是广宁省的网站。",
        "供奉陈国颡（Trần Quốc Tảng，{fact:tran_quoc_tang_born}—{fact:tran_quoc_tang_died}年）。",
        "岱依族、Sán Chỉ人和瑶族居住的边境山区，山歌节（Soóng Cọ）与忌风节。",
        "这里的“特区”是指管辖一片海岛的行政单位。",
        "下一步：[经济区与工业区](economic-zones.md)和[投资步骤](steps.md)。",
        "季托夫岛以格尔曼·季托夫（Gherman Titov）命名。",
        "行政改革指数（PAR Index）",
    ],
    "ja": [
        "ホアンモ－峒中（ドンジョン）二国間国境ゲートは、{fact:hoanh_mo_open_date}に開設されました。",
        "**期限のあるデータ**には、ビザ免除の期限のように、満了日があります。",
        "チャン・クオック・タン（{fact:tran_quoc_tang_born}～{fact:tran_quoc_tang_died}年）を祀ります。",
        "2020～2025年に誘致したFDIは{fact:fdi_2020_2025}です（推計値）。",
        "**その他の行き方**：[クアンニンへのアクセス](../visit/getting-here.md)のページをご覧ください。",
        "その名は「風を避ける」という意味です。",
        "根拠は政令76/2020/NĐ-CPです。公式サイト[evisa.gov.vn](https://evisa.gov.vn)で申請します。",
        "タインコン（Thành Công）の自動車工場は、稼働を始めました。",
        "このページに足りない情報：2024年と2025年の通年のFDI、人口と面積。",
    ],
    "ko": [
        "2025년 1~9월 이들 구역의 FDI는 {fact:fdi_2025_9m}로, 2024년 실적에 그쳤습니다.",
        "투표로 뽑힌 “새로운 세계 자연경관”이기도 합니다.",
        "번돈–몽까이 구간은 {fact:van_don_mong_cai_open_date}에 개통했습니다.",
        "이전에는 투자등록증(IRC)을 먼저 받아야 했습니다. 옌뜨·빈응이엠 유적입니다.",
        "**투자 촉진 정보:** [investinquangninh.vn](https://investinquangninh.vn). 사이트입니다.",
        "표에 자국이 없습니까? 가까운 베트남 대사관이나 영사관에 문의하십시오.",
    ],
    "fr": [
        "Comment les données sont recueillies, ce que signifie «~prototype~», d’où elles viennent.",
        "La province compte #_: # quartiers, # communes et deux zones spéciales.",
        "Vous souhaitez passer avec votre propre véhicule~? Interrogez d’abord l’organisme.",
        "**Vers Ha Long_:** # en voiture par l’autoroute.",
        "<Vers la plage de Trà Cô_:> voir la page <Trà Cô et Mong Cai>.",
        "Elle portera la mention «~traduction automatique, pas encore relue~».",
        "Le laissez-passer frontalier Vietnam - Chine n’est valable qu’en face.",
    ],
    "vi": ["Vịnh còn có danh hiệu “Kỳ quan thiên nhiên mới”, được bình chọn năm #."],
}


def shown(text: str, language: str) -> str:
    return text.translate(FRENCH if language == "fr" else SHOWN)


CASES = [
    (language, shown(each, language)) for language, texts in REVIEWED.items() for each in texts
]

DRAFTS = [
    # Chinese
    ("zh", "2025 年 , 芒街 (Mong Cai) 有 1,500 人 .", "2025年，芒街（Mong Cai）有1,500人。"),
    ("zh", "从 9.75% 到 12.5% ; 12:30 开门 !", "从9.75%到12.5%；12:30开门！"),
    ("zh", "# 年 , # 公里 ( 估计 ) . <去 河内>: 走 #.", "#年，#公里（估计）。<去河内>：走#。"),
    ("zh", '他说 "很好" . 见 "下龙湾" .', "他说“很好”。见“下龙湾”。"),
    ("zh", "AEON Mall Co., Ltd. 在 U.S. 投资.", "AEON Mall Co., Ltd.在U.S.投资。"),
    ("zh", "公司获发 ERC. 然后申请 IRC.", "公司获发ERC。然后申请IRC。"),
    ("zh", "等一下...好", "等一下……好"),
    ("zh", "1. 选择行业 . 2. 询问税务 .", "1. 选择行业。2.询问税务。"),
    ("zh", "AEON Mall (Hanoi), Viet Nam", "AEON Mall (Hanoi), Viet Nam"),
    ("zh", "广宁——下龙湾 — 世界遗产", "广宁——下龙湾—世界遗产"),
    ("zh", "写信至 a@quangninh.gov.vn, 或见", "写信至a@quangninh.gov.vn，或见"),
    ("zh", "请见 https://evisa.gov.vn/a,b.", "请见https://evisa.gov.vn/a,b。"),
    ("zh", "尺寸 5\" 很小", "尺寸5\"很小"),
    ("zh", "用 `a , b` 和 ![图](a.png)", "用`a , b`和![图](a.png)"),
    # Japanese
    ("ja", '"ハロン湾" は 2020~2025 年 , 遺産 です .', "「ハロン湾」は2020～2025年、遺産です。"),
    ("ja", "ホアンモ-ドンヴァン (推計値) : # ?", "ホアンモ－ドンヴァン（推計値）：#？"),
    ("ja", "“風を避ける”という意味", "「風を避ける」という意味"),
    ("ja", "会社を設立する ~~古い~~ 。", "会社を設立する~~古い~~。"),
    # Korean
    ("ko", "하롱베이，꽝닌（IRC）입니다。“좋다”。", "하롱베이, 꽝닌(IRC)입니다. “좋다”."),
    ("ko", '" 좋다 " , 네 ?', "“좋다”, 네?"),
    # French
    ("fr", "L' île d'Ha Long : belle ? Oui !", "L’île d’Ha Long_: belle~? Oui~!"),
    ("fr", 'Le "prototype" et « la baie »', "Le «~prototype~» et «~la baie~»"),
    ("fr", "Le “prototype” d'<Ha Long> jusqu'#.", "Le «~prototype~» d’<Ha Long> jusqu’#."),
    ("fr", "À 12:30, http://a.vn/?x=1;y : 1\u202f500 km", "À 12:30, http://a.vn/?x=1;y_: 1~500 km"),
    ("fr", "Vraiment ?! (Oui ; non.)", "Vraiment~?! (Oui~; non.)"),
    # English
    ("en", "The gate's  \"New Wonder\" , (page 3 ) .", "The gate’s “New Wonder”, (page 3)."),
    ("en", "It's 'open' : ask #'s office !", "It’s ‘open’: ask #’s office!"),
    ("en", "See evisa.gov.vn's, the gates' names", "See evisa.gov.vn’s, the gates’ names"),
    ("en", "A 5' 10\" door", "A 5' 10\" door"),
    ("en", "<Ha Long >, the bay", "<Ha Long>, the bay"),
    # Any other
    ("de", 'Er sagt "ja" , und  geht ( heim ) .', 'Er sagt "ja", und geht (heim).'),
    ("lo", " ຮ່າລອງ ,  ບ່າຍ ", "ຮ່າລອງ, ບ່າຍ"),
    ("de", "Die Endung .vn und ,5 bleiben ...", "Die Endung .vn und ,5 bleiben ..."),
]  # fmt: skip


def flatten(text: str) -> str:
    """Do to a text what the tokenizers of packages do."""
    return re.sub("[\u00a0\u202f]", " ", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(("language", "text"), CASES)
def test_reviewed_texts_stay_as_they_are(language: str, text: str) -> None:
    assert finish(text, language) == text


@pytest.mark.parametrize(("language", "text"), CASES)
def test_reviewed_texts_come_back_from_a_tokenizer(language: str, text: str) -> None:
    assert finish(flatten(text), language) == text


@pytest.mark.parametrize(("language", "draft", "expected"), DRAFTS)
def test_drafts_are_mended(language: str, draft: str, expected: str) -> None:
    finished = finish(draft.translate(SHOWN), language)
    assert finished == shown(expected, language)
    assert finish(finished, language) == finished


TEXTS = st.lists(
    st.sampled_from(
        [
            *" .,;:!?()\"'“”‘’«»-~*[]，。：（）「」—…\u00a0\u202f\u3000",
            *(MASK, OPEN, CLOSE, "北", "ハ", "하", "a", "É", "5", "...", " . ", ", "),
            *("TP", "Ltd", "U.S.", "1,500.75", "12:30", "l'", "](a.md)", "{fact:x}", "<b>"),
            *("https://evisa.gov.vn/?a=1,2", "dulich@quangninh.gov.vn", "`a , b`"),
        ]
    ),
    max_size=30,
).map("".join)


@given(TEXTS | st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_a_finished_text_stays(text: str, language: str) -> None:
    finished = finish(text, language)
    assert finish(finished, language) == finished


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_words_numbers_and_marks_are_kept_in_order(text: str, language: str) -> None:
    kept = re.compile(r"[^\W_]|[\ue100-\ue3ff]")
    assert kept.findall(finish(text, language)) == kept.findall(text)


@given(st.lists(TEXTS, max_size=4), st.sampled_from(["zh", "ja", "fr"]))
def test_literals_are_not_touched(texts: list[str], language: str) -> None:
    for literal in ("{fact:a, b}", "https://a.vn/?b,c;d", "1,500.75", "76/2020/NĐ-CP", "12:30"):
        text = f" {literal} ".join(["北京", *texts, "北京"])
        assert finish(text, language).count(literal) > len(texts)


@pytest.mark.parametrize(
    ("language", "sentences", "expected"),
    [
        ("zh", ["下龙湾很美。", " 请来！ "], "下龙湾很美。请来！"),
        ("zh", ["见IRC.", "公司"], "见IRC.公司"),
        ("zh", ["AEON Mall.", "Japan Desk."], "AEON Mall. Japan Desk."),
        ("ja", [f"{OPEN}湾。{CLOSE}", f"{OPEN}FDI{CLOSE}"], f"{OPEN}湾。{CLOSE}{OPEN}FDI{CLOSE}"),
        ("ko", ["좋다.", "오라."], "좋다. 오라."),
        ("fr", ["Ha Long. ", "", " Venez\u202f!"], "Ha Long. Venez\u202f!"),
        ("lo", ["ກ", "ຂ"], "ກ ຂ"),
        ("en", [], ""),
    ],
)  # fmt: skip
def test_sentences_are_joined(language: str, sentences: list[str], expected: str) -> None:
    assert join(sentences, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"' * 50_001,
        " " * 50_000 + "\n",
        "(" * 30_000 + "北" + ")" * 30_000,
        "'" * 50_000,
        "." * 50_000 + "北",
        "_" * 50_000 + "@",
        "](a" * 20_000,
        "http://" + "~" * 50_000,
    ],
    ids=["quotes", "blanks", "brackets", "apostrophes", "dots", "e-mail", "links", "address"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_end(text: str, language: str) -> None:
    assert finish(text, language)
