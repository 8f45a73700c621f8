"""Forms of poems, and the parting of a collection."""

import pytest

from gateviz.data.corpora.quatrains import (
    Poems,
    clauses_of,
    form_of,
    is_well_formed,
    repeats,
    rhyme_of,
    rhyme_of_beginning,
    start_mark,
    verse_of,
)
from gateviz.data.corpora.rhymes import GROUPS, rhymes_of
from gateviz.data.corpora.variants import folded
from gateviz.errors import InputError

FIVE = "床前看月光，疑是地上霜。举头望山月，低头思故乡。"
SEVEN = "朝辞白帝彩云间，千里江陵一日还。两岸猿声啼不住，轻舟已过万重山。"


@pytest.mark.parametrize(("poem", "form"), [(FIVE, 5), (SEVEN, 7)])
def test_a_quatrain_is_well_formed_in_its_own_form_alone(poem: str, form: int) -> None:
    assert verse_of(poem) == form
    assert is_well_formed(poem)
    assert [is_well_formed(poem, each) for each in (5, 7)] == [form == 5, form == 7]


@pytest.mark.parametrize(
    "poem",
    [
        "",
        FIVE[:-1],
        FIVE[:18],
        FIVE * 2,
        FIVE.replace("，", "。", 1),
        FIVE.replace("。", "？", 1),
        FIVE.replace("床", ""),
        FIVE.replace("床", "床床"),
        FIVE[:12] + SEVEN[16:],
        FIVE + "\n",
        " " + FIVE[1:],
    ],
)
def test_anything_else_is_not(poem: str) -> None:
    assert not is_well_formed(poem)


def test_other_marks_and_other_lengths_can_still_be_verse() -> None:
    assert verse_of(FIVE.replace("。", "？")) == 5
    assert verse_of(FIVE * 3) == 5
    assert verse_of("关关雎鸠，在河之洲。") is None
    assert clauses_of("一二，三四五。六") == ("一二，", "三四五。")


@pytest.mark.parametrize(
    ("beginning", "form"),
    [
        ("", None),
        ("床前", None),
        ("床前看月光", 5),
        ("床前看月光，", 5),
        (FIVE[:14], 5),
        ("朝辞白帝彩云", 7),
        (SEVEN[:8], 7),
    ],
)
def test_a_beginning_tells_its_form_as_soon_as_it_can(beginning: str, form: int | None) -> None:
    assert form_of(beginning) == form


@pytest.mark.parametrize(
    "beginning",
    [
        "一二三，",
        "一二三四五六七八",
        "一二三四五，一二三四五六",
        FIVE + "又",
        "床前 看月光",
        "5床前",
        "，",
        "一二三四五，，",
    ],
)
def test_what_no_quatrain_begins_with_is_refused_in_a_sentence(beginning: str) -> None:
    with pytest.raises(InputError, match="a quatrain begins with at most 4 clauses, all of 5 or all of 7 characters"):
        form_of(beginning)


def test_the_start_mark_asks_for_a_form_or_leaves_it_open() -> None:
    assert [start_mark(form) for form in (5, 7, None)] == ["5", "7", "\n"]


@pytest.mark.parametrize(
    ("poem", "rhyme"),
    [
        (FIVE, "阳"),
        (SEVEN, "删"),
        ("春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。", None),  # in another tone
        ("千山鸟飞绝，万径人踪灭。孤舟蓑笠翁，独钓寒江雪。", None),
        ("白日依山尽，黄河入海流。欲穷千里目，更上一层楼。", "尤"),
        ("故人西辞黄鹤楼，烟花三月下扬州。孤帆远影碧空尽，唯见长江天际流。", "尤"),
        ("月落乌啼霜满天，江枫渔火对愁眠。姑苏城外寒山寺，夜半钟声到客船。", "先"),
        (FIVE.replace("乡", "东"), None),
        (FIVE[:12], None),
    ],
)
def test_a_quatrain_rhymes_at_the_ends_of_its_couplets(poem: str, rhyme: str | None) -> None:
    assert rhyme_of(poem) == rhyme


def test_the_rhyme_book_has_thirty_groups_each_called_after_its_first_character() -> None:
    assert len(GROUPS) == 30
    assert all(group[0] == name and len(set(group)) == len(group) for name, group in GROUPS.items())
    assert rhymes_of("光") == ("阳",)
    assert rhymes_of("月") == ()


@pytest.mark.parametrize(
    ("beginning", "rhyme"),
    [("", None), ("床前看月光", None), ("床前看月光，", "阳"), (FIVE[:12], "阳"), ("白日依山尽，", None), (FIVE, "阳")],
)
def test_a_beginning_tells_its_rhyme_once_a_clause_has_ended_in_the_level_tone(
    beginning: str, rhyme: str | None
) -> None:
    assert rhyme_of_beginning(beginning) == rhyme


def test_a_repeated_character_counts_each_time_but_the_first_and_marks_do_not() -> None:
    assert repeats(FIVE) == 2, "月 and 头 come twice"
    assert repeats("人人人，") == 2


def test_variants_are_folded() -> None:
    assert folded("劒外忽传收蓟北，") == "剑外忽传收蓟北，"
    poems = Poems.of([FIVE.replace("床", "牀"), SEVEN.replace("猿", "劒")], share=10**9)
    assert {poem[0] for poem in poems.quatrains} == {"牀", "朝"}
    assert "剑" in "".join(poems.quatrains)


def quatrain(number: int) -> str:
    digits = "".join(chr(0x4E00 + int(digit) + 10 * place) for place, digit in enumerate(f"{number:020d}"))
    return "".join(digits[at : at + 5] + mark for at, mark in zip(range(0, 20, 5), "，。，。", strict=True))


def test_a_collection_is_parted_by_the_texts_themselves_so_that_order_and_repeats_do_not_matter() -> None:
    many = [quatrain(7919**5 * number) for number in range(1, 400)]
    poems = Poems.of(many, share=4)
    turned = Poems.of([*reversed(many), *many], share=4)
    assert 60 < len(poems.held_out) < 140
    assert set(poems.held_out) == set(turned.held_out)
    assert sorted(poems.quatrains) == sorted(turned.quatrains)


def test_no_clause_of_a_held_out_poem_is_trained_on_and_longer_poems_come_in_stanzas() -> None:
    many = [quatrain(7919**5 * number) for number in range(1, 400)]
    first = Poems.of(many, share=4)
    hidden, kept = first.held_out[0], first.quatrains[:3]
    longer = ["".join(kept), hidden + kept[0], kept[1] + hidden[:12], "一二，三四。" * 2]
    poems = Poems.of([*many, *longer], share=4)
    assert poems.stanzas == kept
    assert poems.quatrains == first.quatrains
    trained = {clause for poem in (*poems.quatrains, *poems.stanzas) for clause in clauses_of(poem)}
    assert trained.isdisjoint(clause for poem in poems.held_out for clause in clauses_of(poem))
