"""Words that may stand in a cell for a code of the models: code, then Chinese and English."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

LEVELS = {
    "HQ": ("总公司", "Headquarters"),
    "PROVINCE": ("省级分公司", "Province"),
    "CITY": ("地市分公司", "City"),
    "CENTRE": ("客户服务中心", "Service centre"),
    "COUNTER": ("柜面", "Counter"),
}
PLACES = {
    "URBAN": ("城区柜面", "Urban counter"),
    "COUNTY": ("郊县柜面", "County counter"),
    "URBAN_INNER": ("城区内柜面", "Urban inner counter"),
    "TOWNSHIP_INNER": ("乡镇内柜面", "Township inner counter"),
}
SIZES = {
    "FLAGSHIP": ("旗舰店", "Flagship"),
    "LARGE": ("标准店大型", "Standard, large"),
    "MEDIUM": ("标准店中型", "Standard, medium"),
    "SMALL": ("标准店小型", "Standard, small"),
    "INNER": ("内柜面", "Inner counter"),
}
ROLES = {
    "HQ_OFFICER": ("总公司管理人员", "HQ officer"),
    "PROVINCE_OFFICER": ("省级管理人员", "Province officer"),
    "CITY_OFFICER": ("地市管理人员", "City officer"),
    "CENTRE_MANAGER": ("客户服务中心经理", "Centre manager"),
    "SUPERVISOR": ("柜面主管", "Counter supervisor"),
    "TELLER": ("柜员", "Teller"),
    "CASHIER": ("收付费人员", "Cashier"),
    "GUIDE": ("咨询引导员", "Guide"),
    "FLOATING_ADVISER": ("流动咨询员", "Floating adviser"),
    "CLOSING_OFFICER": ("日清日结岗", "Closing officer"),
    "ARCHIVIST": ("档案管理人员", "Archivist"),
    "INFORMATION_OFFICER": ("信息员", "Information officer"),
}
YES_NO = {"1": ("是", "Yes"), "0": ("否", "No")}


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def word_of(code: Any) -> Any:
    """The word for a level, kind, class or role in the page's language; whatever is none stays as it is."""
    for words in (LEVELS, PLACES, SIZES, ROLES):
        if code in words:
            return words[code][in_english()]
    return code
