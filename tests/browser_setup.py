"""Install Chromium, CJK fonts and strace for the tests that need them, where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def missing() -> list[str]:
    """Return the Debian packages that the tests would like and that are not installed."""
    wanted = []
    if not shutil.which("chromium"):
        wanted.append("chromium")
    if not shutil.which("msgfmt"):
        wanted.append("gettext")
    if not shutil.which("strace"):
        wanted.append("strace")
    fonts = shutil.which("fc-list")
    listed = subprocess.run([fonts], capture_output=True, text=True).stdout if fonts else ""
    if "NotoSansCJK" not in listed:
        wanted.append("fonts-noto-cjk")
    return wanted


def main() -> None:
    """Install what is missing when we are root on a Debian system; say loudly what is not there."""
    wanted = missing()
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if wanted and root and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
            check=False,
            stdout=subprocess.DEVNULL,
        )
        wanted = missing()
    if wanted:
        line = "!" * 72
        names = ", ".join(wanted)
        print(line, f"NOT INSTALLED: {names}: tests that need them are skipped.", line, sep="\n")
        if os.environ.get("CI") and "chromium" in wanted:
            sys.exit("In CI the browser tests must run: install Chromium.")


if __name__ == "__main__":
    main()
