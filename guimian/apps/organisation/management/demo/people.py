"""The demo company's people: the same names and numbers on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from stdnum.cn import ric

from guimian.apps.organisation.management.demo.company import UNITS
from guimian.apps.organisation.management.demo.staff import STAFF
from guimian.base.access import Role

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
