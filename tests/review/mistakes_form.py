"""Mistakes in markup, in what a text consists of, and in its blanks and punctuation."""

from __future__ import annotations

import re
from random import Random

from mistakes import HIDDEN, Corpus, Text, doubtful, mistake, pick, sentences

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LINK = re.compile(r"(?<!!)\[([^\[\]^]+)\]\(([^()]+)\)((?:\{[^{}]*\})?)")

IMAGE = re.compile(r"!\[([^\[\]]*)\]\(([^()]+)\) ?")

FACT = re.compile(r"\{fact:(\w+)\}")

CODE = re.compile(r"`([^`]+)`")

ELEMENT = re.compile(r"<(\w+)([^<>]*)>([^<>]*)</\1>")

NOTE = re.compile(r"\[\^(\w+)\]")

BOLD = re.compile(r"\*\*([^*]+)\*\*")

HALF = {"，": ",", "。": ".", "：": ":", "；": ";", "（": "(", "）": ")", "？": "?", "、": ","}

FULL = {",": "，", ".": "。", ":": "：", "(": "（", ")": "）", "?": "？"}

HAN_OR_KANA = "\u3041-\u30ff\u4e00-\u9fff"

PARTICLES = "에서|으로|까지|부터|에게|입니다|은|는|을|를"

# ----------------------------------------------------------------------------
# Markup
# ----------------------------------------------------------------------------


@mistake
def link_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(LINK.finditer(text.target)))
    return found and text.change(found, found[1])


@mistake
def link_target_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(LINK.finditer(text.target)))
    if not found:
        return None
    at = random.choice([i for i, char in enumerate(found[2]) if char.isalpha()])
    return text.change(found.span(2), found[2][:at] + found[2][at + 1 :])


@mistake
def link_broken(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(LINK.finditer(text.target)))
    if not found:
        return None
    wide = f"［{found[1]}］（{found[2]}）"
    return text.change(found, random.choice((wide, f"[{found[1]}] ({found[2]})")))


@mistake
def link_added(random: Random, text: Text, corpus: Corpus) -> str | None:
    """A link of another text comes along with a pasted sentence."""
    found = pick(random, text.matches(rf"[^\W\d_{HIDDEN}]{{3,}}"))
    if not found or "[" in text.target or not text.long or text.kind.startswith("front"):
        return None
    return text.change(found, f"[{found[0]}](https://dulich.example/)")


@mistake
def image_target_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(IMAGE.finditer(text.target)))
    if not found:
        return None
    at = random.choice([i for i, char in enumerate(found[2]) if char.isalpha()])
    return text.change(found.span(2), found[2][:at] + found[2][at + 1 :])


@mistake
def image_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(IMAGE.finditer(text.target)))
    return found and text.change(found, "")


@mistake
def image_description_left(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(IMAGE.finditer(text.target)))
    source = IMAGE.search(text.source)
    return text.change(found.span(1), source[1]) if found and source else None


@mistake
def fact_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(FACT.finditer(text.target)))
    return found and text.change(found, "")


@mistake
def fact_renamed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(FACT.finditer(text.target)))
    if not found:
        return None
    at = random.randrange(len(found[1]))
    typo = found[1][:at] + found[1][at + 1 :]
    return text.change(found.span(1), random.choice((typo, random.choice(corpus.facts))))


@mistake
def fact_doubled(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(FACT.finditer(text.target)))
    return found and text.change(found, f"{found[0]} {found[0]}")


@mistake
def fact_broken(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(FACT.finditer(text.target)))
    if not found:
        return None
    ways = (f"{{fact: {found[1]}}}", f"｛fact：{found[1]}｝", f"{{Fact:{found[1]}}}", found[0][:-1])
    return text.change(found, random.choice(ways))


@mistake
def fact_written_out(random: Random, text: Text, corpus: Corpus) -> str | None:
    """A figure stands where all languages share one."""
    found = pick(random, list(FACT.finditer(text.target)))
    return found and text.change(found, str(random.randrange(20, 900)))


@doubtful
def facts_exchanged(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = list(FACT.finditer(text.target))
    if len({match[1] for match in found}) < 2:
        return None
    one, two = found[0], next(match for match in found if match[1] != found[0][1])
    return (
        text.target[: one.start()]
        + two[0]
        + text.target[one.end() : two.start()]
        + one[0]
        + text.target[two.end() :]
    )


@mistake
def code_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(CODE.finditer(text.target)))
    if not found:
        return None
    at = random.randrange(len(found[1]))
    return text.change(found.span(1), found[1][:at] + found[1][at + 1 :])


