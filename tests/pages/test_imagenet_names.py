"""The 1,000 classes of ImageNet have names for readers: all of them, each its own, in the classifier's order."""

from pathlib import Path

import pytest

from pages.shared.texts import LANGUAGES, strings

LABELS = Path(__file__).parents[2] / "assets" / "models" / "pp-lcnetv2" / "labels.txt"


def names(language: str) -> list[str]:
    """The names in the order in which the file has them."""
    return [name for key, name in strings(language).items() if key.startswith("imagenet.")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_has_a_name_at_its_place(language):
    labels = LABELS.read_text(encoding="utf-8").splitlines()
    keys = [key for key in strings(language) if key.startswith("imagenet.")]
    assert keys == [f"imagenet.c{index}" for index in range(len(labels))]
    assert len(keys) == 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_classes_share_a_name(language):
    assert all(name == name.strip() != "" for name in names(language))
    assert len({name.casefold() for name in names(language)}) == 1000


def test_a_chinese_name_is_chinese():
    assert all(any("\u3400" <= letter <= "\u9fff" for letter in name) for name in names("zh"))


@pytest.mark.parametrize(
    ("index", "label", "english", "chinese"),
    [
        (0, "tench, Tinca tinca", "tench", "丁鱥"),
        (134, "crane", "crane (bird)", "鹤"),
        (285, "Egyptian cat", "Egyptian cat", "埃及猫"),
        (331, "hare", "hare", "野兔"),
        (517, "crane", "crane (machine)", "起重机"),
        (605, "iPod", "iPod", "随身听（iPod）"),
        (638, "maillot", "maillot", "连体紧身衣"),
        (639, "maillot, tank suit", "tank suit (maillot)", "连体泳衣"),
        (680, "nipple", "teat of a baby’s bottle", "奶嘴"),
        (812, "space shuttle", "space shuttle", "航天飞机"),
        (967, "espresso", "espresso", "意式浓缩咖啡"),
        (999, "toilet tissue, toilet paper, bathroom tissue", "toilet paper", "卫生纸"),
    ],
)
def test_the_name_belongs_to_the_label(index, label, english, chinese):
    assert LABELS.read_text(encoding="utf-8").splitlines()[index] == label
    assert strings("en")[f"imagenet.c{index}"] == english
    assert strings("zh")[f"imagenet.c{index}"] == chinese


def test_most_english_names_stand_in_their_label():
    """Some are called by a word that no label has (a cock is a rooster); a list that slipped by a line would fail."""
    labels = LABELS.read_text(encoding="utf-8").casefold().splitlines()
    spelled = [name.split(" (")[0].casefold() in label for name, label in zip(names("en"), labels, strict=True)]
    assert sum(spelled) > 950
