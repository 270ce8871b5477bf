"""Which script, and so which network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention.sources.scripts import choose_network, script_of


@pytest.mark.parametrize(
    ("text", "script", "network"),
    [
        ("The law will never be perfect.", "latin", "en"),
        ("Ça va très bien, merci !", "latin", "en"),
        ("我吃了100个包子", "han", "zh"),
        ("東京大學", "han", "zh"),
        ("我用 Python 写代码", "han", "zh"),
        ("I ate 包子 for breakfast", "latin", "en"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "latin", "en"),
        ("مرحبا بالعالم", "arabic", None),
        ("שלום עולם", "hebrew", None),
        ("Привет, мир", "cyrillic", None),
        ("Ἐν ἀρχῇ", "greek", None),
        ("नमस्ते दुनिया", "devanagari", None),
        ("สวัสดีชาวโลก", "thai", None),
        ("안녕하세요 세계", "korean", None),
        ("こんにちは世界", "japanese", None),
        ("東京都知事選挙の結果", "japanese", None),
        ("コーヒー", "japanese", None),
        ("Hello مرحبا بالعالم يا صديقي", "arabic", None),
        ("12345 + 6 = ?", None, "en"),
        ("😂👍🏽 ❤️", None, "en"),
        ("", None, "en"),
        ("   ", None, "en"),
    ],
)
def test_script_and_network(text, script, network):
    assert script_of(text) == script
    assert choose_network(text) == network


def test_one_foreign_name_changes_nothing():
    assert choose_network("Die Aufführung von Чайковский war ein Erfolg") == "en"
    assert choose_network("我喜欢听 Beethoven 的音乐") == "zh"
    assert choose_network("我在日本的商店里看到了一个写着の的牌子，觉得很有意思") == "zh"


@given(st.text())
def test_any_text_has_an_answer(text):
    assert choose_network(text) in ("en", "zh", None)


def test_only_the_beginning_is_looked_at():
    assert choose_network("我" * 5_000 + " latin" * 20_000) == "zh"
