"""
Every sentence about what is wrong, in Vietnamese and English.

Each entry is (severity, Vietnamese, English). A sentence says what is wrong and what to do; place
(``file:line``) is put in front by :class:`quangba.errors.Problem`.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str, str]] = {
    # Configuration
    "config-missing": (
        "ERROR",
        "không thấy tệp cấu hình này. Hãy chạy lệnh trong thư mục dự án, nơi có mkdocs.yml.",
        "this configuration file does not exist. Run the command in the project's folder.",
    ),
    "config-wrong": (
        "ERROR",
        "cấu hình sai: {what}. Hãy sửa tệp này.",
        "the configuration is wrong: {what}. Correct this file.",
    ),
    "config-no-plugin": (
        "ERROR",
        "thiếu trình cắm `quangba` trong mục `plugins`. Hãy thêm dòng `- quangba`.",
        "the plugin `quangba` is missing under `plugins`. Add a line `- quangba`.",
    ),
    "config-no-i18n": (
        "ERROR",
        "cần trình cắm `i18n` (mkdocs-static-i18n) với một ngôn ngữ `default: true`.",
        "the plugin `i18n` (mkdocs-static-i18n) with one `default: true` language is needed.",
    ),
    # Kiosk: gates
    "gate-page-unpublished": (
        "WARNING",
        "cửa {gate}: trang {page} chưa được phát hành bằng {language}, nên màn hình không có ô này. Hãy duyệt trang, hoặc chọn trang khác.",
        "gate {gate}: {page} is not published in {language}, so its tile is missing. Approve the page or choose another.",
    ),
    # Kiosk: LED screens and leaflets (site/screen/led.py, kiosk/leaflets.py)
    "led-too-far": (
        "WARNING",
        "cửa {gate}: màn hình LED quá nhỏ để đọc từ xa {distance} m. Hãy đặt chỗ xem gần hơn ({nearest} m), dùng màn hình lớn hơn, hoặc sửa led trong hồ sơ cho đúng.",
        "gate {gate}: the LED screen is too small to be read from {distance} m. Let people stand nearer ({nearest} m), use a larger screen, or correct led in the profile.",
    ),
    "leaflet-none": (
        "ERROR",
        "bản đã dựng không có tờ rơi nào (_print). Hãy khai báo cửa khẩu trong content/_data/gates.yml, duyệt trang của cửa khẩu rồi dựng lại bằng mkdocs.kiosk.yml.",
        "the build has no leaflet (_print). Describe the gates in content/_data/gates.yml, approve their pages, and build again with mkdocs.kiosk.yml.",
    ),
    "leaflet-gate": (
        "ERROR",
        "không có tờ rơi của cửa khẩu “{value}”. Hãy chọn một trong: {known}.",
        "there is no leaflet of the gate “{value}”. Choose one of: {known}.",
    ),
    "leaflet-language": (
        "ERROR",
        "không có tờ rơi bằng “{value}”. Hãy chọn một trong: {known}.",
        "there is no leaflet in “{value}”. Choose one of: {known}.",
    ),
    "leaflet-no-browser": (
        "ERROR",
        "máy này chưa có Chromium nên không in được tờ rơi. Hãy cài Chromium (trên Debian và Ubuntu: sudo apt install chromium), rồi chạy lại.",
        "Chromium is not installed on this computer, and leaflets are printed by it. Install it (on Debian and Ubuntu: sudo apt install chromium) and run this again.",
    ),
    "leaflet-browser": (
        "ERROR",
        "Chromium không in được: {what}. Hãy mở thử Chromium trên máy này, kiểm tra ổ đĩa còn chỗ, rồi chạy lại.",
        "Chromium could not print: {what}. See whether Chromium starts on this computer and whether the disk has room, then run this again.",
    ),
    "leaflet-slow": (
        "ERROR",
        "Chromium không in xong sau {seconds} giây nên đã bị dừng. Hãy đóng bớt chương trình rồi chạy lại: các tờ đã in được giữ nguyên.",
        "Chromium did not end within {seconds} seconds and was stopped. Close other programs and run this again: leaflets that are done are kept.",
    ),
    "leaflet-pages": (
        "ERROR",
        "tờ rơi dài {pages} trang, không phải 2 trang. Hãy rút ngắn phần mở đầu, tên hoặc bảng tóm tắt của trang cửa khẩu, rồi dựng lại.",
        "the leaflet has {pages} pages and not 2. Shorten the lead, the title or the glance lines of the gate's page, and build again.",
    ),
    "leaflet-dates": (
        "ERROR",
        "không thấy ngày tạo trong PDF mà Chromium in ra, nên không đặt lại được. Hãy dùng Chromium bản ổn định của hệ điều hành, hoặc báo cho người phụ trách kỹ thuật.",
        "the PDF that Chromium printed has no dates where they are expected, so they cannot be set. Use the stable Chromium of your system, or tell the person in charge of the programs.",
    ),
    "leaflet-busy": (
        "ERROR",
        "một lệnh khác đang in tờ rơi vào thư mục này. Hãy chờ lệnh đó xong, hoặc chọn thư mục khác bằng --out.",
        "another command is printing leaflets into this folder. Wait until it ends, or choose another folder with --out.",
    ),
    # Files
    "file-name": (
        "ERROR",
        "không dùng được tên này: {what}. Hãy đổi tên, tốt nhất chỉ gồm chữ thường không dấu, số và dấu gạch nối.",
        "this name cannot be used: {what}. Rename it, best with nothing but lower-case ASCII letters, digits and hyphens.",
    ),
    "file-special": (
        "ERROR",
        "đây là ống dẫn, ổ cắm hoặc thiết bị, không phải tệp. Hãy xóa hoặc dời nó ra khỏi thư mục này.",
        "this is a pipe, a socket or a device, not a file. Delete it or move it out of this folder.",
    ),
    "file-link": (
        "ERROR",
        "đây là liên kết tới thư mục {target}. Hãy xóa liên kết; nếu cần các tệp trong đó thì chép vào một thư mục thật.",
        "this is a link to the folder {target}. Delete the link; copy the files into a real folder if they are needed.",
    ),
    "file-unreadable": (
        "ERROR",
        "không đọc được tệp: {what}. Hãy kiểm tra quyền truy cập.",
        "the file cannot be read: {what}. Check its permissions.",
    ),
    "file-unwritable": (
        "ERROR",
        "không ghi được tệp: {what}. Bản cũ còn nguyên. Hãy kiểm tra quyền ghi và dung lượng đĩa, rồi chạy lại.",
        "the file cannot be written: {what}. The old one is untouched. Check permissions and free space, then run again.",
    ),
    "file-missing": (
        "ERROR",
        "không có tệp này. Hãy kiểm tra đường dẫn.",
        "there is no such file. Check the path.",
    ),
    "name-empty": (
        "ERROR",
        "{option} đang để trống. Hãy ghi nội dung cho tùy chọn này.",
        "{option} is empty. Give it a value.",
    ),
    # Pages
    "page-missing": (
        "ERROR",
        "không có trang này. Hãy viết đường dẫn tính từ thư mục nội dung, ví dụ visit/yen-tu.md.",
        "there is no such page. Write its path from the content folder, e.g. visit/yen-tu.md.",
    ),
    "page-exists": (
        "ERROR",
        "trang này đã có. Hãy chọn tên khác.",
        "this page exists already. Choose another name.",
    ),
    "page-name": (
        "ERROR",
        "tên trang chỉ gồm chữ thường không dấu, số và dấu gạch nối, kết thúc bằng .md, ví dụ visit/co-to.md.",
        "a page's name has lower-case ASCII letters, digits and hyphens and ends in .md, e.g. visit/co-to.md.",
    ),
    "page-outside": (
        "ERROR",
        "tệp này là liên kết trỏ ra ngoài thư mục nội dung. Hãy thay bằng tệp thật.",
        "this file is a link that points out of the content folder. Replace it by a real file.",
    ),
    "page-charset": (
        "ERROR",
        "tệp không phải UTF-8. Hãy mở bằng trình soạn thảo và lưu lại với bảng mã UTF-8.",
        "the file is not UTF-8. Open it in an editor and save it as UTF-8.",
    ),
    "page-address": (
        "ERROR",
        "trang có cùng địa chỉ với {other}. Hãy đổi tên một trong hai, rồi ghi tên cũ vào content/_data/redirects.yml.",
        "the page has the same address as {other}. Rename one of them and note the old name in content/_data/redirects.yml.",
    ),
    "page-active": (
        "ERROR",
        "trang có mã chạy trong trình duyệt người đọc ({what}). Hãy bỏ đi.",
        "the page has code that runs in readers' browsers ({what}). Remove it.",
    ),
    "page-cleaned": (
        "ERROR",
        "trang dựng ra có {what}, là phần không được phép nên đã bị cắt bỏ. Hãy xóa phần đó khỏi tệp này; nếu tệp không có, một tiện ích Markdown trong mkdocs.yml đã sinh ra nó.",
        "the built page had {what}, which is not allowed and was cut out. Remove it from this file; if it is not there, a Markdown extension in mkdocs.yml made it.",
    ),
    "page-host": (
        "ERROR",
        "địa chỉ {host} dễ bị nhầm với một địa chỉ khác. Hãy viết đúng tên máy chủ, không có tên trước @ và không có chữ cái trông giống chữ La-tinh.",
        "the address {host} can be taken for another one. Write the host as it is, without a name before @ and without letters that only look Latin.",
    ),
    "page-script": (
        "ERROR",
        "trang dựng ra có mã viết ngay trong trang, và trình duyệt sẽ không chạy mã đó. Hãy chuyển mã vào một tệp .js trong overrides, hoặc tìm nội dung đã mang mã vào.",
        "the built page has code inside of it, which browsers will not run. Move it into a .js file under overrides, or find the content that brought it.",
    ),
    "page-elsewhere": (
        "ERROR",
        "trang tải một tệp từ trang web khác về máy người đọc ({what}). Hãy đưa tệp đó vào content/images, kèm giấy phép, rồi dùng đường dẫn tương đối.",
        "the page makes readers' browsers fetch a file from another site ({what}). Put it into content/images with its licence and use a relative path.",
    ),
    "page-large": (
        "ERROR",
        "trang dài quá {most} ký tự hoặc {lines} dòng nên không được đọc. Hãy chia thành nhiều trang.",
        "the page has more than {most} characters or {lines} lines and is not read. Divide it into several pages.",
    ),
    "page-long": (
        "ERROR",
        "đoạn văn bắt đầu từ dòng này dài quá {most} ký tự. Hãy chia thành nhiều đoạn, cách nhau một dòng trống.",
        "the paragraph that begins on this line has more than {most} characters. Divide it into several, with a blank line between them.",
    ),
    "page-brackets": (
        "ERROR",
        "trang có hơn {most} dấu [. Hãy bỏ những dấu không mở đầu liên kết nào.",
        "the page has more than {most} signs [. Take out those that begin no link.",
    ),
    "page-nfd": (
        "WARNING",
        "chữ Việt ở dòng này gõ theo dạng tách dấu (NFD); trang vẫn dựng được vì đã tự ghép dấu. Hãy chạy `quangba check --fix` để sửa tệp.",
        "Vietnamese on this line is decomposed (NFD); the page is built from its composed form. Run `quangba check --fix` to mend the file.",
    ),
    "page-hidden": (
        "ERROR",
        "dòng có ký tự ẩn {character} mà người đọc không thấy. Hãy gõ lại chỗ đó.",
        "the line has a hidden character {character} that readers cannot see. Type that place again.",
    ),
    "front-matter-open": (
        "ERROR",
        "phần khai báo đầu trang mở bằng `---` nhưng không có dòng `---` kết thúc. Hãy thêm dòng đó.",
        "the front matter opens with `---` but no line `---` ends it. Add that line.",
    ),
    "front-matter-yaml": (
        "ERROR",
        "phần khai báo đầu trang sai cú pháp ({what}). Nếu nội dung có dấu hai chấm, hãy đặt trong ngoặc kép.",
        "the front matter is not valid YAML ({what}). Put a text that has a colon in double quotes.",
    ),
    "front-matter-tab": (
        "ERROR",
        "dòng này thụt vào bằng phím Tab, mà phần khai báo đầu trang chỉ nhận dấu cách. Hãy xóa dấu Tab ở đầu dòng, rồi thụt bằng dấu cách nếu cần.",
        "this line is indented with a tab, and front matter takes spaces only. Delete the tab at its beginning, and indent with spaces where needed.",
    ),
    "front-matter-value": (
        "ERROR",
        "`{field}` có giá trị không dùng được: {value}. Giá trị được phép: {allowed}.",
        "`{field}` has a value that cannot be used: {value}. Allowed: {allowed}.",
    ),
    "kind-missing": (
        "ERROR",
        "thiếu `{field}` trong phần đầu trang (loại trang `{kind}` cần có). Hãy bổ sung; điều chưa có nguồn thì đừng đoán.",
        "`{field}` is missing in the front matter (a page of type `{kind}` needs it). Add it; do not guess what has no source.",
    ),
    "kind-field": (
        "ERROR",
        "loại trang `{kind}` không có trường `{field}`. Có lẽ bạn muốn ghi: {known}.",
        "a page of type `{kind}` has no field `{field}`. Perhaps you meant: {known}.",
    ),
    "kind-page": (
        "ERROR",
        "`{field}` chỉ tới trang “{value}” không có trong content/. Trang gần giống nhất: {near}.",
        "`{field}` names the page “{value}”, which is not in content/. Nearest: {near}.",
    ),
    "kind-near": (
        "NOTE",
        "`{field}` chỉ tới {value} ({kind}), nhưng không danh sách nào ở cuối trang cho thấy hai trang này cạnh nhau. Hãy viết liên kết trong bài nếu muốn dẫn tới đó.",
        "`{field}` names {value} ({kind}), but no list below either page shows the other. Write a link in the text if it should lead there.",
    ),
    "kind-commune": (
        "ERROR",
        "`{field}`: “{value}” không phải là phường, xã hoặc đặc khu hiện nay. Hãy ghi đúng tên trong content/_data/communes.yml. Gần giống nhất: {near}.",
        "`{field}`: “{value}” is no present-day ward, commune or special zone. Use a name of content/_data/communes.yml. Nearest: {near}.",
    ),
    "site-untranslated": (
        "WARNING",
        "{count} chữ chung của trang (tên mục, đơn vị, nhãn) chưa dịch sang tiếng {name}, ví dụ “{msgid}”: người đọc thấy tiếng Việt. Hãy dịch tệp này.",
        "{count} texts of the site (sections, units, labels) are not translated into {name}, as “{msgid}”: readers see Vietnamese. Translate this file.",
    ),
    "language-no-cldr": (
        "WARNING",
        "chưa có quy tắc CLDR cho tiếng {name} [{language}]: số, ngày và tiền trong tiếng đó viết theo cách của tiếng Việt. Hãy nhờ người nói tiếng đó xem lại.",
        "CLDR has no rules for {name} [{language}]: numbers, dates and money are written as in Vietnamese there. Let somebody who speaks it have a look.",
    ),
    "language-silent": (
        "WARNING",
        "chưa ai dịch chữ trên giao diện sang tiếng {name} [{language}]: nút và nhãn hiện bằng tiếng Việt. Hãy dịch tệp này khi có người.",
        "nobody has translated the interface into {name} [{language}]: buttons and labels are in Vietnamese. Translate this file when there is somebody.",
    ),
    "font-missing": (
        "ERROR",
        "không có tệp này, mà mkdocs.yml khai trong fonts cho ngôn ngữ {language}. Mỗi phông cần ba tệp: …-400.woff2, …-600.woff2 và giấy phép ….txt. Hãy thêm tệp hoặc sửa dòng fonts.",
        "this file is not there, and mkdocs.yml names it under fonts for the language {language}. A face needs three files: …-400.woff2, …-600.woff2 and its licence ….txt. Add the file or correct the line.",
    ),
    "font-broken": (
        "ERROR",
        "tệp này không phải là phông chữ WOFF2 đọc được. Hãy chép lại từ nơi phát hành phông.",
        "this file is no WOFF2 font that can be read. Copy it again from where the font is published.",
    ),
    "keyboard-wrong": (
        "ERROR",
        "dòng này của bàn phím không dùng được: {what}. Mỗi dòng là một hàng phím, cách nhau bằng dấu cách, mỗi phím một chữ hoặc một dấu; nhiều nhất 5 hàng, 11 phím một hàng.",
        "this line of the keyboard cannot be used: {what}. Each line is a row of keys with blanks between them, each key one letter or mark; at most 5 rows of 11 keys.",
    ),
    "kind-area": (
        "ERROR",
        "`{field}`: “{value}” không có trong content/_data/areas.yml. Hãy sửa cho đúng mã vùng hoặc thêm vùng vào tệp đó. Gần giống nhất: {near}.",
        "`{field}`: “{value}” is not in content/_data/areas.yml. Correct the name or add the area there. Nearest: {near}.",
    ),
    "areas-wrong": (
        "ERROR",
        'vùng “{name}” phải có tên bằng tiếng Việt. Hãy ghi: {name}: "Tên vùng".',
        'the area “{name}” must have a name in Vietnamese. Write: {name}: "Name of the area".',
    ),
    "kind-fact": (
        "ERROR",
        "`{field}`: không có số liệu “{value}” trong content/_data/facts.yml. Gần giống nhất: {near}.",
        "`{field}`: there is no fact “{value}” in content/_data/facts.yml. Nearest: {near}.",
    ),
    "kind-twin": (
        "ERROR",
        "mã `{id}` đã dùng ở {other}. Hai trang cùng loại không được có cùng một mã. Hãy ghi `id:` khác.",
        "the id `{id}` is already used by {other}. Two pages of one type cannot share an id. Give another `id:`.",
    ),
    "image-no-alt": (
        "ERROR",
        "ảnh {image} thiếu lời mô tả cho người không nhìn thấy. Hãy viết trong ngoặc vuông: ![mô tả]({image}), hoặc thêm image_alt.",
        "the image {image} has no text for readers who cannot see it. Write it in the brackets: ![text]({image}), or add image_alt.",
    ),
    "link-missing": (
        "ERROR",
        "liên kết {link} trỏ tới trang không có. Hãy sửa đường dẫn.",
        "the link {link} leads to a page that does not exist. Correct the path.",
    ),
    "link-anchor": (
        "ERROR",
        "liên kết {link}: trang đích không có mục #{anchor}. Các mục có: {known}.",
        "the link {link}: the target has no anchor #{anchor}. It has: {known}.",
    ),
    "text-untranslatable": (
        "WARNING",
        'chữ “{text}” nằm trong HTML nên không dịch được. Hãy viết bằng Markdown, hoặc thêm markdown="1" vào thẻ.',
        'the text “{text}” is inside HTML and cannot be translated. Write Markdown, or add markdown="1" to the tag.',
    ),
    # Events and statements (source/occurrences.py, source/statements.py, site/calendars.py)
    "event-ends-first": (
        "ERROR",
        "sự kiện kết thúc trước khi bắt đầu: `{field}` sớm hơn {start}. Hãy sửa ngày kết thúc; nếu kéo sang tháng sau hoặc năm sau, hãy ghi cả `end_month`.",
        "the event ends before it starts: `{field}` is before {start}. Correct the last day; if it goes on into another month or year, give `end_month` too.",
    ),
    "statement-changed": (
        "ERROR",
        'thông tin chính thức đã khác phiên bản {date}. Không sửa lặng lẽ: hãy ghi phiên bản mới bằng `quangba statement {page} --what "đã sửa gì"`, hoặc trả lại nội dung cũ.',
        'the statement differs from its version of {date}. Nothing is changed silently: record a version with `quangba statement {page} --what "what changed"`, or put the old text back.',
    ),
    "statement-unsigned": (
        "ERROR",
        'phiên bản {date} chưa có mã nội dung (`digest`). Hãy chạy `quangba statement {page} --what "lý do"` thay vì tự viết `versions`.',
        'the version of {date} has no `digest`. Run `quangba statement {page} --what "why"` instead of writing `versions` by hand.',
    ),
    "statement-no-version": (
        "ERROR",
        'thông tin chính thức chưa có phiên bản nào. Hãy chạy `quangba statement {page} --what "công bố lần đầu"`.',
        'the statement has no version yet. Run `quangba statement {page} --what "first published"`.',
    ),
    "statement-order": (
        "ERROR",
        "phiên bản {date} sớm hơn phiên bản đứng trước ({before}). Các phiên bản phải theo thứ tự thời gian; đừng sửa phiên bản cũ.",
        "the version of {date} is before the one above it ({before}). Versions stand in the order of time; leave old ones as they are.",
    ),
    "statement-same": (
        "ERROR",
        "nội dung không khác phiên bản {date}, nên không có gì để ghi.",
        "nothing differs from the version of {date}, so there is nothing to record.",
    ),
    "statement-not": (
        "ERROR",
        "đây không phải là trang thông tin chính thức (`type: statement`).",
        "this page is no official statement (`type: statement`).",
    ),
    "statement-shape": (
        "ERROR",
        "không ghi thêm được vào `versions` vì cách viết lạ. Hãy viết thành danh sách, mỗi phiên bản một mục bắt đầu bằng dấu gạch.",
        "`versions` is written in a way that cannot be added to. Write it as a list, each version an item that begins with a dash.",
    ),
    # Data
    "data-yaml": (
        "ERROR",
        "tệp dữ liệu sai cú pháp YAML ({what}). Hãy sửa dòng này.",
        "the data file is not valid YAML ({what}). Correct this line.",
    ),
    "fact-unknown": (
        "ERROR",
        "không có số liệu “{fact}” trong content/_data/facts.yml. Hãy sửa tên hoặc thêm số liệu.",
        "the fact “{fact}” is not in content/_data/facts.yml. Correct the name or add the fact.",
    ),
    "fact-expired": (
        "ERROR",
        "số liệu “{fact}” đã hết hạn ngày {day}. Hãy kiểm tra nguồn, cập nhật giá trị và ngày hết hạn.",
        "the fact “{fact}” expired on {day}. Check its source, then update value and expiry.",
    ),
    "fact-wrong": (
        "ERROR",
        "số liệu “{fact}” thiếu hoặc sai: {what}. Mỗi số liệu cần label, value, kind, as_of, source.",
        "the fact “{fact}” lacks or misstates: {what}. A fact needs label, value, kind, as_of, source.",
    ),
    "fact-unused": (
        "NOTE",
        "số liệu “{fact}” không trang nào dùng.",
        "no page uses the fact “{fact}”.",
    ),
    "fact-in-html": (
        "ERROR",
        "số liệu “{fact}” nằm trong HTML hoặc mã nên không hiện được. Hãy chuyển ra đoạn văn Markdown.",
        "the fact “{fact}” is inside HTML or code and cannot be shown. Move it into Markdown text.",
    ),
    # The gate
    "gate-unapproved": (
        "ERROR",
        'trang chưa được duyệt. Người có thẩm quyền chạy: quangba approve {page} --by "Họ tên" --document "Số văn bản".',
        'the page is not approved. Whoever may approve it runs: quangba approve {page} --by "Name" --document "Number".',
    ),
    "gate-changed": (
        "ERROR",
        'trang hoặc số liệu của trang đã sửa sau khi {by} duyệt ngày {date}. Hãy duyệt lại: quangba approve {page} --by "…".',
        'the page or a fact on it changed after {by} approved it on {date}. Approve again: quangba approve {page} --by "…".',
    ),
    "gate-sample": (
        "ERROR",
        "trang chỉ được duyệt mẫu (role: sample) mà trang web không còn ở chế độ mẫu. Cơ quan chủ quản cần duyệt lại.",
        "the page has only a sample approval (role: sample) and the site is no longer in sample mode. The unit must approve it.",
    ),
    "gate-classification": (
        "ERROR",
        "thiếu `classification: public` ở đầu trang. Chỉ thêm dòng này khi nội dung được phép công khai.",
        "`classification: public` is missing in the front matter. Add it only when the content may be public.",
    ),
    "gate-not-public": (
        "ERROR",
        "`classification` ghi “{value}”, nên trang không hiện ra. Chỉ đổi thành `classification: public` khi nội dung được phép công khai.",
        "`classification` says “{value}”, so the page is not shown. Change it to `classification: public` only when the content may be public.",
    ),
    "gate-owner": (
        "ERROR",
        "đơn vị chủ quản “{owner}” không có trong content/_data/units.yml. Hãy khai `owner:` bằng một mã trong tệp đó.",
        "the owner “{owner}” is not in content/_data/units.yml. Set `owner:` to a name in that file.",
    ),
    "gate-secrecy": (
        "ERROR",
        "có dấu hiệu tài liệu mật hoặc nội bộ: “{mark}”. Trang không được phát hành. Hãy báo người phụ trách bảo mật.",
        "there is a mark of a classified or internal document: “{mark}”. The page is not published. Tell the security officer.",
    ),
    "gate-snippet": (
        "ERROR",
        "trang chèn nội dung từ tệp khác (--8<--) nên phiếu duyệt không bao được. Hãy chép nội dung vào trang.",
        "the page includes another file (--8<--), which an approval cannot cover. Copy the text into the page.",
    ),
    "gate-draft": (
        "ERROR",
        "có dấu hiệu bản nháp: “{mark}”. Hãy hoàn thiện nội dung rồi duyệt lại.",
        "there is a mark of a draft: “{mark}”. Finish the text, then approve it again.",
    ),
    "gate-withdrawn": (
        "NOTE",
        "trang đã được rút ngày {date} theo yêu cầu của {by}; địa chỉ cũ chỉ còn thông báo ngắn.",
        "the page was withdrawn on {date} by {by}; its address shows only a short notice.",
    ),
    "approval-wrong": (
        "ERROR",
        'phiếu duyệt thiếu hoặc sai: {what}. Hãy duyệt lại: quangba approve {page} --by "…".',
        'the approval lacks or misstates: {what}. Approve again: quangba approve {page} --by "…".',
    ),
    "asset-no-licence": (
        "ERROR",
        "tệp {asset} thiếu tệp giấy phép {sidecar} (author, licence, source). Hãy thêm tệp đó.",
        "the file {asset} has no licence file {sidecar} (author, licence, source). Add it.",
    ),
    "asset-missing": (
        "ERROR",
        "không có tệp {asset} mà trang dùng. Hãy sửa đường dẫn hoặc thêm tệp.",
        "the page uses the file {asset}, which does not exist. Correct the path or add the file.",
    ),
    "asset-broken": (
        "ERROR",
        "ảnh {asset} hỏng hoặc không dùng được ({what}). Hãy xuất lại ảnh.",
        "the image {asset} is broken or unusable ({what}). Export it again.",
    ),
    "asset-format": (
        "ERROR",
        "không dùng được tệp {asset} ({found}). Ảnh phải là JPEG, PNG, WebP, AVIF, GIF tĩnh hoặc SVG. Hãy xuất ảnh ra JPEG hoặc PNG.",
        "the file {asset} ({found}) cannot be used. Pictures are JPEG, PNG, WebP, AVIF, still GIF or SVG. Export it as JPEG or PNG.",
    ),
    "asset-content": (
        "ERROR",
        "tệp {asset} có đuôi {suffix} nhưng nội dung là {found}. Hãy đổi đuôi cho đúng hoặc xuất lại ảnh.",
        "the file {asset} ends in {suffix} but holds {found}. Give it the right ending or export the image again.",
    ),
    "asset-heavy": (
        "ERROR",
        "tệp {asset} nặng {size} MB, quá giới hạn {limit} MB. Hãy xuất bản nhẹ hơn; ảnh cạnh dài 4000 điểm ảnh là đủ.",
        "the file {asset} has {size} MB, more than the {limit} MB allowed. Export a lighter one; 4000 pixels on the long side are enough.",
    ),
    "asset-pixels": (
        "ERROR",
        "ảnh {asset} có {pixels} triệu điểm ảnh, quá giới hạn {limit} triệu. Hãy thu nhỏ ảnh; cạnh dài 4000 điểm ảnh là đủ.",
        "the image {asset} has {pixels} million pixels, more than the {limit} million allowed. Make it smaller; 4000 pixels on the long side are enough.",
    ),
    "asset-animated": (
        "ERROR",
        "ảnh {asset} là ảnh động ({frames} khung hình), người đọc không dừng được (WCAG 2.2.2). Hãy dùng một ảnh tĩnh, hoặc một video có phụ đề.",
        "the image {asset} is animated ({frames} frames), and readers cannot stop it (WCAG 2.2.2). Use a still image, or a video with captions.",
    ),
    "asset-active": (
        "ERROR",
        "hình SVG {asset} có phần chạy được hoặc tải thứ khác về: {what}. Hãy xuất lại hình không có phần đó.",
        "the SVG drawing {asset} has a part that runs or loads something: {what}. Export it without that part.",
    ),
    # Rates of currencies
    "rate-wrong": (
        "ERROR",
        "tỷ giá không dùng được: {what}. Hãy ghi usd_vnd: {{value: 26000, date: 2026-01-31, source: …}} với giá một đô la Mỹ tính bằng đồng, ngày đã qua và nguồn.",
        "the rate cannot be used: {what}. Write usd_vnd: {{value: 26000, date: 2026-01-31, source: …}} with the price of one US dollar in dong, a day that has passed and the source.",
    ),
    "video-file": (
        "ERROR",
        "`video` cần `file` là một tệp .mp4 hoặc .webm trong thư mục nội dung, không phải “{video}”. Video không được lấy từ trang khác.",
        "`video` needs a `file` that is .mp4 or .webm in the content folder, not “{video}”. Videos are never taken from other sites.",
    ),
    "video-captions": (
        "ERROR",
        "video {video} thiếu phụ đề ngôn ngữ {language} (WCAG 1.2.2). Hãy thêm tệp .vtt và dòng `captions: {{{language}: …}}`.",
        "the video {video} has no captions in the language {language} (WCAG 1.2.2). Add a .vtt file and a line `captions: {{{language}: …}}`.",
    ),
    "video-not-vtt": (
        "ERROR",
        "phụ đề {captions} không phải tệp .vtt. Hãy lưu phụ đề ở dạng WebVTT.",
        "the captions {captions} are not a .vtt file. Save them as WebVTT.",
    ),
    "video-transcript": (
        "ERROR",
        "video {video} thiếu lời thuật `transcript` cho người không xem được (WCAG 1.2.3). Hãy viết lời thoại và những gì nhìn thấy.",
        "the video {video} has no `transcript` for people who cannot watch it (WCAG 1.2.3). Write down what is said and what is seen.",
    ),
    "video-heavy": (
        "ERROR",
        "video {asset} nặng {size} MB, quá giới hạn {limit} MB. Hãy cắt ngắn hoặc nén lại.",
        "the video {asset} has {size} MB, more than the {limit} MB allowed. Make it shorter or compress it.",
    ),
    "video-place": (
        "ERROR",
        "video {asset} ghi nơi quay (tọa độ GPS). Hãy xuất lại video không kèm vị trí.",
        "the video {asset} says where it was taken (GPS). Export it without its location.",
    ),
    # Kiosk: spoken summaries (source/spoken.py)
    "spoken-file": (
        "ERROR",
        "`spoken` cần một tệp .mp3, .m4a, .ogg hoặc .opus trong thư mục nội dung cho từng ngôn ngữ, không phải “{spoken}”. Hãy ghi như `spoken: {{vi: audio/ha-long-bay.vi.mp3}}`.",
        "`spoken` needs an .mp3, .m4a, .ogg or .opus file of the content folder for each language, not “{spoken}”. Write it like `spoken: {{vi: audio/ha-long-bay.vi.mp3}}`.",
    ),
    "spoken-language": (
        "ERROR",
        "bản thu {asset} được ghi cho ngôn ngữ {language}, nhưng là của ngôn ngữ {other}. Người đọc chỉ được nghe ngôn ngữ của trang. Hãy ghi bản thu đúng, hoặc bỏ dòng này.",
        "the recording {asset} is given for the language {language}, but belongs to {other}. Readers hear the language of the page only. Name the right recording, or remove this entry.",
    ),
    "spoken-heavy": (
        "ERROR",
        "bản thu {asset} nặng {size} MB, quá giới hạn {limit} MB. Hãy thu ngắn hơn, hoặc xuất ra MP3 64 kbit/s.",
        "the recording {asset} has {size} MB, more than the {limit} MB allowed. Make it shorter, or export it as MP3 at 64 kbit/s.",
    ),
    "spoken-content": (
        "ERROR",
        "tệp {asset} có đuôi {suffix} nhưng nội dung không phải âm thanh loại đó. Hãy xuất lại bản thu ra MP3.",
        "the file {asset} ends in {suffix}, but is no sound of that kind. Export the recording again as MP3.",
    ),
    "spoken-place": (
        "ERROR",
        "bản thu {asset} ghi nơi thu (vị trí). Hãy xuất lại bản thu không kèm vị trí.",
        "the recording {asset} says where it was made (its location). Export it without its location.",
    ),
    "card-glyph": (
        "ERROR",
        "thẻ chia sẻ của trang này bằng ngôn ngữ {language}: không phông chữ nào có ký tự “{character}” ({point}). Hãy sửa tiêu đề, hoặc thêm phông cho chữ viết ấy ở `fonts:` trong mkdocs.yml.",
        "the social card of this page in the language {language}: no font has the character “{character}” ({point}). Correct the title, or add a font for this script under `fonts:` in mkdocs.yml.",
    ),
    "redirect-wrong": (
        "ERROR",
        "chuyển hướng {old} → {new} không dùng được: {what}. Hãy sửa dòng này.",
        "the redirect {old} → {new} cannot be used: {what}. Correct this line.",
    ),
    # Catalogs
    "po-syntax": (
        "ERROR",
        'tệp dịch sai cú pháp hoặc bị cắt ở dòng này: {what}. Bản dịch không bị sửa. Lấy lại bản gần nhất: git restore "{file}".',
        'the catalog is malformed or cut at this line: {what}. Nothing was changed. Get the last version back: git restore "{file}".',
    ),
    "po-unsafe": (
        "ERROR",
        "chữ vừa viết có ký hiệu mà tệp dịch không chứa được, ví dụ #-#-#-#-#. Chưa lưu gì. Hãy bỏ ký hiệu đó.",
        "what was written has signs that a catalog cannot hold, such as #-#-#-#-#. Nothing was saved. Leave them out.",
    ),
    "po-short": (
        "ERROR",
        'tệp dịch thiếu {missing} mục so với số ghi ở đầu tệp ({count}): có lẽ tệp bị cắt. Lấy lại: git restore "{file}". Nếu đã xóa có chủ ý: quangba sync --mend "{file}".',
        'the catalog has {missing} fewer entries than its header says ({count}): it was probably cut. Get it back: git restore "{file}". If they were removed on purpose: quangba sync --mend "{file}".',
    ),
    "po-header": (
        "ERROR",
        'tệp dịch thiếu phần đầu: {what}. Lấy lại: git restore "{file}". Nếu tệp đúng là đủ: quangba sync --mend "{file}".',
        'the catalog\'s header lacks: {what}. Get it back: git restore "{file}". If the file is known to be whole: quangba sync --mend "{file}".',
    ),
    "po-conflict": (
        "ERROR",
        "tệp dịch còn dấu xung đột của Git ({mark}). Hãy chọn một bản ở từng chỗ, xóa dấu, rồi chạy lại.",
        "the catalog has a conflict marker ({mark}). Choose one side at each place, remove the markers, then run again.",
    ),
    "po-duplicate": (
        "ERROR",
        "câu “{msgid}” có hai lần, lần đầu ở dòng {first}. Hãy giữ một bản dịch và xóa bản kia.",
        "the text “{msgid}” stands twice, first on line {first}. Keep one translation and remove the other.",
    ),
    "po-charset": (
        "ERROR",
        "tệp dịch không phải UTF-8 ({what}). Hãy lưu lại với bảng mã UTF-8.",
        "the catalog is not UTF-8 ({what}). Save it as UTF-8.",
    ),
    "po-bom": (
        "ERROR",
        "tệp dịch bắt đầu bằng dấu BOM; msgfmt sẽ từ chối. Hãy chạy quangba sync để sửa.",
        "the catalog starts with a byte order mark, which msgfmt refuses. Run quangba sync to mend it.",
    ),
    "po-crlf": (
        "WARNING",
        "tệp dịch xuống dòng kiểu Windows (CRLF). Hãy chạy quangba sync để sửa.",
        "the catalog has Windows line ends (CRLF). Run quangba sync to mend it.",
    ),
    "po-unsynced": (
        "ERROR",
        "tệp dịch chưa theo kịp nội dung ({changes} chỗ). Hãy chạy quangba sync.",
        "the catalog is behind the content ({changes} places). Run quangba sync.",
    ),
    "po-orphan": (
        "WARNING",
        "tệp dịch không còn trang nguồn. Nếu đã xóa trang, hãy xóa cả tệp này.",
        "the catalog has no page any more. If the page was removed, remove this file too.",
    ),
    "text-unsound": (
        "ERROR",
        "bản dịch của “{msgid}” làm mất (−) hoặc thêm (+): {what}. Đoạn này không được dùng. Hãy sửa bản dịch.",
        "the translation of “{msgid}” loses (−) or adds (+): {what}. It is not used. Correct the translation.",
    ),
    "edition-missing": (
        "WARNING",
        "trang KHÔNG hiện bằng {language}: còn {count} đoạn chưa dịch, chưa thẩm định hoặc đã cũ (chính sách {policy}), ví dụ “{msgid}”. Hãy dịch và xác nhận các đoạn đó.",
        "the page does NOT appear in {language}: {count} texts are untranslated, unreviewed or stale (policy {policy}), e.g. “{msgid}”. Translate and approve them.",
    ),
    "text-stale": (
        "WARNING",
        "{count} đoạn đã cũ so với tiếng Việt. Hãy xem lại bản dịch.",
        "{count} texts are behind the Vietnamese. Look at the translation again.",
    ),
    "approve-document": (
        "ERROR",
        'thiếu số văn bản. Trang này không còn là bản mẫu, nên duyệt phải theo một văn bản: quangba approve {page} --by "Họ tên" --document "Số văn bản".',
        'the document is missing. This site is no sample any more, so an approval stands on a document: quangba approve {page} --by "Name" --document "Number".',
    ),
    "approve-incomplete": (
        "ERROR",
        "còn {count} đoạn chưa dịch, là bản nháp chưa ai nhận, đã cũ, có lỗi hoặc không dùng được, ví dụ “{msgid}”. Các đoạn khác đã được duyệt. Hãy mở `quangba review` để làm các đoạn còn lại.",
        "{count} texts are untranslated, drafts that nobody accepted, stale, wrong or unusable, e.g. “{msgid}”. The others are approved. Open `quangba review` for what is left.",
    ),
    "language-unknown": (
        "ERROR",
        "không có ngôn ngữ “{language}”. Các ngôn ngữ của trang: {known}.",
        "there is no language “{language}”. The site has: {known}.",
    ),
    "sync-running": (
        "ERROR",
        "một lệnh đồng bộ khác đang chạy. Hãy đợi lệnh đó xong.",
        "another sync is running. Wait until it ends.",
    ),
    "build-running": (
        "ERROR",
        "một lần dựng trang khác đang chạy. Hãy đợi lần đó xong.",
        "another build is running. Wait until it ends.",
    ),
    "build-process-ended": (
        "ERROR",
        "tiến trình dựng {language} bị ngắt giữa chừng, có thể vì máy thiếu bộ nhớ. Hãy đóng bớt "
        "chương trình rồi dựng lại.",
        "the process that built {language} was ended halfway, perhaps because memory was short. "
        "Close other programs and build again.",
    ),
    "site-taken": (
        "ERROR",
        "site_dir là một tệp, không phải thư mục. Hãy dời tệp này đi hoặc sửa site_dir trong mkdocs.yml.",
        "site_dir is a file, not a folder. Move it away or correct site_dir in mkdocs.yml.",
    ),
    "site-mounted": (
        "ERROR",
        "site_dir là nơi gắn một ổ đĩa nên không đổi chỗ được. Hãy đặt site_dir vào một thư mục con của nó.",
        "site_dir is where a disk is mounted and cannot change places. Let site_dir be a folder inside of it.",
    ),
    "site-place": (
        "ERROR",
        "không tạo được chỗ cho trang web: {what}. Hãy sửa site_dir trong mkdocs.yml hoặc quyền ghi của thư mục.",
        "there is no place for the site: {what}. Correct site_dir in mkdocs.yml or the permissions of the folder.",
    ),
    "system-error": (
        "ERROR",
        "hệ thống báo lỗi: {what}. Không tệp nào bị ghi dở. Hãy kiểm tra quyền truy cập và dung lượng đĩa, rồi chạy lại.",
        "the system reports an error: {what}. No file is left half-written. Check permissions and free space, then run again.",
    ),
    "build-refused": (
        "WARNING",
        "{count} trang không được phát hành. Lý do ghi ở trên và trong {report}.",
        "{count} pages are not published. The reasons are above and in {report}.",
    ),
    # Proof of a build (site/proof/)
    "proof-findings": (
        "NOTE",
        "bản dựng có {count} chỗ cần xem lại. Hãy mở tệp này trong trình duyệt.",
        "the build has {count} places to look at. Open this file in a browser.",
    ),
    "proof-unwritable": (
        "WARNING",
        "không ghi được bằng chứng của bản dựng: {what}. Trang web không bị ảnh hưởng. Hãy kiểm tra quyền ghi của thư mục và dung lượng đĩa, rồi dựng lại.",
        "the proof of the build could not be written: {what}. The site is not affected. Check permissions of the folder and free space, then build again.",
    ),
    "proof-failed": (
        "WARNING",
        "không làm được bằng chứng của bản dựng: {what}. Trang web không bị ảnh hưởng. Đây là lỗi của phần mềm: hãy gửi cho người phát triển câu này cùng các tệp build-*.json trong thư mục reports.",
        "the proof of the build could not be made: {what}. The site is not affected. This is a fault of the program: send this sentence and the files build-*.json in the folder reports to its developers.",
    ),
    # Translation packages (mt/store.py, mt/archive.py, mt/download.py)
    "models-unknown": (
        "ERROR",
        "không có gói dịch tên “{name}” trong danh sách. Các gói: {known}.",
        "there is no translation package “{name}” in the list. The packages are: {known}.",
    ),
    "models-not-installed": (
        "ERROR",
        "gói dịch {name} chưa được cài. Hãy xem: quangba models list.",
        "the translation package {name} is not installed. Look at: quangba models list.",
    ),
    "models-none-there": (
        "ERROR",
        "trong thư mục này không có tệp .argosmodel nào. Hãy kiểm tra lại USB hoặc đường dẫn.",
        "there is no .argosmodel file in this folder. Check the USB stick or the path.",
    ),
    "models-sha256-form": (
        "ERROR",
        "“{text}” không phải mã SHA-256. Mã này gồm đúng 64 ký tự 0-9, a-f; hãy chép lại trọn vẹn.",
        "“{text}” is not a SHA-256. It has exactly 64 characters 0-9, a-f; copy all of it.",
    ),
    "models-busy": (
        "ERROR",
        "một lệnh khác đang cài hoặc gỡ gói dịch trong thư mục này. Hãy chờ lệnh đó xong rồi chạy lại.",
        "another command is installing or removing translation packages in this folder. Wait until it ends, then run again.",
    ),
    "models-disk": (
        "ERROR",
        "không ghi được vào đĩa: {what}. Các gói đã cài còn nguyên. Hãy dọn bớt đĩa hoặc đặt biến QUANGBA_MODELS là một thư mục trên đĩa khác, rồi chạy lại.",
        "the disk could not be written: {what}. Installed packages are untouched. Free some space or set QUANGBA_MODELS to a folder on another disk, then run again.",
    ),
    "models-network": (
        "ERROR",
        "không tải được gói dịch ({what}). Hãy kiểm tra mạng rồi chạy lại: phần đã tải được giữ lại. Máy không có mạng: tải {address} trên máy khác, chép vào USB, rồi chạy: quangba models install --from TỆP.",
        "the translation package could not be downloaded ({what}). Check the network and run again: what has arrived is kept. Without a network: download {address} on another computer, copy it to a USB stick, then run: quangba models install --from FILE.",
    ),
    "models-wrong-file": (
        "ERROR",
        "mọi địa chỉ đều trả về một tệp khác với tệp đã công bố (SHA-256 {sha256}); đã bỏ tệp đó. Hãy thử lại trên một mạng khác, hoặc lấy tệp từ người tin cậy rồi dùng --from.",
        "all addresses give another file than the published one (SHA-256 {sha256}); it was thrown away. Try again on another network, or get the file from somebody you trust and use --from.",
    ),
    "models-size": (
        "ERROR",
        "tệp của gói {name} có {size} byte, đúng ra phải là {right}: có lẽ chép hoặc tải chưa xong. Hãy chép hoặc tải lại.",
        "the file of {name} has {size} bytes instead of {right}: it was probably not copied or downloaded to its end. Copy or download it again.",
    ),
    "models-hash": (
        "ERROR",
        "tệp của gói {name} không phải tệp đã công bố: SHA-256 là {sha256}, đúng ra phải là {right}. Hãy chép hoặc tải lại; không dùng tệp này.",
        "the file of {name} is not the published one: its SHA-256 is {sha256} instead of {right}. Copy or download it again; do not use this one.",
    ),
    "models-untrusted": (
        "ERROR",
        "gói này không có trong danh sách. SHA-256 của nó là {sha256}. Hãy so với mã do nơi phát hành công bố; nếu giống hệt, chạy lại với --trust-sha256 và mã đó.",
        "this package is not in the list. Its SHA-256 is {sha256}. Compare it with the one that the publisher gives; if they are the same, run again with --trust-sha256 and that value.",
    ),
    "models-broken": (
        "ERROR",
        "tệp nén bị hỏng hoặc không phải gói dịch ({what}). Hãy chép hoặc tải lại.",
        "the archive is broken or not a translation package ({what}). Copy or download it again.",
    ),
    "models-too-large": (
        "ERROR",
        "gói này lớn bất thường ({member}) nên không được mở. Hãy lấy lại gói từ nơi phát hành.",
        "this package is unusually large ({member}) and is not unpacked. Get it from the publisher again.",
    ),
    "models-encrypted": (
        "ERROR",
        "“{member}” trong gói bị đặt mật khẩu. Hãy lấy gói không có mật khẩu.",
        "“{member}” in the package is encrypted. Get a package without a password.",
    ),
    "models-link": (
        "ERROR",
        "“{member}” trong gói không phải tệp thường mà là liên kết hoặc thiết bị. Không dùng gói này; hãy lấy lại từ nơi phát hành.",
        "“{member}” in the package is a link or a device, not an ordinary file. Do not use this package; get it from the publisher again.",
    ),
    "models-unsafe": (
        "ERROR",
        "tên “{member}” trong gói có thể ghi ra ngoài thư mục của gói hoặc không dùng được trên Windows. Không dùng gói này; hãy lấy lại từ nơi phát hành.",
        "the name “{member}” in the package could reach out of its folder or cannot be used on Windows. Do not use this package; get it from the publisher again.",
    ),
    "models-duplicate": (
        "ERROR",
        "“{member}” xuất hiện hai lần trong gói. Không dùng gói này; hãy lấy lại từ nơi phát hành.",
        "“{member}” is in the package twice. Do not use this package; get it from the publisher again.",
    ),
    "models-folders": (
        "ERROR",
        "gói dịch phải có đúng một thư mục ở ngoài cùng, gói này có: {folders}. Hãy lấy lại gói từ nơi phát hành.",
        "a translation package has exactly one top folder, this one has: {folders}. Get it from the publisher again.",
    ),
    "models-unexpected": (
        "ERROR",
        "“{member}” không thuộc về một gói dịch. Không dùng gói này; hãy lấy lại từ nơi phát hành.",
        "“{member}” does not belong in a translation package. Do not use this package; get it from the publisher again.",
    ),
    "models-incomplete": (
        "ERROR",
        "gói thiếu {member} nên không dịch được. Hãy lấy lại gói từ nơi phát hành.",
        "the package lacks {member} and cannot translate. Get it from the publisher again.",
    ),
    "models-metadata": (
        "ERROR",
        "metadata.json trong gói thiếu hoặc sai ở: {item}. Hãy lấy lại gói từ nơi phát hành.",
        "metadata.json in the package is missing something or wrong at: {item}. Get it from the publisher again.",
    ),
    "models-other-pair": (
        "ERROR",
        "gói này tự khai là {name}, không phải {meant}. Hãy kiểm tra xem có nhầm tệp không; nếu không nhầm, không dùng gói này.",
        "this package says that it is {name}, not {meant}. Check that it is the right file; if it is, do not use it.",
    ),
    "models-record": (
        "ERROR",
        "không đọc được hồ sơ của gói {name}. Hãy cài lại: quangba models install.",
        "the record of {name} cannot be used. Install it again: quangba models install.",
    ),
    "models-file-missing": (
        "ERROR",
        "tệp này của gói {name} đã mất. Hãy cài lại: quangba models install.",
        "this file of {name} is gone. Install it again: quangba models install.",
    ),
    "models-file-changed": (
        "ERROR",
        "tệp này của gói {name} đã bị thay đổi từ khi cài. Hãy cài lại: quangba models install.",
        "this file of {name} was changed after it was installed. Install it again: quangba models install.",
    ),
    "models-file-extra": (
        "ERROR",
        "tệp này không thuộc gói. Hãy xóa nó đi.",
        "this file does not belong to the package. Delete it.",
    ),
    # Glossary (catalogs/glossary.py)
    "glossary-large": (
        "ERROR",
        "tệp thuật ngữ lớn hơn {largest} MB. Hãy kiểm tra xem có chọn nhầm tệp không.",
        "the glossary is larger than {largest} MB. Check that this is the right file.",
    ),
    "glossary-charset": (
        "ERROR",
        "tệp thuật ngữ không phải UTF-8. Trong Excel, hãy lưu với kiểu “CSV UTF-8”.",
        "the glossary is not UTF-8. In Excel, save it as “CSV UTF-8”.",
    ),
    "glossary-csv": (
        "ERROR",
        "bảng thuật ngữ sai cú pháp ({what}). Hãy kiểm tra dấu ngoặc kép từ dòng này trở lên.",
        "the glossary table is malformed ({what}). Check the quotation marks up to this line.",
    ),
    "glossary-header": (
        "ERROR",
        "dòng tiêu đề của bảng thuật ngữ thiếu cột: {missing}. Hãy thêm cột đó.",
        "the header of the glossary lacks the column: {missing}. Add it.",
    ),
    "glossary-column": (
        "ERROR",
        "cột “{column}” không dùng được hoặc có hai lần. Hãy đặt tên cột bằng mã ngôn ngữ (ví dụ de), hoặc kind, rule, case, french, note.",
        "the column “{column}” is unknown or stands twice. A column is a language code (e.g. de) or kind, rule, case, french, note.",
    ),
    "glossary-cells": (
        "ERROR",
        "dòng này có ô nằm ngoài các cột có tên. Hãy kiểm tra dấu phẩy và dấu ngoặc kép.",
        "this row has a cell outside the named columns. Check its commas and quotation marks.",
    ),
    "glossary-value": (
        "ERROR",
        "cột {column} có giá trị không dùng được: “{value}”. Giá trị được phép: {allowed}.",
        "the column {column} has a value that cannot be used: “{value}”. Allowed: {allowed}.",
    ),
    "glossary-formula": (
        "ERROR",
        "ô “{cell}” bắt đầu như một công thức bảng tính (=, +, -, @) hoặc là lỗi của Excel. Hãy gõ lại ô đó.",
        "the cell “{cell}” begins like a spreadsheet formula (=, +, -, @) or is an error of Excel. Type it again.",
    ),
    "glossary-hidden": (
        "ERROR",
        "dòng này có ký tự ẩn {character}. Hãy gõ lại ô đó.",
        "this row has a hidden character {character}. Type that cell again.",
    ),
    "glossary-form": (
        "ERROR",
        "“{form}” không dùng làm thuật ngữ được: quá ngắn (một chữ), quá dài hoặc có dấu |. Hãy viết cụm từ đầy đủ, hoặc bỏ trống ô.",
        "“{form}” cannot be a term: it is too short (one letter), too long, or has a | in it. Write the full expression or leave the cell empty.",
    ),
    "glossary-nameless": (
        "ERROR",
        "dòng này thiếu thuật ngữ tiếng Việt (cột vi). Hãy điền, hoặc xóa dòng.",
        "this row has no Vietnamese term (column vi). Fill it in or remove the row.",
    ),
    "glossary-empty": (
        "ERROR",
        "dòng “forbidden” không có dạng nào bị cấm. Hãy ghi dạng đó vào cột ngôn ngữ của nó.",
        "this “forbidden” row forbids nothing. Write the form into the column of its language.",
    ),
    "glossary-keep": (
        "ERROR",
        "“{term}” có quy tắc keep (giữ nguyên) nên các cột ngôn ngữ khác phải để trống. Hãy xóa các ô đó, hoặc đổi thành required.",
        "“{term}” has the rule keep, so the other languages' cells must be empty. Empty them or change the rule to required.",
    ),
    "glossary-duplicate": (
        "ERROR",
        "thuật ngữ “{term}” đã có ở dòng {first}. Hãy gộp hai dòng.",
        "the term “{term}” stands on line {first} already. Make one row of the two.",
    ),
    "glossary-contradiction": (
        "ERROR",
        "dạng “{form}” bị cấm ở đây nhưng dòng {other} lại yêu cầu. Hãy bỏ một trong hai.",
        "the form “{form}” is forbidden here but line {other} asks for it. Remove one of the two.",
    ),
    "glossary-conflict": (
        "WARNING",
        "“{term}” đã có trong bảng thuật ngữ với nội dung khác ({what}); giữ bản cũ. Để thay bằng bản mới: thêm --overwrite.",
        "“{term}” is in the glossary already and differs ({what}); the old row is kept. To take the new one: add --overwrite.",
    ),
    "glossary-skipped": (
        "WARNING",
        "bỏ qua khái niệm “{term}” vì không có dạng tiếng Việt. Hãy thêm dạng đó vào tệp rồi nhập lại.",
        "the concept “{term}” is left out because it has no Vietnamese term. Add one to the file and import it again.",
    ),
    "glossary-format": (
        "ERROR",
        "chỉ dùng được tệp .csv hoặc .tbx. Hãy đổi đuôi tệp cho đúng.",
        "only .csv and .tbx files can be used. Give the file the right ending.",
    ),
    "tbx-syntax": (
        "ERROR",
        "tệp TBX sai cú pháp XML hoặc không phải TBX: {what}. Hãy xuất lại từ phần mềm thuật ngữ.",
        "the TBX file is malformed XML or no TBX: {what}. Export it again from your terminology tool.",
    ),
    "tbx-hostile": (
        "ERROR",
        "tệp TBX có khai báo {what} nên không được đọc vì lý do an toàn. Hãy xóa khai báo đó rồi nhập lại.",
        "the TBX file declares a {what} and is not read for safety. Remove the declaration and import it again.",
    ),
    # Engine and drafts (mt)
    "draft-people": (
        "NOTE",
        "không có gói dịch máy nào dịch sang: {languages}. Phần này để người dịch làm, bằng `quangba review`, `quangba export` hoặc Poedit.",
        "no translation package leads to: {languages}. These are left to people: with `quangba review`, `quangba export` or Poedit.",
    ),
    "draft-no-packages": (
        "ERROR",
        "chưa cài gói dịch nào cho: {languages}. Hãy cài bằng `quangba models install`; máy không có mạng: `quangba models install --from Ổ_USB`. Xem gói nào đã cài: `quangba models list`.",
        "no translation package is installed for: {languages}. Install them with `quangba models install`; on a computer without network: `quangba models install --from USB_DRIVE`. `quangba models list` shows what is installed.",
    ),
    "draft-running": (
        "ERROR",
        "một lần dịch nháp khác đang chạy. Hãy đợi lần đó xong.",
        "another run of translate is under way. Wait until it ends.",
    ),
    "draft-refused": (
        "WARNING",
        "không nhận bản nháp máy của “{msgid}”: {why}. Đoạn này để người dịch.",
        "no machine draft of “{msgid}” was accepted: {why}. It is left to people.",
    ),
    "draft-package-broken": (
        "ERROR",
        "gói dịch {name} bị hỏng hoặc thiếu tệp ({part}). Hãy chạy quangba models verify, rồi cài lại gói bằng quangba models install.",
        "the translation package {name} is damaged or incomplete ({part}). Run quangba models verify, then install it again with quangba models install.",
    ),
    # Review: waivers (review/checking.py). Sentences of checks stand on the checks.
    "waiver-expired": (
        "NOTE",
        "miễn trừ cho phép kiểm tra “{check}” đã hết hiệu lực vì đoạn đã đổi. Hãy xem lại rồi miễn trừ lần nữa hoặc sửa bản dịch.",
        "the waiver of the check “{check}” expired because the text changed. Look again, then waive it anew or correct the translation.",
    ),
    "review-failed": (
        "WARNING",
        "phép kiểm tra “{check}” gặp lỗi ở mục này nên chưa kiểm tra được: {what}. Hãy tự đọc lại mục này và báo cho người viết phép kiểm tra.",
        "the check “{check}” failed on this entry and has not judged it: {what}. Read the entry yourself and tell whoever wrote the check.",
    ),
    "waiver-check": (
        "ERROR",
        "không có phép kiểm tra tên “{check}”. Các tên có: {known}.",
        "there is no check named “{check}”. The names are: {known}.",
    ),
    "waiver-needless": (
        "ERROR",
        "phép kiểm tra “{check}” không thấy gì ở mục này, nên không có gì để miễn trừ. Hãy chạy lại `quangba check` để lấy đúng tệp:dòng.",
        "the check “{check}” finds nothing in this entry, so there is nothing to waive. Run `quangba check` again for the right file:line.",
    ),
    "waiver-place": (
        "ERROR",
        "không thấy mục dịch nào ở chỗ này. Hãy chép tệp:dòng từ kết quả `quangba check`, ví dụ locales/ja/LC_MESSAGES/index.po:12.",
        "no translation stands at this place. Copy file:line from what `quangba check` says, e.g. locales/ja/LC_MESSAGES/index.po:12.",
    ),
    # Adopting translated Markdown (exchange/adopt.py)
    "adopt-folder": (
        "ERROR",
        "không có thư mục này. Hãy ghi thư mục chứa các tệp Markdown đã dịch.",
        "there is no such folder. Name the folder with the translated Markdown files.",
    ),
    "adopt-nothing": (
        "ERROR",
        "thư mục này không có tệp dịch [{language}] nào trùng tên với trang của trang web. Tên tệp phải như visit/yen-tu.{language}.md hoặc {language}/visit/yen-tu.md.",
        "this folder holds no [{language}] file named like a page of the site. Files must be named like visit/yen-tu.{language}.md or {language}/visit/yen-tu.md.",
    ),
    "adopt-unknown": (
        "WARNING",
        "tệp này không ứng với trang nào nên không được lấy. Hãy đổi tên cho trùng với tên trang.",
        "this file belongs to no page and was not taken. Rename it like the page.",
    ),
    "adopt-unaligned": (
        "WARNING",
        "phần này có {there} đoạn, còn {source} có {here} đoạn hoặc khác thứ tự loại đoạn, nên không lấy. Hãy sửa cho hai bên cùng cấu trúc rồi chạy lại, hoặc chép tay.",
        "this part has {there} texts, {source} has {here} or other kinds in another order; nothing was taken. Give both the same structure and run again, or copy by hand.",
    ),
    "adopt-gone": (
        "WARNING",
        "đoạn gốc “{msgid}” không còn trong trang {page} nên bản dịch không được lấy. Hãy chép tay nếu còn dùng.",
        "the source text “{msgid}” is no longer on the page {page}; its translation was not taken. Copy it by hand if it is still of use.",
    ),
    "adopt-unsound": (
        "WARNING",
        "bản dịch của “{msgid}” khác đoạn gốc về liên kết, số liệu hoặc đánh dấu ({what}) nên không lấy. Hãy sửa trong tệp này rồi chạy lại.",
        "the translation of “{msgid}” differs in links, facts or markup ({what}) and was not taken. Correct it in this file and run again.",
    ),
    "check-same-source": (
        "WARNING",
        "“{msgid}” được dịch khác ở {place}: “{other}”. Hãy chọn một cách dịch cho cả hai chỗ, hoặc đặt ngữ cảnh.",
        "“{msgid}” is translated otherwise at {place}: “{other}”. Choose one wording for both, or give them a context.",
    ),
    "check-same-target": (
        "WARNING",
        "bản dịch này cũng là bản dịch của một câu khác, “{other}”, ở {place}. Hãy xem bản dịch có bị đặt nhầm chỗ không.",
        "this translation also stands for another text, “{other}”, at {place}. See whether it was put in the wrong place.",
    ),
    # Exchange (exchange/)
    "export-exists": (
        "ERROR",
        "đã có tệp này, có thể đang chứa phần sửa của ai đó. Hãy chọn tên khác bằng -o, hoặc nhập rồi xóa tệp cũ.",
        "this file exists and may hold somebody's work. Choose another name with -o, or import the old file and remove it.",
    ),
    "export-long": (
        "WARNING",
        "đoạn “{msgid}” quá dài cho một ô của Excel nên không được xuất. Hãy dịch đoạn này ngay trong tệp dịch, hoặc chia đoạn gốc.",
        "the text “{msgid}” is too long for a cell of Excel and was left out. Translate it in the catalog, or divide the source.",
    ),
    "export-state": (
        "ERROR",
        "không có tình trạng “{state}”. Hãy chọn trong: {known}.",
        "there is no state “{state}”. Choose from: {known}.",
    ),
    "export-unit": (
        "ERROR",
        "không có đơn vị “{unit}” trong units.yml. Các đơn vị: {known}.",
        "there is no unit “{unit}” in units.yml. The units: {known}.",
    ),
    "import-kind": (
        "ERROR",
        "đây không phải sổ tính Excel (.xlsx) hay tệp XLIFF. Hãy gửi đúng tệp đã được xuất ra; đổi đuôi tệp không đổi được loại tệp.",
        "this is neither an Excel workbook (.xlsx) nor XLIFF. Send the file that was exported; another ending makes no other file.",
    ),
    "import-old": (
        "ERROR",
        "đây là sổ tính kiểu cũ (.xls). Hãy mở bằng Excel, chọn Save As, dạng Excel Workbook (.xlsx).",
        "this is an old workbook (.xls). Open it in Excel and save it as Excel Workbook (.xlsx).",
    ),
    "import-encrypted": (
        "ERROR",
        "tệp được đặt mật khẩu. Hãy bỏ mật khẩu trong Excel (File, Info, Protect Workbook) rồi lưu lại.",
        "the file has a password. Remove it in Excel (File, Info, Protect Workbook) and save again.",
    ),
    "import-macros": (
        "ERROR",
        "sổ tính có macro nên không được đọc. Hãy lưu lại dạng Excel Workbook (.xlsx), không có macro.",
        "the workbook has macros and is not read. Save it as Excel Workbook (.xlsx), without macros.",
    ),
    "import-large": (
        "ERROR",
        "tệp quá lớn, hoặc có ô ở rất xa bảng. Hãy xóa các hàng, cột trống ở dưới và bên phải bảng, lưu lại rồi nhập.",
        "the file is too large, or has cells far away from the table. Delete empty rows and columns below and beside the table, save and import again.",
    ),
    "import-hostile": (
        "ERROR",
        "tệp có khai báo {what} nên không được đọc vì lý do an toàn. Hãy xuất lại tệp từ chương trình gốc.",
        "the file declares a {what} and is not read for safety. Export it again from the program that made it.",
    ),
    "import-broken": (
        "ERROR",
        "tệp bị hỏng: {what}. Hãy mở bằng chương trình đã tạo ra tệp, lưu lại rồi nhập.",
        "the file is damaged: {what}. Open it in the program that made it, save it and import it again.",
    ),
    "import-sheetless": (
        "ERROR",
        "không tìm thấy bảng nào do quangba xuất ra: hàng tên cột (ẩn ở đầu bảng) đã mất. Hãy chép phần sửa sang tệp mới xuất.",
        "no table made by quangba is in the file: the hidden row of column names is gone. Copy the changes into a new export.",
    ),
    "import-headless": (
        "ERROR",
        "bảng này đã mất hàng tên cột (ẩn ở đầu bảng) nên không đọc được dòng nào. Hãy chép phần sửa sang tệp mới xuất.",
        "the hidden row of column names is gone from this sheet, so that no row of it can be read. Copy the changes into a new export.",
    ),
    "import-source": (
        "ERROR",
        "câu tiếng Việt trong dòng này không phải câu của đoạn: có lẽ chỉ một phần bảng được sắp xếp, hoặc chữ bị hỏng khi lưu. Hãy chép bản dịch vào đúng dòng trong tệp trả lại.",
        "the Vietnamese in this row is not that of its entry: perhaps only a part of the table was sorted, or the letters were damaged. Copy the translation into its own row of the returned file.",
    ),
    "import-column": (
        "ERROR",
        "bảng này thiếu cột “{column}” nên không đọc được. Hãy lấy lại cột đó (Ctrl+Z), hoặc chép phần sửa sang tệp mới xuất.",
        "this sheet lacks the column “{column}” and cannot be read. Bring it back (Ctrl+Z), or copy the changes into a new export.",
    ),
    "import-column-twice": (
        "ERROR",
        "bảng này có hai cột “{column}”, không rõ lấy cột nào. Hãy xóa một cột rồi nhập lại.",
        "this sheet has two columns “{column}”. Delete one of them and import again.",
    ),
    "import-links": (
        "WARNING",
        "sổ tính có liên kết tới tệp khác; các liên kết không được đọc. Hãy kiểm tra xem nội dung có đủ không.",
        "the workbook links to other files, which are not read. Check that nothing is missing.",
    ),
    "import-missing": (
        "NOTE",
        "{count} dòng đã xuất không có trong tệp gửi về; các đoạn đó được giữ nguyên. Hãy xem có xóa nhầm không.",
        "{count} rows of the export did not come back; their entries stay as they are. Check that none was removed by mistake.",
    ),
    "import-merged": (
        "ERROR",
        "ô bị gộp nên không rõ chữ thuộc dòng nào. Hãy bỏ gộp ô (Unmerge Cells) rồi viết lại bản dịch vào từng dòng.",
        "cells are merged, so that it is unclear which row the text belongs to. Unmerge them and write each translation in its row.",
    ),
    "import-formula": (
        "ERROR",
        "ô chứa công thức ({formula}). Hãy viết bản dịch dưới dạng chữ; nếu chữ bắt đầu bằng dấu = thì gõ dấu ' phía trước.",
        "the cell holds a formula ({formula}). Write the translation as text; put ' in front when it begins with =.",
    ),
    "import-number": (
        "ERROR",
        "Excel đã đổi chữ trong ô thành số hoặc ngày ({value}). Hãy định dạng ô là Text rồi gõ lại.",
        "Excel made a number or a date of the text ({value}). Format the cell as Text and type it again.",
    ),
    "import-decision": (
        "ERROR",
        "quyết định “{word}” không có trong danh sách. Hãy chọn: chấp nhận, đã thẩm định hoặc bỏ qua.",
        "the decision “{word}” is not in the list. Choose accept, reviewed or skip.",
    ),
    "import-unknown": (
        "ERROR",
        "dòng này không có mã của quangba: ai đó đã thêm hoặc mã đã mất. Hãy chép chữ vào dòng của đoạn đó trong tệp xuất.",
        "this row has no id of quangba: somebody added it, or the id is lost. Copy the text into the row of its entry in an export.",
    ),
    "import-foreign": (
        "ERROR",
        "dòng này thuộc ngôn ngữ khác, không phải {language}. Hãy nhập dòng đó từ tệp của ngôn ngữ ấy.",
        "this row belongs to another language than {language}. Import it from the file of its own language.",
    ),
    "import-duplicate": (
        "ERROR",
        "một đoạn có hai dòng khác nhau (dòng kia ở {other}); chưa lấy dòng nào. Hãy xóa một dòng.",
        "two rows of one entry differ (one is at {other}); none was taken. Delete one of them.",
    ),
    "import-gone": (
        "ERROR",
        "đoạn này không còn trên trang: nội dung tiếng Việt đã đổi sau khi xuất. Hãy xuất lại và xem đoạn mới.",
        "this text is no longer on the page: the Vietnamese changed after the export. Export again and look at the new text.",
    ),
    "import-conflict": (
        "ERROR",
        "người khác đã đổi đoạn này sau khi xuất; bản hiện nay: “{now}”. Chưa ghi gì. Hãy so hai bản; muốn lấy bản của mình thì chọn “chấp nhận” trong tệp trả lại rồi nhập tệp đó.",
        "somebody changed this entry after the export; it now says “{now}”. Nothing was written over. Compare both; to put yours in its place, choose “accept” in the returned file and import that.",
    ),
    "import-empty": (
        "ERROR",
        "bản dịch bị xóa trống. Hãy viết bản dịch, hoặc chọn “bỏ qua” để giữ nguyên.",
        "the translation was emptied. Write one, or choose “skip” to leave it as it is.",
    ),
    "import-tag-unknown": (
        "ERROR",
        "dấu {tag} không có trong câu tiếng Việt. Hãy chép đúng các dấu từ câu tiếng Việt.",
        "the tag {tag} is not in the Vietnamese. Copy the tags from there.",
    ),
    "import-tag-torn": (
        "ERROR",
        "dấu {tag} không đi đủ cặp, đứng chéo hoặc không bao chữ nào. Hãy đặt ⟦1⟧ trước và ⟦/1⟧ sau những chữ thuộc về dấu đó.",
        "the tag {tag} lacks its partner, crosses another pair or holds no words. Put ⟦1⟧ before and ⟦/1⟧ behind the words.",
    ),
    "import-tag-missing": (
        "ERROR",
        "bản dịch thiếu dấu {tag}. Hãy chép dấu đó từ câu tiếng Việt.",
        "the translation lacks the tag {tag}. Copy it from the Vietnamese.",
    ),
    "import-unsound": (
        "ERROR",
        "bản dịch làm mất (−) hoặc thêm (+): {what}. Hãy sửa cho giống câu tiếng Việt.",
        "the translation loses (−) or adds (+): {what}. Make it like the Vietnamese.",
    ),
    "import-finding": (
        "WARNING",
        "đã nhận, nhưng phép kiểm tra báo: {what} Hãy xem lại đoạn này.",
        "taken, but a check says: {what} Look at this text again.",
    ),
    "import-unstamped": (
        "ERROR",
        "đã nhận bản dịch nhưng chưa ghi thẩm định, vì: {what} Hãy sửa, hoặc miễn trừ bằng quangba waive, rồi nhập lại.",
        "the translation was taken but not stamped as reviewed: {what} Correct it, or waive the finding with quangba waive, and import again.",
    ),
    "import-xliff-version": (
        "ERROR",
        "đây là XLIFF {version}; quangba đọc bản 1.2. Hãy xuất từ chương trình dịch ở dạng XLIFF 1.2.",
        "this is XLIFF {version}; quangba reads 1.2. Export it from your program as XLIFF 1.2.",
    ),
    # Desk (desk/)
    "desk-address": (
        "ERROR",
        "không có gì ở địa chỉ này. Hãy mở lại địa chỉ mà lệnh quangba review đã in ra.",
        "there is nothing at this address. Open the address that quangba review printed.",
    ),
    "desk-page": (
        "ERROR",
        "không có trang hoặc ngôn ngữ này. Hãy quay lại danh sách và chọn một trang.",
        "there is no such page or language. Go back to the list and choose a page.",
    ),
    "desk-gone": (
        "ERROR",
        "đoạn này không còn trên trang. Hãy tải lại trang.",
        "this text is no longer on the page. Load the page again.",
    ),
    "desk-origin": (
        "ERROR",
        "yêu cầu này không đến từ bàn thẩm định nên bị từ chối. Hãy làm việc trong cửa sổ mà quangba review đã mở.",
        "this request does not come from the desk and is refused. Work in the window that quangba review opened.",
    ),
    "desk-request": (
        "ERROR",
        "yêu cầu này không đọc được. Hãy tải lại trang rồi làm lại.",
        "this request cannot be read. Load the page again and try once more.",
    ),
    "desk-large": (
        "ERROR",
        "nội dung gửi lên quá lớn. Hãy chia thành nhiều đoạn ngắn hơn.",
        "what was sent is too large. Split it into shorter texts.",
    ),
    "desk-failed": (
        "ERROR",
        "bàn thẩm định gặp lỗi ({what}); những gì đã lưu vẫn còn nguyên. Hãy tải lại trang; nếu vẫn lỗi, hãy báo người phụ trách.",
        "the desk met an error ({what}); what was saved is safe. Load the page again; if it stays, tell the person in charge.",
    ),
    "desk-changed": (
        "ERROR",
        "đoạn này vừa được sửa ở nơi khác. Chưa lưu gì. Hãy so hai bản rồi chọn một.",
        "this text was just changed elsewhere. Nothing was saved. Compare both versions and choose one.",
    ),
    "desk-text-line": (
        "ERROR",
        "bản dịch có dấu xuống dòng, dấu tab hoặc ký tự điều khiển. Hãy viết trên một dòng.",
        "the translation has a line end, a tab or a control character. Write it on one line.",
    ),
    "desk-text-long": (
        "ERROR",
        "bản dịch dài hơn {longest} ký tự. Hãy rút ngắn.",
        "the translation has more than {longest} characters. Make it shorter.",
    ),
    "desk-text-empty": (
        "ERROR",
        "bản dịch còn trống. Hãy viết bản dịch trước.",
        "the translation is empty. Write it first.",
    ),
    "desk-unsound": (
        "ERROR",
        "bản dịch làm mất (−) hoặc thêm (+): {what}. Đoạn này sẽ không hiện. Hãy sửa cho khớp với bản gốc.",
        "the translation loses (−) or adds (+): {what}. It would not be shown. Make it match the source.",
    ),
    "desk-findings": (
        "ERROR",
        "còn lỗi chưa sửa trong đoạn này. Hãy sửa, hoặc ghi lý do vì sao đó không phải là lỗi.",
        "there are errors in this text. Correct them, or say why they are none.",
    ),
    "desk-reviewer-missing": (
        "ERROR",
        "chưa biết ai thẩm định. Hãy ghi tên hoặc chức danh ở trang danh sách.",
        "the desk does not know who reviews. Give a name or a role on the list page.",
    ),
    "desk-reviewer-wrong": (
        "ERROR",
        "tên hoặc chức danh không dùng được. Hãy viết trên một dòng, có chữ, không quá {longest} ký tự, không có ký tự ẩn.",
        "the name or role cannot be used. Write one line with letters, of at most {longest} characters and none hidden.",
    ),
    "desk-line-wrong": (
        "ERROR",
        "lời ghi không dùng được. Hãy viết trên một dòng, có chữ, không quá {longest} ký tự, không có ký tự ẩn.",
        "the remark cannot be used. Write one line with letters, of at most {longest} characters and none hidden.",
    ),
    "desk-check-unknown": (
        "ERROR",
        "không còn phát hiện nào như thế ở đoạn này. Hãy tải lại trang.",
        "this text has no such finding any more. Load the page again.",
    ),
    "desk-check-failed": (
        "WARNING",
        "máy không kiểm tra được đoạn này ({what}). Hãy tự đọc thật kỹ và báo người phụ trách.",
        "this text could not be checked ({what}). Read it with special care and tell the person in charge.",
    ),
    "desk-page-open": (
        "ERROR",
        "chưa duyệt được cả trang: còn {count} đoạn phải xem từng đoạn, ví dụ “{msgid}”.",
        "the whole page cannot be approved yet: {count} texts have to be looked at one by one, e.g. “{msgid}”.",
    ),
    "desk-page-done": (
        "ERROR",
        "mọi đoạn của trang đã được duyệt. Hãy chọn trang khác.",
        "every text of the page is approved already. Choose another page.",
    ),
    "desk-undo-nothing": (
        "ERROR",
        "không còn gì để hoàn tác. Hãy làm tiếp.",
        "there is nothing to undo. Go on.",
    ),
    "desk-undo-changed": (
        "ERROR",
        "không hoàn tác được vì đoạn này đã được sửa sau đó. Hãy sửa trực tiếp trong đoạn.",
        "this cannot be undone because the text was changed since. Edit the text itself.",
    ),
    "desk-port": (
        "ERROR",
        "không mở được cổng {port}: {what}. Hãy chọn cổng khác, hoặc bỏ --port để tự chọn.",
        "the port {port} cannot be opened: {what}. Choose another one, or leave out --port.",
    ),
    # Report (report/)
    "report-no-repository": (
        "ERROR",
        "thư mục này không nằm trong kho git nên không có lịch sử để lập báo cáo. Hãy chạy lệnh trong bản sao đầy đủ của kho (git clone). Trang mới chưa có kho thì chạy: git init, git add . và git commit.",
        "this folder is not in a git repository, so there is no history to report. Run the command in a full clone of the repository. A new site has none yet: run git init, git add . and git commit.",
    ),
    "report-no-commits": (
        "ERROR",
        "kho git chưa có lần ghi (commit) nào. Hãy ghi nội dung vào kho rồi lập báo cáo.",
        "the git repository has no commits yet. Commit the content, then make the report.",
    ),
    "report-revision": (
        "ERROR",
        "không tìm thấy “{revision}” trong kho git. Hãy ghi tên nhánh, thẻ hoặc mã commit có trong kho.",
        "“{revision}” is not in the git repository. Give a branch, tag or commit hash that is there.",
    ),
    "report-too-late": (
        "ERROR",
        "kho git chưa có gì cho năm {year}: lần ghi cuối là ngày {last}. Hãy chọn năm khác.",
        "the git repository holds nothing for {year}: its last commit is of {last}. Choose another year.",
    ),
    "report-too-early": (
        "ERROR",
        "kho git chưa có gì cho năm {year}: lịch sử bắt đầu ngày {first}. Hãy chọn năm khác.",
        "the git repository holds nothing for {year}: its history begins on {first}. Choose another year.",
    ),
    "report-settings": (
        "WARNING",
        "không đọc được cấu hình tại commit cuối kỳ ({what}); báo cáo dùng cấu hình hiện có trong thư mục. Hãy kiểm tra số ngôn ngữ và chế độ bản mẫu trong báo cáo.",
        "the settings at the last commit cannot be read ({what}); the report uses those in the folder. Check its languages and sample mode.",
    ),
    "report-damaged": (
        "WARNING",
        "không đọc được nội dung tệp trong kho git; báo cáo dùng bản trước đó. Hãy kiểm tra kho bằng git fsck.",
        "the file's content cannot be read from the git repository; the report uses the state before. Check the repository with git fsck.",
    ),
    "report-uncommitted": (
        "WARNING",
        "{count} tệp đã sửa nhưng chưa ghi vào kho (ví dụ {first}) không được tính trong báo cáo. Hãy commit rồi lập lại nếu cần.",
        "{count} changed files are not committed (e.g. {first}) and are not in the report. Commit them and make it again if they should be.",
    ),
    # Search
    "search-names": (
        "ERROR",
        '“{group}” không phải một nhóm tên. Hãy ghi mỗi nhóm là danh sách có ít nhất hai tên: ["huyện Cô Tô", "đặc khu Cô Tô"].',
        '“{group}” is not a group of names. Write each group as a list of two names or more, as “["huyện Cô Tô", "đặc khu Cô Tô"]”.',
    ),
    "search-names-twice": (
        "ERROR",
        "tên “{name}” có ở hai nhóm. Hãy để tên ấy ở một nhóm.",
        "the name “{name}” is in two groups. Keep it in one.",
    ),
    # Kiosk: profiles of gates (source/profiles.py)
    "profile-none": (
        "ERROR",
        "tệp chưa có cửa nào. Hãy thêm ít nhất một cửa, hoặc xóa tệp nếu không dùng kiosk.",
        "the file has no gate. Add at least one, or delete the file where there is no kiosk.",
    ),
    "profile-id": (
        "ERROR",
        "mã cửa “{id}” không dùng được. Mã gồm nhiều nhất 60 chữ thường không dấu, chữ số và dấu gạch nối, ví dụ mong-cai.",
        "the gate's id “{id}” cannot be used. An id has up to 60 lower-case ASCII letters, digits and hyphens, e.g. mong-cai.",
    ),
    "profile-missing": (
        "ERROR",
        "thiếu `{field}`. Hãy bổ sung; số đo thì đo tại chỗ, còn giờ và liên hệ chưa có nguồn thì ghi null.",
        "`{field}` is missing. Add it; measure sizes on site, and write null for hours and a contact that have no source.",
    ),
    "profile-field": (
        "ERROR",
        "không có trường `{field}`. Có lẽ bạn muốn ghi: {known}.",
        "there is no field `{field}`. Perhaps you meant: {known}.",
    ),
    "profile-start": (
        "ERROR",
        "`{field}`: trang {page} thuộc loại `{kind}`, không phải trang cửa vào. Hãy chọn một trang có `type: gate`.",
        "`{field}`: the page {page} is of type `{kind}`, not that of a gate. Choose a page with `type: gate`.",
    ),
    "profile-way": (
        "ERROR",
        "`{field}`: ô `way` mở bản đồ đường đi nên không có trang riêng. Hãy bỏ `page` ở ô này.",
        "`{field}`: the tile `way` opens the map of the way and has no page. Remove `page` from this tile.",
    ),
    "profile-tiles": (
        "ERROR",
        "`{field}` có {count} ô; màn hình chính chỉ chứa {most} ô. Hãy bỏ bớt.",
        "`{field}` has {count} tiles; the home screen holds {most}. Remove some.",
    ),
    "profile-twice": (
        "ERROR",
        "`{field}`: “{value}” đã có ở trên. Hãy ghi mỗi mục một lần.",
        "`{field}`: “{value}” stands above already. Write each item once.",
    ),
    "profile-language": (
        "ERROR",
        "`{field}`: trang web không có ngôn ngữ “{value}”. Các mã có: {known}.",
        "`{field}`: the site has no language “{value}”. It has: {known}.",
    ),
    "profile-languages-left": (
        "NOTE",
        "`{field}`: cửa này không cho chọn {left}. Nếu quên, hãy thêm vào.",
        "`{field}`: this gate does not offer {left}. Add what was forgotten.",
    ),
    "profile-shape": (
        "ERROR",
        "`{field}`: {size} điểm ảnh không giống màn hình nào (tỷ lệ hai cạnh {low}–{high}). Hãy xem lại hai số này; màn hình LED phải nằm ngang.",
        "`{field}`: {size} pixels look like no screen (sides of {low}–{high} to 1). Check both numbers; an LED screen is landscape.",
    ),
    "profile-density": (
        "ERROR",
        "`{field}`: đường chéo và số điểm ảnh cho {found} điểm ảnh mỗi mm; màn hình thật có {low}–{high}. Hãy xem lại đường chéo (inch) và số điểm ảnh.",
        "`{field}`: diagonal and pixels give {found} pixels per mm; real screens have {low}–{high}. Check the diagonal (inches) and the pixels.",
    ),
    "profile-room": (
        "ERROR",
        "`{field}`: màn hình {size} mm không đủ chỗ cho bảy ô và thanh nút, mỗi ô {target} mm cho ngón tay. Hãy xem lại số đo hoặc dùng màn hình lớn hơn.",
        "`{field}`: a screen of {size} mm has no room for seven tiles and the bar, {target} mm for each finger. Check the sizes or use a larger screen.",
    ),
    "profile-reach": (
        "ERROR",
        "`{field}`: người ngồi xe lăn không với tới thanh nút (tầm với {reach} mm). Hãy hạ mép dưới màn hình xuống còn {most} mm hoặc thấp hơn.",
        "`{field}`: a person in a wheelchair cannot reach the bar (reach {reach} mm). Lower the screen's edge to {most} mm or less.",
    ),
    "profile-idle": (
        "ERROR",
        "`{field}` là {value}, ít nhất phải là {least} (WCAG 2.2.1) để người chậm kịp trả lời. Hãy tăng số này.",
        "`{field}` is {value} and must be {least} or more (WCAG 2.2.1), so that slow people can answer. Raise it.",
    ),
    "profile-hours-source": (
        "ERROR",
        "thiếu `{field}`: giờ làm việc phải có nguồn. Hãy ghi nguồn, hoặc ghi `hours: null` khi chưa có.",
        "`{field}` is missing: hours need a source. Add it, or write `hours: null` while there is none.",
    ),
    "profile-picture": (
        "ERROR",
        "`{field}`: không có ảnh “{value}” trong content/. Ảnh gần giống nhất: {near}. Tên tệp ảnh không có dấu và khoảng trắng.",
        "`{field}`: there is no picture “{value}” in content/. Nearest: {near}. Names of pictures have no accents and no spaces.",
    ),
    "profile-unit": (
        "ERROR",
        "`{field}`: không có đơn vị “{value}” trong content/_data/units.yml. Hãy ghi null hoặc một trong các mã: {known}.",
        "`{field}`: there is no unit “{value}” in content/_data/units.yml. Write null or one of: {known}.",
    ),
    # Kiosk: finding (site/screen/readings.py)
    "readings-wrong": (
        "ERROR",
        "mục “{entry}” không phải một cách đọc. Hãy ghi từ rồi cách đọc: tiếng Nhật bằng kana (投資: とうし), tiếng Trung bằng pinyin, mỗi chữ một âm tiết (安子: ān zǐ).",
        "“{entry}” is no reading. Write a word and how it is read: Japanese in kana (投資: とうし), Chinese in pinyin, one syllable for each character (安子: ān zǐ).",
    ),
    "reading-missing": (
        "WARNING",
        "không biết tên trang “{title}” đọc thế nào, nên ở mục tra cứu của ki-ốt trang này nằm dưới dấu “#”. Hãy thêm vào tệp này một dòng cho từ đầu của tên, ví dụ 投資: とうし.",
        "nobody said how the title “{title}” is read, so the kiosk lists the page under “#”. Add a line to this file for the first word of the title, such as 投資: とうし.",
    ),
    # Kiosk: serving and keeping watch (kiosk/serve.py, kiosk/agent.py)
    "kiosk-serve-what": (
        "ERROR",
        "cần đúng một nguồn: --root (thư mục thiết bị) hoặc --site (bản vừa dựng, có thể kèm --gate). Hãy chọn một.",
        "exactly one source is needed: --root (a device folder) or --site (a build, with --gate if you like). Choose one.",
    ),
    "kiosk-serve-root": (
        "ERROR",
        "không có thư mục thiết bị này. Hãy kiểm tra đường dẫn, hoặc cài bản phát hành đầu tiên bằng quangba kiosk install.",
        "there is no such device folder. Check the path, or install a first release with quangba kiosk install.",
    ),
    "kiosk-serve-site": (
        "ERROR",
        "thư mục này không có bản dựng ki-ốt (thiếu index.html). Hãy chạy mkdocs build -f mkdocs.kiosk.yml trước.",
        "this folder holds no build of the kiosk edition (index.html is missing). Run mkdocs build -f mkdocs.kiosk.yml first.",
    ),
    "kiosk-serve-gate": (
        "ERROR",
        "bản dựng không có cửa khẩu “{gate}”. Hãy chọn một trong: {known}.",
        "the build has no gate “{gate}”. Choose one of: {known}.",
    ),
    "kiosk-serve-host": (
        "ERROR",
        "không phục vụ ở địa chỉ “{host}”: máy khác có thể truy cập. Hãy dùng 127.0.0.1 hoặc ::1.",
        "the address “{host}” is not served: other computers could reach it. Use 127.0.0.1 or ::1.",
    ),
    "kiosk-serve-socket": (
        "ERROR",
        "không mở được cổng phục vụ ({what}). Hãy dừng chương trình đang dùng cổng ấy, hoặc chọn cổng khác bằng --port; chỉ nhận địa chỉ của chính máy này.",
        "the port cannot be opened ({what}). Stop the program that has it, or choose another with --port; only addresses of this computer are taken.",
    ),
    "kiosk-command": (
        "WARNING",
        "lệnh của chương trình canh màn hình không chạy được: {what}. Hãy kiểm tra --restart và --reboot.",
        "the watchdog's command did not work: {what}. Check --restart and --reboot.",
    ),
    "kiosk-command-empty": (
        "ERROR",
        "lệnh của {option} để trống hoặc thiếu dấu ngoặc kép. Hãy ghi lệnh đầy đủ.",
        "the command of {option} is empty or lacks a quotation mark. Write the whole command.",
    ),
    "kiosk-waiting": (
        "NOTE",
        "Máy chưa có nội dung. Hãy cắm USB có bản phát hành.",
        "There is nothing to show yet. Plug in the stick with a release.",
    ),
    "kiosk-screen-well": (
        "NOTE",
        "màn hình hoạt động tốt.",
        "the screen is well.",
    ),
    "kiosk-screen-silent": (
        "WARNING",
        "màn hình không trả lời (trình duyệt tắt, treo hoặc hiện trang lỗi); máy đang tự khởi động lại trình duyệt. Nếu sau 15 phút vẫn vậy, hãy tắt máy rồi bật lại.",
        "the screen does not answer (no browser, a hung one or a crash page); the browser is being started anew. If this stays for 15 minutes, switch the device off and on.",
    ),
    "kiosk-screen-blank": (
        "WARNING",
        "màn hình đang trống; máy đang tự tải lại trang. Nếu sau 15 phút vẫn vậy, hãy tắt máy rồi bật lại.",
        "the screen is blank; the page is being loaded again. If this stays for 15 minutes, switch the device off and on.",
    ),
    "kiosk-screen-wrong": (
        "WARNING",
        "màn hình còn hiện bản cũ; máy đang tự chuyển sang bản hiện hành. Nếu sau 15 phút vẫn vậy, hãy tắt máy rồi bật lại.",
        "the screen shows another release than it should; it is being brought to the current one. If this stays for 15 minutes, switch the device off and on.",
    ),
    "kiosk-screen-deaf": (
        "WARNING",
        "màn hình đứng ở một trang dù không có người chạm; máy đang tự tải lại trang. Nếu sau 15 phút vẫn vậy, hãy thử chạm màn hình, rồi tắt máy và bật lại.",
        "the screen stays on a page that nobody touches; the page is being loaded again. If this stays for 15 minutes, try a touch, then switch the device off and on.",
    ),
    "kiosk-screen-given-up": (
        "WARNING",
        "màn hình vẫn hỏng sau khi đã khởi động lại trình duyệt và máy; trình duyệt được thử lại mười phút một lần. Hãy gọi người phụ trách kỹ thuật.",
        "the screen is still wrong after the browser and the device were started anew; the browser is tried again every ten minutes. Call whoever looks after the device.",
    ),
    # Kiosk: the running report (kiosk/history.py)
    "history-folder": (
        "ERROR",
        "không có thư mục này. Hãy chỉ tới thư mục biên nhận đã chép từ USB (receipts).",
        "there is no such folder. Name the folder of receipts that was copied from the sticks.",
    ),
    "history-empty": (
        "WARNING",
        "thư mục không có biên nhận nào (receipts) và không có số đếm nào (counts) của kỳ này. Hãy kiểm tra thư mục và tháng.",
        "the folder has no receipts and no counts of this period. Check the folder and the month.",
    ),
    "history-unread": (
        "WARNING",
        "tệp này không đọc được nên không có trong báo cáo ({what}). Hãy chép lại từ USB nếu còn.",
        "this file cannot be read and is not in the report ({what}). Copy it from the stick again if you can.",
    ),
    "history-month": (
        "ERROR",
        "“{month}” không phải một tháng. Hãy ghi năm và tháng, ví dụ 2026-11.",
        "“{month}” is not a month. Write the year and the month, as 2026-11.",
    ),
    # Kiosk: releases and installations (kiosk/making.py, kiosk/install.py)
    "kiosk-key-name": (
        "ERROR",
        "tên khóa chỉ gồm chữ thường không dấu, số và dấu gạch nối, ví dụ release-2026. Hãy đổi --name.",
        "a key's name has lower-case ASCII letters, digits and hyphens, e.g. release-2026. Change --name.",
    ),
    "kiosk-key-exists": (
        "ERROR",
        "tệp này đã có và không bị ghi đè. Hãy chọn tên khác hoặc thư mục khác.",
        "this file exists already and is not overwritten. Choose another name or folder.",
    ),
    "kiosk-key-inside": (
        "ERROR",
        "khóa bí mật nằm trong kho git {folder}, sớm muộn sẽ bị lộ. Hãy để khóa ở thư mục khác, tốt nhất trên USB riêng cất trong tủ khóa.",
        "a private key in the git repository {folder} will be published sooner or later. Keep it in another folder, best on a stick of its own that is locked away.",
    ),
    "kiosk-key-silent": (
        "ERROR",
        "không có bàn phím để hỏi mật khẩu. Hãy đặt biến {variable}, để trống nếu không cần mật khẩu.",
        "there is no terminal to ask for a passphrase. Set {variable}, empty for none.",
    ),
    "kiosk-key-missing": (
        "ERROR",
        "chưa có khóa ký. Hãy thêm --key và tệp .pem đã tạo bằng quangba kiosk key.",
        "no key to sign with was named. Add --key and the .pem file that quangba kiosk key made.",
    ),
    "kiosk-key-count": (
        "ERROR",
        "chỉ ký bằng một khóa, hoặc hai khóa khác nhau khi đổi khóa. Hãy xem lại --key.",
        "one key signs, or two different ones while keys change. Look at --key again.",
    ),
    "kiosk-key-wrong": (
        "ERROR",
        "tệp này không phải khóa bí mật Ed25519 (PEM, PKCS #8). Hãy chọn tệp .pem đã tạo bằng quangba kiosk key.",
        "this file is no private Ed25519 key (PEM, PKCS #8). Choose the .pem file that quangba kiosk key made.",
    ),
    "kiosk-key-passphrase": (
        "ERROR",
        "thiếu mật khẩu hoặc mật khẩu sai. Hãy nhập lại.",
        "the passphrase is missing or wrong. Enter it again.",
    ),
    "kiosk-key-unlisted": (
        "WARNING",
        "khóa {key} chưa có trong {folder}: máy nào không có khóa này sẽ từ chối bản phát hành. Hãy chép tệp .pub vào đó và vào từng máy.",
        "the key {key} is not in {folder}: devices without it will refuse this release. Copy its .pub file there and to each device.",
    ),
    "kiosk-no-repository": (
        "ERROR",
        "thư mục này không nằm trong kho git, nên không đánh được số hiệu. Hãy chạy trong bản sao (clone) của kho. Trang mới chưa có kho thì chạy: git init, git add . và git commit.",
        "this folder is in no git repository, so there is no serial. Run the command in a clone. A new site has none yet: run git init, git add . and git commit.",
    ),
    "kiosk-no-commit": (
        "ERROR",
        "kho git chưa có commit nào. Hãy commit nội dung trước.",
        "the git repository has no commit yet. Commit the content first.",
    ),
    "kiosk-shallow": (
        "ERROR",
        "bản sao của kho git thiếu lịch sử nên không đếm được số hiệu. Hãy chạy: git fetch --unshallow.",
        "this clone lacks older history, so serials cannot be counted. Run: git fetch --unshallow.",
    ),
    "kiosk-dirty": (
        "ERROR",
        "{count} tệp chưa commit (ví dụ {first}). Hãy commit rồi dựng lại, hoặc thêm --dirty nếu chỉ để thử.",
        "{count} files are not committed (e.g. {first}). Commit and build again, or add --dirty for a test.",
    ),
    "kiosk-no-site": (
        "ERROR",
        "chưa có bản ki-ốt đã dựng ở đây. Hãy chạy: mkdocs build -f mkdocs.kiosk.yml.",
        "there is no built kiosk edition here. Run: mkdocs build -f mkdocs.kiosk.yml.",
    ),
    "kiosk-site-old": (
        "ERROR",
        "trang ki-ốt được dựng trước commit cuối nên có thể thiếu nội dung mới hoặc còn trang đã rút. Hãy dựng lại: mkdocs build -f mkdocs.kiosk.yml.",
        "the kiosk edition was built before the last commit: it may lack what is new or hold what was withdrawn. Build it again: mkdocs build -f mkdocs.kiosk.yml.",
    ),
    "kiosk-no-gates": (
        "ERROR",
        "bản đã dựng không có phần riêng của cửa khẩu nào (_gates). Hãy khai báo cửa khẩu trong content/_data/gates.yml rồi dựng lại bằng mkdocs.kiosk.yml.",
        "the build has no part for any gate (_gates). Describe the gates in content/_data/gates.yml and build again with mkdocs.kiosk.yml.",
    ),
    "kiosk-gate-unknown": (
        "ERROR",
        "bản đã dựng không có phần riêng của cửa khẩu “{gate}”. Hãy chọn một trong: {known}; hoặc thêm vào gates.yml rồi dựng lại.",
        "the build has no part for the gate “{gate}”. Choose one of: {known}; or add it to gates.yml and build again.",
    ),
    "kiosk-gate-profile": (
        "ERROR",
        "tệp mô tả cửa khẩu bị hỏng. Hãy dựng lại bản ki-ốt.",
        "the profile of the gate is damaged. Build the kiosk edition again.",
    ),
    "kiosk-no-gate-chosen": (
        "ERROR",
        "chưa chọn cửa khẩu. Hãy thêm --all, hoặc --gate với một trong: {known}.",
        "no gate was chosen. Add --all, or --gate with one of: {known}.",
    ),
    "kiosk-site-odd": (
        "ERROR",
        "“{path}” là liên kết hoặc thiết bị, không phải tệp thường. Hãy thay bằng tệp thật rồi dựng lại.",
        "“{path}” is a link or a device and no plain file. Replace it by a real file and build again.",
    ),
    "kiosk-site-name": (
        "ERROR",
        "tên tệp “{path}” không dùng được trên mọi máy: ký tự lạ, tên riêng của Windows, hoặc dài hơn 200 byte. Hãy đổi tên rồi dựng lại.",
        "the file name “{path}” does not work on every system: odd characters, a name that Windows keeps for itself, or more than 200 bytes. Rename it and build again.",
    ),
    "kiosk-site-clash": (
        "ERROR",
        "“{one}” và “{other}” trùng nhau trên USB, nơi chữ hoa và chữ thường là một. Hãy đổi tên một trong hai rồi dựng lại.",
        "“{one}” and “{other}” are the same on a stick, where case does not count. Rename one of them and build again.",
    ),
    "kiosk-site-changed": (
        "ERROR",
        "tệp này thay đổi trong lúc đóng gói. Hãy chờ dựng xong rồi phát hành lại.",
        "this file changed while it was packed. Wait for the build to end and release again.",
    ),
    "kiosk-too-large": (
        "ERROR",
        "bản phát hành quá lớn ({size} MB, {files} tệp): USB định dạng FAT32 chỉ chứa tệp nhỏ hơn 4 GB. Hãy bớt phim và ảnh.",
        "the release is too large ({size} MB, {files} files): a FAT32 stick holds files below 4 GB. Leave out films and pictures.",
    ),
    "kiosk-serial-recalled": (
        "ERROR",
        "số hiệu {serial} nhỏ hơn {least} trong recall.yml nên máy sẽ từ chối. Hãy commit lệnh thu hồi rồi phát hành lại.",
        "the serial {serial} is below {least} in recall.yml: devices would refuse it. Commit the recall and release again.",
    ),
    "kiosk-recall-wrong": (
        "ERROR",
        "tệp phải có dòng min_serial: và một số. Hãy sửa lại.",
        "the file must have a line min_serial: with a number. Correct it.",
    ),
    "kiosk-recall-lower": (
        "ERROR",
        "bản {serial} đã bị thu hồi từ trước (min_serial là {least}). Không cần làm gì thêm.",
        "release {serial} was recalled before (min_serial is {least}). Nothing is left to do.",
    ),
    "kiosk-recall-future": (
        "ERROR",
        "chưa có bản {serial}: commit hiện tại là bản {newest}. Hãy kiểm tra số hiệu trên màn hình hoặc biên nhận.",
        "there is no release {serial} yet: the present commit is release {newest}. Check the serial on the screen or a receipt.",
    ),
    "kiosk-empty": (
        "ERROR",
        "USB không có bản phát hành nào (tệp .qbk). Hãy chép tệp vào USB, không để trong thư mục con, rồi cắm lại.",
        "there is no release (.qbk file) on the stick. Copy the file onto it, not into a folder, and plug it in again.",
    ),
    "kiosk-not-a-file": (
        "ERROR",
        "đây không phải tệp thường. Hãy chép lại bản phát hành vào USB.",
        "this is no plain file. Copy the release to the stick again.",
    ),
    "kiosk-unreadable": (
        "ERROR",
        "không đọc được USB ({what}). Hãy cắm chặt lại; nếu vẫn lỗi, chép sang USB khác.",
        "the stick cannot be read ({what}). Plug it in firmly; if that does not help, use another one.",
    ),
    "kiosk-cut": (
        "ERROR",
        "tệp bị thiếu phần cuối, có thể do rút USB khi chưa chép xong. Hãy chép lại rồi tháo USB an toàn.",
        "the end of the file is missing: perhaps the stick was pulled out too early. Copy it again and eject the stick.",
    ),
    "kiosk-altered": (
        "ERROR",
        "nội dung không đúng như đã ký ({member}). Hãy chép lại từ nơi phát hành.",
        "the content is not what was signed ({member}). Copy it again from where it was released.",
    ),
    "kiosk-signature": (
        "ERROR",
        "chữ ký không đúng: tệp hỏng hoặc đã bị sửa. Hãy chép lại từ nơi phát hành.",
        "the signature is wrong: the file is damaged or was altered. Copy it again from where it was released.",
    ),
    "kiosk-key-unknown": (
        "ERROR",
        "bản này ký bằng khóa {key} mà máy không tin cậy. Hãy hỏi nơi phát hành.",
        "this release is signed by the key {key}, which this device does not trust. Ask where it was released.",
    ),
    "kiosk-manifest": (
        "ERROR",
        "bản phát hành mô tả sai ({item}). Hãy báo nơi phát hành.",
        "the release describes itself wrongly ({item}). Tell those who released it.",
    ),
    "kiosk-format": (
        "ERROR",
        "bản phát hành kiểu {format} cần chương trình mới hơn. Hãy báo kỹ thuật cập nhật máy.",
        "a release of format {format} needs a newer program. Ask for an update of the device.",
    ),
    "kiosk-other-gate": (
        "ERROR",
        "bản này dành cho cửa khẩu {gate}, máy này ở {own}. Hãy lấy đúng tệp.",
        "this release is for the gate {gate}, and this device is at {own}. Take the right file.",
    ),
    "kiosk-recalled": (
        "ERROR",
        "bản {serial} đã bị thu hồi, chỉ nhận từ bản {least}. Hãy xin bản mới.",
        "release {serial} was recalled; only {least} and later are taken. Ask for a new one.",
    ),
    "kiosk-bad": (
        "ERROR",
        "bản {serial} từng cài mà không lên màn hình nên không dùng nữa. Hãy xin bản mới.",
        "release {serial} was installed before and did not come up. Ask for a new one.",
    ),
    "kiosk-same-serial": (
        "ERROR",
        "máy đã có bản {serial} với nội dung khác. Hãy xin bản có số hiệu mới.",
        "the device has a release {serial} with another content. Ask for one with a new serial.",
    ),
    "kiosk-older": (
        "ERROR",
        "bản {serial} cũ hơn bản {highest} máy đã có. Màn hình giữ bản mới hơn; hãy xin bản mới.",
        "release {serial} is older than {highest}, which this device had. The newer one stays; ask for a new one.",
    ),
    "kiosk-no-root": (
        "ERROR",
        "đây không phải thư mục thiết bị (thiếu thư mục con keys). Hãy chép khóa công khai vào keys/ rồi chạy lại.",
        "this is no device folder (keys/ is missing). Copy the public keys into keys/ and run again.",
    ),
    "kiosk-no-keys": (
        "ERROR",
        "Không có khóa công khai (.pub) trong thư mục {folder}. Hãy chép khóa của nơi phát hành vào đó.",
        "There is no public key (.pub) in the folder {folder}. Copy those of your releases there.",
    ),
    "kiosk-no-gate": (
        "ERROR",
        "Máy chưa biết đặt ở cửa khẩu nào. Hãy chạy lại với --gate và mã cửa khẩu, hoặc --first.",
        "This device does not know its gate yet. Run again with --gate and its id, or with --first.",
    ),
    "kiosk-gates-several": (
        "ERROR",
        "USB có bản của nhiều cửa khẩu ({gates}). Hãy chạy lại với --gate và một mã trong đó.",
        "There are releases for several gates ({gates}). Run again with --gate and one of them.",
    ),
    "kiosk-gate-fixed": (
        "ERROR",
        "Máy này thuộc cửa khẩu {gate}, không phải {other}. Hãy bỏ --gate, hoặc sửa device.json nếu máy đã chuyển chỗ.",
        "This device is at the gate {gate}, not {other}. Leave out --gate, or correct device.json if it was moved.",
    ),
    "kiosk-busy": (
        "ERROR",
        "Đang có một lần cài khác. Hãy chờ xong rồi thử lại.",
        "Another installation is at work. Wait for it and try again.",
    ),
    "kiosk-full": (
        "ERROR",
        "Ổ đĩa của máy không đủ chỗ: cần {needed} MB, còn {free} MB. Màn hình vẫn chạy; hãy báo kỹ thuật.",
        "The device's disk is too full: {needed} MB are needed, {free} MB are free. The screen goes on; tell whoever looks after the device.",
    ),
    "kiosk-disk-full": (
        "ERROR",
        "Ổ đĩa của máy đã đầy. Màn hình vẫn chạy; hãy báo kỹ thuật.",
        "The device's disk is full. The screen goes on; tell whoever looks after the device.",
    ),
    "kiosk-disk": (
        "ERROR",
        "Ổ đĩa của máy có lỗi ({what}). Màn hình vẫn chạy; hãy thử lại, nếu vẫn lỗi thì báo kỹ thuật.",
        "The device's disk failed ({what}). The screen goes on; try again, then tell whoever looks after the device.",
    ),
    "kiosk-miscopied": (
        "ERROR",
        "Bản chép vào máy không giống trên USB: ổ đĩa có thể hỏng. Màn hình vẫn chạy; hãy báo kỹ thuật.",
        "The copy on the device is not what the stick has: its disk may be broken. The screen goes on; tell whoever looks after the device.",
    ),
    "kiosk-unconfirmed": (
        "ERROR",
        "Bản {serial} không lên màn hình sau hai phút, máy đã quay lại bản {previous}. Hãy báo nơi phát hành.",
        "Release {serial} did not come up within two minutes; the device went back to {previous}. Tell those who released it.",
    ),
    "kiosk-nothing-older": (
        "ERROR",
        "Không còn bản trước nào dùng được trên máy. Hãy cài từ USB.",
        "No older release that may be shown is left on the device. Install one from a stick.",
    ),
    "kiosk-not-kept": (
        "ERROR",
        "Bản {serial} không còn trên máy. Hãy xem quangba kiosk status.",
        "Release {serial} is not on the device. See quangba kiosk status.",
    ),
    "kiosk-damaged": (
        "ERROR",
        "Bản {serial} trên máy bị hỏng. Hãy chọn bản khác, hoặc cài lại từ USB.",
        "Release {serial} on the device is damaged. Choose another, or install it again from a stick.",
    ),
    "kiosk-no-receipt": (
        "WARNING",
        "không ghi được biên nhận vào USB ({what}). Nếu cần biên nhận, hãy dùng USB cho phép ghi.",
        "no receipt could be written to the stick ({what}). Use one that can be written to if you need it.",
    ),
    "kiosk-copying": (
        "NOTE",
        "Đang chép nội dung mới: {percent} %. Chưa rút USB.",
        "Copying the new content: {percent} %. Do not pull out the stick.",
    ),
    "kiosk-in-use": (
        "NOTE",
        "Đã chép xong, đang chờ khách dùng xong màn hình. Chưa rút USB.",
        "Copied; waiting until the visitor has finished. Do not pull out the stick.",
    ),
    "kiosk-confirming": (
        "NOTE",
        "Đang chờ nội dung mới lên màn hình, nhiều nhất hai phút. Chưa rút USB.",
        "Waiting for the new content to come up, two minutes at most. Do not pull out the stick.",
    ),
    "kiosk-installed": (
        "NOTE",
        "Đã cài xong bản {serial}. Có thể rút USB.",
        "Release {serial} is installed. You can pull out the stick.",
    ),
    "kiosk-present": (
        "NOTE",
        "Máy đang chiếu đúng bản {serial}, không cần làm gì. Có thể rút USB.",
        "Release {serial} is already shown and sound. You can pull out the stick.",
    ),
    "kiosk-repaired": (
        "NOTE",
        "Đã sửa lại bản {serial} đang chiếu. Có thể rút USB.",
        "Release {serial}, which is shown, was mended. You can pull out the stick.",
    ),
    "kiosk-rolled-back": (
        "NOTE",
        "Đã quay lại bản {serial}.",
        "The device shows release {serial} again.",
    ),
    # Kiosk: tiles (site/screen/fit.py)
    "gate-tile-long": (
        "ERROR",
        "cửa {gate}: chữ “{text}” ({language}) quá dài cho ô ở màn hình chính, mỗi ô chỉ đủ chỗ cho {lines} dòng. Hãy rút ngắn tên chủ đề hoặc tên trang trong ngôn ngữ này.",
        "gate {gate}: “{text}” ({language}) is too long for its tile on the home screen, which has room for {lines} lines. Make the topic or the title of the page shorter in this language.",
    ),
    # Kiosk: fonts
    "glyph-missing": (
        "ERROR",
        "ngôn ngữ {language}: {count} ký tự không có trong phông chữ nào của kiosk, trên màn hình sẽ là ô trống: {characters}. Nếu đó là chữ viết của một ngôn ngữ, hãy thêm phông cho ngôn ngữ ấy trong mkdocs.yml: `fonts: {{{language}: fonts/…}}`. Nếu không, hãy thay bằng ký tự khác.",
        "in the language {language}, no font of the kiosk has these characters ({count}), which would be empty boxes on the screen: {characters}. If a language is written with them, add a font for it in mkdocs.yml: `fonts: {{{language}: fonts/…}}`. If not, write something else.",
    ),
    "glyph-picture": (
        "WARNING",
        "hình vẽ này có chữ, mà chữ trong hình không dùng được phông chữ của kiosk. Hãy đổi chữ thành nét vẽ trong phần mềm đã vẽ hình, hoặc viết chữ ấy trong trang.",
        "this drawing has letters, and letters in a picture cannot use the fonts of the kiosk. Convert them to outlines in the program that drew it, or write them in the page.",
    ),
    # The address of the site (site/checks.py)
    "site-address": (
        "WARNING",
        "trang đã là bản chính thức mà địa chỉ {address} vẫn là địa chỉ tạm, nên liên kết chia sẻ, mã QR và sitemap đều sai. Hãy ghi địa chỉ thật ở `site_url`, hoặc đặt biến SITE_URL khi dựng.",
        "the site is an official publication, and {address} is still a placeholder: shared links, QR codes and the sitemap lead nowhere. Write the real address in `site_url`, or set SITE_URL for the build.",
    ),
    "site-address-sample": (
        "NOTE",
        "địa chỉ {address} là địa chỉ tạm, không ai mở được. Trước khi công bố, hãy ghi địa chỉ thật ở `site_url`, hoặc đặt biến SITE_URL khi dựng.",
        "{address} is a placeholder that nobody can open. Before the site is published, write its real address in `site_url`, or set SITE_URL for the build.",
    ),
    # A new site: quangba init
    "init-not-empty": (
        "ERROR",
        "thư mục này đã có tệp, nên không tạo trang ở đây. Hãy chọn thư mục khác hoặc thư mục trống.",
        "this folder holds files, so no site is created in it. Choose another folder or an empty one.",
    ),
    "init-language": (
        "ERROR",
        "“{language}” không phải là mã ngôn ngữ. Mã có hai hoặc ba chữ thường, ví dụ ko, lo, ium.",
        "“{language}” is no code of a language. A code has two or three small letters, e.g. ko, lo, ium.",
    ),
    "init-name": (
        "ERROR",
        "tên tỉnh có ký tự không in được. Hãy gõ lại tên.",
        "the name of the province has characters that cannot be printed. Type it again.",
    ),
    "init-no-templates": (
        "ERROR",
        "bản cài này không kèm giao diện, nên không tạo được trang. Hãy tải kho mã của dự án Quảng Bá, cài từ đó (`pip install --editable .`), rồi chạy lại.",
        "this installation comes without templates, so no site can be created. Get the repository of the project, install from it (`pip install --editable .`), and run this again.",
    ),
    # What the product is made of: quangba supply (supply/)
    "supply-file-missing": (
        "ERROR",
        "không thấy tệp này. Hãy chạy lệnh trong thư mục gốc của kho mã, nơi có requirements.lock, pyproject.toml và REUSE.toml.",
        "this file does not exist. Run the command in the repository, where requirements.lock, pyproject.toml and REUSE.toml are.",
    ),
    "supply-file-unreadable": (
        "ERROR",
        "không đọc được: {what}. Hãy sửa hoặc lấy lại tệp này.",
        "this cannot be read: {what}. Correct the file or fetch it again.",
    ),
    "supply-lock-line": (
        "ERROR",
        "“{what}” không phải một gói có đúng một phiên bản và mã băm. Hãy chạy lại `make lock`.",
        "“{what}” is no package in one exact version with hashes. Run `make lock` again.",
    ),
    "supply-not-installed": (
        "ERROR",
        "{package} {version} chưa được cài trên máy này, nên không đọc được giấy phép. Hãy cài lại theo requirements.lock: xóa thư mục .venv rồi chạy `make site`.",
        "{package} {version} is not installed here, so its licence cannot be read. Install from requirements.lock again: delete .venv and run `make site`.",
    ),
    "supply-licence-unclear": (
        "ERROR",
        "{package} {version} không ghi rõ giấy phép. Hãy đọc tệp giấy phép của gói rồi ghi tên SPDX vào READ trong scripts/quangba/supply/spdx.py.",
        "{package} {version} does not say its licence exactly. Read its licence file and write the SPDX name into READ in scripts/quangba/supply/spdx.py.",
    ),
    "supply-licence-refused": (
        "ERROR",
        "{package} {version} theo giấy phép {licence}, không thuộc loại được dùng. Hãy thay gói này, hoặc hỏi pháp chế rồi thêm vào ACCEPTED trong scripts/quangba/supply/spdx.py.",
        "{package} {version} is under {licence}, which is not accepted. Replace the package, or ask a lawyer and add the licence to ACCEPTED in scripts/quangba/supply/spdx.py.",
    ),
    "supply-no-licence": (
        "ERROR",
        "tệp này chưa có giấy phép. Hãy thêm đường dẫn của nó vào một mục trong REUSE.toml.",
        "this file has no licence. Add its path to an entry of REUSE.toml.",
    ),
    "supply-licence-idle": (
        "ERROR",
        "không có tệp nào khớp “{path}”. Hãy sửa hoặc xóa đường dẫn này.",
        "no file matches “{path}”. Correct or delete this path.",
    ),
    "supply-licence-text": (
        "ERROR",
        "thiếu toàn văn giấy phép {licence}. Hãy thêm tệp {folder}/{licence}.txt.",
        "the text of the licence {licence} is missing. Add {folder}/{licence}.txt.",
    ),
    "supply-licences-differ": (
        "ERROR",
        "tệp giấy phép bên cạnh hình ghi {sidecar}, REUSE.toml ghi {stated}. Hãy sửa cho khớp nhau.",
        "the licence beside the picture is {sidecar}, in REUSE.toml it is {stated}. Make them agree.",
    ),
    "supply-no-date": (
        "ERROR",
        "không biết ngày của danh mục: không có commit, và SOURCE_DATE_EPOCH không phải là số giây. Hãy chạy lệnh trong kho git.",
        "the list has no date: there is no commit, and SOURCE_DATE_EPOCH is no number of seconds. Run the command in the git repository.",
    ),
    "supply-library": (
        "ERROR",
        "máy này thiếu thư viện cyclonedx-python-lib. Hãy cài lại theo requirements.lock: xóa thư mục .venv rồi chạy `make site`.",
        "cyclonedx-python-lib is not installed here. Install from requirements.lock again: delete .venv and run `make site`.",
    ),
    "supply-sbom-wrong": (
        "ERROR",
        "danh mục không đúng lược đồ CycloneDX 1.6 nên không được ghi: {what}. Hãy báo cho nhóm dự án kèm câu này.",
        "the list does not fit the schema of CycloneDX 1.6 and was not written: {what}. Report this sentence to the project.",
    ),
    "supply-no-site": (
        "ERROR",
        "trong thư mục này không có index.html. Hãy dựng trang trước: `make site`.",
        "there is no index.html in this folder. Build the site first: `make site`.",
    ),
    "supply-unlisted": (
        "ERROR",
        "tệp này đã phát hành nhưng không có trong danh mục. Nếu là của dự án, hãy thêm vào PARTS hoặc BUILT trong scripts/quangba/supply/parts.py; nếu không, hãy tìm xem nó từ đâu ra.",
        "this file is published but not on the list. If it is ours, add it to PARTS or BUILT in scripts/quangba/supply/parts.py; if not, find out where it is from.",
    ),
    "supply-no-database": (
        "ERROR",
        "chưa có cơ sở dữ liệu cảnh báo, nên không thể kết luận. Hãy tải về (xem guides/vi/thanh-phan.md) rồi chạy lại với `--database TỆP`.",
        "no database of advisories was given, so this cannot be judged. Download one (see guides/en/supply.md) and run this again with `--database FILE`.",
    ),
    "supply-database-missing": (
        "ERROR",
        "không thấy tệp hoặc thư mục này. Hãy kiểm tra đường dẫn sau `--database`.",
        "there is no such file or folder. Check the path after `--database`.",
    ),
    "supply-database-wrong": (
        "ERROR",
        "không đọc được cơ sở dữ liệu này: {what}. Hãy tải lại.",
        "this database cannot be read: {what}. Download it again.",
    ),
    "supply-database-empty": (
        "ERROR",
        "cơ sở dữ liệu này không có cảnh báo nào về gói của PyPI. Hãy tải bản dành cho PyPI.",
        "this database has no advisory about packages of PyPI. Download the one for PyPI.",
    ),
    "supply-database-old": (
        "ERROR",
        "cảnh báo mới nhất đã cũ {days} ngày ({date}), quá {most} ngày, nên không thể nói là an toàn. Hãy tải bản mới.",
        "the newest advisory is {days} days old ({date}), more than {most}, so nothing can be called safe. Download a new database.",
    ),
    "supply-advisory-unreadable": (
        "WARNING",
        "không đọc được cảnh báo này: {what}. Hãy tải lại cơ sở dữ liệu; nếu vẫn vậy, hãy tự đọc cảnh báo.",
        "this advisory cannot be read: {what}. Download the database again; if that does not help, read the advisory yourself.",
    ),
    "supply-advisory-unclear": (
        "WARNING",
        "không rõ cảnh báo {name} có nói về {package} {version} hay không. Hãy tự đọc cảnh báo này.",
        "it is not clear whether {name} speaks of {package} {version}. Read the advisory yourself.",
    ),
    "supply-unsafe": (
        "ERROR",
        "{package} {version} có lỗ hổng đã biết: {names} ({summary}). Hãy nâng lên {fixed} hoặc mới hơn trong pyproject.toml, rồi chạy `make lock`.",
        "{package} {version} has a known weakness: {names} ({summary}). Ask for {fixed} or later in pyproject.toml, then run `make lock`.",
    ),
    "supply-unsafe-unfixed": (
        "ERROR",
        "{package} {version} có lỗ hổng đã biết và chưa có bản vá: {names} ({summary}). Hãy đọc cảnh báo, rồi thay hoặc bỏ gói này.",
        "{package} {version} has a known weakness that no version mends: {names} ({summary}). Read the advisory, then replace or drop the package.",
    ),
}
