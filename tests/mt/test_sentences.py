"""Sentences: what ends one, what does not, and what is never taken apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.mt.sentences import CLOSERS, split

MASK, OPEN, CLOSE, OPEN_2, CLOSE_2 = "\ue100", "\ue200", "\ue300", "\ue201", "\ue301"

SHOWN = str.maketrans("#<>{}", MASK + OPEN + CLOSE + OPEN_2 + CLOSE_2)
"""How marks are written below: ``#`` a mask, ``<…>`` and ``{…}`` spans."""


def parts(text: str) -> list[str]:
    return [part.translate(SHOWN) for part in text.split("|")]


# ``|`` is where a text is split.

PAGES = [
    "Móng Cái là cửa khẩu quốc tế. |Công dân các nước có hộ chiếu và giấy tờ nhập cảnh phù hợp "
    "có thể làm thủ tục ở đây.",
    "Giấy thông hành vùng biên giới Việt Nam - Trung Quốc được cấp cho công dân Việt Nam. |Giấy "
    "này chỉ có giá trị trong vùng biên giới đối diện của Trung Quốc. |Căn cứ là Nghị định "
    "76/2020/NĐ-CP. |Nghị định có thể đã được sửa đổi, nên hãy hỏi trước khi đi.",
    "Theo Nghị quyết 51/2025/NQ-HĐND. |Biểu phí đầy đủ sẽ được bổ sung",
    "Bạn muốn đi bằng xe của mình? |Hãy hỏi đơn vị quản lý cửa khẩu trước.",
    "<Đền Cửa Ông.> |Đền thờ Trần Quốc Tảng, người sống từ năm # đến năm #. |Lễ hội đền là di "
    "sản văn hóa phi vật thể quốc gia từ năm #. |Ngày hội cần được đơn vị tổ chức xác nhận.",
    "<Thông tin xúc tiến đầu tư:> trang {investinquangninh.vn}. |Đây là trang của Ban Xúc tiến "
    "và Hỗ trợ đầu tư tỉnh.",
    "Thị thực, thị thực điện tử hoặc điều kiện miễn thị thực. |Xem trang <Thị thực vào Việt Nam>.",
    "Cầu Bắc Luân II dài # và rộng #. |Cầu hoàn thành vào #. |Cầu bắt đầu thông quan ngày #.",
    "Hạng hai năm 2024, # điểm. |Hạng nhất là Hải Phòng, # điểm",
    "Vịnh còn có danh hiệu “Kỳ quan thiên nhiên mới”, được bình chọn năm #. |Danh hiệu này không "
    "phải của UNESCO.",
]

OFFICIALESE = [
    "1. Xây dựng các văn bản pháp luật",
    "3.10. Hoàn thiện hệ thống cơ sở dữ liệu. |Phối hợp quản lý các đoàn phóng viên.",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "IV. TỔ CHỨC THỰC HIỆN. |Sở TT&TT chủ trì.",
    "a) Đơn vị chủ trì: Ban Xúc tiến. |b) Đơn vị phối hợp: các sở.",
    "a. Đơn vị chủ trì. |b. Đơn vị phối hợp.",
    "- Kịp thời cung cấp thông tin. |- Hợp tác truyền thông.",
    "• 2. Tập huấn, bồi dưỡng nghiệp vụ.",
    "Gồm: 1. Việc chung; 2. Việc riêng. |Hết.",
    "Điều 5. Phạm vi điều chỉnh. |Chương II. QUY ĐỊNH CHUNG",
    "Các hoạt động khác (phóng sự, video clip....); chú trọng tuyên truyền trong tháng 10. |Cụ "
    "thể, Sở TT&TT đã phối hợp.",
    "Văn bản của UBND. |Các sở làm theo. |Gửi UBND. Tỉnh giao.",
]

ABBREVIATIONS = [
    "Khách ở TP. Hạ Long, TX. Quảng Yên, H. Vân Đồn, Q. 1, P. Hồng Gai, TT. Cái Rồng. |Hết.",
    "T.P. Hạ Long và TP.HCM. |Đường Đ. Trần Phú.",
    "PGS. TS. Nguyễn V. A. Bình, ThS. Lê Hoa, BS. Mai, KS. Nam và Mr. Smith đến. |Họ ở lại.",
    "Có hang, chùa, v.v. |Khách thích. |Có chợ, v.v… |Khách mua. |Phở, bún, v.v. và chả.",
    "Dài 5 km. |Rộng 3 m. |Diện tích 12 ha. |Hết.",
    "Xem tr. 5, NXB. Giáo dục, số. 7, vd. Hạ Long. |Vé 5 tr. |Trẻ em 2 tr.",
    "Cầu Bắc Luân I. |Khách qua lại.",
]

NUMBERS = [
    "Vé 1.500.000 đồng, tăng 9,75%, gấp 3.5 lần. |Mở từ 2.9.1945 lúc 8.30. |Nghỉ 02/9.",
    "Đón 1.000. |Năm 2025. |3 đảo.",
]

QUOTES = [
    "“Đẹp quá!” |Ông nói vậy. |“Đi đâu?” bà hỏi. |«Ra đảo.» |Rồi đi.",
    'Biển ghi "Cấm vào." |Đừng vào. |‘Hết.’ |Về.',
    "Thật ư?! |Đúng. |Thật không?? |Không!",
    "(Xem trang này.) |Tiếp theo.",
    "Mở cửa (theo báo năm 2023.) Khách đến đông. |Hết",
    "Nó đóng cửa (Mưa to. Gió lớn.) và lạnh. |[Xem thêm.] |Hết",
    "Chờ... rồi đi. |Chờ… |Rồi đi. |Chờ... |“Đi!” |Hết",
    "Xong. |(Xem sau) “Hết”",
]

