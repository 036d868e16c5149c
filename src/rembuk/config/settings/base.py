"""Settings, complete for every mode; `prod` only tightens and `test` only quickens."""

import sys

try:  # A newer SQLite than Debian's, which has a rare WAL bug; it must stand in before Django imports sqlite3.
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:
    pass

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from rembuk.config import env

BASE_DIR = env.ROOT
DATA_DIR = env.data_folder()
REMBUK_MODE = env.mode()
DEMO = REMBUK_MODE == "demo"
TRAINING = REMBUK_MODE == "latihan"
HALL = REMBUK_MODE == "balai"

SECRET_KEY = env.secret_key()
DEBUG = False
ALLOWED_HOSTS = env.hosts()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "rembuk.config.urls"
WSGI_APPLICATION = "rembuk.config.wsgi.application"

DATABASES = {"default": env.database()}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials",
    "django_htmx",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "rembuk.shared",
    "rembuk.regions",
    "rembuk.accounts",
    "rembuk.cycles",
    "rembuk.funding",
    "rembuk.assessment",
    "rembuk.proposals",
    "rembuk.announcements",
    "rembuk.deliberation",
    "rembuk.plans",
    "rembuk.budgeting",
    "rembuk.works",
    "rembuk.sectors",
    "rembuk.guidance.training",
    "rembuk.guidance.clinic",
    "rembuk.guidance.evaluation",
    "rembuk.guidance.mentoring",
    "rembuk.guidance.facilitation",
    "rembuk.guidance.season",
    "rembuk.guidance.programme",
    "rembuk.documents",
    "rembuk.offline",
    "rembuk.hall",
    "rembuk.dashboards",
    "rembuk.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # A page of 60 kB is 10 kB on the wire; Django masks its tokens, so the length tells nothing of them.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rembuk.accounts.middleware.HatMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rembuk.shared.context.page",
            ],
            "builtins": [
                "rembuk.shared.templatetags.rembuk",
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rembuk.accounts.backends.AnyNameBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/balai/masuk/" if HALL else "/masuk/"
LOGIN_REDIRECT_URL = "/beranda/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.https()
SESSION_COOKIE_NAME = f"rembuk_{REMBUK_MODE}"
CSRF_COOKIE_NAME = f"rembuk_{REMBUK_MODE}_csrf"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Rembuk"
MFA_TOTP_TOLERANCE = 1  # phones upriver are half a minute off
MFA_ADAPTER = "rembuk.accounts.mfa.EncryptedMFAAdapter"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [BASE_DIR / "src" / "rembuk" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Makassar"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "berkas")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "berkas"
WHITENOISE_MAX_AGE = 24 * 3600
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
MAX_UPLOAD_BYTES = 25 * 1024 * 1024

# A mail server is many settings, all of them or none.
globals().update(env.mail())

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Office networks without HTTPS must work too; `prod` adds HSTS behind HTTPS.
SECURE_CROSS_ORIGIN_OPENER_POLICY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
