"""Floods: the inputs of ``enormous.py``, by target; made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

N = 100_000
"""How often most pieces are repeated: the file has up to some hundred thousand bytes."""

# ----------------------------------------------------------------------------
# Cases by target
# ----------------------------------------------------------------------------


def segments() -> dict[str, str]:
    """Markdown."""
    return {
        "quotes": ">" * N,
        "quotes2": "> " * N + "a",
        "quoteslines": "\n".join("> " * i + "a" for i in range(1, 300)),
        "lists": "\n".join(" " * 4 * i + "- a" for i in range(400)),
        "brackets": "[" * N,
        "brackets2": "[a](" * N,
        "brackets3": "[a]" * (N // 3),
        "images": "![" * N,
        "close": "]" * N,
        "parens": "[a](" + "(" * N,
        "stars": "*a" * N,
        "stars1": "*" * N,
        "stars2": "**a " * (N // 4),
        "under": "_a" * N,
        "mix": "*_" * N,
        "ticks": "`" * N,
        "ticks2": "`a``b" * (N // 5),
        "ticks3": " ".join("`" * i for i in range(1, 440)),
        "line10M": "a" * 10000000,
        "words10M": "Vịnh Hạ Long " * 800000,
        "lines1M": "a\n" * 1000000,
        "paras": "a\n\n" * N,
        "tags": "<b>" * N,
        "tags2": "<" * N,
        "tags3": "<div>" * N,
        "tagsmd": "<div markdown>\n" * 2000,
        "comments": "<!--" * N,
        "comment2": "<!-- " + "-" * N,
        "attr": "<a " + "b " * N + ">",
        "amp": "&" * N,
        "ent": "&a" * N,
        "braces": "{" * N,
        "braces2": "a{:" * N,
        "attrlist": "a\n{: " + ".a " * N + "}",
        "attrlist2": "a\n{: " + "a=" * N + "}",
        "facts": "{fact:a}" * (N // 8),
        "fact2": "{fact:" * N,
        "table": "|" * N + "\n" + "|-" * N,
        "tablerows": "|a|b|\n|-|-|\n" + "|a|b|\n" * 20000,
        "heads": "# a\n" * 20000,
        "hash": "#" * N,
        "foot": "[^1]" * N,
        "footd": "".join(f"[^{i}]: a\n" for i in range(5000)),
        "ref": "".join(f"[a{i}]: b\n" for i in range(20000)),
        "abbr": "".join(f"*[a{i}]: b\n" for i in range(5000)) + "a1 " * 1000,
        "admon": "".join("    " * i + "!!! note\n" for i in range(400)),
        "fences": "```\n" * 20000,
        "fence2": "`" * N + "\na",
        "backsl": "\\" * N,
        "back2": "\\*" * N,
        "urls": "http://a" * N,
        "autolink": "<http://" * N,
        "mail": "a@" * N,
        "nl": "\n" * 1000000,
        "spaces": " " * 1000000 + "a",
        "spaces2": "a" + " " * 1000000 + "b",
        "tabs": "\t" * N,
        "dl": ":   " * N,
        "dl2": "a\n" + ":   a\n" * 20000,
        "tilde": "~" * N,
        "caret": "^a" * N,
        "eq": "=" * N,
        "plus": "+" * N,
        "smart": '"a ' * N,
        "emoji": ":a" * N,
        "math": "$" * N,
        "math2": "\\(" * N,
        "critic": "{++" * N,
        "critic2": "{--a" * N,
        "html": '<a href="' * N,
        "i18n": "<!-- i18n:note: a -->\n" * 20000,
        "yamlfront": "---\n" + "a: b\n" * N + "---\n",
        "nul": "\x00" * N,
        "stx": "\x02" * N,
        "stash": "\x02wzxhzdk:9999999\x03",
        "stash2": "\x02wzxhzdk:0\x03",
        "zw": "\u200b" * N,
        "comb": "a" + "́" * N,
        "details": "<details markdown><summary>" * 2000,
        "tabbed": '=== "a"\n' * 20000,
        "caption": "/// caption\n" * 2000,
        "kbd": "++a" * N,
    }


def front_matter() -> dict[str, str]:
    """Front matter, and what the gate looks for in a page."""
    return {
        "flow": "---\na: " + "[" * N + "\n---\n",
        "flow2": "---\na: " + "{a: " * N + "\n---\n",
        "block": "---\n" + "".join(" " * i + "a:\n" for i in range(3000)) + "---\n",
        "digits": "---\na: " + "9" * 1000000 + "\n---\n",
        "hex": "---\ntype: event\na: 0x" + "f" * 1000000 + "\n---\n",
        "hexdays": "---\ntitle: a\ntype: itinerary\ndays: 0x" + "f" * 5000 + "\n---\n",
        "alias": "---\na: &a [1]\nb: [*a,*a]\n---\n",
        "long": "---\ntitle: " + "a" * 5000000 + "\n---\n",
        "many": "---\n" + "".join(f"a{i}: b\n" for i in range(N)) + "---\n",
        "quote": '---\na: "' + "\\" * N + "\n---\n",
        "float": "---\na: 1" + "0" * N + ".0\n---\n",
        "sexa": "---\na: " + "1:" * 50000 + "1\n---\n",
        "sexaf": "---\na: " + "1:" * 50000 + "1.5\n---\n",
        "under": "---\na: 1" + "_" * N + "1\n---\n",
        "ts": "---\na: 2026-01-01 " + " " * N + "1\n---\n",
        "ts2": "---\na: 2026-01-01T00:00:00." + "9" * N + "\n---\n",
        "ts3": "---\na: 2026-1-1" + " " * N + "\n---\n",
        "bin": "---\na: !!binary " + "A" * N + "\n---\n",
        "dashes": "-" * N,
        "fence": "---\n" * N,
        "merge": "---\na: {<<: [{b: 1}]}\n---\n",
        "mat": "# a\n\n" + "M Ậ T " * 20000,
        "mat2": "M" + " " * N,
        "mat3": "TỐI" + " " * N + "x",
        "edge": "#" * N + "x",
        "edge2": "| " * N,
        "duthao": "(" + " " * N + "dự",
        "duthao2": "dự" + " " * N + "x",
        "duthao3": ("# " * 50 + "\n") * 1000,
        "imgs": "![](a" * 20000,
        "img2": "![" * N,
        "img3": "<img " * N,
        "data": "src=" * N,
        "elsewhere": "![a](<" + " " * N,
        "code": "```" * N,
        "code2": "`" * N,
        "code3": " " * N + "```",
        "code4": "```\n" * 20000,
        "assets": "](<" * N,
        "assets2": "href=" * N,
        "near": "{" * N,
        "near2": "{fact" + " " * N,
        "ids": "{:" * N,
        "ids2": "{" + "#" * N,
        "active": " on" * N,
        "active2": " on" + "a" * N,
        "active3": " ona" + " " * N,
        "nfd": "ế" * N,
        "unesc": "&amp;" * N,
        "amp": "&" * N,
        "markup": "<a " * N,
        "curr": "page: " * N,
    }


def facts() -> dict[str, str]:
    """Cases of ``facts``."""
    return {
        "digits": fact("9" * 1_000_000),
        "hex": fact("0x" + "f" * 1_000),
        "hex2": fact("0x" + "f" * N),
        "hexdate": fact("0x" + "f" * N, kind="date"),
        "expires": fact("1", expires='"2025-02-31"'),
        "unit": fact("1", kind="measure", unit="[a]"),
        "precision": fact("1", precision="{a: b}"),
        "many": "".join(f"a{i}: 1\n" for i in range(30_000)),
        "as_of": fact("1", as_of="0x" + "f" * N),
        "digits_field": fact("1", digits="true"),
        "big": fact("1e308", kind="currency", unit="XYZ", style="compact"),
        "range": fact("[-1e300, 1e308]", kind="percent"),
        "year": fact("1e15", kind="year"),
    }


def fact(value: str, **fields: str) -> str:
    """Return a file with one fact."""
    fields = {"label": "a", "kind": "number", "as_of": "2025", "source": "{title: a}", **fields}
    lines = (f"  {name}: {text}\n" for name, text in fields.items())
    return f"a:\n{''.join(lines)}  value: {value}\n"


def settings() -> dict[str, str]:
    """Cases of ``settings``."""
    return {
        "flow": "[" * N,
        "map": "{a: " * N,
        "dig": "min_serial: " + "9" * 1000000,
        "many": "".join(f"a{i}: b\n" for i in range(30000)),
        "hex": "a: {screen: {diagonal_in: 0x" + "f" * 10000 + "}}",
    }


def numbers() -> dict[str, str]:
    """Cases of ``numbers``."""
    found = {
        "digits": "9" * 1000000,
        "groups": "1.000" * N,
        "dots": "1." * N,
        "commas": "1," * N,
        "han": "万" * N,
        "han2": "一" * N,
        "han3": "1万" * (N // 3),
        "roman": "X " * N,
        "roman2": "I" * N,
        "ty": "1 tỷ " * 20000,
        "ty2": "1 tỷ" * 20000,
        "pct": "%" * N,
        "sp": "1" + " " * N,
        "min": "-" * N,
        "mins": "- 1" * N,
        "date": "1/1/" * N,
        "thang": "tháng " * N,
        "half": "½" * N,
        "phone": "+84 " * N,
        "phone2": "0203 " * 20000,
        "url": "http://a " * 20000,
        "mail": "a." * N + "@",
        "mail2": "a@a." * N,
        "code": "A1" * N,
        "slash": "1/2" * N,
        "lt": "<a " * N,
        "tick": "`" * N,
        "nums": "1 " * N,
        "million": "1 million " * 20000,
        "range": "1-2 " * 20000,
        "time": "10:" * N,
        "sp2": "ngày" + " " * N,
        "am": "âm" + " " * N + "1",
        "first": "first " * N,
        "january": "January " * N,
        "chuc": "mùng " * N,
    }
    return {name: "en\x1f1\x1f" + text[:30_000] for name, text in found.items()}


def words() -> dict[str, str]:
    """Cases of ``words``."""
    found = {
        "br": "[" * N,
        "br2": "[a](" * N,
        "br3": "![a" * N,
        "st": "*a " * N,
        "st2": "**a" * N,
        "tag": "<a>" * N,
        "tag2": "<a " * N,
        "kbd": "<kbd>" * N,
        "cm": "<!--" * N,
        "tick": "`" * N,
        "tick2": "`a``" * N,
        "sc": "a~" * N,
        "sc2": "a" * N + "~",
        "sc3": "a~b" * N,
        "plus": "++a" * N,
        "emo": ":a" * N,
        "emo2": ":" + "a" * N,
        "ent": "&" + "a" * N,
        "dots": ". " * N,
        "dots2": "." * N,
        "qu": '"' * N,
        "qu2": "“" * N,
        "pa": "(" * N,
        "pa2": "(a) " * N,
        "sp": " " * N + "a",
        "sp2": "a" + " " * N + "!",
        "mail": "<a@" * N,
        "brace": "{" * N,
        "braces": "{: " * N,
        "title": '[a](b "' * 20000,
        "esc": "\\" * N,
        "num": "1." * N,
        "sent": "Điều 1. " * 20000,
        "loop": "a b " * 50000,
        "loop2": "a" * N,
        "wide": "万" * N,
        "fmt": "%(" * N,
        "dec": "1/2/" * N,
        "ld": "[a" + "\\[" * N,
        "pua": "\ue200" * N,
        "thap": "A1" * N,
    }
    return {name: "fr\x1f" + text[:30_000] for name, text in found.items()}


def po() -> dict[str, str]:
    """Cases of ``po``."""
    return {
        "line": 'msgid "' + "a" * 10000000 + '"\nmsgstr ""',
        "esc": 'msgid "' + "\\" * 1000000,
        "esc2": 'msgid "' + "\\a" * 1000000 + '"\nmsgstr ""',
        "esc3": 'msgid "' + "\\777" * 300000 + '"\nmsgstr ""',
        "lines": 'msgid ""\n' + '"a"\n' * N + 'msgstr ""',
        "cmts": "# mt: a\n" * N + 'msgid "a"\nmsgstr ""',
        "cmts2": "# a fp:12345678\n" * 20000 + 'msgid "a"\nmsgstr ""',
        "ents": "".join(f'msgid "a{i}"\nmsgstr ""\n' for i in range(50000)),
        "hdr": 'msgid ""\nmsgstr "' + "a: b\\n" * N + '"',
        "q": '"' * N,
        "sp": " " * 1000000 + '"a',
        "flags": "#, " + "a," * N + '\nmsgid "a"\nmsgstr ""',
        "cs": 'msgid ""\nmsgstr "Content-Type: ' + "charset=" * N + '"',
        "active": 'msgid ""\nmsgstr "X-Active-Entries: '
        + "9" * 10000
        + '\\nX-Obsolete-Entries: 0\\n"',
    }


def check() -> dict[str, str]:
    """Cases of ``check``."""
    found = {
        "br": "[" * 20000,
        "st": "*a " * 20000,
        "tag": "<a " * 20000,
        "tick": "`" * 20000,
        "sp": " " * 20000,
        "dots": ". " * 20000,
        "qu": '"' * 20000,
        "pa": "(" * 20000,
        "num": "1." * 20000,
        "words": "Vé tàu " * 5000,
        "pun": "!?" * 10000,
        "caps": "A B " * 5000,
        "han": "一" * 20000,
        "nl": "\n" * 20000,
        "dash": "- " * 20000,
        "name": "Hạ Long " * 4000,
        "amluc": "âm " * 10000,
        "unit": "1 km " * 5000,
        "th": "thứ " * 10000,
        "url": "http://a " * 3000,
        "rep": "the the " * 5000,
        "br2": "[a](b.md " * 5000,
        "no": "không " * 5000,
    }
    return {
        name: "ja\x1fVé " + text[:20_000] + "\x1fa " + text[:20_000] for name, text in found.items()
    }


def glossary() -> dict[str, str]:
    """Cases of ``glossary``."""
    return {
        "cells": "vi,rule\n" + "," * 1000000,
        "rows": "vi,rule\n" + "Hạ Long,required\n" * 50000,
        "rows2": "vi,en,rule\n" + "".join(f"từ {i},word {i},required\n" for i in range(5000)),
        "quote": 'vi,rule\n"' + "a" * 3900000,
        "bars": "vi,en,rule\na b," + "|" * 1000000 + ",required",
        "long": "vi,en,rule\n" + "a b " * 100000 + ",x,required",
        "cols": ",".join(f"a{i}" for i in range(5000)),
    }


def terms() -> dict[str, str]:
    """Cases of ``terms``."""
    found = {
        "hl": "Hạ Long " * 10000,
        "hl2": "vịnh Hạ " * 10000,
        "a": "a" * N,
        "han": "下" * N,
        "sp": "Hạ" + " " * N,
    }
    return {name: "en\x1f" + text[:30_000] + "\x1f" + text[:30_000] for name, text in found.items()}


def tbx() -> dict[str, str]:
    """Cases of ``tbx``."""
    return {
        "deep": "<a>" * N,
        "deep2": "<tbx>" + "<a>" * 39,
        "many": "<tbx>" + "<conceptEntry/>" * 50000 + "</tbx>",
        "attr": "<tbx " + "".join(f'a{i}="" ' for i in range(50000)) + "/>",
        "nested": "<tbx>"
        + "<conceptEntry><langSec>" * 15
        + "</langSec></conceptEntry>" * 15
        + "</tbx>",
        "ents": '<!DOCTYPE a [<!ENTITY a "b">]><a>&a;</a>',
        "pi": "<?a?>" * N,
        "name": "<" + "a" * 5000000 + "/>",
        "sections": "<tbx><conceptEntry>"
        + '<langSec xml:lang="en"><termSec><term>a</term></termSec></langSec>' * 20000
        + "</conceptEntry></tbx>",
    }


def xliff() -> dict[str, str]:
    """Cases of ``xliff``."""
    return {
        "deep": "<xliff>" + "<g>" * N,
        "deepok": "<xliff><file><body><trans-unit><source>"
        + "<g>" * 50000
        + "</g>" * 50000
        + "</source></trans-unit></body></file></xliff>",
        "many": "<xliff><file>" + '<trans-unit id="en:a:b"/>' * 50000 + "</file></xliff>",
        "files": "<xliff>" + "<file/>" * 50000 + "</xliff>",
        "nestfiles": "<xliff>" + "<file>" * 1000 + "</file>" * 1000 + "</xliff>",
        "nestunits": "<xliff><file>"
        + "<trans-unit>" * 3000
        + "</trans-unit>" * 3000
        + "</file></xliff>",
        "count": '<xliff><file><count count-type="x-quangba-units">'
        + "9" * N
        + "</count></file></xliff>",
        "alts": '<xliff><file><trans-unit id="en:a:b">'
        + "<note>a</note>" * N
        + "</trans-unit></file></xliff>",
        "text": '<xliff><file><trans-unit id="en:a:b"><target>'
        + "⟦1⟧" * N
        + "</target></trans-unit></file></xliff>",
        "sup": '<xliff><file><count count-type="x-quangba-units">²</count></file></xliff>',
        "arab": '<xliff><file><count count-type="x-quangba-units">٣</count></file></xliff>',
    }


def protect() -> dict[str, str]:
    """Cases of ``protect``."""
    found = {
        "tags": "a\x1f" + "⟦1⟧" * 20000,
        "tags2": "**a** [b](c)\x1f" + "⟦1⟧" * 20000,
        "tags3": "**a** [b](c)\x1f" + "⟦" * N,
        "tags4": "**a**\x1f⟦1⟧" + " " * N,
        "sp": "**a**\x1f" + " " * N + "x",
        "src": "**a** " * 3000 + "\x1fb",
        "src2": "[a](b) " * 3000 + "\x1fb",
        "wide": "**a**\x1f⟦" + " " * N,
        "sp2": "**a**\x1f" + "⟦1⟧" + " " * 300 + "x" * 3,
    }
    return dict(found.items())


def adopt() -> dict[str, str]:
    """Cases of ``adopt``."""
    return {
        "heads": "# a\n\n" * 5000 + "\x1f" + "# a\n\n" * 5000,
        "quotes": ">" * 5000 + "\x1fa",
    }


def package() -> dict[str, str]:
    """Cases of ``package``."""
    return {
        "json": "[" * N,
        "json2": '{"a":' * N,
        "dig": '{"a":' + "9" * 1000000 + "}",
    }


def canonical() -> dict[str, str]:
    """Cases of ``canonical``."""
    return {
        "json": "[" * N,
        "json2": '{"a":' * N,
        "dig": '{"a":' + "9" * 1000000 + "}\n",
        "digok": "9" * 4000 + "\n",
        "gate": '{"gate":"' + "a-" * N + '"}\n',
        "lang": '{"languages":["' + "aa-" * N + '"]}\n',
        "float": "1e999\n",
        "s": '"' + "a" * 16000000 + '"\n',
    }


def keys() -> dict[str, str]:
    """Cases of ``keys``."""
    return {
        "lines": "ed25519 \n" * N,
        "a": "ed25519 " + "a" * 1000000,
    }


def address() -> dict[str, str]:
    """Cases of ``address``."""
    return {
        "slash": "/" * N,
        "pct": "/" + "%41" * 600,
        "dots": "/" + "a/" * 1000,
        "r": "/r/" + "9" * 2000,
        "br": "/" + "[" * 2000,
        "long": "/" + "a" * 1000000,
        "o": "http://" + "[" * N,
        "port": "http://127.0.0.1:" + "9" * N,
        "at": "http://" + "@" * N,
    }


def beat() -> dict[str, str]:
    """Cases of ``beat``."""
    return {
        "j": "[" * 2000,
        "p": '{"release": 7, "language": "ja", "page": "'
        + "a/" * 90
        + '!!\\u0000", "state": "use", "touched": 1.5, "painted": true}',
        "p2": '{"release": 7, "language": "ja", "page": "'
        + "a" * 199
        + '<", "state": "use", "touched": 1.5, "painted": true}',
        "l": '{"language":"' + "aa-" * 600 + '"}',
        "d": '{"release":' + "9" * 2000 + "}",
    }


def remembered() -> dict[str, str]:
    """Cases of ``remembered``."""
    return {
        "j": "[" * N,
        "j2": '{"a":' * N,
        "d": '{"min_serial":' + "9" * 1000000 + "}",
        "idle": '{"profile":{"idle":[1]}}',
        "idle2": '{"profile":{"idle":{"question_s":' + "9" * 400 + ',"answer_s":1}}}',
        "idle3": '{"profile":{"idle":{"question_s":Infinity,"answer_s":1}}}',
        "idle4": '{"profile":{"idle":"abc"}}',
        "bad": '{"bad":[' + "1," * N + "1]}",
        "bad2": '{"bad":[[1],{}]}',
        "lines": "{}\n" * N,
        "hl": '{"kind":"day","day":"2026-11-26","hours":{"07":1},"alive":1,"releases":['
        + "1," * N
        + '1],"trouble":{},"clock":true}',
        "hdr": "/*\n" * N,
        "hdr2": "/a\n" + "  a: b\n" * N,
        "hdr3": "/" + "*" * N + "\n  a: b\n",
        "gatelong": '{"gate":"' + "a-" * N + '!"}',
        "when": '{"format":1,"when":"' + "2" * N + '"}',
    }


def search() -> dict[str, str]:
    """Cases of ``search``."""
    return {
        "deep": "<div>" * N,
        "p": "<p>" * N,
        "h": "<h2>a" * 20000,
        "big": "<p>" + "vịnh hạ long " * 100000,
        "lt": "<" * N,
        "amp": "&" * N,
        "cm": "<!--" * N,
        "att": "<a " + 'b="' * N,
        "decl": "<![" * N,
        "pi": "<?" * N,
        "script": "<script>" * N,
        "word": "a" * 1000000,
        "han": "下" * 300000,
        "ent": "&#" + "9" * N + ";",
        "comb": "a" + "́" * N,
        "close": "</" * N,
        "lta": "<a" * N,
        "lta2": "<a a" * N,
    }


def destination() -> dict[str, str]:
    """Cases of ``destination``."""
    found = {
        "a": "http://" + "a." * N,
        "b": "http://" + "a" * N,
        "c": "mailto:" + "a@" * N,
        "d": "tel:" + "1" * N,
        "e": "tel:" + " " * N + "x",
        "f": "/" * N,
        "g": "../" * N,
        "h": "http://" + "@" * N,
        "i": "http://" + "ß." * 20000,
        "j": "http://" + "ü" * 2000 + ".vn",
        "k": "http://a.vn/" + "%" * N,
        "l": "a:" * N,
        "m": "a" + "+" * N,
        "n": "http://[" + ":" * N,
        "o": "\x1f" + "a/" * N,
        "p": "data/x.csv\x1f" + "a/" * N,
        "q": "mailto:" + "a" * N + "@b.vn",
        "r": "http://" + "a-" * 120 + ".vn",
        "s": "http://" + "_" * 252 + "!",
        "t": "http://" + "́" * 5000 + ".vn",
        "u": "http://" + "a." * 126 + "vn",
    }
    return dict(found.items())


def header() -> dict[str, str]:
    """Cases of ``header``."""
    found = {
        "a": "<script>" * N,
        "b": "<script " * N,
        "c": "<script" + " " * N,
        "d": "<script type=" * 20000,
        "e": "<" * N,
        "f": "<script>" + "a" * 5000000,
    }
    return dict(found.items())


def running_text() -> dict[str, str]:
    """Cases of ``running-text``."""
    return {
        "deep": "<div>" * N,
        "p": "<p>" * N,
        "h": "<h2>a" * 20000,
        "a": '<a href="b">' * 20000,
        "ul": "<ul><li>" * 20000,
        "table": "<table><tr><td>" * 20000,
        "lt": "<" * N,
        "span": "<h2><b>" * 20000,
        "svg": "<svg>" * N,
    }


def pictures() -> dict[str, str]:
    """Cases of ``pictures``."""
    return {
        "deep": '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * N,
        "deepok": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
        + "<g>" * N
        + "</g>" * N
        + "</svg>",
        "path": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="'
        + "M0 0" * 500000
        + '"/></svg>',
        "vb": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="' + "1" * 1000000 + ' 1 1 1"/>',
        "num": '<svg xmlns="http://www.w3.org/2000/svg" width="'
        + "1" * 1000000
        + 'e9" height="1e999" viewBox="0 0 1e999 nan"/>',
        "style": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path style="'
        + "a:" * N
        + '"/></svg>',
        "url": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="'
        + "url(" * N
        + '"/></svg>',
        "vtt": "WEBVTT\n\n" + "00:00.000 --> " * N,
        "vtt2": "WEBVTT\n" + "\n" * 1000000,
        "vtt3": "WEBVTT\n\n" + "9" * N + ":00:00.000 --> 00:01.000\na",
        "attrs": '<svg xmlns="http://www.w3.org/2000/svg" '
        + "".join(f'a{i}="" ' for i in range(N))
        + "/>",
        "use": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
        + "".join(
            f'<g id="a{i}"><use href="#a{i + 1}"/><use href="#a{i + 1}"/></g>' for i in range(3000)
        )
        + "</svg>",
    }


INPUTS: dict[str, Callable[[], dict[str, str]]] = {
    "segments": segments,
    "front-matter": front_matter,
    "facts": facts,
    "settings": settings,
    "numbers": numbers,
    "words": words,
    "po": po,
    "check": check,
    "glossary": glossary,
    "terms": terms,
    "tbx": tbx,
    "xliff": xliff,
    "protect": protect,
    "adopt": adopt,
    "package": package,
    "canonical": canonical,
    "keys": keys,
    "address": address,
    "beat": beat,
    "remembered": remembered,
    "search": search,
    "destination": destination,
    "header": header,
    "running-text": running_text,
    "pictures": pictures,
}
