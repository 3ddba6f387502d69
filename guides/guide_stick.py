"""
What the officer at a screen does about each message: the words that the package does not have.

The messages themselves come from ``quangba.messages``; ``guide_tables`` puts both together.
"""

from __future__ import annotations

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OFFICE = ("Mang USB về văn phòng.", "Take the stick back to the office.")
CALL_OFFICE = ("Rút USB, gọi văn phòng.", "Pull out the stick and call the office.")
TECHNICIAN = (
    "Gọi kỹ thuật. Không tắt máy: màn hình vẫn chạy.",
    "Call the technician. Leave the device on: the screen goes on.",
)
UNFINISHED = (
    "Máy chưa lắp đặt xong. Gọi kỹ thuật.",
    "The device is not set up yet. Call the technician.",
)

ACTIONS: dict[str, tuple[str, str]] = {
    # While the stick is in
    "kiosk-waiting": (
        "Máy chưa cài lần nào. Cắm USB. Nếu máy này từng chạy, gọi kỹ thuật.",
        "Nothing was ever installed. Plug in the stick. If this screen worked before, call the "
        "technician.",
    ),
    "kiosk-copying": (
        "Máy đã nhận USB. Khách vẫn dùng được màn hình. Chờ.",
        "The device took the stick. Visitors can go on. Wait.",
    ),
    "kiosk-in-use": (
        "Máy không ngắt khách giữa chừng. Chờ, nhiều nhất 20 phút.",
        "The device does not interrupt a visitor. Wait, 20 minutes at most.",
    ),
    "kiosk-confirming": (
        "Máy đang xem bản mới có hiện lên không. Chờ.",
        "The device looks whether the new release comes up. Wait.",
    ),
    "kiosk-installed": (
        "Xong. Rút USB, khóa cửa, ghi số bản vào sổ.",
        "Done. Pull out the stick, lock the door, write the number down.",
    ),
    "kiosk-present": (
        "Bản này đã có từ trước. Rút USB. Nếu bạn chờ nội dung mới: USB đang chứa bản cũ, hỏi văn "
        "phòng.",
        "The device had this release before. Pull out the stick. If you expected something new, "
        "the stick holds the old one: ask the office.",
    ),
    "kiosk-repaired": (
        "Có tệp trên máy bị hỏng, đã được chép lại. Rút USB. Báo kỹ thuật: ổ đĩa có thể đang yếu.",
        "Files on the device were damaged and were copied again. Pull out the stick. Tell the "
        "technician: the disk may be failing.",
    ),
    "kiosk-rolled-back": (
        "Kỹ thuật vừa cho máy quay lại bản trước. Bạn không phải làm gì.",
        "The technician made the device go back. There is nothing for you to do.",
    ),
    # When the stick is refused
    "kiosk-empty": OFFICE,
    "kiosk-not-a-file": OFFICE,
    "kiosk-unreadable": (
        "Rút ra, cắm lại cho chặt. Vẫn vậy thì mang về văn phòng, dùng USB khác.",
        "Pull it out and plug it in firmly. If that does not help, let the office use another one.",
    ),
    "kiosk-cut": OFFICE,
    "kiosk-altered": OFFICE,
    "kiosk-signature": OFFICE,
    "kiosk-key-unknown": (
        "Gọi văn phòng. USB do người lạ đưa thì giao cho người phụ trách.",
        "Call the office. A stick that a stranger gave you goes to the person in charge.",
    ),
    "kiosk-manifest": CALL_OFFICE,
    "kiosk-format": ("Rút USB, gọi kỹ thuật.", "Pull out the stick and call the technician."),
    "kiosk-other-gate": (
        "Văn phòng đưa nhầm USB. Xin tệp có tên cửa khẩu của bạn.",
        "This is the stick of another gate. Ask for the file that is named after yours.",
    ),
    "kiosk-recalled": (
        "Bản này đã có lệnh rút. Không dùng USB này nữa, xin bản mới.",
        "This release was recalled. Do not use the stick again; ask for a new one.",
    ),
    "kiosk-bad": CALL_OFFICE,
    "kiosk-same-serial": CALL_OFFICE,
    "kiosk-older": (
        "USB cũ. Xin bản mới. Không cách nào bắt máy nhận bản cũ từ USB.",
        "An old stick. Ask for a new one. No stick can make the device go back.",
    ),
    "kiosk-no-keys": UNFINISHED,
    "kiosk-no-gate": UNFINISHED,
    "kiosk-gates-several": UNFINISHED,
    "kiosk-busy": (
        "Có hai USB cắm cùng lúc. Chờ câu báo của chiếc cắm trước, rồi rút cả hai.",
        "Two sticks are in. Wait for the message of the first, then pull out both.",
    ),
    "kiosk-full": TECHNICIAN,
    "kiosk-disk-full": TECHNICIAN,
    "kiosk-disk": (
        "Rút USB, cắm lại một lần. Vẫn vậy thì gọi kỹ thuật. Màn hình vẫn chạy.",
        "Pull out the stick and try once more, then call the technician. The screen goes on.",
    ),
    "kiosk-miscopied": TECHNICIAN,
    "kiosk-unconfirmed": (
        "Rút USB, gọi văn phòng. Đừng cắm lại bản này: máy sẽ từ chối.",
        "Pull out the stick and call the office. This release will be refused from now on.",
    ),
}
"""What to do, in Vietnamese and English, by the code of the message."""

SCREEN: dict[str, tuple[str, str]] = {
    "Sample edition: not an official publication": (
        "Trang web còn là bản mẫu. Dòng này mất khi cơ quan chủ quản tiếp nhận.",
        "The site is a sample. The line goes away when the unit takes it over.",
    ),
    "Reviewed, as of %(day)s": (
        "Ngày thẩm định của bài mới nhất. Ngày này phải giống ngày văn phòng báo.",
        "When the newest text was reviewed. It has to be the day that the office told you.",
    ),
    "These texts have not been renewed for some time. Ask before you rely on them.": (
        "Nội dung “cũ”: bản trên máy đã quá 60 ngày. Màn hình vẫn chạy. Xin bản mới.",
        "“Old content”: the release is more than 60 days old. The screen goes on. Ask for a "
        "new one.",
    ),
    "Are you still there?": (
        "Không ai chạm trong một lúc. Không ai trả lời thì máy quên hết và về màn hình chờ.",
        "Nobody touched the screen for a while. Without an answer it forgets everything and "
        "waits again.",
    ),
    "One moment …": (
        "Trang sau chưa hiện ngay. Quá một phút: xem phần sự cố.",
        "The next page does not come at once. After a minute, see what to do in trouble.",
    ),
}
"""What stands on the screen itself, as its templates say it, and what it means."""
