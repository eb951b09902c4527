"""The portal's settings. What differs between installations is read from the environment: see .env.example."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from js_asset import Script

from interreg_portal.environment import Environment
from interreg_portal.languages import OFFICIAL_LANGUAGES

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(BASE_DIR / ".env")
PORTAL_VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

DEBUG = env.boolean("DEBUG", default=False)
# Off only where nobody but this machine is served: it turns on secure cookies, redirects to https and HSTS.
HTTPS = env.boolean("HTTPS", default=not DEBUG)
SECRET_KEY = env.secret("SECRET_KEY", default="only-for-development-" * 3 if DEBUG else None)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default="localhost,127.0.0.1" if DEBUG else None)
# Where e-mails that no page sends, as the daily digest, say that the portal is.
PORTAL_ADDRESS = env.portal_address("PORTAL_ADDRESS", scheme="https" if HTTPS else "http", hosts=ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]

# Where gunicorn listens, and with how many processes of how many threads (gunicorn.conf.py).
WEB_ADDRESS = env.listening("WEB_ADDRESS", default="127.0.0.1:8000")
WEB_WORKERS = env.number("WEB_WORKERS", default=2, highest=64)
WEB_THREADS = env.number("WEB_THREADS", default=2, highest=64)

# From the ground to the roof (docs/architecture.md); the order of floors is tested.
PORTAL_APPS = [
    "editorial",
    "accounts",
    "pages",
    "partners",
    "projects",
    "results",
    "news",
    "factcheck",
    "search",
    "reports",
    "visibility",
    "opendata",
    "imports",
    "archive",
    "interreg_portal",
]
INSTALLED_APPS = [
    "modeltranslation",  # before the admin, as its documentation asks
    "interreg_portal.back_office.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_prose_editor",
    "django_tasks_db",
    "reversion",
    *PORTAL_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "interreg_portal.compression.CompressedPages",
    "interreg_portal.security.SecurityHeaders",
    "interreg_portal.page_cache.PageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "interreg_portal.maintenance.Maintenance",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.InterfaceLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "interreg_portal.urls"
WSGI_APPLICATION = "interreg_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "interreg_portal.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "editorial.templatetags.languages",
                "editorial.templatetags.page",
                "editorial.templatetags.sharing",
                "editorial.templatetags.texts",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{BASE_DIR}/var/portal.sqlite3")}
if DATABASES["default"].get("ENGINE") == "django.db.backends.sqlite3":
    (BASE_DIR / "var").mkdir(exist_ok=True)
    DATABASES["default"]["ENGINE"] = "interreg_portal.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at once and waits its turn, so that two editors never meet "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What every process must see alike, such as what was changed last, is in Redis, or else in files.
CACHES = {
    "default": env.cache("CACHE_URL", default="locmem://"),
    "shared": env.shared_cache("CACHE_URL", default="locmem://", folder=f"{BASE_DIR}/var/shared"),
}
PAGE_CACHE = env.boolean("PAGE_CACHE", default=not DEBUG)
PROXY_SECONDS = env.number("PROXY_SECONDS", default=1, highest=300, lowest=0)
SEARCH = env.search("SEARCH_URL", default="database://")
API_REQUESTS_PER_MINUTE = env.number("API_REQUESTS_PER_MINUTE", default=120, highest=100_000)  # of one address
# How many proxies of one's own stand before the portal, whose entries in X-Forwarded-For can be believed.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", default=1 if HTTPS else 0, highest=9, lowest=0)
# What takes long is done by `manage.py db_worker`, which finds its work in the database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # seconds; a link to set a password is often opened after the weekend

# EMAIL_BACKEND, EMAIL_HOST and what else Django wants to know.
globals().update(env.email("EMAIL_URL", default="console://" if DEBUG else "smtp://localhost:25"))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.address("DEFAULT_FROM_EMAIL", default="portal@localhost")

# Every official language has its columns; PORTAL_LANGUAGES says which of them are in use, the portal's own first.
PORTAL_LANGUAGES = env.words(
    "PORTAL_LANGUAGES",
    "en,sl,lv,bg",
    choices=OFFICIAL_LANGUAGES,
    expected=f"codes of official EU languages between commas, each once ({', '.join(OFFICIAL_LANGUAGES)})",
)
LANGUAGES = [(code, OFFICIAL_LANGUAGES[code]) for code in PORTAL_LANGUAGES if code in OFFICIAL_LANGUAGES]
LANGUAGE_CODE = PORTAL_LANGUAGES[0] if PORTAL_LANGUAGES else "en"
# In which of them a title, a summary and the description of a picture must be written before visitors see a record.
REQUIRED_LANGUAGES = env.words(
    "REQUIRED_LANGUAGES",
    LANGUAGE_CODE,
    choices=PORTAL_LANGUAGES,
    expected="codes of languages in use between commas (PORTAL_LANGUAGES), each once",
)
CONTENT_LANGUAGES = list(OFFICIAL_LANGUAGES.items())  # what a document or a press report can be written in
MODELTRANSLATION_LANGUAGES = tuple(OFFICIAL_LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = tuple(code for code, name in LANGUAGES)
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "django"]  # the second: what Django leaves untranslated
TIME_ZONE = env.time_zone("TIME_ZONE", default="Europe/Ljubljana")
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "interreg_portal.formats"
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d"]  # in languages for which Django has none of their own

# The portal's own editor: static/back_office/rich_text/editor.js says what an article needs.
DJANGO_PROSE_EDITOR_PRESETS = {"article": [Script("back_office/rich_text/editor.js", type="module")]}

FILTERS_EMPTY_CHOICE_LABEL = _("All")

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": env.storage("STORAGE_URL", default=f"file://{BASE_DIR}/var/media"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "interreg_portal.static_files.StaticFiles"
    },
}
MEDIA_URL = "/media/"
MEDIA_ROOT = STORAGES["default"].get("OPTIONS", {}).get("location", "")
MEGABYTE = 1024 * 1024
PICTURE_BYTES = env.number("PICTURE_MEGABYTES", default=10, highest=100) * MEGABYTE
PICTURE_PIXELS = env.number("PICTURE_MEGAPIXELS", default=40, highest=150) * 1_000_000
DOCUMENT_BYTES = env.number("DOCUMENT_MEGABYTES", default=50, highest=1000) * MEGABYTE
DOCUMENT_UNPACKED_BYTES = env.number("DOCUMENT_UNPACKED_MEGABYTES", default=500, highest=10_000) * MEGABYTE
XLIFF_BYTES = env.number("XLIFF_MEGABYTES", default=5, highest=50) * MEGABYTE
IMPORT_BYTES = env.number("IMPORT_MEGABYTES", default=20, highest=45) * MEGABYTE
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "editorial.uploads.BoundedUpload",
]
# Under what others may use the open data, and the folder where their files are kept until the data change.
DATA_LICENCE = env.licence("DATA_LICENCE", default="CC BY 4.0 https://creativecommons.org/licenses/by/4.0/")
DATA_FILES = Path(env.text("DATA_FILES", default=f"{BASE_DIR}/var/data"))
# Where `manage.py backup` puts its files, and the public key, age1…, that they are encrypted for.
BACKUPS = Path(env.text("BACKUPS", default=f"{BASE_DIR}/var/backups"))
BACKUP_KEY = env.text("BACKUP_KEY", default="")
# While this file exists, visitors are told that the portal is being worked on.
MAINTENANCE_FILE = Path(env.text("MAINTENANCE_FILE", default=f"{BASE_DIR}/var/maintenance"))
PREVIEW_AGE = timedelta(days=7)  # how long a link shows a draft to someone without a login
CONSENT_REMINDER = timedelta(days=30)  # how long before a contact's consent ends the first screen says so
FIGURES_REMINDER = timedelta(days=30)  # how long before figures are due
KEEPING_REMINDER = timedelta(days=90)  # how long before a project's documents may go
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a project's form with forty partners, in 24 languages

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and env.boolean("HSTS_SUBDOMAINS", default=True)
# A reverse proxy that ends https says so in this header; without one, the header must not reach the portal.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers are silent unless DEBUG is on; what goes wrong belongs into the log of the service.
    "loggers": {"django": {"handlers": [], "level": "INFO" if DEBUG else "WARNING", "propagate": True}},
}

env.check()
