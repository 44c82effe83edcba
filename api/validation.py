"""Says in Chinese what is wrong with a request; the value refused is never repeated."""

from collections.abc import Mapping, Sequence

from api.schemas.problem import FieldProblem

_PLAIN: Mapping[str, str] = {
    "missing": "缺少必填项",
    "extra_forbidden": "没有这一项，请检查拼写",
    "string_type": "应为文字",
    "string_unicode": "含有无法识别的字符，请按 UTF-8 重新提交",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "date_type": "应为日期，写法如 2025-03-01",
    "date_parsing": "不是有效日期，写法如 2025-03-01",
    "date_from_datetime_parsing": "不是有效日期，写法如 2025-03-01",
    "date_from_datetime_inexact": "只填日期，不要带时间",
    "model_attributes_type": "应为 JSON 对象",
    "model_type": "应为 JSON 对象",
    "dict_type": "应为 JSON 对象",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "json_invalid": "不是有效的 JSON",
}
_WITH_LIMIT: Mapping[str, str] = {
    "string_too_long": "不能超过 {max_length} 个字符",
    "string_too_short": "不能少于 {min_length} 个字符",
    "less_than_equal": "不能大于 {le}",
    "less_than": "应小于 {lt}",
    "greater_than_equal": "不能小于 {ge}",
    "greater_than": "应大于 {gt}",
    "too_long": "不能超过 {max_length} 项",
    "too_short": "不能少于 {min_length} 项",
}
_OTHERWISE = "填写有误"
_NAMES: Mapping[str, str] = {
    "text": "正文",
    "region": "属地",
    "occurred_on": "事发日期",
    "mode": "生成方式",
    "date": "日期",
    "q": "检索词",
    "k": "条数",
    "limit": "每页条数",
    "by": "反馈人",
    "verdict": "采纳情况",
    "reason": "未采纳原因",
    "sections": "用到的部分",
    "note": "说明",
    "cleared": "是否办结",
    "closed_on": "办结日期",
    "reviewer": "复评人",
    "Idempotency-Key": "Idempotency-Key 请求头",
    "body": "请求内容",
}


def name_of(field: str) -> str:
    """What people call a field: the last step of its place, in Chinese where it has such a name."""
    last = field.rpartition(".")[2]
    return _NAMES.get(last, last or "请求内容")


def message_of(kind: str, context: Mapping[str, object]) -> str:
    """The Chinese sentence for one pydantic error type with its limits."""
    if kind in {"literal_error", "enum"}:
        return f"只能填写 {str(context.get('expected', '')).replace(' or ', ' 或 ')}"
    if kind in _WITH_LIMIT:
        return _WITH_LIMIT[kind].format_map(context)
    return _PLAIN.get(kind, _OTHERWISE)


def explain(errors: Sequence[Mapping[str, object]]) -> tuple[FieldProblem, ...]:
    """One ``FieldProblem`` for each error pydantic found, in its order."""
    return tuple(_explain_one(error) for error in errors)


def _explain_one(error: Mapping[str, object]) -> FieldProblem:
    where = error.get("loc", ())
    steps = where if isinstance(where, tuple | list) else (where,)
    context = error.get("ctx", {})
    limits = context if isinstance(context, Mapping) else {}
    return FieldProblem(
        field=".".join(str(step) for step in steps), message=message_of(str(error["type"]), limits)
    )
