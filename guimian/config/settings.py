"""One settings file: everything comes from the environment, with defaults that run on one machine.

A value that cannot be read stops the start with a sentence that names it; nothing is guessed.
"""

from __future__ import annotations

import os
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from guimian import __version__ as VERSION
from guimian.config.logs import logging_settings

__all__ = ["VERSION"]

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("GUIMIAN_DATA", "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value not in {"0", "1", "true", "false", "yes", "no", ""}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value in {"1", "true", "yes"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def whole_number(name: str, default: int, least: int = 1) -> int:
    value = os.environ.get(name, str(default)).strip()
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} on, not {value!r}.")
    return int(value)


def kept_secret(name: str, file: str) -> str:
    """A secret from the environment, or made once and kept in the data folder, readable by its owner only."""
    if value := os.environ.get(name):
        return value
    path = DATA / file
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(secret := secrets.token_hex(32))
    return secret


def company_sign_in() -> list[dict[str, Any]]:
    """The company's identity provider, when one is named."""
    if not (issuer := os.environ.get("GUIMIAN_OIDC_ISSUER")):
        return []
    return [
        {
            "provider_id": "company",
            "name": os.environ.get("GUIMIAN_OIDC_NAME", "OIDC"),
            "client_id": os.environ.get("GUIMIAN_OIDC_CLIENT", ""),
            "secret": os.environ.get("GUIMIAN_OIDC_SECRET", ""),
            "settings": {"server_url": issuer},
        }
    ]


DEBUG = flag("GUIMIAN_DEBUG")
DEMO = flag("GUIMIAN_DEMO")
TESTING = "pytest" in sys.modules
HTTPS = flag("GUIMIAN_HTTPS")

SECRET_KEY = kept_secret("GUIMIAN_SECRET_KEY", "secret.key")
# Keys of the personal-data fields, newest first: "id:hex32,id:hex32". The first one writes, all of them read.
FIELD_KEYS = words("GUIMIAN_FIELD_KEYS") or [f"k1:{kept_secret('GUIMIAN_FIELD_KEY', 'field.key')}"]

ALLOWED_HOSTS = words("GUIMIAN_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = words("GUIMIAN_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "guimian.apps.today",
    "guimian.apps.daily_close",
    "guimian.apps.reception",
    "guimian.apps.routines",
    "guimian.apps.calendar",
    "guimian.apps.organisation",
    "guimian.base",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "template_partials",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "guimian.base.middleware.told",
    "guimian.base.accounts.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "guimian.base.accounts.middleware.sessions",
    "guimian.base.middleware.actor",
    "guimian.base.accounts.middleware.second_factor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "guimian.config.urls"
ASGI_APPLICATION = "guimian.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guimian.base.ui.context.shell",
            ],
            "builtins": ["guimian.base.templatetags.ui"],
        },
    },
]

# ---------------------------------------------------------------- database
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{DATA / 'db.sqlite3'}")


def database(url: str) -> dict[str, Any]:
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0))
    if parsed["ENGINE"].endswith("sqlite3"):
        # Writers queue at BEGIN, so that a transaction never fails half-way for a lock it did not hold.
        parsed["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
                # Without the last one, REPLACE INTO would overwrite append-only rows past their triggers.
                "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
            ),
        }
        if TESTING:
            parsed["TEST"] = {"NAME": str(DATA / f"test-{os.getpid()}.sqlite3")}
    return parsed


DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisation.Person"
# The spine points at units the way Django points at users: by a name in the settings, never by an import.
UNIT_MODEL = "organisation.Unit"
POST_MODEL = "organisation.Post"  # for the demo's one-click sign-in only
# Each app adds its piece of the demo company; config/demo.py knows them all.
DEMO_COMPANY = "guimian.config.demo.load"
# Days of the past that the demo's counters live in the background at the first start; 0 for none.
DEMO_HISTORY = 0 if TESTING else whole_number("GUIMIAN_DEMO_HISTORY", 90, least=0)
# All routes with what they declare, for the system check and `guimian access-matrix`.
DECLARED_ROUTES = "guimian.config.access.declared_routes"
# The calendar answers for the layout: (unit, now) -> the counter's business day, or None.
BUSINESS_DAY = "guimian.apps.calendar.queries.business_day_of"
# Where a counter's day is closed: a unit's page; the calendar leads there and closes nothing by itself.
DAY_CLOSE_ROUTE = "daily_close:counter"
# The hall answers for screens and tickets that listen without a sign-in: (secret, now) -> paths of units, or None.
LIVE_GUESTS = "guimian.apps.reception.queries.guest_reach"
LIVE_GUEST_TOPICS = frozenset({"reception", "calendar.day"})

# What a weekly or monthly report tells: each app adds its sections, from the lowest up.
REPORT_SECTIONS = ["guimian.apps.routines.queries.own_sections"]

# ---------------------------------------------------------------- language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
# An empty choice of a filter.
FILTERS_EMPTY_CHOICE_LABEL = "—"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# ---------------------------------------------------------------- files
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = DEBUG

# ---------------------------------------------------------------- cache, sessions, work
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "base_cache"},
}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False

# ---------------------------------------------------------------- security
SECURE_SSL_REDIRECT = HTTPS  # the scheme is the connection's, or what a proxy of GUIMIAN_PROXIES says (config/cli.py)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # monitors ask by plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "guimian.base.ui.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# ---------------------------------------------------------------- sign-in
# Who approves needs a second factor where the policy says so (R10.11); not in the demo, which anybody may try.
SECOND_FACTOR = not (DEMO or TESTING)
ACCOUNT_ADAPTER = "guimian.base.accounts.adapters.Accounts"
ACCOUNT_FORMS = {"login": "guimian.base.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_number"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}  # many accounts from one address; axes locks the single account
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
MFA_ADAPTER = "guimian.base.accounts.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Guimian"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ADAPTER = "guimian.base.accounts.adapters.CompanySignIn"
SOCIALACCOUNT_STORE_TOKENS = False
# The company's identity provider. Its claim GUIMIAN_OIDC_CLAIM is the staff number.
OIDC_CLAIM = os.environ.get("GUIMIAN_OIDC_CLAIM", "preferred_username")
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": company_sign_in()}}
AXES_USERNAME_CALLABLE = "guimian.base.accounts.forms.whose_attempt"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "guimian.base.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# Calls that one token of the API may make in a minute.
API_CALLS_A_MINUTE = whole_number("GUIMIAN_API_CALLS_A_MINUTE", 300)

# ---------------------------------------------------------------- logs
LOG_LEVEL = os.environ.get("GUIMIAN_LOG_LEVEL", "INFO").upper()
LOGGING = logging_settings(LOG_LEVEL, flag("GUIMIAN_LOG_JSON") if "GUIMIAN_LOG_JSON" in os.environ else None)
if TESTING:
    LOGGING["root"]["level"] = "WARNING"

SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers preload its domain is the company's own decision
COMPANY = _("Demo Life Insurance") if DEMO else os.environ.get("GUIMIAN_COMPANY", "")
