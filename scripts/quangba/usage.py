"""Wrong usage: what click says of a command that was typed wrongly, in Vietnamese too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from quangba.errors import user_language

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SENTENCES = (
    # Missing option '--by'.
    (r"Missing option (.+?)\..*", "thiếu tùy chọn {0}. Hãy thêm vào rồi gõ lại lệnh."),
    # Missing argument 'PAGE'.
    (r"Missing argument (.+?)\..*", "thiếu {0}. Hãy viết thêm theo dòng “Cách dùng” ở trên."),
    (r"Missing command\.", "thiếu tên lệnh. Hãy viết thêm theo dòng “Cách dùng” ở trên."),
    # No such option '--langs'. Did you mean '--lang'?
    (r"No such option (\S+)\. \(?Did you mean (?:one of: )?(.+)\?\)?",
     "không có tùy chọn {0}. Có phải bạn muốn gõ {1}?"),
    (r"No such option (.+)\.", "không có tùy chọn {0}. Hãy xem các tùy chọn bằng --help."),
    # No such command 'bild'. Did you mean 'build'?
    (r"No such command (.+)\. \(?Did you mean (?:one of: )?(.+)\?\)?",
     "không có lệnh {0}. Có phải bạn muốn gõ {1}?"),
    (r"No such command (.+)\.", "không có lệnh {0}. Hãy xem các lệnh bằng --help."),
    # Got unexpected extra argument (b.md)
    (r"Got unexpected extra arguments? \((.+)\)",
     "thừa “{0}”. Hãy bỏ đi; nếu là một tên có dấu cách thì đặt trong ngoặc kép."),
    (r"Option (.+) does not take a value\.",
     "tùy chọn {0} không nhận giá trị. Hãy bỏ dấu = và phần sau."),
    (r"Option (.+) requires an argument\.",
     "tùy chọn {0} thiếu giá trị. Hãy viết giá trị ngay sau nó."),
    # Invalid value for '--format': 'x' is not one of 'json', 'text'.
    (r"Invalid value for (.+?): (.+) is not one of (.+)\.",
     "{0} không nhận {1}. Hãy chọn một trong: {2}."),
    # Invalid value for '--port': 'x' is not a valid integer range.
    (r"Invalid value for (.+?): (.+) is not a valid integer.*", "{0} cần một số, không phải {1}."),
    # Invalid value for '--port': 70000 is not in the range 0<=x<=65535.
    (r"Invalid value for (.+?): (.+) is not in the range (.+)\.",
     "{0} không nhận số {1}. Hãy chọn số trong khoảng {2}."),
    # Invalid value for '-o' / '--output': File 'content' is a directory.
    (r"Invalid value for (.+?): \w+ (.+) is a directory\.",
     "{0}: {1} là thư mục. Hãy nêu một tệp."),
    (r"Invalid value for (.+?): \w+ (.+) is a file\.", "{0}: {1} là tệp. Hãy nêu một thư mục."),
    (r"Invalid value for (.+?): \w+ (.+) does not exist\.",
     "{0}: không thấy {1}. Hãy xem lại đường dẫn."),
    (r"Invalid value for (.+?): \w+ (.+) is not readable\.",
     "{0}: không đọc được {1}. Hãy xem quyền của tệp."),
    (r"Invalid value for (.+?): \w+ (.+) is not writable\.",
     "{0}: không ghi được vào {1}. Hãy xem quyền của tệp."),
)  # fmt: skip
"""Patterns of click's whole sentences, and what they are in Vietnamese."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class WrongUsage(click.UsageError):
    """Says in the user's language what was typed wrongly; click's own sentence comes after."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(error.format_message(), error.ctx)
        self.vietnamese = misplaced(error) or in_vietnamese(self.message)
        """Empty for sentences of ours, which are in the user's language already."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how the command is called, and what was wrong."""
        if user_language() == "en":
            super().show(file)
            return
        lines = []
        if self.ctx is not None:
            path, pieces = self.ctx.command_path, self.ctx.command.collect_usage_pieces(self.ctx)
            lines += [f"Cách dùng (usage): {' '.join([path, *pieces])}"]
            lines += [f"Hướng dẫn (help): {path} --help", ""]
        lines += [f"Lỗi: {self.vietnamese or self.message}"]
        lines += [f"Error: {self.message}"] if self.vietnamese else []
        click.echo("\n".join(lines), file=file, err=file is None)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@contextmanager
def explained() -> Iterator[None]:
    """Let what click says of wrong usage be said in the user's language."""
    try:
        yield
    except (click.exceptions.NoArgsIsHelpError, WrongUsage):
        raise
    except click.UsageError as error:
        raise WrongUsage(error) from error


def misplaced(error: click.UsageError) -> str:
    """Say where an option belongs that only stands in the wrong place; else nothing."""
    context = error.ctx.parent if error.ctx else None
    if isinstance(error, click.NoSuchOption) and context is not None:
        name = error.option_name
        if any(name in each.opts for each in context.command.params):
            path = context.command_path
            return f"tùy chọn “{name}” đứng trước tên lệnh. Hãy gõ: {path} {name} …"
    return ""


def in_vietnamese(sentence: str) -> str:
    """
    Return a sentence of click in Vietnamese; nothing for one that click does not say.

    >>> in_vietnamese("Missing option '--by'.")
    'thiếu tùy chọn “--by”. Hãy thêm vào rồi gõ lại lệnh.'
    """
    for pattern, text in SENTENCES:
        match = re.fullmatch(pattern, sentence, re.DOTALL)
        if match:
            return text.format(*(re.sub(r"'([^']*)'", r"“\1”", each) for each in match.groups()))
    return ""
