# ruff: noqa: E501 -- a sentence stays on one line, beside its translation
"""Mistakes that no family makes: written by hand, one in each sentence, none of them in the corpus."""

from __future__ import annotations

import re

import pytest
from pairs import TYPED
from seeding import open_seeding

from quangba.catalogs.message import Message
from quangba.errors import Severity
from quangba.review.checking import Checker, Finding
from quangba.source.segment import Collected, Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CHOICE = re.compile(r"⟦(.*?)\|(.*?)⟧")
"""What is right, and what stands in its place in the mistaken text."""

TEXT = """
vi Chợ đêm Hạ Long mở lúc 18h và đóng lúc 23h30.
en Ha Long night market opens at 18:00 and closes at ⟦23:30|22:30⟧.

vi Công ty được miễn tiền thuê đất trong 15 năm đầu.
en The company pays no land rent for the first ⟦15|50⟧ years.

vi Chi phí logistics giảm từ 18,2% xuống 16,5% trong hai năm.
en Logistics costs fell from ⟦18.2% to 16.5%|16.5% to 18.2%⟧ in two years.

vi Vốn đăng ký là 340 triệu USD, gấp đôi năm trước.
en Registered capital came to 340 million ⟦US dollars|euros⟧, twice the figure of the year before.

vi Tàu khởi hành từ cảng Ao Tiên vào thứ Sáu hằng tuần.
en The boat leaves ⟦Ao Tien Port|the port⟧ every Friday.

vi Hồ sơ gồm 3 bộ, trong đó có 1 bộ gốc.
en The file consists of 3 sets, of which 1 is ⟦the original|the original and 2 are copies⟧.

vi Quyết định số 2105/QĐ-UBND có hiệu lực từ ngày 1/10/2025.
en Decision No. ⟦2105/QĐ-UBND|2105/QĐ-TTg⟧ takes effect on 1 October 2025.

vi Du khách phải rời đảo trước ngày 3 tháng 9.
en Visitors must leave the island before ⟦3 September|3 November⟧.

vi Đỉnh Cao Xiêm cao 1.429 m. Đường lên đỉnh dài 4 km. Nên mang theo nước uống.
en Cao Xiem is 1,429 m high. The path to the top is 4 km long.⟦ Bring drinking water.|⟧

vi Khu công nghiệp Sông Khoai nằm cách Hà Nội 130 km.
en Song Khoai Industrial Park is 130 ⟦km|miles⟧ from Ha Noi.

vi Bạn có thể đổi vé một lần, trước giờ đi 24 giờ.
en You ⟦may|may not⟧ change your ticket once, 24 hours before departure.

vi Gọi số 0203 3656 789 để đặt phòng.
en Call ⟦0203 3656 789|0203 3656 798⟧ to book a room.

vi Lượng khách tăng 2,5 lần so với năm 2021.
zh 游客量是2021年的⟦2.5倍|25倍⟧。

vi Bãi biển Minh Châu dài gần 2 km, cát trắng mịn.
zh 明珠海滩长近⟦2公里|2里⟧，沙质洁白细腻。

vi Phí cầu đường là 35.000 đồng một lượt.
zh 过路费每次⟦3.5万越南盾|3.5万元⟧。

vi Nhà máy tạo việc làm cho 4.700 lao động địa phương.
zh 工厂为⟦4700|4.7万⟧名当地劳动者提供就业。

vi Cửa khẩu mở từ 7 giờ đến 19 giờ hằng ngày.
zh 口岸每天⟦7时至19时|7时至17时⟧开放。

vi Lễ hội đền Cửa Ông diễn ra ngày 3 tháng Hai âm lịch.
zh 门翁祠庙会于⟦农历二月初三|二月三日⟧举行。

vi Hãy mang hộ chiếu bản gốc. Bản sao không được chấp nhận.
zh 请携带护照原件。⟦不接受复印件|接受复印件⟧。

vi Hang Đầu Gỗ và động Thiên Cung mở cửa đến 17 giờ 30.
zh ⟦木头洞和天宫洞|天宫洞⟧开放至17时30分。

vi Giá thuê đất khoảng 90 USD/m² cho cả thời hạn thuê.
zh 整个租期的土地租金约为每平方米⟦90美元|90越南盾⟧。

vi Dự án được cấp phép năm 2019 và hoàn thành năm 2023.
zh 项目于⟦2019年获批，2023年完工|2023年获批，2019年完工⟧。

vi Vùng đệm rộng 306 km².
zh 缓冲区面积306⟦平方公里|平方公里平方公里⟧。

vi Đặc khu Cô Tô có hơn 50 đảo lớn nhỏ.
zh 姑苏特区有⟦50|5⟧多个大小岛屿。

vi Vé cáp treo khứ hồi giá 400.000 đồng cho người lớn.
ja ロープウェイの往復券は大人⟦40万ドン|4万ドン⟧です。

vi Du thuyền có 22 cabin và 2 nhà hàng.
ja クルーズ船には客室が⟦22|2⟧室、レストランが2軒あります。

vi Thời gian cấp giấy phép là 15 ngày làm việc.
ja 許可証の発行には⟦15営業日|15週間⟧かかります。

vi Tháng 10 và tháng 11 là mùa lúa chín ở Bình Liêu.
ja ビンリエウでは⟦10月と11月|9月と11月⟧が稲の実る季節です。

vi Khu nghỉ dưỡng cách sân bay Vân Đồn 12 km.
ja リゾートは⟦ヴァンドン|モンカイ⟧空港から12␣kmです。

vi Hộ chiếu phải còn hạn trên 6 tháng.
ja パスポートの残存期間は⟦6か月|6年⟧を超えている必要があります。

vi Mưa nhiều nhất vào tháng Bảy và tháng Tám.
ja 雨が最も多いのは⟦7月と8月|7月⟧です。

vi Chủ tịch tỉnh đã tiếp đoàn 40 doanh nghiệp Nhật Bản tại Hạ Long.
ja 省の主席はハロンで日本企業⟦40社|140社⟧の代表団と会見しました。

vi Vui lòng không chạm vào thạch nhũ. Không xả rác trong hang.
ja 鍾乳石に手を触れないでください。⟦洞窟内にごみを捨てないでください。|⟧

vi Thuế suất ưu đãi là 10% trong 15 năm.
ja 優遇税率は15年間⟦10%|10⟧です。

vi Đường tỉnh 342 nối Ba Chẽ với Lạng Sơn.
ja 省道⟦342号|324号⟧はバーチェーとランソンを結びます。

vi Quảng Ninh có đường biên giới trên bộ dài 118,8 km với Trung Quốc.
ja クアンニン省は中国と⟦118.8|1188⟧␣kmの陸上国境で接しています。

vi Phòng nghỉ giá từ 800.000 đồng đến 1.200.000 đồng một đêm.
ko 객실 요금은 1박에 ⟦80만 동에서 120만 동|120만 동에서 80만 동⟧까지입니다.

vi Sân gôn 18 lỗ mở cửa từ tháng 5/2018.
ko 18홀 골프장은 ⟦2018년 5월|2015년 8월⟧에 문을 열었습니다.

vi Từ Hạ Long đi Móng Cái mất khoảng 1 giờ 30 phút.
ko 하롱에서 몽까이까지 약 ⟦1시간 30분|1시간⟧ 걸립니다.

vi Đoàn khảo sát gồm 25 nhà đầu tư đến từ Hàn Quốc.
ko 조사단은 ⟦한국|일본⟧에서 온 투자자 25명으로 구성되었습니다.

vi Mực nước hồ sâu 20 m, rộng 15 ha.
ko 호수는 깊이 20m, 넓이 ⟦15헥타르|15제곱미터⟧입니다.

vi Miễn phí cho trẻ em dưới 6 tuổi.
ko ⟦6|16⟧세 미만 어린이는 무료입니다.

vi Kim ngạch đạt 4,1 tỷ USD, tăng 9%.
ko 교역액은 ⟦41억|4100만⟧ 미국 달러로 9% 증가했습니다.

vi Nghị định 15/2021/NĐ-CP quy định việc cấp phép xây dựng.
ko 시행령 ⟦15/2021/NĐ-CP|15/2012/NĐ-CP⟧는 건축 허가를 규정합니다.

vi Lễ khai mạc diễn ra lúc 20 giờ ngày 30 tháng 4.
ko 개막식은 4월 30일 ⟦20시|8시⟧에 열립니다.

vi Chùa Đồng nằm trên đỉnh Yên Tử, ở độ cao 1.068 m.
ko 동 사원은 ⟦옌뜨|옌트⟧ 정상, 해발 1068m에 있습니다.

vi Xe buýt số 01 chạy 20 phút một chuyến.
ko 01번 버스는 ⟦20분|20시간⟧ 간격으로 운행합니다.

vi Tỉnh đặt mục tiêu đón 20 triệu lượt khách vào năm 2026.
ko 성은 2026년 방문객 수 ⟦2000만|200만⟧ 명을 목표로 합니다.

vi Vé vào bảo tàng là 40.000 đồng, sinh viên 20.000 đồng.
fr L’entrée du musée coûte 40¬000␣VND, ⟦20¬000|2¬000⟧␣VND pour les étudiants.

vi Khoảng 60% khách quốc tế đến bằng tàu biển.
fr Environ ⟦60␣%|16␣%⟧ des visiteurs internationaux arrivent par bateau.

vi Nhà ga mới có công suất 5 triệu khách mỗi năm.
fr La nouvelle aérogare peut accueillir 5␣⟦millions|milliards⟧ de passagers par an.

vi Cầu Tình Yêu khánh thành ngày 1/1/2022.
fr Le pont de l’Amour a été inauguré le ⟦1er janvier 2022|1er janvier 2020⟧.

vi Chợ Cái Dăm họp từ 5 giờ sáng đến 19 giờ.
fr Le marché de Cai Dam est ouvert de ⟦5¬h à 19¬h|5¬h à 9¬h⟧.

vi Ban Quản lý vịnh Hạ Long cấp phép cho 505 tàu du lịch.
fr Le Comité de gestion de la baie d’Ha Long a autorisé ⟦505|550⟧ bateaux de tourisme.

vi Mỗi tuần có hai chuyến tàu đi Cô Tô.
fr Il y a ⟦deux|trois⟧ bateaux par semaine pour Cô Tô.

vi Đây là lần thứ ba tỉnh tổ chức lễ hội này.
fr C’est la ⟦troisième|huitième⟧ fois que la province organise cette fête.

vi Nhiệt độ nước biển trung bình là 24°C.
fr La température moyenne de la mer est de 24¬⟦°C|km⟧.

vi Dự án rộng 714 ha, vốn 3,5 tỷ USD.
fr Le projet s’étend sur 714␣⟦hectares|m²⟧ et représente 3,5␣milliards de dollars américains.

vi Cấm câu cá trong vùng lõi di sản.
fr La pêche est ⟦interdite|autorisée⟧ dans la zone centrale du site.

vi Quý II năm 2025, Quảng Ninh thu hút 12 dự án FDI mới.
fr Au deuxième trimestre 2025, Quang Ninh a attiré ⟦12|21⟧ nouveaux projets d’IDE.

vi Xem bản đồ tại trang [Liên hệ](../about/contact.md) hoặc hỏi lễ tân.
en See the map on the [Contact](../about/⟦contact|sources⟧.md) page or ask at reception.

vi Trạm dừng nghỉ ở km 96 có 120 chỗ đỗ xe.
en The service area at km 96 has ⟦120 parking spaces|120 parking spaces for coaches and cars, toilets, showers, a restaurant and a shop⟧.

vi Tour ban đêm bắt đầu từ ngày 20/11, chỉ nhận 30 khách.
ja ナイトツアーは⟦11月20日|12月11日⟧に始まり、定員は30名です。

vi Quầy thông tin ở sảnh A, tầng 2.
zh 问讯处位于⟦A厅2层|A厅3层⟧。

vi **Mang theo:** áo mưa, giày đế mềm và đèn pin.
fr **À emporter␣:** imperméable, chaussures souples et lampe ⟦de poche|de⟧.

vi **Lưu ý:** Không bay flycam gần sân bay.
ko ⟦**유의:**|**유의:⟧ 공항 근처에서 드론을 띄우지 마십시오.
"""

