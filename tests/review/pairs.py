# ruff: noqa: E501 -- a sentence stays on one line, beside its translations
"""
Pairs: correct translations, rich in what goes wrong most easily.

The repository's own texts write most figures as facts. These sentences hold what the texts of
editors hold: figures, dates, prices, units, lunar days, decrees, telephones, links, prohibitions,
in the typography and with the names of the house. The figures are made up.
"""

from __future__ import annotations

from quangba.source.segment import Collected

__all__ = ["PAGE", "PAIRS"]

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PAGE = Collected(footnotes=["1"])
"""What the pairs may refer to: ``[^1]``."""

TYPED = {"␣": "\u00a0", "¬": "\u202f"}
"""How :data:`TEXT` shows the blanks that do not break, which an editor would not show."""

TEXT = """
vi Vé tham quan người lớn là 290.000 đồng, trẻ em là 145.000 đồng.
en The sightseeing ticket costs 290,000 VND for adults and 145,000 VND for children.
zh 成人参观票29万越南盾，儿童14.5万越南盾。
ja 観光チケットは大人29万ドン、子ども14万5000ドンです。
ko 관람권은 성인 29만 동, 어린이 14만 5000동입니다.
fr Le billet de visite coûte 290¬000␣VND pour les adultes et 145¬000␣VND pour les enfants.

vi Một đêm trên du thuyền có giá từ 1.500.000 đồng đến 3.200.000 đồng.
en One night on a cruise boat costs from 1,500,000 VND to 3,200,000 VND.
zh 游船住一晚的价格为150万至320万越南盾。
ja クルーズ船の1泊の料金は150万ドンから320万ドンです。
ko 크루즈 1박 요금은 150만 동에서 320만 동입니다.
fr Une nuit en bateau de croisière coûte de 1¬500¬000 à 3¬200¬000␣VND.

vi Dự án có vốn 12 tỷ đồng, trong đó 3,5 tỷ đồng là vốn ngân sách.
en The project has a capital of 12 billion VND, of which 3.5 billion VND comes from the state budget.
zh 项目资金为120亿越南盾，其中35亿越南盾为财政资金。
ja プロジェクトの資金は120億ドンで、うち35億ドンは国家予算です。
ko 프로젝트 자본금은 120억 동이며, 그 가운데 35억 동은 국가 예산입니다.
fr Le projet représente un capital de 12␣milliards de dongs, dont 3,5␣milliards viennent du budget public.

vi Tổng vốn FDI đạt 1,55 tỷ USD, tăng 12,5% so với năm 2024.
en Total FDI reached 1.55 billion US dollars, up 12.5% on 2024.
zh FDI总额达15.5亿美元，比2024年增长12.5%。
ja FDIの総額は15億5000万米ドルに達し、2024年に比べて12.5%増加しました。
ko FDI 총액은 15억 5000만 미국 달러로, 2024년보다 12.5% 증가했습니다.
fr Le total des IDE a atteint 1,55␣milliard de dollars américains, soit 12,5␣% de plus qu’en 2024.

vi Thu ngân sách ước đạt 54.000 tỷ đồng, bằng 98% dự toán.
en Budget revenue is estimated at 54 trillion VND, or 98% of the plan.
zh 预算收入估计为54万亿越南盾，完成计划的98%。
ja 予算収入は推計で54兆ドン、計画の98%です。
ko 예산 수입은 54조 동으로 추정되며, 계획의 98%입니다.
fr Les recettes budgétaires sont estimées à 54¬000␣milliards de dongs, soit 98␣% des prévisions.

vi Đường bao biển dài 18,7 km và rộng 20 m.
en The coastal road is 18.7␣km long and 20␣m wide.
zh 滨海公路长18.7公里，宽20米。
ja 海岸道路は長さ18.7␣km、幅20␣mです。
ko 해안 도로는 길이 18.7km, 너비 20m입니다.
fr La route côtière est longue de 18,7¬km et large de 20¬m.

vi Khu công nghiệp rộng 350 ha, cách cảng Cái Lân 12 km.
en The industrial park covers 350 hectares and lies 12 km from Cai Lan Port.
zh 工业区面积350公顷，距Cái Lân港12公里。
ja 工業団地の面積は350ヘクタールで、カイラン港から12␣kmの距離にあります。
ko 산업단지는 면적이 350헥타르이며, 까이런항에서 12km 떨어져 있습니다.
fr Le parc industriel couvre 350␣hectares et se trouve à 12¬km du port de Cai Lân.

vi Đảo rộng 46,2 km², có khoảng 6.800 người dân.
en The island covers 46.2 km² and has about 6,800 inhabitants.
zh 该岛面积46.2平方公里，约有6800名居民。
ja 島の面積は46.2␣km²で、約6800人が暮らしています。
ko 섬의 면적은 46.2km²이며, 주민은 약 6800명입니다.
fr L’île s’étend sur 46,2¬km² et compte environ 6¬800 habitants.

vi Nhiệt độ mùa hè từ 26°C đến 32°C, có ngày lên tới 38°C.
en Summer temperatures range from 26°C to 32°C and may reach 38°C on some days.
zh 夏季气温在26°C至32°C之间，有时高达38°C。
ja 夏の気温は26°Cから32°Cで、38°Cに達する日もあります。
ko 여름 기온은 26°C에서 32°C 사이이며, 38°C까지 오르는 날도 있습니다.
fr En été, la température varie de 26¬°C à 32¬°C et peut atteindre 38¬°C certains jours.

vi Lễ khai mạc diễn ra lúc 20 giờ ngày 2/9/2025 tại Hạ Long.
en The opening ceremony takes place at 8 p.m. on 2 September 2025 in Ha Long.
zh 开幕式于2025年9月2日20时在下龙举行。
ja 開会式は2025年9月2日20時からハロンで行われます。
ko 개막식은 2025년 9월 2일 20시에 하롱에서 열립니다.
fr La cérémonie d’ouverture a lieu le 2␣septembre 2025 à 20␣h à Ha Long.

vi Nghị định 76/2020/NĐ-CP ngày 1/7/2020 có hiệu lực từ ngày 15 tháng 8 năm 2020.
en Decree 76/2020/NĐ-CP of 1 July 2020 has been in force since 15 August 2020.
zh 2020年7月1日第76/2020/NĐ-CP号议定自2020年8月15日起生效。
ja 2020年7月1日付の政令76/2020/NĐ-CPは、2020年8月15日に施行されました。
ko 2020년 7월 1일자 시행령 76/2020/NĐ-CP는 2020년 8월 15일부터 시행되었습니다.
fr Le décret 76/2020/NĐ-CP du 1er␣juillet 2020 est en vigueur depuis le 15␣août 2020.

vi Quyết định 1588/QĐ-UBND được ban hành ngày 28/7/2020.
en Decision 1588/QĐ-UBND was issued on 28 July 2020.
zh 第1588/QĐ-UBND号决定于2020年7月28日颁布。
ja 決定1588/QĐ-UBNDは2020年7月28日に公布されました。
ko 결정 1588/QĐ-UBND는 2020년 7월 28일에 공포되었습니다.
fr La décision 1588/QĐ-UBND a été publiée le 28␣juillet 2020.

vi Đường dây nóng du lịch: 0203 3825 161, gọi được cả ngày và đêm.
en Tourism hotline: 0203 3825 161, open day and night.
zh 旅游热线：0203 3825 161，昼夜可以拨打。
ja 観光ホットライン：0203 3825 161（昼夜対応）。
ko 관광 핫라인: 0203 3825 161, 밤낮으로 이용할 수 있습니다.
fr Ligne d’assistance touristique␣: 0203 3825 161, jour et nuit.

vi Gọi 113 khi cần công an, 114 khi có cháy, 115 khi cần cấp cứu.
en Call 113 for the police, 114 in case of fire and 115 for an ambulance.
zh 报警请拨113，火警请拨114，急救请拨115。
ja 警察は113、火災は114、救急は115に電話してください。
ko 경찰은 113, 화재는 114, 구급은 115로 전화하십시오.
fr Appelez le 113 pour la police, le 114 en cas d’incendie et le 115 pour une urgence médicale.

vi Viết thư cho chúng tôi theo địa chỉ dulich@quangninh.gov.vn hoặc gọi +84 203 3825 161.
en Write to us at dulich@quangninh.gov.vn or call +84 203 3825 161.
zh 请发邮件至dulich@quangninh.gov.vn，或拨打+84 203 3825 161。
ja dulich@quangninh.gov.vnにメールを送るか、+84 203 3825 161にお電話ください。
ko dulich@quangninh.gov.vn으로 편지를 보내거나 +84 203 3825 161로 전화하십시오.
fr Écrivez-nous à dulich@quangninh.gov.vn ou appelez le +84 203 3825 161.

vi Xem [giờ tàu](../visit/getting-here.md) trước ngày 15/3/2026. Tàu không chạy khi có bão.
en See the [boat times](../visit/getting-here.md) before 15 March 2026. Boats do not sail in a storm.
zh 请在2026年3月15日前查看[船期](../visit/getting-here.md)。有台风时不开船。
ja [船の時刻](../visit/getting-here.md)は2026年3月15日までにご確認ください。台風のときは運航しません。
ko 2026년 3월 15일 전에 [배 시간](../visit/getting-here.md)을 확인하십시오. 태풍이 불 때는 운항하지 않습니다.
fr Consultez les [horaires des bateaux](../visit/getting-here.md) avant le 15␣mars 2026. Les bateaux ne partent pas en cas de tempête.

vi ![Cầu Bãi Cháy về đêm](../assets/cau-bai-chay.jpg) Cầu Bãi Cháy dài 903 m, thông xe ngày 2/12/2006.
en ![Bai Chay Bridge at night](../assets/cau-bai-chay.jpg) Bai Chay Bridge is 903 m long and opened to traffic on 2 December 2006.
zh ![拜寨大桥夜景](../assets/cau-bai-chay.jpg) 拜寨大桥长903米，2006年12月2日通车。
ja ![夜のバイチャイ橋](../assets/cau-bai-chay.jpg) バイチャイ橋は長さ903␣mで、2006年12月2日に開通しました。
ko ![밤의 바이짜이교](../assets/cau-bai-chay.jpg) 바이짜이교는 길이가 903m이며, 2006년 12월 2일에 개통되었습니다.
fr ![Le pont de Bai Chay la nuit](../assets/cau-bai-chay.jpg) Le pont de Bai Chay, long de 903¬m, a été ouvert à la circulation le 2␣décembre 2006.

vi ![Sơ đồ bến tàu](../assets/ben-tau.png) Bến có 6 cầu tàu. Cầu số 4 dành cho tàu ra đảo Cô Tô.
en ![Map of the pier](../assets/ben-tau.png) The port has 6 piers. Pier 4 is for boats to Co To Island.
zh ![码头示意图](../assets/ben-tau.png) 港口有6个码头。4号码头供前往姑苏岛（越南）的船只使用。
ja ![桟橋の案内図](../assets/ben-tau.png) 港には桟橋が6本あります。4番桟橋はコートー島行きの船が使います。
ko ![선착장 안내도](../assets/ben-tau.png) 항구에는 선착장이 6개 있습니다. 4번 선착장은 꼬또섬으로 가는 배가 사용합니다.
fr ![Plan du quai](../assets/ben-tau.png) Le port compte 6 quais. Le quai 4 est réservé aux bateaux pour l’île de Cô Tô.

vi Tệp `gio-tau-2026.pdf` có 24 trang, hãy [tải về](../assets/gio-tau-2026.pdf){ .md-button } trước khi đi.
en The file `gio-tau-2026.pdf` has 24 pages; [download it](../assets/gio-tau-2026.pdf){ .md-button } before you travel.
zh 文件`gio-tau-2026.pdf`共24页，请在出发前[下载](../assets/gio-tau-2026.pdf){ .md-button }。
ja ファイル`gio-tau-2026.pdf`は24ページです。お出かけの前に[ダウンロード](../assets/gio-tau-2026.pdf){ .md-button }してください。
ko 파일 `gio-tau-2026.pdf`는 24쪽입니다. 떠나기 전에 [내려받으십시오](../assets/gio-tau-2026.pdf){ .md-button }.
fr Le fichier `gio-tau-2026.pdf` compte 24 pages␣: [téléchargez-le](../assets/gio-tau-2026.pdf){ .md-button } avant de partir.

vi Nhập mã `VISIT-QN` khi [đặt vé](https://ve.quangninh.example/dat){ .md-button } để được giảm 15%.
en Enter the code `VISIT-QN` when you [book](https://ve.quangninh.example/dat){ .md-button } to save 15%.
zh [订票](https://ve.quangninh.example/dat){ .md-button }时输入代码`VISIT-QN`，可优惠15%。
ja [予約](https://ve.quangninh.example/dat){ .md-button }の際にコード`VISIT-QN`を入力すると、15%割引になります。
ko [예매](https://ve.quangninh.example/dat){ .md-button }할 때 코드 `VISIT-QN`을 입력하면 15% 할인됩니다.
fr Saisissez le code `VISIT-QN` au moment de [réserver](https://ve.quangninh.example/dat){ .md-button } pour obtenir 15␣% de réduction.

vi Tỉnh có 54 đơn vị hành chính cấp xã[^1], gồm 30 phường, 22 xã và 2 đặc khu.
en The province has 54 commune-level administrative units[^1]: 30 wards, 22 communes and 2 special zones.
zh 全省有54个乡级行政单位[^1]，包括30个坊、22个乡和2个特区。
ja 省には54の社級行政単位[^1]があり、30の坊、22の社、2つの特別区から成ります。
ko 꽝닌성에는 싸급 행정 단위가 54개[^1] 있으며, 30개 프엉, 22개 싸, 2개 특구로 이루어져 있습니다.
fr La province compte 54 unités administratives de niveau communal[^1]␣: 30 quartiers, 22 communes et 2 zones spéciales.

vi Lượng CO<sub>2</sub> giảm 1,2 triệu tấn trong giai đoạn 2021-2025[^1].
en CO<sub>2</sub> emissions fell by 1.2 million tonnes over the period 2021–2025[^1].
zh 2021—2025年，CO<sub>2</sub>排放量减少120万吨[^1]。
ja CO<sub>2</sub>の排出量は、2021～2025年に120万トン減少しました[^1]。
ko 2021~2025년 CO<sub>2</sub> 배출량은 120만 톤 줄었습니다[^1].
fr Les émissions de CO<sub>2</sub> ont baissé de 1,2␣million de tonnes sur la période 2021-2025[^1].

vi Hãy hỏi <abbr title="Ủy ban nhân dân">UBND</abbr> đặc khu Vân Đồn trước ngày 30/6.
en Ask the <abbr title="People’s Committee">UBND</abbr> of Van Don special zone before 30 June.
zh 请在6月30日前向云屯特区<abbr title="人民委员会">UBND</abbr>咨询。
ja 6月30日までにヴァンドン特別区の<abbr title="人民委員会">UBND</abbr>にお問い合わせください。
ko 6월 30일 전에 번돈 특구 <abbr title="인민위원회">UBND</abbr>에 문의하십시오.
fr Renseignez-vous auprès de l’<abbr title="Comité populaire">UBND</abbr> de la zone spéciale de Vân Dôn avant le 30␣juin.

vi Nhấn <kbd>Ctrl</kbd> và <kbd>P</kbd> để in vé; mỗi vé dùng cho 1 người.
en Press <kbd>Ctrl</kbd> and <kbd>P</kbd> to print the ticket; each ticket is for 1 person.
zh 按<kbd>Ctrl</kbd>和<kbd>P</kbd>打印门票；每张票限1人使用。
ja <kbd>Ctrl</kbd>と<kbd>P</kbd>を押すとチケットを印刷できます。チケットは1枚につき1名様です。
ko <kbd>Ctrl</kbd>과 <kbd>P</kbd>를 누르면 표가 인쇄됩니다. 표 1장은 1명이 사용합니다.
fr Appuyez sur <kbd>Ctrl</kbd> et <kbd>P</kbd> pour imprimer le billet¬; un billet vaut pour 1 personne.

vi Lễ hội Bạch Đằng diễn ra từ mùng 6 đến mùng 9 tháng Ba âm lịch, tức từ ngày 3 đến ngày 6 tháng 4 năm 2025 dương lịch.
en The Bach Dang festival runs from the 6th to the 9th day of the third lunar month, which in 2025 is 3 to 6 April.
zh 白藤江庙会在农历三月初六至初九举行，即公历2025年4月3日至6日。
ja バクダン祭りは旧暦3月6日から9日まで、新暦では2025年4月3日から6日まで開かれます。
ko 박당 축제는 음력 3월 6일부터 9일까지, 양력으로는 2025년 4월 3일부터 6일까지 열립니다.
fr La fête de Bach Dang se tient du 6e au 9e␣jour du troisième mois lunaire, soit du 3 au 6␣avril 2025.

vi Lễ hội chùa Long Tiên diễn ra ngày 24 tháng Ba âm lịch hằng năm.
en The Long Tien Pagoda festival takes place every year on the 24th day of the third lunar month.
zh 龙仙寺庙会每年农历三月二十四举行。
ja ロンティエン寺の祭りは、毎年旧暦3月24日に開かれます。
ko 롱띠엔 사원 축제는 매년 음력 3월 24일에 열립니다.
fr La fête de la pagode Long Tiên a lieu chaque année le 24e␣jour du troisième mois lunaire.

vi Rằm tháng Giêng năm nay rơi vào ngày 12/2.
en The 15th day of the first lunar month falls on 12 February this year.
zh 今年农历正月十五是2月12日。
ja 今年の旧暦1月15日は2月12日に当たります。
ko 올해 음력 1월 15일은 2월 12일입니다.
fr Cette année, le 15e␣jour du premier mois lunaire tombe le 12␣février.

vi Hội xuân Yên Tử khai hội ngày 10 tháng Giêng âm lịch và kéo dài ba tháng.
en The Yen Tu Spring Festival opens on the 10th day of the first lunar month and lasts three months.
zh 安子春季庙会于农历正月初十开幕，持续三个月。
ja イエントゥ春祭りは旧暦1月10日に開幕し、3か月続きます。
ko 옌뜨 봄축제는 음력 1월 10일에 막을 올려 3개월 동안 이어집니다.
fr La fête printanière de Yên Tu s’ouvre le 10e␣jour du premier mois lunaire et dure trois mois.

vi Bảo tàng Quảng Ninh mở cửa từ thứ Ba đến Chủ nhật, 7 giờ 30 đến 17 giờ. Bảo tàng nghỉ thứ Hai.
en Quang Ninh Museum is open from Tuesday to Sunday, from 7:30 to 17:00. It is closed on Mondays.
zh 广宁博物馆周二至周日7:30至17:00开放。周一闭馆。
ja クアンニン博物館は、火曜日から日曜日の7時30分から17時まで開館しています。月曜日は休館です。
ko 꽝닌 박물관은 화요일부터 일요일까지 7시 30분에서 17시까지 문을 엽니다. 월요일은 휴관입니다.
fr Le musée de Quang Ninh est ouvert du mardi au dimanche, de 7␣h␣30 à 17␣h. Il est fermé le lundi.

vi Chợ phiên họp sáng thứ Bảy, từ 6 giờ đến 11 giờ.
en The market is held on Saturday mornings, from 6:00 to 11:00.
zh 集市在周六上午6时至11时举行。
ja 市は土曜日の朝6時から11時まで開かれます。
ko 장은 토요일 아침 6시부터 11시까지 섭니다.
fr Le marché se tient le samedi matin, de 6␣h à 11␣h.

vi Không được bơi khi có cờ đỏ. Trẻ em dưới 12 tuổi không được xuống nước một mình.
en Do not swim when the red flag is up. Children under 12 must not enter the water alone.
zh 悬挂红旗时不得游泳。未满12岁的儿童不得独自下水。
ja 赤い旗が出ているときは泳がないでください。12歳未満のお子さまは、一人で海に入ってはいけません。
ko 붉은 깃발이 걸려 있을 때는 수영하지 마십시오. 12세 미만 어린이는 혼자 물에 들어가면 안 됩니다.
fr Ne vous baignez pas lorsque le drapeau rouge est hissé. Les enfants de moins de 12␣ans ne doivent pas entrer seuls dans l’eau.

vi Cấm hút thuốc và đốt lửa trong rừng; mức phạt từ 1,5 triệu đến 3 triệu đồng.
en Smoking and lighting fires are prohibited in the forest; fines range from 1.5 million to 3 million VND.
zh 林区禁止吸烟和用火；罚款150万至300万越南盾。
ja 森の中での喫煙とたき火は禁止されており、罰金は150万ドンから300万ドンです。
ko 숲에서는 흡연과 불 피우기를 금지하며, 과태료는 150만 동에서 300만 동입니다.
fr Il est interdit de fumer et d’allumer un feu dans la forêt¬; l’amende va de 1,5 à 3␣millions de dongs.

vi Vịnh được UNESCO ghi danh lần đầu năm 1994 và lần thứ hai năm 2000.
en The bay was first inscribed by UNESCO in 1994 and a second time in 2000.
zh 海湾于1994年首次列入联合国教科文组织名录，2000年第二次列入。
ja 湾は1994年に初めてUNESCOに登録され、2000年に2度目の登録を受けました。
ko 만은 1994년에 처음, 2000년에 두 번째로 유네스코에 등재되었습니다.
fr La baie a été inscrite par l’UNESCO une première fois en 1994 et une deuxième fois en 2000.

vi Giảm giá 20-30% cho đoàn từ 10 khách trở lên, áp dụng đến hết ngày 31/12/2026.
en Groups of 10 or more get 20–30% off, until 31 December 2026.
zh 10人及以上团体优惠20%—30%，有效期至2026年12月31日。
ja 10名以上の団体は20～30%割引です（2026年12月31日まで）。
ko 10명 이상 단체는 20~30% 할인되며, 2026년 12월 31일까지 적용됩니다.
fr Réduction de 20 à 30␣% pour les groupes d’au moins 10 personnes, jusqu’au 31␣décembre 2026.

vi Cảng hàng không quốc tế Vân Đồn cách trung tâm Hạ Long 50 km, đi ô tô khoảng 45 phút.
en Van Don International Airport is 50 km from the centre of Ha Long, about 45 minutes by car.
zh 云屯国际机场距下龙中心区50公里，乘车约45分钟。
ja ヴァンドン国際空港はハロン中心部から50␣km、車で約45分です。
ko 번돈 국제공항은 하롱 중심부에서 50km 떨어져 있으며, 자동차로 약 45분 걸립니다.
fr L’aéroport international de Vân Dôn se trouve à 50¬km du centre de Ha Long, soit environ 45␣minutes en voiture.

vi Đoàn có 1.250 khách Hàn Quốc và 860 khách Nhật Bản.
en The group included 1,250 visitors from South Korea and 860 from Japan.
zh 团队中有1250名韩国游客和860名日本游客。
ja 一行には韓国からの旅行者1250人と日本からの旅行者860人がいました。
ko 일행은 한국인 1250명과 일본인 860명이었습니다.
fr Le groupe comptait 1¬250 visiteurs coréens et 860 visiteurs japonais.

vi Trong quý I năm 2026, cửa khẩu quốc tế Móng Cái đón 1,2 triệu lượt người, tăng 8,4%.
en In the first quarter of 2026, Mong Cai International Border Gate handled 1.2 million crossings, up 8.4%.
zh 2026年第一季度，芒街国际口岸出入境120万人次，增长8.4%。
ja 2026年第1四半期、モンカイ国際国境ゲートの通過者は延べ120万人で、8.4%増加しました。
ko 2026년 1분기 몽까이 국제 국경관문을 통과한 사람은 연인원 120만 명으로, 8.4% 증가했습니다.
fr Au premier trimestre 2026, la porte-frontière internationale de Mong Cai a enregistré 1,2␣million de passages, en hausse de 8,4␣%.

vi Tỉnh có 405 sản phẩm OCOP đạt từ 3 sao đến 5 sao.
en The province has 405 OCOP products rated 3 to 5 stars.
zh 全省有405种OCOP产品获评3星至5星。
ja 省には、3つ星から5つ星の認定を受けたOCOPの産品が405点あります。
ko 꽝닌성에는 3성에서 5성을 받은 OCOP 제품이 405개 있습니다.
fr La province compte 405 produits OCOP notés de 3 à 5␣étoiles.

vi **Lưu ý:** Quầy vé đóng lúc 16 giờ 30, trước giờ tàu cuối 30 phút.
en **Note:** The ticket office closes at 16:30, 30 minutes before the last boat.
zh **注意：**售票处16:30关闭，比末班船早30分钟。
ja **ご注意**：券売所は最終便の30分前の16時30分に閉まります。
ko **유의 사항:** 매표소는 마지막 배가 떠나기 30분 전인 16시 30분에 문을 닫습니다.
fr **À noter␣:** la billetterie ferme à 16␣h␣30, 30␣minutes avant le dernier bateau.

vi 1 USD đổi được khoảng 26.300 đồng, 1 nhân dân tệ đổi được khoảng 3.650 đồng.
en 1 US dollar is worth about 26,300 VND and 1 yuan about 3,650 VND.
zh 1美元约合26300越南盾，1元人民币约合3650越南盾。
ja 1米ドルは約2万6300ドン、1人民元は約3650ドンです。
ko 1달러는 약 2만 6300동, 1위안은 약 3650동입니다.
fr 1␣dollar américain vaut environ 26¬300␣dongs et 1␣yuan environ 3¬650␣dongs.

vi Quỹ hỗ trợ 2,4 triệu euro cho 15 xã trong ba năm.
en The fund supports 15 communes with 2.4 million euros over three years.
zh 基金在三年内向15个乡提供240万欧元支持。
ja 基金は3年間で15の社に240万ユーロを支援します。
ko 기금은 3년 동안 15개 싸에 240만 유로를 지원합니다.
fr Le fonds soutient 15 communes à hauteur de 2,4␣millions d’euros sur trois ans.

vi Hội chợ đón 350 nghìn lượt khách trong 5 ngày.
en The fair received 350,000 visits in 5 days.
zh 展会5天接待游客35万人次。
ja 見本市には5日間で延べ35万人が訪れました。
ko 박람회에는 5일 동안 연인원 35만 명이 찾았습니다.
fr La foire a enregistré 350¬000 visites en 5␣jours.

vi Giải nhất trị giá 100 triệu đồng, giải nhì 50 triệu đồng và giải ba 30 triệu đồng.
en First prize is 100 million VND, second prize 50 million VND and third prize 30 million VND.
zh 一等奖1亿越南盾，二等奖5000万越南盾，三等奖3000万越南盾。
ja 1等賞は1億ドン、2等賞は5000万ドン、3等賞は3000万ドンです。
ko 1등상은 1억 동, 2등상은 5000만 동, 3등상은 3000만 동입니다.
fr Le premier prix est de 100␣millions de dongs, le deuxième de 50␣millions et le troisième de 30␣millions.

vi Ông nói: “Chúng tôi đón 2 chuyến tàu mỗi tuần.”
en He said: “We receive 2 ships a week.”
zh 他说：“我们每周迎来2艘客轮。”
ja 「毎週2隻の船を迎えています」と同氏は述べました。
ko 그는 “매주 배 2척을 맞이합니다”라고 말했습니다.
fr Il a déclaré␣: «¬Nous accueillons 2 navires par semaine.¬»

vi Năm 2025, {fact:visitors_2025} lượt khách đến Quảng Ninh, trong đó 4,5 triệu lượt là khách quốc tế.
en In 2025, Quang Ninh received {fact:visitors_2025} visits, of which 4.5 million were by international visitors.
zh 2025年，广宁接待游客{fact:visitors_2025}人次，其中国际游客450万人次。
ja 2025年にクアンニン省を訪れた観光客は延べ{fact:visitors_2025}人で、うち450万人は外国人でした。
ko 2025년 꽝닌 방문객은 연인원 {fact:visitors_2025} 명이며, 그 가운데 450만 명이 외국인이었습니다.
fr En 2025, Quang Ninh a enregistré {fact:visitors_2025} de visites, dont 4,5␣millions par des visiteurs internationaux.

vi Đi theo QL18 đến km 102, rẽ phải vào đường tỉnh 334.
en Follow QL18 to km 102, then turn right onto provincial road 334.
zh 沿QL18行驶至102公里处，右转进入334省道。
ja QL18を102␣km地点まで進み、省道334号へ右折します。
ko QL18을 따라 102km 지점까지 간 뒤 지방도 334호선으로 우회전하십시오.
fr Suivez la QL18 jusqu’au km␣102, puis tournez à droite sur la route provinciale 334.

vi Đỉnh núi cao 1.068 m so với mực nước biển; cáp treo đưa khách lên trong 7 phút.
en The summit is 1,068 m above sea level; the cable car takes visitors up in 7 minutes.
zh 山顶海拔1068米；乘缆车7分钟即可到达。
ja 山頂の標高は1068␣mで、ロープウェイなら7分で登れます。
ko 정상은 해발 1068m이며, 케이블카로 7분이면 오릅니다.
fr Le sommet culmine à 1¬068¬m d’altitude¬; le téléphérique y monte en 7␣minutes.

vi Tháng Mười Một đến tháng Tư năm sau là mùa khô; lượng mưa chỉ khoảng 200 mm.
en November to April is the dry season, with only about 200 mm of rain.
zh 11月至次年4月为旱季；降雨量仅约200毫米。
ja 11月から翌年4月までは乾季で、降水量は約200␣mmにとどまります。
ko 11월부터 이듬해 4월까지는 건기로, 강수량은 약 200mm에 그칩니다.
fr De novembre à avril, c’est la saison sèche␣: il ne tombe qu’environ 200¬mm de pluie.

vi Kim ngạch xuất khẩu đạt 3,02 tỷ USD trong 11 tháng, nhập khẩu đạt 870 triệu USD.
en Exports reached 3.02 billion US dollars in 11 months and imports 870 million US dollars.
zh 11个月出口额达30.2亿美元，进口额达8.7亿美元。
ja 11か月間の輸出額は30億2000万米ドル、輸入額は8億7000万米ドルに達しました。
ko 11개월간 수출액은 30억 2000만 미국 달러, 수입액은 8억 7000만 미국 달러에 이르렀습니다.
fr En 11␣mois, les exportations ont atteint 3,02␣milliards de dollars américains et les importations 870␣millions.

vi Mỗi khách được mang 20 kg hành lý và không quá 100 ml chất lỏng.
en Each passenger may carry 20 kg of luggage and no more than 100 ml of liquids.
zh 每位旅客可携带20公斤行李，液体不得超过100毫升。
ja 手荷物はお一人20␣kgまでで、液体は100␣mlを超えて持ち込めません。
ko 승객 한 명당 수하물 20kg까지 가져갈 수 있으며, 액체는 100ml를 넘으면 안 됩니다.
fr Chaque passager peut emporter 20¬kg de bagages et pas plus de 100¬ml de liquides.

vi Tuyến đường sắt cần khoảng 5,6 nghìn tỷ đồng, tương đương 213 triệu USD.
en The railway needs about 5.6 trillion VND, or 213 million US dollars.
zh 该铁路约需5.6万亿越南盾，约合2.13亿美元。
ja この鉄道には約5兆6000億ドン（2億1300万米ドル相当）が必要です。
ko 이 철도에는 약 5조 6000억 동(2억 1300만 미국 달러 상당)이 필요합니다.
fr La voie ferrée nécessite environ 5¬600␣milliards de dongs, soit 213␣millions de dollars américains.

vi Theo Nghị định 31/2021/NĐ-CP, dự án được miễn thuế 2 năm và giảm 50% trong 4 năm tiếp theo.
en Under Decree 31/2021/NĐ-CP, the project is exempt from tax for 2 years and pays 50% less for the following 4 years.
zh 依据第31/2021/NĐ-CP号议定，项目免税2年，其后4年减税50%。
ja 政令31/2021/NĐ-CPに基づき、事業は2年間免税となり、続く4年間は50%減税されます。
ko 시행령 31/2021/NĐ-CP에 따라 프로젝트는 2년간 면세되고, 이어지는 4년간 50% 감면됩니다.
fr En vertu du décret 31/2021/NĐ-CP, le projet est exonéré d’impôt pendant 2␣ans, puis bénéficie d’une réduction de 50␣% les 4␣années suivantes.

vi Hội chợ OCOP mở từ ngày 25/4 đến ngày 1/5/2026 tại Bãi Cháy.
en The OCOP fair is open from 25 April to 1 May 2026 in Bai Chay.
zh OCOP展会于2026年4月25日至5月1日在拜寨举行。
ja OCOP見本市は、2026年4月25日から5月1日までバイチャイで開かれます。
ko OCOP 박람회는 2026년 4월 25일부터 5월 1일까지 바이짜이에서 열립니다.
fr La foire OCOP est ouverte du 25␣avril au 1er␣mai 2026 à Bai Chay.

vi Năm 1288, Trần Hưng Đạo thắng trận trên sông Bạch Đằng, cách đây hơn 700 năm.
en In 1288, more than 700 years ago, Tran Hung Dao won the battle on the Bach Dang River.
zh 700多年前的1288年，陈兴道在白藤江上取得胜利。
ja 今から700年以上前の1288年、チャン・フン・ダオはバクダン川で勝利を収めました。
ko 지금으로부터 700여 년 전인 1288년, 쩐흥다오는 박당강에서 승리했습니다.
fr En 1288, il y a plus de 700␣ans, Trân Hung Dao remporta la bataille de la rivière Bach Dang.

vi Công dân 13 nước được miễn thị thực 45 ngày; hộ chiếu phải còn hạn ít nhất 6 tháng.
en Citizens of 13 countries are exempt from visas for 45 days; passports must be valid for at least 6 months.
zh 13个国家的公民可免签停留45天；护照有效期至少须有6个月。
ja 13か国の国民は45日間ビザが免除されますが、パスポートには6か月以上の有効期間が必要です。
ko 13개국 국민은 45일 동안 비자가 면제되며, 여권은 유효 기간이 6개월 이상 남아 있어야 합니다.
fr Les ressortissants de 13␣pays sont exemptés de visa pendant 45␣jours¬; le passeport doit être valable au moins 6␣mois.

vi Vé Sun World Ha Long là 350.000 đồng với khách cao từ 1,4 m trở lên.
en A ticket to Sun World Ha Long is 350,000 VND for visitors 1.4 m tall or more.
zh Sun World Ha Long门票为35万越南盾，适用于身高1.4米及以上的游客。
ja Sun World Ha Longのチケットは、身長1.4␣m以上の方は35万ドンです。
ko Sun World Ha Long 입장권은 키 1.4m 이상이면 35만 동입니다.
fr Le billet de Sun World Ha Long coûte 350¬000␣VND pour les visiteurs mesurant 1,4¬m ou plus.

vi Hạn nộp hồ sơ là ngày 5/8/2026, kết quả có sau 10 ngày làm việc.
en Applications close on 5 August 2026, and results follow after 10 working days.
zh 申请截止日期为2026年8月5日，10个工作日后公布结果。
ja 申請の締め切りは2026年8月5日で、結果は10営業日後に出ます。
ko 신청 마감일은 2026년 8월 5일이며, 결과는 영업일 기준 10일 뒤에 나옵니다.
fr La date limite de dépôt est le 5␣août 2026, et le résultat est connu 10␣jours ouvrés plus tard.

vi Khách sạn có 320 phòng, mỗi phòng rộng từ 28 m² đến 45 m².
en The hotel has 320 rooms of 28 m² to 45 m² each.
zh 酒店有320间客房，每间面积28至45平方米。
ja ホテルには320の客室があり、広さは28␣m²から45␣m²です。
ko 호텔에는 객실이 320개 있으며, 객실 면적은 28m²에서 45m²입니다.
fr L’hôtel compte 320␣chambres de 28 à 45¬m² chacune.

vi Tốc độ tối đa trên cao tốc là 120 km/giờ, tốc độ tối thiểu là 60 km/giờ.
en The maximum speed on the expressway is 120 km/h and the minimum speed is 60 km/h.
zh 高速公路最高时速120公里，最低时速60公里。
ja 高速道路の最高速度は時速120␣km、最低速度は時速60␣kmです。
ko 고속도로의 최고 속도는 시속 120km, 최저 속도는 시속 60km입니다.
fr Sur l’autoroute, la vitesse maximale est de 120¬km/h et la vitesse minimale de 60¬km/h.

vi Xem lịch tại www.lichvinh.com.vn hoặc https://dulich.quangninh.gov.vn/lich trước khi đi.
en See the calendar at www.lichvinh.com.vn or https://dulich.quangninh.gov.vn/lich before you travel.
zh 出发前请查看日程（www.lichvinh.com.vn、https://dulich.quangninh.gov.vn/lich）。
ja お出かけの前に日程をご確認ください（www.lichvinh.com.vn、https://dulich.quangninh.gov.vn/lich）。
ko 떠나기 전에 일정을 확인하십시오(www.lichvinh.com.vn, https://dulich.quangninh.gov.vn/lich).
fr Consultez le calendrier sur www.lichvinh.com.vn ou https://dulich.quangninh.gov.vn/lich avant de partir.

vi Phòng vé: 0203 3846 592. Fax: 0203 3846 593. Thư: ve@halong.example.
en Ticket office: 0203 3846 592. Fax: 0203 3846 593. E-mail: ve@halong.example.
zh 售票处：0203 3846 592。传真：0203 3846 593。邮箱：ve@halong.example。
ja 券売所：0203 3846 592。ファクス：0203 3846 593。メール：ve@halong.example。
ko 매표소: 0203 3846 592. 팩스: 0203 3846 593. 이메일: ve@halong.example.
fr Billetterie␣: 0203 3846 592. Télécopie␣: 0203 3846 593. Courriel␣: ve@halong.example.

vi Căn cứ Luật Đầu tư 143/2025/QH15 và Thông tư 25/2023/TT-BTC, lệ phí là 200 nghìn đồng.
en Under the Law on Investment 143/2025/QH15 and Circular 25/2023/TT-BTC, the fee is 200,000 VND.
zh 依据第143/2025/QH15号《投资法》和第25/2023/TT-BTC号通知，费用为20万越南盾。
ja 投資法143/2025/QH15と通達25/2023/TT-BTCに基づき、手数料は20万ドンです。
ko 투자법 143/2025/QH15와 시행규칙 25/2023/TT-BTC에 따라 수수료는 20만 동입니다.
fr En vertu de la loi sur l’investissement 143/2025/QH15 et de la circulaire 25/2023/TT-BTC, les frais sont de 200¬000␣dongs.

vi Chúng tôi chưa có số liệu năm 2026. Số năm 2025 là 19.800 khách, giảm 3,4%.
en We do not yet have the figure for 2026. In 2025 it was 19,800 visitors, down 3.4%.
zh 我们尚无2026年的数据。2025年为19800名游客，下降3.4%。
ja 2026年の数字はまだありません。2025年は1万9800人で、3.4%減少しました。
ko 2026년 수치는 아직 없습니다. 2025년은 1만 9800명으로, 3.4% 감소했습니다.
fr Nous n’avons pas encore le chiffre de 2026. Celui de 2025 est de 19¬800 visiteurs, en baisse de 3,4␣%.

vi Ngày 18 là chính hội. Năm 2026, ngày này là 1/8/2026.
en The 18th is the main day. In 2026, it falls on 1 August 2026.
zh 十八为正日。2026年，这一天是2026年8月1日。
ja 18日が本祭りです。2026年は、2026年8月1日に当たります。
ko 18일이 본행사입니다. 2026년에는 2026년 8월 1일입니다.
fr Le 18e␣jour est le temps fort. En 2026, il tombe le 1er␣août 2026.

vi Đảo Cô Tô có 2 bến tàu, cách cảng Ao Tiên 60 km. Tàu chạy 3 chuyến mỗi ngày.
en Co To Island has 2 piers, 60 km from Ao Tien Port. Boats make 3 trips a day.
zh 姑苏岛（越南）有2个码头，距Ao Tiên港60公里。每天有3班船。
ja コートー島には船着き場が2か所あり、アオティエン港から60␣kmの距離です。船は1日3便です。
ko 꼬또섬에는 선착장이 2곳 있으며, 아오띠엔 항구에서 60km 떨어져 있습니다. 배는 하루 3회 운항합니다.
fr L’île de Cô Tô possède 2 embarcadères, à 60¬km du port Ao Tiên. Les bateaux font 3 trajets par jour.

vi Trẻ em cao dưới 1 m được miễn phí; người từ 60 tuổi được giảm một nửa giá vé.
en Children under 1 m tall travel free; people aged 60 or over get half off the ticket price.
zh 身高1米以下儿童免费；60岁及以上游客票价减半。
ja 身長1␣m未満のお子さまは無料、60歳以上の方は半額です。
ko 키 1m 미만 어린이는 무료이며, 60세 이상은 표값이 절반입니다.
fr Gratuit pour les enfants de moins de 1¬m¬; moitié prix à partir de 60␣ans.

vi Giá vé là 1.500.000 đồng, mua trước ngày 2/9/2025.
en The ticket price is 1,500,000 VND if bought before 2 September 2025.
zh 票价为150万越南盾，须在2025年9月2日前购买。
ja チケットの料金は150万ドンで、2025年9月2日より前の購入が必要です。
ko 표값은 150만 동이며, 2025년 9월 2일 전에 사야 합니다.
fr Le billet coûte 1¬500¬000␣VND s’il est acheté avant le 2␣septembre 2025.

vi Giá vé là 1.500.000 đồng, mua trước ngày 2/9/2025.
en The ticket price is VND 1.5 million if bought before September 2, 2025.
zh 票价为1,500,000越南盾，须在2025年9月2日前购买。
ja チケットの料金は1,500,000ベトナムドンで、2025年9月2日より前の購入が必要です。
ko 표값은 1,500,000동이며, 2025년 9월 2일 전에 사야 합니다.
fr Le billet coûte 1,5␣million de dongs s’il est acheté avant le 2␣septembre 2025.

vi Giá vé là 1,5 triệu đồng, mua trước ngày 2 tháng 9 năm 2025.
en The ticket price is 1.5 million dong if bought before 2 September 2025.
zh 票价为１５０万越南盾，须在２０２５年９月２日前购买。
ja チケットの料金は１５０万ドンで、２０２５年９月２日より前の購入が必要です。
ko 표값은 150만 베트남 동이며, 2025년 9월 2일 전에 사야 합니다.
fr Le billet coûte 1,5␣million VND s’il est acheté avant le 2␣septembre 2025.

vi Vốn đầu tư là 12.000.000.000 đồng, tăng 12,5 phần trăm.
en The investment is 12 billion VND, up 12.5 percent.
zh 投资额为120亿越南盾，增长12.5%。
ja 投資額は120億ドンで、12.5パーセント増加しました。
ko 투자액은 120억 동으로, 12.5퍼센트 증가했습니다.
fr L’investissement est de 12␣milliards de dongs, en hausse de 12,5 pour cent.

vi Trạm cứu hộ trực 24/24 giờ, 7 ngày trong tuần.
en The rescue station is staffed 24 hours a day, 7 days a week.
zh 救援站每周7天、每天24小时值班。
ja 救助所は週7日、24時間体制です。
ko 구조대는 주 7일, 하루 24시간 근무합니다.
fr Le poste de secours est ouvert 24␣heures sur 24, 7␣jours sur 7.

vi Chùa được dựng vào thế kỷ 13, dưới triều Trần.
en The pagoda was built in the 13th century, under the Tran dynasty.
zh 寺院建于13世纪的陈朝。
ja 寺は13世紀、陳朝の時代に建てられました。
ko 사원은 13세기 쩐 왕조 때 세워졌습니다.
fr La pagode fut bâtie au XIIIe␣siècle, sous la dynastie Trân.

vi Đình được dựng từ thế kỷ XV và trùng tu năm 2013.
en The communal house dates from the 15th century and was restored in 2013.
zh 古亭始建于15世纪，2013年修缮。
ja 集会所は15世紀に建てられ、2013年に修復されました。
ko 딘은 15세기에 세워져 2013년에 복원되었습니다.
fr La maison commune date du XVe␣siècle et a été restaurée en 2013.

vi Hàng trăm thuyền ra khơi mỗi đêm.
en Hundreds of boats put to sea every night.
zh 每晚有数百艘船出海。
ja 毎晩、何百隻もの船が海に出ます。
ko 매일 밤 수백 척의 배가 바다로 나갑니다.
fr Des centaines de bateaux prennent la mer chaque nuit.

vi Rừng chiếm 2/3 diện tích đảo, bãi cát chiếm một phần mười.
en Forest covers two thirds of the island, and beaches one tenth.
zh 森林占全岛面积的三分之二，沙滩占十分之一。
ja 森林は島の面積の3分の2、砂浜は10分の1を占めます。
ko 숲이 섬 면적의 3분의 2, 모래밭이 10분의 1을 차지합니다.
fr La forêt couvre les deux tiers de l’île, et les plages un dixième.

vi Quầy vé mở từ 8h00 đến 17h30, nghỉ trưa 60 phút.
en The ticket office is open from 8:00 to 17:30, with a 60-minute lunch break.
zh 售票处8:00至17:30开放，午休60分钟。
ja 券売所は8時から17時30分まで開いており、昼休みは60分です。
ko 매표소는 오전 8시부터 오후 5시 30분까지 문을 열며, 점심시간은 60분입니다.
fr La billetterie est ouverte de 8␣h à 17␣h␣30, avec une pause de 60␣minutes à midi.

vi Mùa đông trên núi có lúc xuống -1°C.
en In winter the mountains sometimes fall to −1°C.
zh 冬季山上有时降至-1°C。
ja 冬の山では-1°Cまで下がることがあります。
ko 겨울 산은 영하 1°C까지 내려가기도 합니다.
fr En hiver, il fait parfois −1¬°C en montagne.

vi Cảng được mở rộng trong những năm 1990 và năm 2018.
en The port was extended in the 1990s and in 2018.
zh 港口于20世纪90年代和2018年扩建。
ja 港は1990年代と2018年に拡張されました。
ko 항구는 1990년대와 2018년에 확장되었습니다.
fr Le port a été agrandi dans les années 1990 et en 2018.

vi Hồ chứa 1,2 triệu m³ nước, sâu 15 m.
en The lake holds 1.2 million m³ of water and is 15␣m deep.
zh 湖泊蓄水120万立方米，深15米。
ja 湖の貯水量は120万␣m³、深さは15␣mです。
ko 호수의 저수량은 120만m³, 깊이는 15m입니다.
fr Le lac contient 1,2␣million de m³ d’eau et atteint 15¬m de profondeur.

vi Tổng đài 1900 1234, cước 1.000 đồng mỗi phút.
en Call 1900 1234; calls cost 1,000 VND per minute.
zh 请拨打1900 1234，每分钟1000越南盾。
ja お電話は1900 1234へ。通話料は1分1000ドンです。
ko 대표 전화 1900 1234, 통화료는 분당 1000동입니다.
fr Appelez le 1900 1234␣: 1¬000␣dongs la minute.

vi Nghị quyết 12-NQ/TW ngày 16/9/2024 nêu ba nhiệm vụ.
en Resolution 12-NQ/TW of 16 September 2024 sets out three tasks.
zh 2024年9月16日第12-NQ/TW号决议提出三项任务。
ja 2024年9月16日付の決議12-NQ/TWは三つの課題を挙げています。
ko 2024년 9월 16일자 결의 12-NQ/TW는 세 가지 과제를 제시합니다.
fr La résolution 12-NQ/TW du 16␣septembre 2024 énonce trois tâches.

vi Gửi xe máy 5 nghìn đồng, ô tô 30 nghìn đồng mỗi lượt.
en Parking costs 5,000 VND for a motorbike and 30,000 VND for a car.
zh 停车费：摩托车每次5000越南盾，汽车每次3万越南盾。
ja 駐車料金は1回につきバイク5000ドン、車3万ドンです。
ko 주차료는 1회에 오토바이 5000동, 자동차 3만 동입니다.
fr Le stationnement coûte 5¬000␣dongs pour une moto et 30¬000␣dongs pour une voiture.

vi Bảo tàng ở số 165 đường Trần Quốc Nghiễn, phường Hồng Gai.
en The museum is at 165 Tran Quoc Nghien Street, Hong Gai ward.
zh 博物馆位于鸿基坊陈国演路165号。
ja 博物館はホンガイ坊、チャンクオックギエン通り165番地にあります。
ko 박물관은 홍가이프엉 쩐꾸옥응이엔 거리 165번지에 있습니다.
fr Le musée se trouve au 165, rue Trân Quôc Nghiên, dans le quartier de Hong Gai.

vi Tàu cao tốc chở 1.200-1.500 khách mỗi ngày, từ tháng 4 đến tháng 10.
en Fast boats carry 1,200–1,500 passengers a day, from April to October.
zh 高速船每天运送1200—1500名乘客，时间为4月至10月。
ja 高速船は4月から10月まで、1日1200～1500人を運びます。
ko 쾌속선은 4월부터 10월까지 하루 1200~1500명을 실어 나릅니다.
fr Les bateaux rapides transportent de 1¬200 à 1¬500 passagers par jour, d’avril à octobre.

vi Đường dài 176 km, thi công trong 2 năm 3 tháng, vốn 14.000 tỷ đồng.
en The 176-km road took 2 years and 3 months to build and cost 14 trillion VND.
zh 公路长176公里，施工历时2年3个月，投资14万亿越南盾。
ja 道路は全長176␣km、工期は2年3か月、事業費は14兆ドンです。
ko 도로는 길이 176km, 공사 기간 2년 3개월, 사업비 14조 동입니다.
fr Longue de 176¬km, la route a demandé 2␣ans et 3␣mois de travaux et 14¬000␣milliards de dongs.

vi Tỷ lệ lấp đầy đạt 3/4; 25% diện tích còn trống, tức 120,5 ha.
en Occupancy is at 3/4; 25% of the area, or 120.5 ha, is still free.
zh 入驻率达3/4；25%的面积尚未出租，即120.5公顷。
ja 入居率は4分の3で、面積の25%に当たる120.5ヘクタールが空いています。
ko 입주율은 4분의 3이며, 면적의 25%인 120.5헥타르가 비어 있습니다.
fr Le taux d’occupation est de 3/4¬; 25␣% de la surface, soit 120,5␣hectares, restent libres.
"""
"""Blocks of one source and its translations; a line begins with its language."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def typed(line: str) -> tuple[str, str]:
    """Return the language of a line and its text with the blanks that it means."""
    language, _, text = line.partition(" ")
    for sign, blank in TYPED.items():
        text = text.replace(sign, blank)
    return language, text


PAIRS = tuple(dict(map(typed, block.splitlines())) for block in TEXT.strip().split("\n\n"))
"""Correct translations by language; ``vi`` is the source."""
