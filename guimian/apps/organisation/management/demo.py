"""The demo company's units, people, posts, skills and windows. Fictional, the same on every machine, made by the services.

Places are real cities, counters and people are invented. Telephone numbers begin with 120, which no operator gives to a
telephone; identity numbers have a sound check digit and a birthday in 1900, so that they are nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from stdnum.cn import ric

from guimian.apps.organisation import queries, services
from guimian.base.access import Role

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Skill, Unit

PASSWORD = "demo-Guimian-2026"  # noqa: S105  # everybody's, in the demo company only
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

#: who works at a unit, by its level or, at a counter, its class (one counter has fewer): 150 people in all
STAFF: dict[str, tuple[tuple[Role, int], ...]] = {
    "HQ": ((Role.HQ_OFFICER, 3), (Role.INFORMATION_OFFICER, 1)),
    "PROVINCE": ((Role.PROVINCE_OFFICER, 3), (Role.INFORMATION_OFFICER, 1), (Role.ARCHIVIST, 1)),
    "CITY": ((Role.CITY_OFFICER, 2), (Role.INFORMATION_OFFICER, 1)),
    "CENTRE": ((Role.CENTRE_MANAGER, 1), (Role.ARCHIVIST, 1)),
    "FLAGSHIP": (
        (Role.SUPERVISOR, 1),
        (Role.TELLER, 6),
        (Role.CASHIER, 2),
        (Role.GUIDE, 2),
        (Role.FLOATING_ADVISER, 1),
        (Role.CLOSING_OFFICER, 1),
        (Role.INFORMATION_OFFICER, 1),
    ),
    "LARGE": (
        (Role.SUPERVISOR, 1),
        (Role.TELLER, 4),
        (Role.CASHIER, 2),
        (Role.GUIDE, 1),
        (Role.FLOATING_ADVISER, 1),
        (Role.CLOSING_OFFICER, 1),
    ),
    "MEDIUM": (
        (Role.SUPERVISOR, 1),
        (Role.TELLER, 3),
        (Role.CASHIER, 1),
        (Role.GUIDE, 1),
        (Role.CLOSING_OFFICER, 1),
    ),
    "SMALL": ((Role.SUPERVISOR, 1), (Role.TELLER, 1), (Role.CASHIER, 1), (Role.CLOSING_OFFICER, 1)),
    "INNER": ((Role.SUPERVISOR, 1), (Role.TELLER, 1), (Role.GUIDE, 1)),
    "K51070102": ((Role.SUPERVISOR, 1), (Role.TELLER, 1)),
}
WINDOWS = {"FLAGSHIP": 10, "LARGE": 6, "MEDIUM": 4, "SMALL": 3, "INNER": 2}
SKILLS = (
    ("NEW_BUSINESS", "新契约", "New business"),
    ("POLICY_SERVICE", "保全", "Policy service"),
    ("CLAIM", "理赔", "Claims"),
    ("PAYOUT", "给付", "Payouts"),
    ("RENEWAL", "续期", "Renewals"),
    ("CASH", "收付费", "Receipts and payments"),
)
SKILLS_OF = {
    Role.SUPERVISOR: ("POLICY_SERVICE", "CLAIM", "PAYOUT"),
    Role.TELLER: ("POLICY_SERVICE", "CLAIM", "RENEWAL", "NEW_BUSINESS"),
    Role.CASHIER: ("CASH", "PAYOUT"),
}
AUTHORITY = {1: Decimal(5_000), 2: Decimal(50_000), 3: Decimal(200_000)}  # CNY a single case

SURNAMES = (
    "王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 赵Zhao 黄Huang 周Zhou 吴Wu 徐Xu 孙Sun 胡Hu 朱Zhu 高Gao 林Lin 何He 郭Guo "
    "马Ma 罗Luo 梁Liang 宋Song 郑Zheng 谢Xie 韩Han 唐Tang 冯Feng 于Yu 董Dong 萧Xiao 程Cheng 曹Cao 袁Yuan 邓Deng 许Xu "
    "傅Fu 沈Shen 曾Zeng 彭Peng 吕Lü 苏Su 卢Lu 蒋Jiang 蔡Cai 贾Jia 丁Ding 魏Wei 薛Xue 叶Ye 阎Yan"
).split()
GIVEN = (
    "伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 洋yang 艳yan 勇yong 军jun 杰jie 娟juan 涛tao 明ming 超chao 霞xia "
    "平ping 刚gang 桂gui 玉yu 萍ping 红hong 玲ling 华hua 建jian 文wen 慧hui 欣xin 宇yu 晨chen 佳jia 雪xue 婷ting 颖ying "
    "琳lin 岚lan 凯kai 博bo 浩hao 倩qian 蕾lei 薇wei 怡yi 嘉jia 睿rui 哲zhe 彤tong 楠nan"
).split()


@dataclass(frozen=True)
class Somebody:
    """A person to be: one line of the demo company's register."""

    staff_number: str
    name: str
    name_en: str
    phone: str
    identity: str
    role: Role
    unit: str
    since: date


