"""What people fill in about units, people, posts, windows and imports."""

from guimian.apps.organisation.forms.importing import ImportForm
from guimian.apps.organisation.forms.people import LeavingForm, PersonChangeForm, PersonForm
from guimian.apps.organisation.forms.posts import EndPostForm, PostForm, SkillForm
from guimian.apps.organisation.forms.units import ClosingForm, NewUnitForm, UnitForm
from guimian.apps.organisation.forms.windows import NewWindowForm, WindowForm

__all__ = [
    "ClosingForm",
    "EndPostForm",
    "ImportForm",
    "LeavingForm",
    "NewUnitForm",
    "NewWindowForm",
    "PersonChangeForm",
    "PersonForm",
    "PostForm",
    "SkillForm",
    "UnitForm",
    "WindowForm",
]
