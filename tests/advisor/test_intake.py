"""Intake: what is refused and how, and what is done to the text."""

from datetime import date

import pytest

from advisor.errors import RefusedInput
from advisor.intake import MAX_CHARACTERS, intake, strip_invisible, to_simplified
from advisor.model import AdviceRequest, LedgerRef

TODAY = date(2025, 6, 1)
STORY = "楼上漏水把我家天花板泡坏了，物业不管。"


def take(text=STORY, **request):
    return intake(
        AdviceRequest(text=text, **request), default_region="浙江省嘉兴市秀洲区", today=TODAY
    )


def refusal(text=STORY, **request):
    with pytest.raises(RefusedInput) as refused:
        take(text, **request)
    assert any("\u4e00" <= c <= "\u9fff" for c in str(refused.value))
    return refused.value.code


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\t\r\n", "\u3000\u3000", "\u200b\u200d\ufeff\u202e"]
)
def test_a_text_without_anything_to_read_is_empty(text):
    assert refusal(text) == "empty_text"


def test_the_longest_text_allowed_is_taken():
    assert len(take("漏" * MAX_CHARACTERS).text) == MAX_CHARACTERS


def test_a_longer_text_is_refused():
    assert refusal("漏" * (MAX_CHARACTERS + 1)) == "text_too_long"


def test_the_refusal_of_a_long_text_says_how_long_it_is():
    with pytest.raises(RefusedInput, match="20001"):
        take("漏" * 20_001)


def test_invisible_characters_do_not_count_as_length():
    assert take("漏" * MAX_CHARACTERS + "\u200b").text == "漏" * MAX_CHARACTERS


@pytest.mark.parametrize("text", ["PK\x03\x04\x00\x00漏水", "漏水\x00漏水", "\x00漏"])
def test_zero_bytes_mean_a_binary_file(text):
    assert refusal(text) == "not_text"


@pytest.mark.parametrize("text", ["楼上\ufffd\ufffd漏水\ufffd", "锟斤拷锟斤拷楼上漏水"])
def test_replacement_characters_mean_a_wrong_encoding(text):
    assert refusal(text) == "not_text"


def test_gb18030_read_as_latin_is_refused():
    assert refusal(STORY.encode("gb18030").decode("latin-1")) == "not_chinese"


def test_one_replacement_character_in_a_long_story_is_borne():
    assert take(STORY * 60 + "\ufffd").text.startswith("楼上漏水")


@pytest.mark.parametrize(
    "character", ["\x07", "\x1b", "\u200b", "\u202e", "\u2066", "\ufeff", "\xad", "\ue000"]
)
def test_invisible_and_direction_characters_are_taken_out(character):
    assert take(f"楼上{character}漏水").text == "楼上漏水"


def test_line_breaks_of_any_kind_become_line_feeds():
    assert strip_invisible("一\r\n二\r三\n四\t五") == "一\n二\n三\n四\t五"


def test_many_invisible_characters_are_told_to_the_reader():
    assert any("不可见字符" in note for note in take("楼上\u200b漏\u200b水\u200b了\u200b").notes)


def test_radicals_of_a_pdf_become_characters():
    assert take("\u2f6c\u2f6c滴⽔").text == "目目滴水"


def test_a_rare_character_of_a_name_is_kept():
    assert take("邻居叫\U00031350某").text == "邻居叫\U00031350某"


def test_traditional_characters_are_converted_and_the_original_kept():
    complaint = take("樓上漏水，把我家天花板泡壞了，請幫幫我。")
    assert complaint.text == "楼上漏水，把我家天花板泡坏了，请帮帮我。"
    assert complaint.original == "樓上漏水，把我家天花板泡壞了，請幫幫我。"
    assert any("繁体" in note for note in complaint.notes)


def test_two_variant_characters_of_a_name_are_not_converted():
    complaint = take("邻居陳国峯家的水管漏水，找他三次都不肯修，天花板全坏了。")
    assert complaint.text == complaint.original
    assert complaint.notes == ()


def test_three_traditional_characters_in_a_long_story_are_not_enough():
    story = STORY * 10 + "陳國峯"
    assert to_simplified(story) == story


def test_no_region_means_the_default():
    assert take().region == ("浙江省", "嘉兴市", "秀洲区")
    assert take(region="  ").region == ("浙江省", "嘉兴市", "秀洲区")


@pytest.mark.parametrize(
    "name", ["秀洲", "秀洲区", "嘉兴秀洲", "浙江嘉兴秀洲", "浙江省\u200b嘉兴市秀洲区"]
)
def test_a_short_name_of_a_region_is_enough(name):
    assert take(region=name).region == ("浙江省", "嘉兴市", "秀洲区")


@pytest.mark.parametrize("name", ["火星市", "asdf", "😀", "浙江省不存在的县", "'; DROP TABLE"])
def test_an_unknown_region_is_refused(name):
    assert refusal(region=name) == "unknown_region"


def test_a_very_long_region_is_refused_without_repeating_it():
    with pytest.raises(RefusedInput) as refused:
        take(region="甲" * 20_000)
    assert len(str(refused.value)) < 100


def test_a_future_date_is_refused():
    assert refusal(occurred_on=date(2025, 6, 2)) == "future_date"


def test_today_is_no_future_date():
    assert take(occurred_on=TODAY).as_of == TODAY


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1949, 9, 30)])
def test_a_date_before_the_state_is_refused(day):
    assert refusal(occurred_on=day) == "date_too_early"


def test_the_law_of_the_day_of_the_facts_counts_else_of_today():
    assert take(occurred_on=date(2019, 6, 1)).as_of == date(2019, 6, 1)
    assert (take().as_of, take().occurred_on) == (TODAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "The upstairs neighbour's bathroom leaks into my kitchen every day.",
        "Сосед сверху заливает нашу кухню каждый день.",
        "うえのへやからみずがもれていて、とてもこまっています。",
        "駐車場がいつも満車で困っています。近所の人が道路に車を止めるので、子供が危ないです。",
        "ｶﾀｶﾅばかりの文です",
        "윗집에서 물이 새요. 도와주세요.",
        "😀😀🔥🔥",
        "13800000000 20250601 123456",
        "!!!???。。。",
    ],
)
def test_what_is_not_chinese_is_refused(text):
    assert refusal(text) == "not_chinese"


def test_mostly_foreign_text_with_a_few_characters_is_refused():
    assert refusal("Dear mayor, my upstairs neighbour leaks water every single day 漏水") == (
        "not_chinese"
    )


@pytest.mark.parametrize(
    "text",
    [
        "楼上KTV和4S店的WiFi、LED屏一直响到凌晨两点。",
        "救命",
        "楼下のり寿司店的油烟很大，天天熏得人睡不着觉。",
        "漏水😭😭😭了",
    ],
)
def test_chinese_with_something_else_in_it_is_taken(text):
    assert take(text).text == text


def test_the_reference_to_the_ledger_is_kept():
    ref = LedgerRef(system="示例账本", id="7")
    assert take(ledger_ref=ref).ledger_ref == ref
