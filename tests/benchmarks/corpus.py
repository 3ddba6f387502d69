"""
The corpus of the benchmarks: synthetic pages of the shape and size of the site's own.

A page has front matter, four sections, about 36 segments and 550 words: paragraphs with links and
emphasis, a list, a table, an admonition and a fact-free figure or two. Words are drawn by a seeded
generator, so that every run, and every language, has the same structure.
"""

from __future__ import annotations

import random
from pathlib import Path

VOCABULARY = {
    "vi": """vịnh đảo biển núi đường thuyền khách tỉnh cửa khẩu đầu tư du lịch làng rừng chùa sông
        hang cảng bến mùa gió sóng cát lúa người chợ phố nhà cầu đá""",
    "en": """bay island sea hill road boat guest gate port village forest river cave pier season
        wind wave sand rice people market street house bridge stone temple coast trade""",
    "zh": """海湾 岛屿 大海 山 公路 船 客人 口岸 港口 村庄 森林 河 溶洞 码头 季节 风 浪 沙 稻 人
        市场 街""",
    "ja": "湾 島 海 山 道路 船 客 国境 港 村 森 川 洞窟 埠頭 季節 風 波 砂 稲 人 市場 通り",
    "ko": """만 섬 바다 산 도로 배 손님 국경 항구 마을 숲 강 동굴 부두 계절 바람 파도 모래 벼 사람
        시장""",
    "fr": """baie île mer mont route bateau visiteur porte port village forêt rivière grotte quai
        saison vent vague sable riz peuple marché rue maison pont pierre""",
}
LANGUAGES = {
    "vi": "Tiếng Việt",
    "en": "English",
    "zh": "中文",
    "ja": "日本語",
    "ko": "한국어",
    "fr": "Français",
}
EXTENSIONS = "abbr, admonition, attr_list, footnotes, md_in_html, tables, pymdownx.superfences"


def page(number: int, total: int, language: str) -> str:
    """Return the Markdown of one page in one language."""
    drawn = random.Random(number)
    words = VOCABULARY[language].split()

    def text(count: int) -> str:
        # The same numbers are drawn in every language; only the words differ.
        picks = [drawn.random() for _ in range(count)]
        return " ".join(words[int(pick * len(words))] for pick in picks).capitalize() + f" {number}"

    def other() -> str:
        found = drawn.randrange(total)
        return f"page-{found:04d}.md" if found else "index.md"

    parts = [f"---\ntitle: {text(4)}\ndescription: {text(14)}\n---"]
    for section in range(4):
        parts += [f"## {text(4)} {section}"]
        for _ in range(2):
            parts += [f"{text(30)}. **{text(4)}** [{text(3)}]({other()}). {text(25)}."]
        parts += ["\n".join(f"- {text(9)} *{text(2)}*" for _ in range(3))]
    rows = "\n".join(f"| {text(4)} | {text(5)} |" for _ in range(3))
    parts += [f"| {text(2)} | {text(2)} |\n|---|---|\n{rows}"]
    parts += [f'!!! note "{text(3)}"\n    {text(20)}.']
    return "\n\n".join(parts) + "\n"


def write_pages(folder: Path, total: int, language: str = "vi", suffix: str = "") -> None:
    """Write the pages of a language; ``suffix`` is ``.en`` for translated files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(total):
        name = "index" if number == 0 else f"page-{number:04d}"
        (folder / f"{name}{suffix}.md").write_text(page(number, total, language), encoding="utf-8")


def write_config(folder: Path, *, quangba: bool, fallback: bool) -> Path:
    """Write ``mkdocs.yml`` of a site; the two contestants differ in one line."""
    languages = "\n".join(
        f"        - {{locale: {code}, name: {name}, build: true, default: {default}}}"
        for code, name, default in ((c, n, str(c == "vi").lower()) for c, n in LANGUAGES.items())
    )
    lines = f"""site_name: Benchmark
site_url: https://bench.example/
docs_dir: content
theme: {{name: material, font: false}}
plugins:
  - i18n:
      docs_structure: suffix
      fallback_to_default: {str(fallback).lower()}
      reconfigure_search: false
      languages:
{languages}
"""
    if quangba:
        lines += "  - quangba\n"
    lines += f"markdown_extensions: [{EXTENSIONS}]\n"
    path = folder / "mkdocs.yml"
    path.write_text(lines, encoding="utf-8")
    return path
