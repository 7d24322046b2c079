"""The demo company's units, and what stands in a counter of each class."""

from __future__ import annotations

from datetime import date

SINCE = date(2021, 10, 8)

#: code, parent, name, English name, kind, class
UNITS = (
    ("HQ", "", "示例人寿总公司", "Demo Life, head office", "", ""),
    ("P32", "HQ", "江苏省分公司", "Jiangsu", "", ""),
    ("C3201", "P32", "南京市分公司", "Nanjing", "", ""),
    ("S320101", "C3201", "南京主城客户服务中心", "Nanjing Central service centre", "", ""),
    ("K32010101", "S320101", "新街口柜面", "Xinjiekou", "URBAN", "FLAGSHIP"),
    ("K32010102", "S320101", "鼓楼柜面", "Gulou", "URBAN", "LARGE"),
    ("K32010103", "S320101", "河西职场内柜面", "Hexi, in the sales office", "URBAN_INNER", "INNER"),
    ("S320102", "C3201", "南京江北客户服务中心", "Nanjing Jiangbei service centre", "", ""),
    ("K32010201", "S320102", "浦口柜面", "Pukou", "COUNTY", "MEDIUM"),
    ("C3202", "P32", "无锡市分公司", "Wuxi", "", ""),
    ("S320201", "C3202", "无锡客户服务中心", "Wuxi service centre", "", ""),
    ("K32020101", "S320201", "梁溪柜面", "Liangxi", "URBAN", "MEDIUM"),
    ("K32020102", "S320201", "江阴柜面", "Jiangyin", "COUNTY", "SMALL"),
    ("C3205", "P32", "苏州市分公司", "Suzhou", "", ""),
    ("S320501", "C3205", "苏州客户服务中心", "Suzhou service centre", "", ""),
    ("K32050101", "S320501", "观前街柜面", "Guanqian Street", "URBAN", "LARGE"),
    ("K32050102", "S320501", "昆山柜面", "Kunshan", "COUNTY", "MEDIUM"),
    ("P51", "HQ", "四川省分公司", "Sichuan", "", ""),
    ("C5101", "P51", "成都市分公司", "Chengdu", "", ""),
    ("S510101", "C5101", "成都主城客户服务中心", "Chengdu Central service centre", "", ""),
    ("K51010101", "S510101", "春熙路柜面", "Chunxi Road", "URBAN", "FLAGSHIP"),
    ("K51010102", "S510101", "高新职场内柜面", "High-tech Zone, in the sales office", "URBAN_INNER", "INNER"),
    ("S510102", "C5101", "成都天府客户服务中心", "Chengdu Tianfu service centre", "", ""),
    ("K51010201", "S510102", "双流柜面", "Shuangliu", "COUNTY", "LARGE"),
    ("C5107", "P51", "绵阳市分公司", "Mianyang", "", ""),
    ("S510701", "C5107", "绵阳客户服务中心", "Mianyang service centre", "", ""),
    ("K51070101", "S510701", "涪城柜面", "Fucheng", "URBAN", "MEDIUM"),
    ("K51070102", "S510701", "三台营销服务部内柜面", "Santai, in the township office", "TOWNSHIP_INNER", "INNER"),
    ("C5111", "P51", "乐山市分公司", "Leshan", "", ""),
    ("S511101", "C5111", "乐山客户服务中心", "Leshan service centre", "", ""),
    ("K51110101", "S511101", "嘉州柜面", "Jiazhou", "URBAN", "SMALL"),
)
WINDOWS = {"FLAGSHIP": 10, "LARGE": 6, "MEDIUM": 4, "SMALL": 3, "INNER": 2}
SKILLS = (
    ("NEW_BUSINESS", "新契约", "New business"),
    ("POLICY_SERVICE", "保全", "Policy service"),
    ("CLAIM", "理赔", "Claims"),
    ("PAYOUT", "给付", "Payouts"),
    ("RENEWAL", "续期", "Renewals"),
    ("CASH", "收付费", "Receipts and payments"),
)
