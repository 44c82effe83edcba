"""Numbers of documents and things: what announces a receipt, a case or a frame, and no person."""

import re

_FILED = re.compile(
    r"(?:编号|编码|单号|工单号?|保单号?|运单号?|快递单?|住院号|病历号|批次号?|订单号?|案号|文号|批号|代码|税号|序列号|流水号|条形?码|发票号?码?|"
    r"合同号|受理号|受理编号|回执号?|邮编|邮政编码|户号|表号|证书号|许可证号?|备案号|金额|价格|面积|"
    r"车架号码?|车架|VIN码?|发动机号码?|电机号|底盘号|识别代号|机身号|出厂号|就诊号|门诊号|登记号|"
    r"(?:认定书|决定书|通知书|告知书|判决书|裁定书|证明书|确认书)(?=第|编?号)(?:编?号)?|"
    r"产权证号|字第|〔\d{4}〕|WO|NO|No)[是为:：.\s]*(?:第|[A-Za-z]{1,8})?$"
)


def is_filed(before: str) -> bool:
    """Whether the number behind ``before`` is that of a document or a thing."""
    return _FILED.search(before) is not None
