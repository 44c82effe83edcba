"""Modes that answer by the protocol, with a text that is not what was asked for."""

import json

from hostile.drafts import CONTENT, bad
from hostile.registry import saying

saying("code_fences", lambda call: f"好的，建议如下：\n```json\n{call.good}\n```\n以上供参考。")
saying("chinese_punctuation", lambda call: _closed(call.good))
saying("trailing_commas", lambda call: call.good.replace("}]", "},]").replace("]}", "],}"))
saying("truncated", lambda call: call.cut(call.good))
saying(
    "duplicate_keys",
    lambda call: call.good.replace('{"summary"', '{"summary": "另一份", "summary"'),
)
saying(
    "duplicate_sections",
    lambda call: call.good[:-1] + ', "legal_basis": [{"evidence_id": "L99", "why": "后来的"}]}',
)
saying("not_a_number", lambda call: call.good.replace('"deadline_days": 3', '"deadline_days": NaN'))
saying("depth_bomb", lambda call: '{"analysis": ' + "[" * 100_000)
saying("depth_bomb_later", lambda call: call.good[:-1] + ', "x": ' + '{"a":' * 20_000)
saying("not_an_object", lambda call: '["analysis", "plan"]')
saying("parrot", lambda call: call.asked.system)
saying("refuses", lambda call: "很抱歉，我无法就这个问题提供建议，请咨询专业律师。")


def _closed(text: str) -> str:
    """The JSON text with “ ” for its quotes and full-width colons and commas between values."""
    out, inside = [], False
    for character in text:
        if character == '"':
            out.append("”" if inside else "“")
            inside = not inside
        else:
            out.append(character if inside else {":": "：", ",": "，"}.get(character, character))
    return "".join(out)


def _content(name: str) -> None:
    saying(name, lambda call: json.dumps(bad(name, call.asked), ensure_ascii=False))


for _name in CONTENT:
    _content(_name)
