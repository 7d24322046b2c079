"""The demo company's findings: a dozen, in every state, with drawn pictures as evidence. Made by the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from guimian.base.access import Role, unit_model
from guimian.base.findings import services
from guimian.base.models import Finding

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit


@dataclass(frozen=True)
class Story:
    """One finding: where, what, how many days ago, and how far it has come (open, to_do, late, done, back, closed)."""

    unit: str
    clause: str
    what: str
    days: int
    stands: str
    done: str = ""


STORIES = (
    Story("K32010101", "R7.1", "叫号显示屏右下角有一块不亮。", 2, "to_do"),
    Story(
        "K32010101", "R10.5", "午休时 3 号窗口的印章未锁入抽屉。", 6, "done", "已当面提醒并补锁，班后检查表增加一项。"
    ),
    Story("K32010101", "R7.1", "填单台老花镜缺一副。", 20, "closed", "已补齐三副，度数不同。"),
    Story("K32010102", "R1.5", "上午高峰只开两个窗口，等候区站了九人。", 9, "late"),
    Story("K32010102", "R7.1", "门口营业时间牌与系统不一致。", 3, "open"),
    Story("K32010103", "R10.9", "灭火器压力表指针在红区。", 5, "back", "已联系维保单位。"),
    Story("K32010201", "R7.1", "等候区座椅一把松动。", 1, "open"),
    Story("K32020101", "R1.4", "晨会未检查着装。", 12, "closed", "已补做，并由主管连续一周检查。"),
    Story("K32020102", "R10.2", "空白收据领用登记缺一处签名。", 4, "to_do"),
    Story("K32050101", "R7.1", "自助设备打印口卡纸，未挂提示牌。", 2, "done", "卡纸已清除，提示牌放在设备旁。"),
    Story("K51010101", "R1.5", "下午高峰咨询引导员离岗二十分钟。", 8, "late"),
    Story("K51010201", "R10.8", "监控画面时间慢七分钟。", 7, "to_do"),
    Story("K51070101", "R7.1", "宣传折页为去年版本。", 15, "closed", "旧版已下架，新版已上架。"),
)


def picture(text: str, shade: int) -> bytes:
    """A drawn stand-in for a photo: a wall, a screen, a mark."""
    image = Image.new("RGB", (640, 420), (226 - shade, 232 - shade, 230 - shade))
    draw = ImageDraw.Draw(image)
    draw.rectangle((90, 70, 550, 300), fill=(38, 52, 49), outline=(15, 107, 92), width=8)
    draw.rectangle((470, 230, 540, 292), fill=(8, 10, 10))
    draw.ellipse((452, 212, 560, 310), outline=(179, 38, 30), width=6)
    draw.rectangle((0, 360, 640, 420), fill=(196, 190, 178))
    draw.text((20, 380), text, fill=(60, 60, 60))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def load(now: datetime) -> dict[str, int]:
    """Make what is missing of the findings; a second call makes nothing."""
    units = {unit.code: unit for unit in unit_model().objects.filter(code__in={story.unit for story in STORIES})}
    made = 0
    for number, story in enumerate(STORIES, start=1):
        key = f"demo.{number}"
        if story.unit in units and not Finding.objects.filter(unit=units[story.unit], key=key).exists():
            tell(story, units[story.unit], key, now)
            made += 1
    return {"findings": made}


def holder(unit: Unit, role: Role, now: datetime) -> Person:
    """Somebody in the role at the unit or above it."""
    day, at = unit.local_day(now), unit
    while at is not None:
        for post in at.posts.filter(role=role).select_related("person").order_by("pk"):
            if post.person.grants_on(day):
                return post.person
        at = at.parent  # type: ignore[assignment]  # ends above headquarters
    raise LookupError(role)


def tell(story: Story, unit: Unit, key: str, now: datetime) -> None:
    """Live the story through the services, up to where it stands."""
    began = now - timedelta(days=story.days)
    manager, supervisor = holder(unit, Role.CENTRE_MANAGER, now), holder(unit, Role.SUPERVISOR, now)
    finding = services.record_finding(
        unit=unit, code="findings.by_hand", clause=story.clause, what=story.what, by=manager, now=began, key=key
    )
    services.attach_evidence(
        finding=finding, name=f"{key}.png", content=picture(key, story.days), note=story.what, by=manager, now=began
    )
    if story.stands == "open":
        return
    due = unit.local_day(began) + timedelta(days=4 if story.stands == "late" else 10 if story.days < 10 else 5)
    action = services.assign_action(finding=finding, what="", owner=supervisor, due_date=due, by=manager, now=began)
    if story.stands in {"done", "back", "closed"}:
        later = began + timedelta(days=1)
        services.report_done(action=action, note=story.done, by=supervisor, now=later)
        if story.stands == "back":
            services.reject_action(
                action=action, note="只联系了，还没有更换。", by=manager, now=later + timedelta(hours=5)
            )
        elif story.stands == "closed":
            services.verify_action(action=action, note="现场看过，已整改。", by=manager, now=later + timedelta(hours=5))
