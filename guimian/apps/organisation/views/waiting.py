"""Files of imports that wait to be applied: encrypted, each its sender's and of one unit, kept for a day."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from guimian.apps.organisation import intake, services
from guimian.base.access import Actor
from guimian.base.findings.files import write_whole
from guimian.base.personal import decrypt, encrypt

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

SEALED = "organisation.import"  # what a waiting file is encrypted for
WAITS = 24 * 3600  # seconds


@dataclass(frozen=True)
class Waiting:
    """A file with what it would do, as it was shown."""

    name: str
    data: bytes
    plan: services.ImportPlan

    @property
    def key(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def path_of(actor: Actor, unit: Unit, key: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / f"{actor.user.pk}-{unit.pk}-{key}"


def put_aside(actor: Actor, unit: Unit, waiting: Waiting) -> str:
    """Keep the file and its plan until it is applied or a day has gone; gives its key. OSError when the disk is full."""
    path = path_of(actor, unit, waiting.key)
    _tidy_up(path.parent)
    packed = {"name": waiting.name, "data": base64.b64encode(waiting.data).decode(), "plan": asdict(waiting.plan)}
    path.unlink(missing_ok=True)
    write_whole(path, encrypt(json.dumps(packed), SEALED).encode())
    return waiting.key


def taken_up(actor: Actor, unit: Unit, key: str) -> Waiting | None:
    """What this person put aside at this unit; None when it is gone."""
    if not re.fullmatch(r"[0-9a-f]{64}", key):
        return None
    try:
        packed = json.loads(decrypt(path_of(actor, unit, key).read_text(encoding="ascii"), SEALED))
    except (OSError, ValueError):
        return None
    return Waiting(packed["name"], base64.b64decode(packed["data"]), _plan(packed["plan"]))


def drop(actor: Actor, unit: Unit, key: str) -> None:
    path_of(actor, unit, key).unlink(missing_ok=True)


def _plan(packed: dict[str, Any]) -> services.ImportPlan:
    rows = (
        services.RowPlan(**row | {"fields": tuple((name, old, new) for name, old, new in row["fields"])})
        for row in packed["rows"]
    )
    bad = (intake.BadCell(**cell) for cell in packed["bad"])
    return services.ImportPlan(tuple(rows), tuple(bad), packed["digest"])


def _tidy_up(folder: Path) -> None:
    """Take away what nobody came back for."""
    for old in folder.glob("*"):
        try:
            if time.time() - old.stat().st_mtime > WAITS:
                old.unlink()
        except FileNotFoundError:
            continue  # somebody else was faster