def names() -> Iterator[tuple[str, str]]:
    """Chinese and English names, none twice, always in the same order."""
    dice, seen = Random(2026), set()  # noqa: S311  # names, not secrets
    while True:
        surname = dice.choice(SURNAMES)
        given = [dice.choice(GIVEN) for _place in range(dice.choice((1, 2, 2)))]
        name = surname[0] + "".join(part[0] for part in given)
        if name not in seen:
            seen.add(name)
            yield name, f"{surname[1:]} {''.join(part[1:] for part in given).capitalize()}"


def identity(number: int) -> str:
    """An identity number that is well-formed and nobody's: born in 1900, with its check digit."""
    stem = f"1101011900{1 + number % 12:02}{1 + number % 28:02}{number:03}"
    return stem + ric.calc_check_digit(stem)


def register() -> Iterator[Somebody]:
    """All 150 people, from headquarters downwards."""
    called, counted, number = names(), {"10": 0, "32": 0, "51": 0}, 0
    levels = {"H": "HQ", "P": "PROVINCE", "C": "CITY", "S": "CENTRE"}
    for code, _parent, _name, _name_en, _place, size in UNITS:
        for role, count in STAFF.get(code) or STAFF[size or levels[code[0]]]:
            for _one in range(count):
                number += 1
                series = code[1:3] if code != "HQ" else "10"
                counted[series] += 1
                name, name_en = next(called)
                yield Somebody(
                    f"{series}{counted[series]:06}",
                    name,
                    name_en,
                    f"1200000{number:04}",
                    identity(number),
                    role,
                    code,
                    date(2022 + number % 4, 1 + number % 12, 1 + number % 28),
                )


def load(now: datetime) -> dict[str, int]:
    """Make what is missing of the demo company and say how many of each were made; a second call makes nothing.

    Raises UnableToOpenUnit when the database holds another company.
    """
    made = {"units": 0, "people": 0, "windows": 0}
    units = {unit.code: unit for unit in queries.every_unit()}
    for code, parent, name, name_en, place, size in UNITS:
        if code not in units:
            units[code] = services.open_unit(
                parent=units.get(parent),
                code=code,
                name=name,
                name_en=name_en,
                place=place,
                size=size,
                address=f"{name}（示例地址）" if size else "",
                opened_on=SINCE,
                by=None,
                now=now,
            )
            made["units"] += 1
    skills = [
        services.add_skill(code=code, name=name, name_en=name_en, unit=units["HQ"], by=None, now=now)
        for code, name, name_en in SKILLS
    ]
    made["windows"] = sum(_windows(units[code], size, skills, now) for code, *_rest, size in UNITS if size)
    made["people"] = _people(units, {skill.code: skill for skill in skills}, now)
    return made


def _windows(unit: Unit, size: str, skills: list[Skill], now: datetime) -> int:
    standing = {row.number for row in queries.windows_of(unit, unit.local_day(now))}
    count = WINDOWS[size]
    for number in range(1, count + 1):
        if number in standing:
            continue
        is_cashier = size != "INNER" and number > count - (2 if count > 4 else 1)
        served = [skill for skill in skills if (skill.code in {"CASH", "PAYOUT"}) == is_cashier]
        services.add_window(
            unit=unit,
            number=number,
            name="收付费窗口" if is_cashier else "综合窗口",
            skills=served,
            is_cashier=is_cashier,
            is_priority=number == 1,
            by=None,
            now=now,
        )
    return count - len(standing)


def _people(units: dict[str, Unit], skills: dict[str, Skill], now: datetime) -> int:
    known = queries.staff_numbers()
    made = []
    for place, somebody in enumerate(register()):
        if somebody.staff_number in known:
            continue
        unit = units[somebody.unit]
        person = services.add_person(
            staff_number=somebody.staff_number,
            name=somebody.name,
            name_en=somebody.name_en,
            phone=somebody.phone,
            identity=somebody.identity,
            unit=unit,
            role=somebody.role,
            starts_on=somebody.since,
            by=None,
            now=now,
        )
        for turn, code in enumerate(SKILLS_OF.get(somebody.role, ())):
            level = 1 + (place + turn) % 3
            if turn < 1 + level:
                services.set_skill(
                    person=person,
                    skill=skills[code],
                    level=level,
                    authorised_to=AUTHORITY[level],
                    unit=unit,
                    by=None,
                    now=now,
                )
        made.append(person)
    services.set_passwords(people=made, password=PASSWORD)
    return len(made)
