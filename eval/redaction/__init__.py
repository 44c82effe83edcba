"""The redaction benchmark: complaints with known particulars, and what becomes of them.

A held-out set of wordings is one file, ``eval/redaction/wordings/NAME.yaml``, written by somebody
who has not read ``advisor/redaction``, ``corpus/data/redaction``, ``eval/redaction/training`` or
another set of wordings, and measured once: what was looked at afterwards is development.

The file holds six keys, all needed (``eval.redaction.grammar.Grammar``):

- ``classes``: slot to class, ``{name: 姓名, org: 保护}``. Classes of particulars: 姓名 证件号 电话
  银行卡 车牌 邮箱 微信号 QQ号 地址 年龄; 保护 is what must stay (places down to village, estate and
  street, offices, shops, laws, dates, amounts, hotlines, documents' numbers). A slot that is not
  named here has no class.
- ``typed``: slots whose value is then grouped, widened or broken over a line as people type it;
  any of ``phone``, ``id``, ``card`` and no other.
- ``words``: slot to plain alternatives, parted by spaces: ``{g: 建军 雨桐}``.
- ``rules``: slot to a list of alternatives that may hold slots: ``{person: ["{s}{g}"]}``.
- ``templates``: whole complaints with slots. ``asides``: at least three sentences around them,
  without particulars.

In rules, templates and asides ``{slot}`` is filled anew each time; ``{slot:rule}`` is filled by
another rule and keeps its own class; ``{slot@1}`` says the same again in the whole complaint.
``#`` is a digit, ``%`` a digit that is not zero. Every slot is a key of ``words`` or ``rules``; a
slot within a slot that has a class belongs to it. A surname before a post is its own slot of class
姓名 (``{surname}{post}``), a post has no class or is 保护. An address is two slots: the public
place (保护), then what lies below it (地址): group, building, unit, room, house number; a phase
or quarter in characters (二期, 二区) is part of the estate's name. An age is masked only for a
minor beside a name. At least 60 templates of different kinds, 150 given names, 60
surnames; write invented people and places only, and none that a known person has.

To add it: put its name into ``eval.redaction.command.WORDINGS`` and into the tests of ranges in
``tests/eval/test_redaction.py`` (not into those of floors), commit, then once
``advisor-eval redaction --wording NAME --count 6001 --seed 20261122 --examples``.
"""
