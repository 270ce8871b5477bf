"""Texts of ours on paper: marks become HTML, formulas stay readable, nothing else is markup."""

import pytest

from figures.print_text import line_of, maths, paragraphs
from pages.shared.texts import LANGUAGES, strings


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sqrt{d_k}", "√d<sub>k</sub>"),
        (r"\sqrt d", "√d"),
        (r"\frac{QK^\top}{\sqrt{d}}\,V", "QK<sup>T</sup>/√d V"),
        (r"\frac{a + b}{2}", "(a + b)/2"),
        (r"\operatorname{softmax}(x)_i < 1", "softmax(x)<sub>i</sub> &lt; 1"),
        (r"e^{-x^2}", "e<sup>-x<sup>2</sup></sup>"),
        (r"\sum_{j} p_j \le 1", "Σ<sub>j</sub> p<sub>j</sub>  ≤ 1"),
        ("{", ""),
        ("x^", "x<sup></sup>"),
        ("}x", ""),
    ],
)
def test_formulas_can_be_read(latex, expected):
    assert maths(latex) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b $x^2$** c", "a <b>b <i>x<sup>2</sup></i></b> c"),
        ("*so* 2 * 3 * 4", "<em>so</em> 2 * 3 * 4"),
        ("[A & B](https://e.org/?a=1&b=2)", '<a href="https://e.org/?a=1&amp;b=2">A &amp; B</a>'),
        ("[A](javascript:alert)", "A"),
        (":blue[**Q**] :material/check: `a<b`", "<b>Q</b> <code>a&lt;b</code>"),
        (r"1 \* 2 and W_Q", "1 * 2 and W_Q"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("**<b>**", "<b>&lt;b&gt;</b>"),
    ],
)
def test_marks_become_html_and_everything_else_is_text(text, expected):
    assert line_of(text) == expected


def test_paragraphs_and_lists():
    assert paragraphs("one\n\n- two\n- **three**\n\n") == "<p>one</p><ul><li>two</li><li><b>three</b></li></ul>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_is_left_in_the_texts_of_the_lessons(language):
    texts = [text for key, text in strings(language).items() if key.startswith("lesson_")]
    printed = [paragraphs(text) for text in texts]
    assert [text for text in printed if any(mark in text for mark in ("**", "](", ":material", "\\", "$"))] == []
