"""What a device is made of beside this package: units, policies, rules. Checked as far as that can
be done where no systemd runs and nothing is plugged in; what a device alone can show, a person
checks at the first installation."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from served import device, write

import chromium
from quangba.cli_kiosk import kiosk
from quangba.kiosk.screen import CONFIRM
from quangba.kiosk.store import TRIAL
from quangba.site.headers import HEADERS, KIOSK_CACHED, POLICY, policy_text

KIOSK = Path(__file__).parents[2] / "kiosk"
UNITS = KIOSK / "etc/systemd/system"
POLICIES = KIOSK / "etc/chromium/policies/managed/quangba.json"
TMPFILES = KIOSK / "etc/tmpfiles.d/quangba.conf"
SCRIPTS = KIOSK / "usr/local/lib/quangba"
BINARY = Path("/usr/lib/chromium/chromium")

ROOT = "/var/lib/quangba"

NAMES = sorted(path.name for path in UNITS.iterdir())

linux = pytest.mark.skipif(sys.platform != "linux", reason="units are for Linux")


def unit(name: str) -> dict[str, list[str]]:
    """Return the settings of a unit; a setting may stand several times."""
    text = re.sub(r"\\\n\s*", " ", (UNITS / name).read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def commands(name: str) -> list[list[str]]:
    """Return the commands of a unit."""
    starts = ("ExecStart", "ExecStartPre", "ExecStartPost", "ExecStop")
    return [shlex.split(line) for key in starts for line in unit(name).get(key, [])]


def browser_flags() -> list[str]:
    command = commands("kiosk-browser.service")[0]
    return command[command.index("/usr/bin/chromium") + 1 :]


# Units


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file system as a device has it, with programs that only have their names."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here: nobody looked at the units")
    root = tmp_path_factory.mktemp("image")
    shutil.copytree(KIOSK / "etc", root / "etc")
    shutil.copytree(KIOSK / "usr", root / "usr")
    if Path("/usr/lib/systemd/system").is_dir():
        shutil.copytree("/usr/lib/systemd/system", root / "usr/lib/systemd/system", symlinks=True)
    for name in NAMES:
        for program, *_ in commands(name):
            path = root / program.lstrip("/")
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("#!/bin/sh\n")
                path.chmod(0o755)
    template = root / "etc/systemd/system/kiosk-install@.service"
    shutil.copy(template, template.with_name("kiosk-install@sdb1.service"))
    return root


def analyze(image: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *arguments[:1], f"--root={image}", *arguments[1:]],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_systemd_understands_every_unit(image: Path) -> None:
    names = [name.replace("@.", "@sdb1.") for name in NAMES]
    done = analyze(image, "verify", "--man=no", "--recursive-errors=no", *names)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    # The control: it would have said something.
    broken = image / "etc/systemd/system/broken.service"
    broken.write_text("[Service]\nExecStart=/no/such/program\nProtectSystems=strict\n")
    done = analyze(image, "verify", "--man=no", "--recursive-errors=no", "broken.service")
    assert "ProtectSystems" in done.stderr
    assert "/no/such/program" in done.stderr


@pytest.mark.parametrize(
    ("name", "most"),
    [
        pytest.param("kiosk-server.service", 1.0, id="server"),
        pytest.param("kiosk-install@sdb1.service", 3.5, id="install"),
        pytest.param("kiosk-resume.service", 1.0, id="resume"),
    ],
)
def test_little_is_left_to_a_service_that_is_broken_into(
    image: Path, name: str, most: float
) -> None:
    threshold = f"--threshold={round(most * 10)}"
    done = analyze(image, "security", "--offline=true", "--no-pager", threshold, name)
    assert done.returncode == 0, done.stdout.splitlines()[-1:]


@pytest.mark.parametrize("name", NAMES)
def test_programs_have_absolute_paths_and_are_there(name: str) -> None:
    for program, *arguments in commands(name):
        assert program.startswith("/")
        if program.startswith("/usr/local/lib/quangba/"):
            assert os.access(KIOSK / program.lstrip("/"), os.X_OK)
        assert not {"sh", "bash"} & {Path(program).name}, arguments
    for value in unit(name).get("Unit", []):
        assert (UNITS / value).exists()


def test_the_server_writes_where_it_may_and_asks_for_what_is_heard() -> None:
    server = unit("kiosk-server.service")
    command = commands("kiosk-server.service")[0]
    assert command[1:5] == ["-m", "quangba.cli_kiosk_device", "serve", "--root"]
    assert server["PrivateNetwork"] == ["true"]
    assert server["ReadWritePaths"] == [f"{ROOT}/run {ROOT}/counts"]
    assert server["Type"] == ["notify"]
    for option, name in (("--restart", "kiosk-restart"), ("--reboot", "kiosk-reboot")):
        asked = shlex.split(command[command.index(option) + 1])[-1]
        assert asked.startswith(f"{ROOT}/run/")
        assert unit(f"{name}.path")["PathExists"] == [asked]
        assert commands(f"{name}.service")[0] == ["/usr/bin/rm", "-f", asked]
    restart = commands("kiosk-restart.service")[1]
    assert (UNITS / restart[-1]).exists()


def test_a_trial_that_was_cut_off_is_gone_on_with_by_whoever_installs() -> None:
    resume = unit("kiosk-resume.service")
    assert resume["ConditionPathExists"] == [f"{ROOT}/{TRIAL}"]
    command = commands("kiosk-resume.service")
    assert command == [
        ["/opt/quangba/bin/python", "-m", "quangba.cli_kiosk", "resume", "--root", ROOT]
    ]
    assert kiosk.get_command(click.Context(kiosk), command[0][3]) is not None
    assert (resume["Type"], resume["WantedBy"]) == (["oneshot"], ["multi-user.target"])
    # Its beats come from the browser, through the server.
    assert {"kiosk-server.service", "kiosk-browser.service"} <= set(resume["After"][0].split())
    owners = dict(re.findall(r"(?m)^d (\S+)\s+\d+ (\S+)", TMPFILES.read_text(encoding="utf-8")))
    assert resume["User"] == [owners[ROOT]]
    assert int(resume["TimeoutStartSec"][0]) > 2 * CONFIRM
    install = unit("kiosk-install@.service")
    assert install["OnFailure"] == ["kiosk-resume.service"]
    assert "kiosk-resume.service" in install["After"][0].split()


def test_descriptions_of_users_are_fields_of_a_password_file() -> None:
    text = (KIOSK / "etc/sysusers.d/quangba.conf").read_text(encoding="utf-8")
    described = re.findall(r'(?m)^u \S+ +- +"([^"\n]*)"', text)
    assert len(described) == len(re.findall(r"(?m)^u ", text))
    assert not [words for words in described if ":" in words], "systemd-sysusers refuses them"


def test_users_and_folders_are_made_before_they_are_needed() -> None:
    users = re.findall(r"(?m)^u (\S+)", (KIOSK / "etc/sysusers.d/quangba.conf").read_text())
    folders = dict(re.findall(r"(?m)^d (\S+)\s+\d+ (\S+)", TMPFILES.read_text(encoding="utf-8")))
    for name in NAMES:
        for user in unit(name).get("User", []):
            assert user in users
        for paths in unit(name).get("ReadWritePaths", []):
            assert set(paths.split()) <= folders.keys()
    assert set(folders.values()) <= {*users, "root"}
    assert folders[f"{ROOT}/keys"] == "root"
    assert folders[f"{ROOT}/counts"] == unit("kiosk-server.service")["User"][0]
    mount = unit("var-lib-quangba-run.mount")
    assert mount["Where"] == [f"{ROOT}/run"]
    assert {"nosuid", "nodev", "noexec"} <= set(mount["Options"][0].split(","))


# The browser


def test_the_browser_begins_with_the_loop_at_the_address_of_the_server() -> None:
    address = unit("kiosk-server.socket")["ListenStream"]
    assert address == ["127.0.0.1:8080"]
    assert browser_flags()[-1] == f"http://{address[0]}/attract/"
    assert json.loads(POLICIES.read_text())["URLAllowlist"] == [f"http://{address[0]}"]


def test_no_flag_weakens_the_browser() -> None:
    flags = {flag.partition("=")[0] for flag in browser_flags()}
    weak = {
        "--no-sandbox", "--disable-setuid-sandbox", "--disable-web-security", "--single-process",
        "--remote-debugging-port", "--remote-debugging-pipe", "--remote-debugging-address",
        "--disable-site-isolation-trials", "--allow-running-insecure-content",
        "--ignore-certificate-errors", "--disable-popup-blocking", "--load-extension",
        "--allow-file-access-from-files", "--disable-gpu-sandbox", "--enable-automation",
    }  # fmt: skip
    assert not flags & weak
    assert {"--kiosk", "--incognito", "--disable-pinch", "--no-first-run"} <= flags
    profile = next(flag for flag in browser_flags() if flag.startswith("--user-data-dir="))
    assert profile.partition("=")[2].startswith("/run/kiosk/")
    assert unit("kiosk-browser.service")["RuntimeDirectory"] == ["kiosk"]
    assert unit("kiosk-browser.service")["IPAddressDeny"] == ["any"]
    assert unit("kiosk-browser.service")["IPAddressAllow"] == ["localhost"]
    assert unit("kiosk-browser.service")["Restart"] == ["always"]


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_policies_close_what_leads_out() -> None:
    policies = json.loads(POLICIES.read_text(encoding="utf-8"), object_pairs_hook=once)
    assert policies["URLBlocklist"] == ["*"]
    expected = {
        "DeveloperToolsAvailability": 2,
        "DownloadRestrictions": 3,
        "AllowFileSelectionDialogs": False,
        "PrintingEnabled": False,
        "TranslateEnabled": False,
        "IncognitoModeAvailability": 2,
        "ExtensionInstallBlocklist": ["*"],
        "AudioCaptureAllowed": False,
        "VideoCaptureAllowed": False,
        "RemoteDebuggingAllowed": False,
        "PasswordManagerEnabled": False,
    }
    assert {name: policies[name] for name in expected} == expected


@pytest.mark.skipif(not BINARY.exists(), reason="no full Chromium to ask for its names")
def test_chromium_knows_every_policy_and_every_flag(tmp_path: Path) -> None:
    flags = [flag.partition("=") for flag in browser_flags()[:-1]]
    names = {*json.loads(POLICIES.read_text()), *(flag[0].removeprefix("--") for flag in flags)}
    names |= {
        feature
        for flag in flags
        if flag[0] == "--disable-features"
        for feature in flag[2].split(",")
    }
    (tmp_path / "names").write_text("\n".join([*names, "NoSuchPolicyEnabled"]))
    search = ["grep", "-a", "-o", "-w", "-F", "-f", tmp_path / "names", BINARY]
    environment = {**os.environ, "LC_ALL": "C"}
    found = subprocess.run(search, env=environment, capture_output=True, timeout=120).stdout
    assert set(found.decode().split()) == names


OUTSIDE = """
import fcntl, os, signal, socket, struct, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, HTTPServer

