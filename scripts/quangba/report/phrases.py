"""Phrases: the words of reports, in Vietnamese and in English, with numbers and days."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from quangba.settings import Language

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PHRASES: dict[str, tuple[str, str]] = {
    # Head
    "title": ("Báo cáo năm {year}", "Report for {year}"),
    "subtitle": (
        "Kết quả công bố và dịch thông tin trên trang “{site}”",
        "What was published and translated on the site “{site}”",
    ),
    "period": ("Kỳ báo cáo: từ {start} đến hết {end}.", "Period: {start} to {end}, inclusive."),
    "partial": (
        "Số liệu lấy đến lần ghi cuối, ngày {end}; năm chưa hết.",
        "The figures end with the last commit, on {end}; the year is not over.",
    ),
    "at commit": (
        "Số liệu tính từ kho git, commit {commit}.",
        "Figures computed from the git repository, commit {commit}.",
    ),
    "sample": (
        "BẢN MẪU. Trang đang ở chế độ mẫu: mọi lượt duyệt và thẩm định chỉ là mẫu, không phải số "
        "liệu chính thức của cơ quan nhà nước.",
        "SAMPLE. The site is in sample mode: approvals and reviews are samples only, and no "
        "official figures of any authority.",
    ),
    "sample sheet": ("BẢN MẪU, không phải số liệu chính thức", "SAMPLE, no official figures"),
    # Summary
    "summary": ("Tóm tắt", "Summary"),
    "nothing": (
        "Trong kỳ không có lần ghi (commit) nào vào nhánh chính.",
        "Nothing was committed to the main line in this period.",
    ),
    "sum pages": (
        "Cuối kỳ có {pages} trang tiếng Việt đã phát hành và chưa rút, cùng {editions} bản dịch ở "
        "{languages} ngôn ngữ khác.",
        "At the end of the period {pages} Vietnamese pages are published and not withdrawn, with "
        "{editions} translations in {languages} other languages.",
    ),
    "sum events": (
        "Trong kỳ có {published} lượt phát hành mới, {changed} lượt sửa đổi và {withdrawn} lượt "
        "rút, tính theo trang và ngôn ngữ.",
        "In the period: {published} new publications, {changed} changes and {withdrawn} "
        "withdrawals, by page and language.",
    ),
    "sum held": (
        "Trong số đó {held} bản đang tạm giữ, chờ duyệt lại hoặc chờ dịch lại.",
        "Of these, {held} editions are held back until they are approved or translated again.",
    ),
    "sum work": (
        "Người dịch {people} từ; máy dịch nháp {machine} từ (từ của bản tiếng Việt, cộng các "
        "ngôn ngữ).",
        "People translated {people} words; machines drafted {machine} words (words of the "
        "Vietnamese source, all languages together).",
    ),
    "sum review": (
        "{reviewers} người hoặc nhóm đã thẩm định {words} từ.",
        "Reviewed: {words} words, by {reviewers} (people or groups).",
    ),
    "sum review none": ("Chưa có bản dịch nào được thẩm định.", "No translation was reviewed."),
    "sum stale": (
        "{renewed} đoạn dịch chậm so với bản tiếng Việt đã được cập nhật; {open} đoạn còn chậm.",
        "{renewed} texts that lagged behind the Vietnamese were renewed; {open} still lag.",
    ),
    # Sections
    "publication": ("Phát hành", "Publication"),
    "publication about": (
        "“Bản” là một trang ở một ngôn ngữ. Bản tạm giữ (đã sửa mà chưa duyệt lại, hoặc bản dịch "
        "chưa theo kịp) vẫn tính ở cột “Cuối kỳ” và được ghi riêng; nội dung mới của nó chưa lên "
        "trang web.",
        "An edition is one page in one language. An edition that is held back (edited and not yet "
        "approved again, or a translation that lags behind) still counts at the end and is named "
        "apart; its new text is not on the site yet.",
    ),
    "end state": ("Trang và ngôn ngữ cuối kỳ", "Pages and languages at the end of the period"),
    "translation": ("Khối lượng dịch trong kỳ", "Translation in the period"),
    "translation about": (
        "Đơn vị là từ (tiếng) của bản tiếng Việt. Mỗi đoạn chỉ tính một lần cho mỗi ngôn ngữ, "
        "dù sửa nhiều lần hoặc dùng ở nhiều trang.",
        "Counted in words (syllables) of the Vietnamese source. A text counts once for each "
        "language, however often it was corrected or used.",
    ),
    "review": ("Thẩm định", "Review"),
    "review about": (
        "Người thẩm định ghi theo dấu thẩm định trong tệp dịch; dấu hết hiệu lực khi bản gốc "
        "hoặc bản dịch đổi.",
        "Reviewers as named in the stamps of the catalogs; a stamp expires when source or "
        "translation changes.",
    ),
    "stale": ("Bản dịch chậm so với bản tiếng Việt", "Translations that lagged behind"),
    "stale about": (
        "Tính từ ngày bản tiếng Việt đổi đến ngày bản dịch được làm lại, theo ngày ghi vào kho.",
        "From the day on which the Vietnamese changed to the day on which the translation was "
        "renewed, by commit.",
    ),
    "decisions": ("Duyệt và rút", "Approvals and withdrawals"),
    "method": ("Phương pháp và giới hạn", "Method and limits"),
    # Tables: titles
    "by language": ("Số bản theo ngôn ngữ", "Editions by language"),
    "by unit": ("Số bản theo đơn vị", "Editions by unit"),
    "events": ("Chi tiết theo ngày", "Day by day"),
    "pages": ("Số trang", "Pages"),
    "end pages": ("Trang cuối kỳ", "Pages at the end"),
    "amount": ("Tình trạng đoạn dịch cuối kỳ", "State of texts at the end"),
    "work": ("Từ đã dịch trong kỳ", "Words translated"),
    "reviewers": ("Thẩm định trong kỳ", "Reviews"),
    "lag": ("Thời gian chậm", "Time behind"),
    "open": ("Đang chậm cuối kỳ", "Still behind at the end"),
    "approvals": ("Lượt duyệt trang", "Approvals of pages"),
    "withdrawals": ("Lượt rút trang", "Withdrawals"),
    "unread": ("Không đọc được", "Could not be read"),
    # Tables: when there is nothing
    "no events": (
        "Trong kỳ không có trang nào được phát hành, sửa hoặc rút.",
        "No page was published, changed or withdrawn in the period.",
    ),
    "no pages": ("Cuối kỳ chưa có trang nào.", "There is no page at the end of the period."),
    "no work": ("Trong kỳ không có đoạn nào được dịch.", "Nothing was translated in the period."),
    "no reviewers": (
        "Trong kỳ không có lượt thẩm định nào.",
        "Nothing was reviewed in the period.",
    ),
    "no lag": (
        "Trong kỳ không có bản dịch nào bị chậm.",
        "No translation lagged behind in the period.",
    ),
    "no open": (
        "Cuối kỳ không còn bản dịch nào chậm.",
        "No translation lags behind at the end of the period.",
    ),
    "no approvals": (
        "Trong kỳ không có lượt duyệt nào.",
        "No approval was recorded in the period.",
    ),
    "no withdrawals": ("Trong kỳ không rút trang nào.", "No page was withdrawn in the period."),
    "no unread": ("Mọi tệp và commit đều đọc được.", "Every file and commit could be read."),
    # Columns
    "total": ("Cộng", "Total"),
    "language": ("Ngôn ngữ", "Language"),
    "at start": ("Đầu kỳ", "At start"),
    "published": ("Phát hành mới", "Published"),
    "returned": ("Hiện lại", "Returned"),
    "changed": ("Sửa đổi", "Changed"),
    "withdrawn": ("Rút", "Withdrawn"),
    "removed": ("Gỡ bỏ", "Removed"),
    "renamed": ("Đổi địa chỉ", "Renamed"),
    "at end": ("Cuối kỳ", "At end"),
    "held": ("Trong đó tạm giữ", "Of these held back"),
    "unit": ("Đơn vị", "Unit"),
    "no unit": ("(chưa ghi đơn vị)", "(no unit named)"),
    "pages at end": ("Trang cuối kỳ", "Pages at end"),
    "editions at end": ("Bản cuối kỳ", "Editions at end"),
    "day": ("Ngày", "Day"),
    "what": ("Việc", "What"),
    "page": ("Trang", "Page"),
    "path": ("Tệp", "File"),
    "languages": ("Ngôn ngữ", "Languages"),
    "commit": ("Commit", "Commit"),
    "texts": ("Số đoạn", "Texts"),
    "words": ("Số từ", "Words"),
    "reviewed": ("Đã thẩm định", "Reviewed"),
    "translated": ("Đã dịch", "Translated"),
    "draft": ("Nháp máy", "Drafts"),
    "missing": ("Chưa dịch", "Missing"),
    "behind": ("Đang chậm", "Behind"),
    "words reviewed": ("Từ đã thẩm định", "Words reviewed"),
    "words total": ("Tổng số từ", "Words in all"),
    "machine texts": ("Máy dịch nháp: đoạn", "Machine drafts: texts"),
    "machine words": ("Máy dịch nháp: từ", "Machine drafts: words"),
    "accepted words": ("Nháp máy được nhận nguyên văn: từ", "Drafts accepted as they are: words"),
    "people texts": ("Người dịch: đoạn", "By people: texts"),
    "people words": ("Người dịch: từ", "By people: words"),
    "who": ("Người thẩm định", "Reviewer"),
    "role": ("Tính chất", "Kind"),
    "first": ("Từ ngày", "First"),
    "last": ("Đến ngày", "Last"),
    "renewed": ("Đã cập nhật", "Renewed"),
    "median": ("Trung vị (ngày)", "Median (days)"),
    "longest": ("Lâu nhất (ngày)", "Longest (days)"),
    "still open": ("Còn chậm", "Still behind"),
    "oldest": ("Chậm từ ngày", "Oldest since"),
    "since": ("Từ ngày", "Since"),
    "days": ("Số ngày", "Days"),
    "approver": ("Người duyệt", "Approved by"),
    "document": ("Văn bản", "Document"),
    "dated": ("Ngày ghi trong hồ sơ", "Date on record"),
    "recorded": ("Ngày ghi vào kho", "Committed"),
    "requester": ("Người yêu cầu", "Asked by"),
    "reason": ("Lý do", "Reason"),
    "problem": ("Vấn đề", "Problem"),
    # Cells
    "no reason": ("(không ghi)", "(none given)"),
    "summary sheet": ("Tóm tắt", "Summary"),
    "method sheet": ("Phương pháp", "Method"),
    "role sample": ("mẫu", "sample"),
    "role official": ("chính thức", "official"),
    "all languages": ("cả {n} ngôn ngữ", "all {n} languages"),
    "no document": ("(không ghi)", "(none given)"),
    "reviewer n": ("Người thẩm định {n}", "Reviewer {n}"),
    "approver n": ("Người duyệt {n}", "Approver {n}"),
    "requester n": ("Người yêu cầu {n}", "Requester {n}"),
    "cell visible": ("✓ phát hành", "✓ published"),
    "cell behind": ("△ phát hành, {n} đoạn chậm", "△ published, {n} behind"),
    "cell machine": (
        "◐ phát hành, còn bản nháp máy hoặc đoạn chưa dịch",
        "◐ published with machine drafts or untranslated text",
    ),
    "cell held": ("‖ tạm giữ từ {day}", "‖ held back since {day}"),
    "cell withdrawn": ("✗ đã rút", "✗ withdrawn"),
    "cell never": ("– chưa phát hành", "– not published"),
    "damaged": (
        "Kho git thiếu hoặc hỏng dữ liệu ở đây.",
        "The git repository lacks data here or is damaged.",
    ),
    "whole commit": ("(cả commit)", "(the whole commit)"),
    # Method
    "m source": (
        "Nguồn: chỉ lịch sử git và tệp dịch của trang, tại commit {commit}, đọc bằng Quảng Bá "
        "{version}. Cùng một commit luôn cho cùng một báo cáo. Sửa đổi chưa ghi vào kho không "
        "được tính.",
        "Source: git history and catalogs of the site alone, at commit {commit}, read by Quảng Bá "
        "{version}. The same commit always gives the same report. Uncommitted changes do not "
        "count.",
    ),
    "m time": (
        "Thời gian: giờ Việt Nam (UTC+7), theo ngày ghi vào nhánh chính. Việc làm trên nhánh phụ "
        "tính từ ngày được gộp. Trong kỳ có {commits} lần ghi vào nhánh chính.",
        "Time: Viet Nam time (UTC+7), by the day of the commit on the main line (first parents). "
        "Work on a side branch counts from the day it was merged. The period has {commits} commits "
        "on the main line.",
    ),
    "m published": (
        "“Phát hành” nghĩa là: được duyệt đúng nội dung hiện có, được phép công khai, có đơn vị "
        "phụ trách; với bản dịch, thêm điều kiện của chính sách phát hành. Báo cáo xét tại từng "
        "commit bằng quy tắc của phiên bản chương trình này, không xét trang web đã dựng.",
        "“Published” means: approved for exactly this text, public, owned by a unit; for a "
        "translation, also what the page's publication policy asks for. This is judged at each "
        "commit by the rules of this version of the program, not on the built site.",
    ),
    "m open": (
        "Trang này không dùng cổng duyệt: trang nào không có lỗi được coi là phát hành.",
        "This site does not use the gate: every page without an error counts as published.",
    ),
    "m changed": (
        "“Sửa đổi” tính một lượt khi nội dung người đọc thấy (chữ, số liệu, hình) khác trước. Sửa "
        "số liệu chỉ tính cho bản tiếng Việt. “Rút” là có quyết định rút; “gỡ bỏ” là tệp bị xóa.",
        "“Changed” counts once whenever what readers see (text, facts, pictures) is another. A "
        "changed fact counts for the Vietnamese edition only. “Withdrawn” is by a decision on "
        "record; “removed” means that the file was deleted.",
    ),
    "m words": (
        "“Máy” và “người”: theo dấu trong tệp dịch. Bản nháp máy mà người sửa lại thì tính là "
        "người dịch. Bản dịch nhập từ nơi khác, không có dấu máy, cũng tính là người dịch.",
        "Machine and people: by the marks in the catalogs. A draft that a person changed counts as "
        "translated by people; so does text brought in from elsewhere without a mark.",
    ),
    "m stale": (
        "Đoạn chậm: ngày bản gốc đổi được tìm trong lịch sử của trang, cũng khi tệp dịch được cập "
        "nhật sau. Đoạn bị bỏ hoặc trở lại như cũ không tính vào trung vị. Trung vị và lâu nhất "
        "tính trên các đoạn cập nhật trong kỳ.",
        "Texts behind: the day on which the source changed is looked up in the page's history, "
        "also when the catalogs followed later. Texts that were dropped or changed back are not in "
        "the median. Median and longest are of the texts renewed in the period.",
    ),
    "m names": (
        "Tên người là dữ liệu cá nhân (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15). Báo cáo này "
        "ghi tên như trong hồ sơ; dùng --roles-only để không nêu tên.",
        "Names of people are personal data (Law 91/2025/QH15). This report gives them as they "
        "stand on record; with --roles-only it gives none.",
    ),
    "m roles": (
        "Báo cáo này không nêu tên người (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15): mỗi người "
        "mang một số. Văn bản và lý do rút ghi nguyên văn.",
        "This report names no people (Law 91/2025/QH15): each has a number. Documents and reasons "
        "of withdrawals are given as written.",
    ),
    "m shallow": (
        "Kho git này không đủ lịch sử: không có dữ liệu trước commit {commit} ngày {day}. Những gì "
        "đã có lúc đó coi như có từ trước. Muốn đủ: git fetch --unshallow.",
        "This repository lacks history before commit {commit} of {day}. What stood there counts as "
        "there before. For all of it: git fetch --unshallow.",
    ),
    "m clock": (
        "{count} commit có ngày giờ sai thứ tự; chúng lấy ngày của commit liền trước đúng thứ tự.",
        "{count} commits have dates out of order; they take the day of the last one in order.",
    ),
    "m unread": (
        "{count} chỗ không đọc được; tệp ở đó được tính như trước đó (bảng cuối báo cáo).",
        "{count} places could not be read; the files there count as they were before (last table).",
    ),
    # Dashboard
    "dash title": ("Tình hình dịch và phát hành", "Translation and publication"),
    "dash subtitle": ("Trang “{site}”, ngày {day}", "The site “{site}”, {day}"),
    "dash pages": ("trang đang hiện, trên {all} trang", "pages shown, of {all}"),
    "dash editions": ("bản dịch đang hiện, trên {all} bản", "translations shown, of {all}"),
    "dash words": ("từ còn phải thẩm định", "words left to review"),
    "dash minutes": ("phút thẩm định, ước tính", "minutes of review, estimated"),
    "dash stale": ("đoạn dịch chậm so với bản gốc", "texts behind their source"),
    "dash coverage": ("Trang và ngôn ngữ", "Pages and languages"),
    "legend": (
        "Trong mỗi ô: số đoạn đã thẩm định trên tổng số, thanh theo tình trạng, rồi việc còn lại.",
        "In each cell: texts reviewed of all, a bar by state, then what is still open.",
    ),
    "left": ("Còn phải làm", "What is left"),
    "left by language": ("Theo ngôn ngữ", "By language"),
    "pages by age": ("Trang", "Pages"),
    "left about": (
        "Tính bằng từ của bản tiếng Việt. Mỗi phút đọc duyệt {reading} từ, sửa bản nháp hoặc bản "
        "đã cũ {editing} từ, dịch mới {writing} từ: mức dùng để lập kế hoạch, không phải số đo.",
        "In words of the Vietnamese source. A minute is {reading} words read and approved, "
        "{editing} of a draft or a stale text mended, {writing} translated anew: figures for "
        "planning, not measured.",
    ),
    "units": ("Đơn vị phụ trách", "Units"),
    "reviewed by": ("Người thẩm định", "Reviewers"),
    "age": ("Độ cũ của trang tiếng Việt, cũ nhất trước", "Age of Vietnamese pages, oldest first"),
    "problems": ("Cần xử lý", "To be mended"),
    "no problems": ("Không có gì cần xử lý.", "Nothing to be mended."),
    "no age": ("Chưa có trang nào.", "There are no pages."),
    "no left": ("Không có ngôn ngữ nào.", "There are no languages."),
    "shown": ("Trang hiện", "Pages shown"),
    "words left": ("Từ còn phải thẩm định", "Words to review"),
    "to translate": ("Trong đó chưa dịch", "Of these to translate"),
    "minutes": ("Phút", "Minutes"),
    "last review": ("Thẩm định gần nhất", "Last review"),
    "source read": ("Rà soát ngày", "Read through on"),
    "approved on": ("Duyệt ngày", "Approved on"),
    "changed on": ("Sửa gần nhất", "Last changed"),
    "gate": ("Duyệt", "Gate"),
    "gate open": ("được phát hành", "published"),
    "gate closed": ("bị giữ lại", "held back"),
    "gate withdrawn": ("đã rút", "withdrawn"),
    "state reviewed": ("đã thẩm định", "reviewed"),
    "state translated": ("đã dịch, chưa thẩm định", "translated, not reviewed"),
    "state draft": ("nháp máy", "machine drafts"),
    "state stale": ("chậm so với bản gốc", "behind the source"),
    "state missing": ("chưa dịch", "not translated"),
    "short translated": ("{n} chưa thẩm định", "{n} not reviewed"),
    "short draft": ("{n} nháp máy", "{n} drafts"),
    "short stale": ("{n} chậm", "{n} behind"),
    "short stale since": ("{n} chậm từ {day}", "{n} behind since {day}"),
    "short missing": ("{n} chưa dịch", "{n} missing"),
    "not shown": ("không hiện", "not shown"),
    "dash git": (
        "Ngày sửa và ngày bắt đầu chậm lấy từ lịch sử git; tình trạng lấy từ các tệp hiện có.",
        "Days of changes are from git's history; states are from the files as they are now.",
    ),
    "dash no git": (
        "Không có kho git ở đây, nên không biết trang sửa ngày nào và bản dịch chậm từ ngày nào.",
        "There is no git repository here: when pages changed and texts fell behind is unknown.",
    ),
}

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Phrases:
    """The words of a report in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale(language)

    def __call__(self, name: str, **values: object) -> str:
        """
        Return a phrase; numbers and days in it are written as the language does.

        >>> Phrases('vi')('sum held', held=1200)
        'Trong số đó 1.200 bản đang tạm giữ, chờ duyệt lại hoặc chờ dịch lại.'
        """
        vietnamese, english = PHRASES[name]
        said = {key: self.cell(value) for key, value in values.items()}
        return (english if self.language == "en" else vietnamese).format(**said)

    def cell(self, value: object) -> str:
        """Write a number, a day or a text."""
        if isinstance(value, int | float):
            return str(format_decimal(value, locale=self.locale))
        if isinstance(value, date):
            return self.day(value)
        return "" if value is None else str(value)

    def day(self, day: date) -> str:
        """
        Write a day.

        >>> Phrases('vi').day(date(2026, 11, 2)), Phrases('en').day(date(2026, 11, 2))
        ('02/11/2026', '2 Nov 2026')
        """
        if self.language == "vi":
            return f"{day.day:02}/{day.month:02}/{day.year:04}"
        return str(format_date(day, "d MMM y", locale=self.locale))

    def language_name(self, language: Language) -> str:
        """
        Name a language of the site.

        >>> Phrases('vi').language_name(Language('ja', '日本語', 'ja'))
        'Tiếng Nhật'
        """
        found = self.locale.languages.get(language.code) or language.name
        return str(found[:1].upper() + found[1:])
