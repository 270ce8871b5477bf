"""What these two networks are known to do, to two decimals. Layers and heads are counted from 1."""

import pytest

LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."
TIRED = "The animal didn't cross the street because it was too tired."


def weight(trace, layer, head, asks, looks_at):
    """Attention of one word to another, or to several together: they may be given as a list."""
    at = trace.tokens.pieces.index
    columns = [at(word) for word in ([looks_at] if isinstance(looks_at, str) else looks_at)]
    return float(trace.weights[layer - 1, head - 1, at(asks), columns].sum())


def test_the_law_sentence_has_27_pieces(english):
    assert len(english(LAW).tokens) == 27


@pytest.mark.parametrize(
    ("text", "layer", "head", "asks", "looks_at", "expected"),
    [
        (LAW, 4, 2, "its", "law", 0.804),
        (LAW, 4, 2, "its", "application", 0.093),
        (LAW, 3, 2, "its", "application", 0.892),
        (LAW, 5, 10, "its", "application", 0.826),
        (LAW, 3, 9, "its", "application", 0.703),
        (LAW, 3, 7, "its", "law", 0.324),
        (LAW, 3, 7, "its", "application", 0.217),
        (TIRED, 4, 2, "it", "animal", 0.677),
        (TIRED, 6, 12, "it", "animal", 0.673),
        (TIRED.replace("tired", "wide"), 6, 12, "it", "animal", 0.558),
        ("The trophy didn't fit in the suitcase because it was too big.", 4, 2, "it", "trophy", 0.581),
        ("The children ate their lunch.", 4, 2, "their", "children", 0.734),
        ("Mary said that she was tired.", 4, 2, "she", "mary", 0.177),
        ("The dog chased the cat because it was hungry.", 4, 2, "it", "dog", 0.108),
        ("Thinking Machines", 2, 9, "thinking", "machines", 0.855),
        ("Thinking Machines", 1, 3, "machines", "thinking", 1.000),
    ],
)
def test_english(english, text, layer, head, asks, looks_at, expected):
    assert weight(english(text), layer, head, asks, looks_at) == pytest.approx(expected, abs=0.005)


def test_its_looks_at_the_two_words_more_than_chance(english):
    trace = english(LAW)
    at = trace.tokens.pieces.index
    both = trace.weights[:, :, at("its"), [at("law"), at("application")]].sum(axis=-1)
    assert both.mean() == pytest.approx(0.204, abs=0.005)
    assert 2 / len(trace.tokens) == pytest.approx(0.074, abs=0.0005)


def test_english_layers_2_to_6_give_the_special_pieces_38_to_49_percent(english):
    shares = english(LAW).weights[1:, :, :, [0, -1]].sum(axis=-1).mean(axis=(1, 2))
    assert shares.min() == pytest.approx(0.38, abs=0.005)
    assert shares.max() == pytest.approx(0.49, abs=0.005)


# The published figures are those of 1, 0 and 0 as pieces of their own. Without the spaces the network reads
# 100 as the one piece that its vocabulary has for it.
APART, TOGETHER = "我吃了1 0 0个包子", "我吃了100个包子"


@pytest.mark.parametrize(
    ("text", "layer", "head", "asks", "looks_at", "expected"),
    [
        (APART, 1, 3, "吃", "我", 0.375),
        (TOGETHER, 1, 3, "吃", "我", 0.371),
        (TOGETHER, 3, 4, "个", "100", 0.897),
        (TOGETHER, 1, 3, "包", ["100", "个"], 0.701),
        ("小猫没有过街，因为它太累了。", 3, 12, "它", ["小", "猫"], 0.195),
    ],
)
def test_chinese(chinese, text, layer, head, asks, looks_at, expected):
    assert weight(chinese(text), layer, head, asks, looks_at) == pytest.approx(expected, abs=0.005)


def test_chinese_number_in_three_pieces(chinese):
    trace = chinese(APART)
    assert trace.tokens.words == ("[CLS]", "我", "吃", "了", "1", "0", "0", "个", "包", "子", "[SEP]")
    assert trace.weights[2, 3, 7, 4:7].sum() == pytest.approx(0.871, abs=0.005)  # 个 -> 1, 0, 0
    assert trace.weights[0, 2, 8, 4:8].sum() == pytest.approx(0.726, abs=0.005)  # 包 -> 1, 0, 0, 个


def test_no_chinese_head_finds_what_it_stands_for(chinese):
    trace = chinese("小猫没有过街，因为它太累了。")
    at = trace.tokens.pieces.index
    kitten = trace.weights[:, :, at("它"), [at("小"), at("猫")]].sum(axis=-1)
    assert kitten.max() == kitten[2, 11]


def test_chinese_words_give_the_special_pieces_38_to_58_percent(chinese):
    shares = chinese(APART).weights[:, :, 1:-1, [0, -1]].sum(axis=-1).mean(axis=(1, 2))
    assert shares.min() == pytest.approx(0.38, abs=0.005)
    assert shares.max() == pytest.approx(0.58, abs=0.005)