# A network of its own, in which there is only this computer: port 8080 is free, nothing leaves.
probe = socket.socket()
request = struct.pack("16sh", b"lo", 1 | 64)
fcntl.ioctl(probe, 0x8914, request)
subprocess.run(["mount", "--make-rprivate", "/"], check=True)
subprocess.run(["mount", "--bind", sys.argv[1], "/etc/chromium/"], check=True)
seen = []
class Elsewhere(BaseHTTPRequestHandler):
    def do_GET(self):
        seen.append(self.path)
        self.send_response(200); self.end_headers()
    def log_message(self, *given): pass
elsewhere = HTTPServer(("127.0.0.1", 8081), Elsewhere)
threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
server = subprocess.Popen([sys.executable, "-m", "quangba.cli_kiosk_device", "serve",
                           "--root", sys.argv[2]], stdout=subprocess.DEVNULL)
while socket.socket().connect_ex(("127.0.0.1", 8080)):
    time.sleep(0.05) # kiosk-browser.service waits for the server too
browsers = []
for number, address in enumerate(sys.argv[4].split(" ")):
    flags = [flag for flag in sys.argv[5:] if not flag.startswith("--user-data-dir")]
    flags += [f"--user-data-dir={sys.argv[2]}/profile-{number}", "--no-sandbox", "--headless=new"]
    flags += ["--dump-dom"] if number else []
    log = open(f"{sys.argv[2]}/log-{number}", "wb")
    browsers.append(subprocess.Popen([sys.argv[3], *flags, address], stderr=log, stdout=log))
