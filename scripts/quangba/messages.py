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
    # Files
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
    "page-active": (
        "ERROR",
        "trang có mã chạy trong trình duyệt người đọc ({what}). Hãy bỏ đi.",
        "the page has code that runs in readers' browsers ({what}). Remove it.",
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
    "front-matter-value": (
        "ERROR",
        "`{field}` có giá trị không dùng được: {value}. Giá trị được phép: {allowed}.",
        "`{field}` has a value that cannot be used: {value}. Allowed: {allowed}.",
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
    "approve-incomplete": (
        "ERROR",
        "còn {count} đoạn chưa dịch, đã cũ hoặc không dùng được, ví dụ “{msgid}”. Các đoạn khác đã được duyệt.",
        "{count} texts are untranslated, stale or unusable, e.g. “{msgid}”. The others are approved.",
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
    "build-refused": (
        "WARNING",
        "{count} trang không được phát hành. Lý do ghi ở trên và trong {report}.",
        "{count} pages are not published. The reasons are above and in {report}.",
    ),
    # Translation packages (mt/store.py, mt/archive.py, mt/download.py)
    # Glossary (catalogs/glossary.py)
    # Engine and drafts (mt)
}
