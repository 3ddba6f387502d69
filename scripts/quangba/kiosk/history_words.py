"""The words of the running report, in Vietnamese and in English, with its numbers and days."""

from __future__ import annotations

from datetime import date, datetime

from babel import Locale

from quangba.kiosk.clock import ZONE

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Nhật ký vận hành màn hình tại cửa khẩu", "Running report of the screens at gates"),
    "month": ("Tháng {month}", "{month}"),
    "all": ("Toàn bộ thời gian có số liệu", "All the time of which something is known"),
    "sample": (
        "BẢN MẪU, không phải số liệu chính thức của cơ quan nhà nước.",
        "SAMPLE, no official figures of any authority.",
    ),
    # Tables
    "overview": ("Tổng quan", "Overview"),
    "releases": ("Bản phát hành trên màn hình", "Releases on the screens"),
    "refusals": ("Những lần từ chối", "What was refused"),
    "silence": (
        "Ngày không có tín hiệu và ngày không rõ",
        "Days without a heartbeat, days unknown",
    ),
    "trouble": ("Máy tự xử lý sự cố", "What the devices mended themselves"),
    "languages": ("Lượt khách theo ngôn ngữ", "Visits by language"),
    "pages": ("Trang được mở nhiều nhất", "Pages opened most"),
    "hours": ("Lượt khách theo giờ bắt đầu", "Visits by the hour in which they began"),
    "days": ("Từng ngày", "Day by day"),
    "unread": ("Tệp không đọc được", "Files that could not be read"),
    "none": ("Không có.", "None."),
    # Columns
    "gate": ("Cửa khẩu", "Gate"),
    "release": ("Bản", "Release"),
    "now": ("Bản cuối được biết", "Last release known"),
    "since": ("Từ", "Since"),
    "from": ("Từ", "From"),
    "to": ("Đến", "To"),
    "counted": ("Máy ghi nhận", "Counted by the device"),
    "installed": ("Lần cài xong", "Installed"),
    "refused": ("Lần từ chối", "Refused"),
    "visits": ("Lượt khách", "Visits"),
    "days well": ("Ngày có tín hiệu", "Days with heartbeat"),
    "days silent": ("Ngày không tín hiệu", "Days without"),
    "days unknown": ("Ngày không rõ", "Days unknown"),
    "well": ("Giờ hiện đúng", "Hours right"),
    "when": ("Lúc", "When"),
    "why": ("Lý do", "Why"),
    "what": ("Loại", "What"),
    "count": ("Số ngày", "Days"),
    "reload": ("Tải lại trang", "Page loaded again"),
    "restart": ("Mở lại trình duyệt", "Browser started anew"),
    "reboot": ("Khởi động lại máy", "Device started anew"),
    "doubtful": ("Ngày đồng hồ sai", "Days with a wrong clock"),
    "language": ("Ngôn ngữ", "Language"),
    "page": ("Trang", "Page"),
    "opened": ("Lần mở", "Opened"),
    "hour": ("Giờ", "Hour"),
    "day": ("Ngày", "Day"),
    "file": ("Tệp", "File"),
    # Cells
    "unknown": ("không rõ", "unknown"),
    "still": ("còn chiếu", "still shown"),
    "lost": ("không rõ (thiếu biên nhận)", "unknown (a receipt is missing)"),
    "no receipt": ("không rõ (không có biên nhận)", "unknown (no receipt)"),
    "few": ("dưới {few}", "fewer than {few}"),
    "other": ("(các mục ít lượt, gộp lại)", "(small ones, together)"),
    "home": ("(trang của cửa khẩu)", "(the gate's home)"),
    "silent": ("không có tín hiệu", "no heartbeat"),
    "not known": ("không có số đếm mang về", "no counts came back"),
    "until": ("{first} – {last}", "{first} – {last}"),
    # How to read it
    "method": ("Cách đọc", "How to read this"),
    "m source": (
        "Nguồn: biên nhận cài đặt và số đếm theo tháng mà USB mang về từ từng máy. Ngày giờ là giờ "
        "Việt Nam, theo đồng hồ đã được máy kiểm tra; ngày đồng hồ sai được nêu riêng.",
        "Sources: receipts of installations and monthly counts that sticks brought back from each "
        "device. Times are those of Viet Nam, by a clock that the device checked; days with a "
        "wrong clock are named.",
    ),
    "m gap": (
        "Việc không có biên nhận và không có số đếm được ghi “không rõ”, không suy đoán. Ngày sau "
        "lần mang USB về gần nhất chưa có số liệu.",
        "What no receipt and no count tells is “unknown” and not guessed. Of days after the last "
        "stick that came back, nothing is known yet.",
    ),
    "m visit": (
        "Một lượt khách bắt đầu khi có người chạm màn hình chờ và kết thúc khi màn hình chờ trở "
        "lại. Ngôn ngữ là ngôn ngữ cuối của lượt. Số đếm không gắn với người nào: không có mã, "
        "không có thứ tự trang, trang và ngôn ngữ chỉ cộng theo tháng.",
        "A visit begins with a touch on the attract loop and ends when the loop comes back; its "
        "language is the last one used. Counts belong to nobody: no identifiers, no order of "
        "pages; pages and languages are totals of months.",
    ),
    "m few": (
        "Mục có dưới {few} lượt được gộp với mục kế trên, để không ai nhận ra một khách riêng lẻ.",
        "Figures below {few} are put together with the next larger ones, so that no single "
        "visitor can be told.",
    ),
    "m alive": (
        "“Giờ hiện đúng” là thời gian máy thấy trang của đúng bản phát hành được vẽ trên màn hình.",
        "“Hours right” is the time in which the page of the right release was seen painted.",
    ),
}

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Words:
    """The words of the report in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, name: str, **values: object) -> str:
        """Return a phrase."""
        vietnamese, english = WORDS[name]
        phrase = english if self.language == "en" else vietnamese
        return phrase.format(**{key: self.cell(value) for key, value in values.items()})

    def language_name(self, code: str) -> str:
        """
        Name a language; the code stays where it has no name.

        >>> Words('vi').language_name('ja'), Words('en').language_name('…')
        ('Tiếng Nhật', '…')
        """
        found = Locale(self.language).languages.get(code, code)
        return str(found[:1].upper() + found[1:])

    def cell(self, value: object) -> str:
        """
        Write a number, a time, a day or a text.

        >>> Words('vi').cell(1234), Words('en').cell(date(2026, 11, 2)), Words('vi').cell(None)
        ('1.234', '2026-11-02', '')
        """
        if isinstance(value, bool) or value is None:
            return ""
        if isinstance(value, int):
            return f"{value:,}".replace(",", "." if self.language == "vi" else ",")
        if isinstance(value, datetime):
            moment = value.astimezone(ZONE)
            return f"{self.cell(moment.date())} {moment:%H:%M}"
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}" if self.language == "vi" else value.isoformat()
        return str(value)