beat = sys.argv[2] + "/run/beat.json"
deadline = time.monotonic() + 60
def blocked(number):
    return b"ERR_BLOCKED_BY_ADMINISTRATOR" in open(f"{sys.argv[2]}/log-{number}", "rb").read()
while time.monotonic() < deadline:
    if os.path.exists(beat) and all(blocked(number) for number in range(1, len(browsers))):
        break
    time.sleep(0.1)
for process in [*browsers, server]:
    process.terminate()
for process in [*browsers, server]:
    process.wait(30)
print("beat" if os.path.exists(beat) else "no beat")
print([blocked(number) for number in range(1, len(browsers))], seen)
"""

BEATING = """
fetch("/beat", {method: "POST", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({release: 1, language: "vi", page: "attract/", state: "attract",
        touched: null, painted: true})});
"""


@linux
@pytest.mark.usefixtures("browser")
def test_chromium_with_these_flags_and_policies_goes_nowhere_else(tmp_path: Path) -> None:
    if not BINARY.exists() or os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("needs root and the full Chromium: look at chrome://policy on a device")
    if subprocess.run(["unshare", "-m", "-n", "true"], capture_output=True).returncode:
        pytest.skip("no namespaces here: look at chrome://policy on a device")
    root = device(tmp_path / "root", 1)
    attract = '<!doctype html><title>x</title><script src="../beat.js"></script>'
    headers = (
        "/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self'\n"
    )
    files: dict[str, str | bytes] = {
        "attract/index.html": attract,
        "beat.js": BEATING,
        "_headers": headers,
    }
    write(root / "releases/1/site", files)
    # Without a screen Chromium says what it did through its own tools for developers, which are
    # forbidden, and in a window that is not incognito.
    policies = json.loads(POLICIES.read_text())
    for name in (
        "DeveloperToolsAvailability",
        "RemoteDebuggingAllowed",
        "IncognitoModeAvailability",
    ):
        del policies[name]
    write(tmp_path / "policies", {"policies/managed/quangba.json": json.dumps(policies)})
    *flags, start = browser_flags()
    flags = [flag for flag in flags if not flag.startswith("--ozone-platform")]
    addresses = f"{start} http://127.0.0.1:8081/ file:///etc/hostname"
    program = [sys.executable, "-c", OUTSIDE, str(tmp_path / "policies"), str(root)]
    done = subprocess.run(
        ["unshare", "-m", "-n", *program, chromium.CHROMIUM, addresses, *flags],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.splitlines()[-2:] == ["beat", "[True, True] []"], done


# USB


def test_rules_name_what_is_there() -> None:
    for path in (KIOSK / "etc/udev/rules.d").iterdir():
        lines = [line for line in path.read_text().splitlines() if line and line[0] != "#"]
        assert lines
        for line in lines:
            for part in re.split(r",\s*", line):
                assert re.fullmatch(r'[A-Z_]+(\{\w+\})?(==|!=|=|\+=)"[^"]*"', part), part
            for wanted in re.findall(r'SYSTEMD_WANTS\}\+="([^"%]+)%k', line):
                assert (UNITS / f"{wanted}.service").exists()
            for program in re.findall(r'RUN\+="(\S+)', line):
                assert os.access(KIOSK / program.lstrip("/"), os.X_OK)


@linux
def test_only_disks_and_hubs_are_let_in(tmp_path: Path) -> None:
    for name, kind in (("1-1:1.0", "08"), ("1-2:1.0", "03"), ("1-3:1.0", "09"), ("1-4:1.0", "e0")):
        write(
            tmp_path / "devices" / name,
            {"bInterfaceClass": f"{kind}\n", "authorized": "0\n"},
        )
    for controller in ("usb1", "usb2"):
        write(tmp_path / "devices" / controller, {"interface_authorized_default": "1\n"})
    write(tmp_path, {"drivers_probe": ""})

    def run(*arguments: str) -> int:
        command = ["/bin/sh", str(SCRIPTS / "quangba-usb"), *arguments]
        environment = {**os.environ, "QUANGBA_USB": str(tmp_path)}
        return subprocess.run(command, env=environment, capture_output=True).returncode

    def default(controller: str) -> str:
        path = tmp_path / "devices" / controller / "interface_authorized_default"
        return path.read_text().strip()

    assert run("close") == 0
    assert default("usb1") == default("usb2") == "0"
    assert run("allow", "1-1:1.0") == 0
    assert (tmp_path / "drivers_probe").read_text() == "1-1:1.0\n"
    assert run("allow", "1-3:1.0") == 0
    for refused in ("1-2:1.0", "1-4:1.0", "9-9:1.0", "../1-1:1.0", "", "a b"):
        assert run("allow", refused) != 0
    allowed = {
        path.name: (path / "authorized").read_text().strip()
        for path in (tmp_path / "devices").glob("*:*")
    }
    assert allowed == {"1-1:1.0": "1", "1-2:1.0": "0", "1-3:1.0": "1", "1-4:1.0": "0"}
    assert run("open") == 0
    assert default("usb1") == "1"
    assert run() == run("shut") == 2


@linux
@pytest.mark.parametrize("name", ["quangba-stick", "quangba-usb"])
def test_scripts_can_be_read(name: str) -> None:
    subprocess.run(["/bin/sh", "-n", str(SCRIPTS / name)], check=True)


INSTALLER = """#!/bin/sh
# Stands for the installation: notes what it is given, and leaves receipts beside it.
for last; do :; done
{
  id -un
  echo "$@"
  ls "$last"
  cat "$last"/B.QBK "$last"/a.qbk
  (echo x >"$last"/a.qbk) 2>/dev/null && echo WRITABLE
} >"$QUANGBA_ROOT/seen"
mkdir "$last/receipts"
echo new >"$last/receipts/mong-cai-7-1.json"
echo counts >"$last/receipts/counts-mong-cai-2026-11.jsonl"
exit "$(cat "$QUANGBA_ROOT/code")"
"""


@linux
@pytest.mark.parametrize("case", ["sound", "refused", "link", "read-only"])
def test_a_stick_is_only_written_to_for_its_receipts(tmp_path: Path, case: str) -> None:
    image = tmp_path / "stick.img"
    image.write_bytes(b"")
    os.truncate(image, 8 << 20)
    content = tmp_path / "content"
    write(content, {"a.qbk": "release a\n", "B.QBK": "release b\n", "other.txt": "x"})
    write(content, {"receipts/mong-cai-7-1.json": "old\n"} if case != "link" else {})
    (content / "evil.qbk").symlink_to("/etc/hostname")
    if case == "link":
        (content / "receipts").symlink_to("/etc")
    if shutil.which("mkfs.ext4") is None or os.geteuid() != 0:
        pytest.skip("needs root and mkfs: try a stick on a device")
    subprocess.run(["mkfs.ext4", "-q", "-d", content, image], check=True, capture_output=True)
    tool, root = tmp_path / "python", tmp_path / "root"
    root.mkdir()
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_mode & 0o005 != 0o005:
            path.chmod(0o755)
    root.chmod(0o777)
    tool.write_text(INSTALLER)
    tool.chmod(0o755)
    (root / "code").write_text("1" if case == "refused" else "0")
    read_only = "-r" if case == "read-only" else ""
    script = (
        "set -e; mount --make-rprivate /; \n"
        f"disk=$(losetup -f --show {read_only} {image}); trap 'losetup -d $disk' EXIT\n"
        f"code=0; /bin/sh {SCRIPTS / 'quangba-stick'} $disk || code=$?\n"
        "grep -c quangba-stick /proc/mounts || :\n"
        f"mkdir {tmp_path}/after; mount -o ro,noload $disk {tmp_path}/after\n"
        f"[ -L {tmp_path}/after/receipts ] || for f in {tmp_path}/after/receipts/*\n"
        "do echo ${f##*/} $(cat $f); done\n"
        f"umount {tmp_path}/after; exit $code\n"
    )
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "QUANGBA_ROOT": str(root),
        "QUANGBA_PYTHON": str(tool),
        "QUANGBA_USER": "nobody",
    }
    done = subprocess.run(
        ["unshare", "-m", "/bin/sh", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if "losetup" in done.stderr or "unshare" in done.stderr:
        pytest.skip("no loop devices here: try a stick on a device")
    assert (root / "seen").exists(), done
    seen = (root / "seen").read_text().splitlines()
    assert seen[0] == "nobody"
    assert seen[1].startswith(f"-m quangba.cli_kiosk install --root {root} -- ")
    assert seen[2:] == ["B.QBK", "a.qbk", "release b", "release a"]
    assert done.returncode == (1 if case == "refused" else 0)
    mounted, *receipts = done.stdout.splitlines()
    assert mounted == "0"
    if case == "link":
        assert not Path("/etc/mong-cai-7-1.json").exists()
    elif case == "read-only":
        assert receipts == ["mong-cai-7-1.json old"]
    else:
        assert receipts == [
            "counts-mong-cai-2026-11.jsonl counts",
            "mong-cai-7-1.json old",
            "mong-cai-7-2.json new",
        ]


# Other servers


def site_headers() -> dict[str, str]:
    """Return what ``_headers`` of the kiosk edition says."""
    policy = {"Content-Security-Policy": policy_text(POLICY)}
    return {**policy, **HEADERS, "Cache-Control": KIOSK_CACHED["/*"]}


def test_other_servers_send_the_headers_of_the_site() -> None:
    nginx = (KIOSK / "instead/quangba-headers.conf").read_text(encoding="utf-8")
    assert dict(re.findall(r'(?m)^add_header (\S+) "([^"]*)" always;$', nginx)) == site_headers()
    web_server = tomllib.loads((KIOSK / "instead/static-web-server.toml").read_text("utf-8"))
    (rule,) = web_server["advanced"]["headers"]
    assert rule == {"source": "**", "headers": site_headers()}
    assert web_server["general"]["host"] == "127.0.0.1"
    assert web_server["general"]["directory-listing"] is False


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not here")
def test_nginx_understands_its_configuration(tmp_path: Path) -> None:
    for name in ("nginx.conf", "quangba-headers.conf"):
        shutil.copy(KIOSK / "instead" / name, tmp_path / name)
    (tmp_path / "all.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        "http { access_log off; "
        + "".join(
            f"{name}_temp_path {tmp_path}/{name}; "
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"include {tmp_path}/nginx.conf; }}\n"
    )
    done = subprocess.run(
        ["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "all.conf"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_logs_are_limited() -> None:
    journal = configparser.ConfigParser()
    journal.optionxform = str  # type: ignore[assignment,method-assign]
    journal.read(KIOSK / "etc/systemd/journald.conf.d/quangba.conf", encoding="utf-8")
    assert journal["Journal"]["SystemMaxUse"] == "50M"
