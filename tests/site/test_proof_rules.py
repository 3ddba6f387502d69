"""Rules of the proof: a clean folder breaks none, and each fault breaks the rule that is for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from proof_folder import DRAWING, HEADERS, NOTICE, STYLES, URL, broken, make, subject, write

from quangba.site.proof.folder import Built
from quangba.site.proof.glyphs import coverage
from quangba.site.proof.rules import EXAMPLES, RULES, ask
from quangba.site.proof.weights import weigh

HOME, VISIT = "index.html", "visit/index.html"

FAULTS = {
    # what: (file, text, what stands there instead, rules that say so)
    "image without words": (HOME, ' alt="Hình"', "", {"alt"}),
    "picture link without words": (HOME, 'alt="Về đầu"', 'alt=""', {"nameless"}),
    "empty link": (HOME, ">Nơi khác<", "> <b></b> <", {"nameless"}),
    "empty button": (HOME, "<button>Tìm", "<button>", {"nameless"}),
    "frame without a name": (VISIT, "</main>", "<iframe></iframe></main>", {"nameless"}),
    "field without a label": (HOME, 'for="q"', "", {"label"}),
    "label of nothing": (HOME, 'for="q"', 'for="z"', {"label", "ids-named"}),
    "no title": (HOME, "<title>Trang chủ", "<title>", {"title"}),
    "no description": (HOME, "Một trang.", " ", {"description"}),
    "two main headings": (HOME, "<h2>Bốn</h2>", "<h1>Bốn</h1>", {"one-heading"}),
    "skipped level": (HOME, "<h3>Ba</h3>", "<h4>Ba</h4>", {"heading-order"}),
    "two main parts": (HOME, "<h1>", "<main></main><h1>", {"one-main"}),
    "id twice": (HOME, "<h3>", '<h3 id="two">', {"id-twice"}),
    "forced order": (HOME, "<h3>", '<h3 tabindex="3">', {"tabindex"}),
    "no zoom": (HOME, "initial-scale=1", "initial-scale=1, user-scalable=no", {"zoom"}),
    "no language": (HOME, ' lang="vi"', "", {"language", "hreflang-self", "hreflang-both-ways"}),
    "script": (HOME, "</main>", "<script>go()</script></main>", {"inline-script"}),
    "script in capitals": (HOME, "</main>", "<SCRIPT >go()</SCRIPT ></main>", {"inline-script"}),
    "handler": (HOME, "<h3>", "<h3 oNclick='go()'>", {"inline-script"}),
    "handler after a quoted >": (HOME, "<h3>", '<h3 title=">" onclick=go()>', {"inline-script"}),
    "style": (HOME, "</main>", "<style>p{}</style></main>", {"inline-style"}),
    "style attribute": (HOME, "<h3>", '<h3 style="color:red">', {"inline-style"}),
    "script from elsewhere": (HOME, "./a.js", "https://b.example/a.js", {"own-files"}),
    "picture from elsewhere": (HOME, '<img src="./a.svg"', '<img src="//b.example/"',
                               {"own-files"}),
    "data address": (HOME, '<img src="./a.svg"', '<img src="data:image/gif,"', {"own-files"}),
    "script link": (HOME, "https://b.example/", "JavaScript:go()", {"script-link"}),
    "script link that hides": (HOME, "https://b.example/", "&#1; java\tscript&colon;go()",
                               {"script-link"}),
    "style sheet from elsewhere": ("a.css", "url(a.svg)", "url(//b.example/)", {"style-files"}),
    "style sheet without its file": ("a.css", "url(a.svg)", "url(b.svg)", {"style-files"}),
    "drawing with a script": ("a.svg", "<path", "<script/><path", {"still-drawing"}),
    "drawing that calls out": ("a.svg", "<path", '<a href="//b.example/"/><path',
                               {"still-drawing"}),
    "policy with inline scripts": ("_headers", "script-src 'self'", "script-src 'unsafe-inline'",
                                   {"content-policy"}),
    "policy that lets all in": ("_headers", "default-src 'none'", "default-src *",
                                {"content-policy"}),
    "frames": ("_headers", "frame-ancestors 'none'", "frame-ancestors 'self'", {"content-policy"}),
    "sniffing": ("_headers", "nosniff", "sniff", {"other-headers"}),
    "dead link": (HOME, "./visit/#two", "./visits/", {"files-there"}),
    "dead picture": (HOME, '<img src="./a.svg"', '<img src="./b.svg"', {"files-there"}),
    "dead anchor": (HOME, "./visit/#two", "./visit/#three", {"anchors-there"}),
    "canonical of another": (HOME, f'canonical" href="{URL}"', f'canonical" href="{URL}visit/"',
                             {"canonical"}),
    "no default": (HOME, 'hreflang="x-default"', 'hreflang="x"',
                   {"hreflang-default", "hreflang-both-ways"}),
    "one way only": ("zh/index.html", f'hreflang="vi" href="{URL}"', 'rel="x"',
                     {"hreflang-both-ways", "hreflang-default"}),
    "version without itself": (VISIT, f'hreflang="vi" href="{URL}visit/"', 'rel="x"',
                               {"hreflang-self", "hreflang-both-ways", "hreflang-default"}),
    "version that is hidden": ("zh/visit/index.html", "<title>",
                               '<meta name="robots" content="noindex"><title>',
                               {"hreflang-listed", "kept-promise", "sitemap"}),
    "sitemap too long": ("sitemap.xml", "</urlset>", f"<loc>{URL}secret/</loc></urlset>",
                         {"sitemap"}),
    "notice that is listed": ("gone/index.html", "noindex", "index",
                              {"kept-promise", "sitemap", "canonical", "description"}),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "site")


def test_a_clean_folder_breaks_no_rule(folder: Path) -> None:
    assert broken(folder) == {}
    checked = {one["rule"]: one["checked"] for one in ask(subject(folder))}
    assert checked["alt"] == 6
    assert checked["hreflang-both-ways"] == 4
    assert checked["style-files"] == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_breaks_its_rule_and_names_the_file(folder: Path, fault: str) -> None:
    file, text, instead, rules = FAULTS[fault]
    whole = (folder / file).read_text("utf-8")
    assert text in whole
    write(folder, file, whole.replace(text, instead, 1))
    found = broken(folder)
    assert set(found) == rules
    named = [one for findings in found.values() for one in findings]
    assert any(one.startswith(f"{file}: ") for one in named) or "hreflang-listed" in rules


def test_a_page_that_the_gate_keeps_back_is_found(folder: Path) -> None:
    write(folder, "secret/index.html", NOTICE)
    assert broken(folder) == {
        "stays-out": ["secret/index.html: secret.md"],
        "answered-for": ["secret/index.html: Đã rút"],
    }


def test_a_page_that_nobody_let_out_is_found(folder: Path) -> None:
    write(folder, "zh/old.html", NOTICE.replace('"vi"', '"zh-Hans"'))
    assert broken(folder) == {"answered-for": ["zh/old.html: Đã rút"]}


def test_a_page_that_is_promised_and_missing_is_found(folder: Path) -> None:
    (folder / "gone/index.html").unlink()
    assert broken(folder) == {"kept-promise": ["gone/index.html: withdrawn: 404"]}


def test_a_screen_at_a_gate_leads_nowhere_else_and_has_every_letter(folder: Path) -> None:
    found = broken(folder, kiosk=True)
    assert {one.rpartition(": ")[2] for one in found.pop("no-way-out")} == {"https://b.example/"}
    # What search engines are told is asked of no screen; the Latin face has all of these letters.
    assert found == {}
    whole = (folder / HOME).read_text("utf-8")
    write(folder, HOME, whole.replace("Xin chào", "ȟ 你好"))
    assert broken(folder, kiosk=True)["letters"] == [
        "index.html: U+021F ȟ",
        "index.html: U+4F60 你",
        "index.html: U+597D 好",
    ]
    # A letter and its mark, where the face may draw the mark too.
    write(folder, "a.css", STYLES.format(more=", U+300-30F"))
    assert "index.html: U+021F ȟ" not in broken(folder, kiosk=True)["letters"]


def test_letters_outside_the_range_of_their_face_are_not_drawn(folder: Path) -> None:
    write(folder, "a.css", STYLES.format(more="").replace("U+1E00-1EFF", "U+2000"))
    left = coverage(subject(folder))["languages"]["vi"]["left"]
    assert left == [
        {"character": "ế", "file": "index.html"},
        {"character": "ố", "file": "index.html"},
    ]


def test_the_portal_leaves_east_asian_letters_to_the_reader(folder: Path) -> None:
    whole = (folder / "zh/index.html").read_text("utf-8")
    write(folder, "zh/index.html", whole.replace("Xin chào", "你好。"))
    row = coverage(subject(folder))["languages"]["zh-Hans"]
    assert (row["system"], row["left"]) == (3, [])
    assert row["characters"] == row["drawn"] + 3


def test_many_findings_are_counted_and_some_are_listed(folder: Path) -> None:
    whole = (folder / HOME).read_text("utf-8")
    images = "".join(f'<img src="./a.svg?{number}">' for number in range(EXAMPLES + 5))
    write(folder, HOME, whole.replace("<h3>", f"{images}<h3>"))
    rule = next(one for one in ask(subject(folder)) if one["rule"] == "alt")
    assert (rule["failed"], len(rule["findings"]), rule["more"]) == (1, EXAMPLES, 5)


def test_every_rule_was_broken_here() -> None:
    others = {"stays-out", "answered-for", "kept-promise", "no-way-out", "letters"}
    assert {one.name for one in RULES} == others.union(*(fault[3] for fault in FAULTS.values()))


def test_weights_are_those_of_the_files(folder: Path) -> None:
    found = weigh(subject(folder))
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size
             for path in folder.rglob("*") if path.is_file()}  # fmt: skip
    assert found["bytes"] == sum(sizes.values()) == sum(found["kinds"].values())
    home = next(row for row in found["pages"] if row["file"] == HOME)
    assert home["html"] == sizes[HOME]
    # The drawing stands twice in the page and is fetched once.
    assert 0 < home["pictures"] <= sizes["a.svg"] + 20
    assert home["first"] == sum(home[part] for part in ("html", "styles", "scripts", "pictures"))
    assert found["over"] == []
    write(folder, HOME, (folder / HOME).read_text("utf-8") + "<!-- " + "a" * 60_000 + " -->")
    assert [one["file"] for one in weigh(subject(folder))["over"]] == [HOME]


def test_a_page_is_read_again_when_it_changes_or_the_cache_does(
    folder: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "cache" / "portal"

    def titles() -> set[str]:
        built = Built(folder, URL)
        built.read(kept)
        return {page.title for page in built.documents.values()}

    first = titles()
    assert titles() == first
    write(folder, HOME, (folder / HOME).read_text("utf-8").replace("Trang chủ", "Trang mới"))
    assert titles() == {*first, "Trang mới"} - {"Trang chủ"}
    data = kept.read_bytes()
    for wrong in (b"", data[:-1], data[:40] + b"x" + data[41:], b"\x80" * 64):
        kept.write_bytes(wrong)
        assert titles() == {*first, "Trang mới"} - {"Trang chủ"}


def test_the_digest_is_that_of_all_files_but_hidden_ones(folder: Path) -> None:
    def digest() -> str:
        return subject(folder).built.digest

    first = digest()
    write(folder, ".well-known/x.txt", "a server's")
    assert digest() == first
    write(folder, "a.svg", DRAWING + "\n")
    assert digest() != first


def test_files_of_a_gate_are_laid_over_the_others(folder: Path) -> None:
    write(folder, "_gates/mong-cai/index.html", NOTICE.replace("Đã rút<", '<img src="b.svg">'))
    built = subject(folder).built
    assert built.target("_gates/mong-cai/index.html", "visit/").file == VISIT
    assert built.target("_gates/mong-cai/zh/way/index.html", "../../").file == (
        "_gates/mong-cai/index.html"
    )
    assert built.target("_gates/mong-cai/index.html", "b.svg").file == ""


def test_headers_of_single_folders_are_not_those_of_the_site(folder: Path) -> None:
    write(folder, "_headers", "/assets/*\n" + HEADERS.partition("\n")[2])
    assert set(broken(folder)) == {"content-policy", "other-headers"}
