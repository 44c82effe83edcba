"""Names by the rest of the document: in company, beside a name, said again, by given name."""

from advisor.redaction import redact
from advisor.redaction.mentions import ALONE, in_company, probable, said_again
from advisor.redaction.model import Span
from advisor.redaction.name_model import Reading


def test_an_unlikely_name_needs_company_or_a_word_that_announces_it():
    text = "路边古风很浓" + "，天很蓝" * 30 + "，村民古风来过"
    far, announced = Reading(2, 4, ALONE - 1), Reading(text.rindex("古风"), len(text) - 2, 0.0)

    assert in_company(text, (), [far]) == ()
    assert in_company(text, (), [far._replace(score=ALONE)]) == (far._replace(score=ALONE),)
    assert in_company(text, (Span(0, 1, "姓名", "路"),), [far]) == (far,)
    assert in_company(text, (), [announced]) == (announced,)


def test_what_is_read_twice_is_likelier():
    text = "看见云海平走了，又见云海平回来"
    first, second = Reading(2, 5, -3.0), Reading(10, 13, -3.0)

    assert probable(text, (), [first]) == ()
    assert probable(text, (), [first, second]) == (first, second)


def test_a_possible_name_beside_a_name_is_one():
    text = "王建国、于成和李秀英"
    named = (Span(0, 3, "姓名", "王建国"),)

    assert probable(text, named, [Reading(4, 6, -3.0)]) == (Reading(4, 6, -3.0),)
    assert probable(text, (), [Reading(4, 6, -3.0)]) == ()


def test_a_name_is_found_again_whole_and_by_the_given_name_alone():
    text = "王振邦来了。振邦说，王振邦走了"
    again = list(said_again(text, (Span(0, 3, "姓名", "王振邦"),)))

    assert [(span.start, span.end, span.key) for span in again] == [
        (10, 13, "王振邦"),
        (6, 8, "王振邦"),
    ]


def test_a_given_name_that_is_a_word_is_one_only_where_a_person_must_be_meant():
    text = "王公平来了。公平说，要讲公平"
    again = list(said_again(text, (Span(0, 3, "姓名", "王公平"),)))

    assert [(span.start, span.end) for span in again] == [(6, 8)]


def test_a_given_name_is_found_where_no_word_beside_it_speaks_for_a_name():
    text = "长子王振邦、次子王国栋。老屋归振邦，菜园归国栋，如今国栋变心"

    assert redact(text).masked.count("振邦") == redact(text).masked.count("国栋") == 0


def test_a_telephone_number_behind_it_speaks_for_a_name():
    text = "张云帆13912345678"

    assert probable(text, (), [Reading(0, 3, -3.0)]) == (Reading(0, 3, -3.0),)
    assert probable("张云帆很好", (), [Reading(0, 3, -3.0)]) == ()


def test_a_name_is_believed_rather_than_a_nickname_or_a_title_inside_it():
    assert redact("邻居陈阿毛把墙砌到我家").masked == "邻居[姓名1]把墙砌到我家"
    assert redact("寄件人闵伯年，电话没接").masked == "寄件人[姓名1]，电话没接"
    assert redact("被方工赶走").masked == "被[姓名1]工赶走"