@mistake
def code_marks_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(CODE.finditer(text.target)))
    return found and text.change(found, found[1])


@mistake
def attributes_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, [match for match in LINK.finditer(text.target) if match[3]])
    return found and text.change(found.span(3), "")


@mistake
def attributes_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, [match for match in LINK.finditer(text.target) if match[3]])
    return found and text.change(found.span(3), found[3].replace("-", " "))


@mistake
def tag_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(ELEMENT.finditer(text.target)))
    return found and text.change(found, found[3])


@mistake
def tag_left_open(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(ELEMENT.finditer(text.target)))
    return found and text.change(found, f"<{found[1]}{found[2]}>{found[3]}")


@mistake
def footnote_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(NOTE.finditer(text.target)))
    return found and text.change(found, "")


@mistake
def footnote_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(NOTE.finditer(text.target)))
    return found and text.change(found, random.choice(("[^2]", "[1]", "^1")))


@doubtful
def bold_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(BOLD.finditer(text.target)))
    return found and text.change(found, found[1])


@mistake
def bold_broken(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(BOLD.finditer(text.target)))
    if not found:
        return None
    ways = (
        f"**{found[1]}",
        f"{found[1]}**",
        f"** {found[1]} **",
        f"**{found[1]}*",
        f"＊＊{found[1]}＊＊",
    )
    return text.change(found, random.choice(ways))


# ----------------------------------------------------------------------------
# Structure
# ----------------------------------------------------------------------------


@mistake
def cut_in_the_middle(random: Random, text: Text, corpus: Corpus) -> str | None:
    if len(text.target) < (24 if text.wide or text.language == "ko" else 50):
        return None
    size = len(text.target)
    places = [
        at
        for at in range(size * 4 // 10, size * 7 // 10)
        if HIDDEN not in text.words[at - 1 : at + 1] and text.target[at - 1].isalpha()
    ]
    at = pick(random, places)
    return text.target[:at] if at else None


@mistake
def last_sentence_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = text.sentences
    if len(found) < 2 or len(found[-1]) < 6:
        return None
    return text.target[: text.target.rindex(found[-1])].rstrip()


@mistake
def middle_sentence_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = text.sentences
    if len(found) < 3:
        return None
    at = random.randrange(1, len(found) - 1)
    return text.blank.join(found[:at] + found[at + 1 :])


@mistake
def sentence_doubled(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = text.sentences
    if not text.long:
        return None
    at = random.randrange(len(found))
    return text.blank.join([*found[: at + 1], *found[at:]])


@mistake
def sentence_added(random: Random, text: Text, corpus: Corpus) -> str | None:
    """A sentence of another text stands behind the only one."""
    page = corpus.pages[text.page, text.language]
    other = random.choice(page)
    extra = other.sentences[-1]
    if other is text or len(sentences(text.source)) > 1 or len(text.sentences) > 1:
        return None
    if not (text.long and other.long) or extra in text.target:
        return None
    return text.target + text.blank + extra if text.target.endswith((".", "。")) else None


@mistake
def word_doubled(random: Random, text: Text, corpus: Corpus) -> str | None:
    if text.wide:
        found = pick(
            random, text.matches(r"([\u4e00-\u9fff])(?!\1)[\u4e00-\u9fff](?=[\u3041-\u3093，。、])")
        )
        return found and text.change(found, found[0] * 2)
    found = pick(random, text.matches(r"(?<=[^\W\d_] )[^\W\d_]{2,}(?= [^\W\d_])"))
    return found and text.change(found, f"{found[0]} {found[0]}")


@mistake
def loop(random: Random, text: Text, corpus: Corpus) -> str | None:
    """A machine says the same few words again and again."""
    if not text.long:
        return None
    pattern = rf"[{HAN_OR_KANA}]{{4}}" if text.wide else r"[^\W\d_]+ [^\W\d_]+ [^\W\d_]+"
    found = pick(random, text.matches(pattern))
    return found and text.change(found, text.blank.join([found[0]] * random.randrange(4, 9)))


@mistake
def text_doubled(random: Random, text: Text, corpus: Corpus) -> str | None:
    return f"{text.target}{text.blank}{text.target}" if len(text.source) > 8 else None


@mistake
def texts_exchanged(random: Random, text: Text, corpus: Corpus) -> str | None:
    """The translation of another text of the page; both are sentences."""
    page = [t for t in corpus.pages[text.page, text.language] if t.long and t.source != text.source]
    other = pick(random, page)
    return other.target if other and text.long else None


@mistake
def left_for_later(random: Random, text: Text, corpus: Corpus) -> str | None:
    return random.choice(("…", "...", "-", "TODO", "xxx", "?", "N/A")) if text.long else None


# ----------------------------------------------------------------------------
# Punctuation and blanks
# ----------------------------------------------------------------------------


@mistake
def end_mark_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    ends = text.source.endswith((".", "?")) and text.target.endswith((".", "。", "?", "？"))
    return text.target[:-1].rstrip() if ends else None


@mistake
def end_mark_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    if not text.source.endswith(".") or not text.target.endswith((".", "。")):
        return None
    marks = {"zh": "？，：", "ja": "？、："}.get(text.language, "?,:")
    return text.target[:-1] + random.choice(marks)


@mistake
def question_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"[ \u202f]?[?？]"))
    if not found or text.source.count("?") != len(text.matches("[?？]")):
        return None
    return text.change(found, "。" if text.wide else ".")