JOINED = [
    "xong.Tiếp theo thế nào?Không biết!Hết",
    "Xem evisa.gov.vn. |Gửi du.lich@quangninh.gov.vn. |Mở tệp ban-do.v2.pdf trước.",
    "Mưa to; Gió lớn; 3 tàu nghỉ.",
]

MARKS = [
    "Đến <đảo. Rồi về> nhé. |Hết",
    "<Một. |Hai.>",
    "<{Một. |Hai.}>",
    "Một # Hai < Ba > Bốn",
    "Một.# |Hai.",
    "Xem #. |#. |Hết",
    "Xem TP. # và <TP.> Hạ Long. |<Hết.>",
    "Xong.> |Tiếp < rồi. |Hết",
    "<Xong. > |Tiếp",
    "Một <hai.> |{Ba.} |Bốn",
]

ENGLISH = [
    "GRDP came to #. |GRDP per head was #. |These figures may be revised.",
    "Would you like to travel with your own vehicle? |Ask the gate’s management first.",
    "It is the site of the province’s Investment Promotion Agency (IPA Quang Ninh). |The agency’s "
    "current name and duties need to be confirmed.",
    "Mr. Smith, Mrs. Lee and Dr. J. B. Wong came. |They live in St. Paul, e.g. at No. 7.",
    "Open 8 a.m. to 5 p.m. on Monday, Jan. 5. |Closed in Dec. |Islands, caves, etc. |Ask first.",
    "The U.S. Embassy moved. |She left the U.S. |The visa came.",
    "Foxconn Inc. Hanoi and AEON Co., Ltd. grew. |They sold to Yazaki Corp. |The price was 3.5, "
    "i.e. approx. 4 vs. 5.",
    "See p. 5 and Fig. 2. |No. |Yes.",
]

ALL = PAGES + OFFICIALESE + ABBREVIATIONS + NUMBERS + QUOTES + JOINED + MARKS


@pytest.mark.parametrize("text", ALL)
def test_vietnamese(text: str) -> None:
    expected = parts(text)
    assert split("".join(expected), "vi") == expected


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    expected = parts(text)
    assert split("".join(expected), "en") == expected


def test_another_language_has_no_abbreviations() -> None:
    assert split("Dr. Weber kam am 5. Er ging.", "de") == ["Dr. ", "Weber kam am 5. ", "Er ging."]
    assert split("TP. Hạ Long. Hết", "en") == ["TP. ", "Hạ Long. ", "Hết"]


def test_scripts_without_capitals_begin_sentences() -> None:
    assert split("Xem 下龙湾. 下龙湾 ở đây.", "vi") == ["Xem 下龙湾. ", "下龙湾 ở đây."]


@pytest.mark.parametrize("text", ["", " ", ".", "…", ". . .", "?!", "“”", "()", "1.", "# ."])
def test_nothing_to_split(text: str) -> None:
    assert split(text, "vi") == ([text] if text else [])


def test_no_break_spaces_are_blanks() -> None:
    assert split("Xong.\u00a0Tiếp.\u202f 5 đảo", "vi") == ["Xong.\u00a0", "Tiếp.\u202f ", "5 đảo"]


TEXTS = st.lists(
    st.sampled_from(
        [
            *(MASK, OPEN, CLOSE, OPEN_2, CLOSE_2),
            *" .!?…;:“”\"')(]-•",
            *(". ", "? ", "TP", "km", "v.v", "ha", "An", "đi", "I", "1", "9,75"),
        ]
    ),
    max_size=40,
).map("".join)


@given(TEXTS | st.text(max_size=60), st.sampled_from(["vi", "en", "de"]))
def test_sentences_are_the_text_again(text: str, language: str) -> None:
    sentences = split(text, language)
    assert "".join(sentences) == text
    assert all(sentences)
    if len(sentences) > 1:
        assert all(any(char.isalnum() or char == MASK for char in each) for each in sentences)


ENDED = re.compile(rf"[.!?…]\ue100*[{CLOSERS} \ue300-\ue3ff]*\s+\Z")


@given(TEXTS, st.sampled_from(["vi", "en", "de"]))
def test_only_punctuation_ends_a_sentence(text: str, language: str) -> None:
    assert all(ENDED.search(sentence) for sentence in split(text, language)[:-1])


@given(TEXTS, TEXTS, TEXTS)
def test_a_span_is_not_taken_apart(before: str, words: str, after: str) -> None:
    others = {ord(char): None for char in OPEN + CLOSE + OPEN_2 + CLOSE_2}
    before, words, after = (each.translate(others) for each in (before, words, after))
    sentences = split(f"x{before}{OPEN}{words}{CLOSE}{after}y", "vi")
    assert sum(f"{OPEN}{words}{CLOSE}" in sentence for sentence in sentences) == 1


@pytest.mark.parametrize(
    "text",
    [
        "." * 100_000,
        ". " * 50_000,
        "." + " " * 100_000,
        '."' * 50_000,
        "(.) A " * 15_000,
        "(" * 50_000 + "A. " + ")" * 50_000,
        "a.a" * 30_000,
        f"{OPEN}. {CLOSE} A" * 15_000,
    ],
    ids=["dots", "spaced dots", "blanks", "quotes", "remarks", "brackets", "joined", "spans"],
)
def test_hostile_texts_end(text: str) -> None:
    assert "".join(split(text, "vi")) == text