HINTS = ("not", "autorisée", "接受复印件")
"""What is put in where a reviewer is only given a hint."""

PAGE = Collected()

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


def typed(text: str) -> str:
    """Return a text with the blanks that do not break."""
    for sign, blank in TYPED.items():
        text = text.replace(sign, blank)
    return text


CASES = [
    (source[3:], target[:2], CHOICE.sub(r"\1", target[3:]), CHOICE.sub(r"\2", target[3:]))
    for source, target in (typed(block).splitlines() for block in TEXT.strip().split("\n\n"))
]

NAMES = [f"{code}-{number}" for number, (_, code, _, _) in enumerate(CASES, 1)]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return open_seeding().checker


def findings(checker: Checker, source: str, code: str, target: str) -> list[Finding]:
    """Return what the checks say about a translation."""
    language = next(each for each in checker.workspace.settings.targets if each.code == code)
    return list(checker.message(Message(source, target), Segment(source), language, PAGE, "x.po"))


# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "code", "right", "wrong"), CASES, ids=NAMES)
def test_what_is_right_is_left_alone(
    checker: Checker, source: str, code: str, right: str, wrong: str
) -> None:
    said = [f for f in findings(checker, source, code, right) if f.severity > Severity.NOTE]
    assert said == [], [finding.problem.text("en") for finding in said]


@pytest.mark.parametrize(("source", "code", "right", "wrong"), CASES, ids=NAMES)
def test_what_is_wrong_is_found(
    checker: Checker, source: str, code: str, right: str, wrong: str
) -> None:
    known = {(f.check, f.problem) for f in findings(checker, source, code, right)}
    found = [f for f in findings(checker, source, code, wrong) if (f.check, f.problem) not in known]
    least = Severity.NOTE if any(hint in wrong for hint in HINTS) else Severity.WARNING
    assert any(finding.severity >= least for finding in found)