@mistake
def end_mark_added(random: Random, text: Text, corpus: Corpus) -> str | None:
    if not text.kind.startswith(("heading", "table", "box")) or text.source[-1] in ".:?!":
        return None
    return text.target + ("。" if text.wide else ".") if text.target[-1].isalpha() else None


@mistake
def half_width_mark(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(f"[{''.join(HALF)}]")) if text.wide else None
    return found and text.change(found, HALF[found[0]])


@mistake
def full_width_mark(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"[,.:()?](?=\s|$)|(?<=\s)\("))
    return found and text.change(found, FULL[found[0]]) if not text.wide else None


@mistake
def comma_of_chinese(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches("、")) if text.language == "ja" else None
    return found and text.change(found, "，")


@mistake
def french_blank_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches("[\xa0\u202f](?=[:;?!»])|(?<=«)\u202f"))
    return found and text.change(found, "") if text.language == "fr" else None


@doubtful
def french_blank_breaks(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches("[\xa0\u202f](?=[:;?!»])|(?<=«)\u202f"))
    return found and text.change(found, " ") if text.language == "fr" else None


@mistake
def blank_doubled(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches("(?<=[^ ]) (?=[^ ])"))
    return found and text.change(found, "  ")


@mistake
def blank_before_mark(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"(?<=\w)[,.](?=\s|$)|(?<=\w)[，。、]"))
    return found and text.change(found, f" {found[0]}")


@mistake
def blank_after_mark_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"(?<=[^\W\d][,.]) (?=[^\W\d])"))
    return found and text.change(found, "") if not text.wide else None


@mistake
def blank_inside_bracket(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"\((?=\w)"))
    return found and text.change(found, "( ")


@mistake
def blank_at_the_edge(random: Random, text: Text, corpus: Corpus) -> str | None:
    return random.choice((f" {text.target}", f"{text.target} ", f"{text.target}\n"))


@mistake
def blank_between_characters(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = text.matches(f"(?<=[{HAN_OR_KANA}])(?=[{HAN_OR_KANA}])") if text.wide else []
    place = pick(random, found)
    return place and text.change(place, " ")


@mistake
def particle_apart(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(rf"(?<=[가-힣]{{2}})(?:{PARTICLES})(?=[ .,])"))
    return found and text.change(found, f" {found[0]}") if text.language == "ko" else None


@mistake
def bracket_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"[()（）《》]"))
    return found and text.change(found, "")


@mistake
def quotation_mark_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches("[“”「」«»][\xa0\u202f]?"))
    return found and text.change(found, "")


@doubtful
def quotation_marks_of_keyboards(random: Random, text: Text, corpus: Corpus) -> str | None:
    if not text.matches("[“”「」«»]"):
        return None
    return re.sub("«[\xa0\u202f]?|[\xa0\u202f]?»|[“”「」]", '"', text.target)


@doubtful
def apostrophe_of_keyboards(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches("’"))
    return found and text.change(found, "'")


@mistake
def bullet_left(random: Random, text: Text, corpus: Corpus) -> str | None:
    """A line is pasted with what stood before it."""
    pasted = random.choice(("- ", "1. ", "# ", "> "))
    return pasted + text.target if text.long and text.target[0].isalpha() else None
