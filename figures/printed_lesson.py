"""A lesson on paper: a worksheet of two A4 pages and the teacher's page of answers, each a file by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from figures.print_text import line_of, paragraphs

STYLE = """
@page { size: A4; margin: 0; }
* { box-sizing: border-box; }
html { background: #ddd; color: #000; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { margin: 0; font: 11.5pt/1.5 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", sans-serif; }
.sheet { width: 210mm; height: 296.5mm; margin: 6mm auto; padding: 15mm 18mm 11mm; background: #fff; overflow: hidden;
  display: flex; flex-direction: column; break-inside: avoid; }
@media print { html { background: none; } .sheet { margin: 0; } .sheet + .sheet { break-before: page; } }
header { display: flex; justify-content: space-between; gap: 8mm; font-size: 9.5pt; color: #333; }
.who { display: flex; gap: 6mm; }
.who span { border-bottom: 0.3mm solid #000; padding-right: 24mm; }
.who span:first-child { padding-right: 42mm; }
h1 { font-size: 19pt; line-height: 1.25; margin: 5mm 0 2mm; }
h2 { font-size: 12.5pt; margin: 5mm 0 1mm; border-bottom: 0.3mm solid #888; }
p { margin: 0 0 2mm; }
figure { margin: 2mm 0 0; flex: 0 1 auto; min-height: 0; display: flex; flex-direction: column; align-items: center; }
figure svg { max-width: 100%; width: 165mm; height: auto; max-height: 96mm; min-height: 0; }
figcaption { font-size: 9pt; color: #444; }
.move, .because { flex: 1 1 0; min-height: 37mm; display: flex; flex-direction: column; break-inside: avoid; }
.move { margin-top: 2.5mm; }
.move b, .because b { flex: none; }
.lines { flex: 1; min-height: 9mm; margin-top: 1mm;
  background: repeating-linear-gradient(#fff 0 8.7mm, #777 8.7mm 9mm); background-clip: content-box; }
.small { font-size: 9.5pt; color: #333; }
ul { margin: 1mm 0 2mm; padding-left: 6mm; }
.options { list-style: none; padding: 0; }
.options li { margin: 2.5mm 0; padding-left: 8mm; text-indent: -8mm; }
.options li::before { content: ""; display: inline-block; width: 4mm; height: 4mm; margin-right: 4mm;
  vertical-align: -0.6mm; border: 0.35mm solid #000; }
.options .true::before { content: "✓"; text-indent: 0; font: bold 12pt/4mm sans-serif; text-align: center; }
.answers { font-size: 10.1pt; line-height: 1.4; padding-top: 12mm; }
.answers h1 { margin: 3mm 0 1.5mm; }
.answers h2 { margin: 3.5mm 0 1mm; font-size: 11.5pt; }
.answers .options li { margin: 1.6mm 0; }
.answers .small { font-size: 8.8pt; }
ol { margin: 1mm 0; padding-left: 6mm; }
footer { margin-top: auto; padding-top: 3mm; font-size: 8.5pt; color: #444; }
a { color: inherit; }
"""


@dataclass(frozen=True)
class Move:
    """Something to try: what the class is asked, and the answer."""

    label: str
    asks: str
    answer: str


@dataclass(frozen=True)
class Option:
    """A possible answer, the reason why it is true or tempting, and whether it is true."""

    label: str
    reason: str
    is_right: bool


@dataclass(frozen=True)
class PrintedLesson:
    """All that can be printed of a lesson; its texts are Markdown.

    language : code for the browser, "en" or "zh-CN"
    picture : SVG of ours
    words : what the sheets say by themselves
    """

    language: str
    app: str
    title: str
    why: str
    picture: str
    moves: Sequence[Move]
    question: str
    options: Sequence[Option]
    truth: str
    remember: str
    sources: str
    words: Mapping[str, str]


def worksheet(lesson: PrintedLesson) -> str:
    """Two pages for the class: why, the picture and the moves; the question and what to remember, to be written."""
    words = {name: escape(word) for name, word in lesson.words.items()}
    who = "".join(f"<span>{words[name]}</span>" for name in ("name", "class", "date"))
    moves = "".join(
        f'<div class="move"><b>{number}. {line_of(move.label)}</b><span class="small">{line_of(move.asks)}</span>'
        '<div class="lines"></div></div>'
        for number, move in enumerate(lesson.moves, 1)
    )
    options = "".join(f"<li>{line_of(option.label)}</li>" for option in lesson.options)
    written = "".join(
        f'<div class="because"><b>{words[name]}</b><div class="lines"></div></div>' for name in ("reason", "truth")
    )
    head = _head(lesson, f'<span class="who">{who}</span>')
    first = f"""{head}<h1>{line_of(lesson.title)}</h1>{paragraphs(lesson.why)}
<figure>{lesson.picture}<figcaption>{words["picture"]}</figcaption></figure>
<h2>{words["try"]}</h2>{moves}{_foot(lesson, 1)}"""
    second = f"""{head}<h2>{words["predict"]}</h2>{paragraphs(lesson.question)}
<ul class="options">{options}</ul>{written}
<h2>{words["remember"]}</h2><div class="lines" style="flex: none; height: 18mm"></div>{_foot(lesson, 2)}"""
    return _document(lesson, words["worksheet"], [("", first), ("", second)])


def answer_page(lesson: PrintedLesson) -> str:
    """One page for the teacher: which option is true, the reasons for all, the numbers, what to remember, sources."""
    words = {name: escape(word) for name, word in lesson.words.items()}
    options = "".join(
        f"<li{_true(option)}><b>{line_of(option.label)}</b> · {words['right' if option.is_right else 'wrong']}<br>"
        f"{line_of(option.reason)}</li>"
        for option in lesson.options
    )
    moves = "".join(f"<li><b>{line_of(move.label)}</b>: {line_of(move.answer)}</li>" for move in lesson.moves)
    page = f"""{_head(lesson, f"<b>{words['answers']}</b>")}<h1>{line_of(lesson.title)}</h1>{paragraphs(lesson.why)}
<h2>{words["try"]}</h2><ol>{moves}</ol>
<h2>{words["predict"]}</h2>{paragraphs(lesson.question)}<ul class="options">{options}</ul>{paragraphs(lesson.truth)}
<h2>{words["remember"]}</h2>{paragraphs(lesson.remember)}
<h2>{words["sources"]}</h2><div class="small">{paragraphs(lesson.sources)}</div>{_foot(lesson, 1)}"""
    return _document(lesson, words["answers"], [("answers", page)])


def _true(option: Option) -> str:
    return ' class="true"' if option.is_right else ""


def _head(lesson: PrintedLesson, aside: str) -> str:
    return f"<header><span>{escape(lesson.app)}</span>{aside}</header>"


def _foot(lesson: PrintedLesson, page: int) -> str:
    return f"<footer>{line_of(lesson.title)} · {page}</footer>"


def _document(lesson: PrintedLesson, kind: str, sheets: Sequence[tuple[str, str]]) -> str:
    pages = "".join(f'<section class="sheet {name}">{sheet}</section>' for name, sheet in sheets)
    title = f"{escape(lesson.title)} · {kind}"
    return (
        f'<!doctype html><html lang="{lesson.language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>{pages}</body></html>"
    )
