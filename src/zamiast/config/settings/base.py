"""What all processes share. Nothing here names a role or a site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import csp.constants

from zamiast.config import env, sites
from zamiast.config.database import address
from zamiast.config.logs import configure as configure_logs

PACKAGE = Path(__file__).resolve().parents[2]

DEBUG = False
SECRET_KEY = env.secret("ZAMIAST_SECRET_KEY")
SECRETS_KEY = env.secret("ZAMIAST_SECRETS_KEY")  # encrypts one-time-code secrets at rest
ASKED_KEY = env.secret("ZAMIAST_ASKED_KEY")  # hashes what was asked for in vain, for the log
PAIRING_KEY = env.secret("ZAMIAST_PAIRING_KEY")  # digests of codes that pair people
CONFIRM_KEY = env.secret("ZAMIAST_CONFIRM_KEY")  # digests of numbers that confirm a call
PUSH_KEY = env.secret("ZAMIAST_PUSH_KEY")  # signs what wakes a phone (VAPID)
SCRIPTS = env.text("ZAMIAST_SCRIPTS")  # an operator's own folder of scripts, over the shipped ones
DEMO = env.flag("ZAMIAST_DEMO")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "zamiast.login",  # before allauth: its templates and words are replaced
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "zamiast.audit",
    "zamiast.web",
    "zamiast.registry",
    "zamiast.registry.vault",
    "zamiast.guardianship",
    "zamiast.records",
    "zamiast.verification",
    "zamiast.knowledge",
    "zamiast.helpline",
    "zamiast.helpline.scripts",
    "zamiast.portal",
    *(["zamiast.demo"] if DEMO else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zamiast.web.errors.ErrorPages",
    "zamiast.login.middleware.Sessions",
    "zamiast.web.language.Language",
    "zamiast.web.bodies.Limit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zamiast.web.access.Gate",
    "zamiast.login.applock.AppLock",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zamiast.web.context.site",
                "zamiast.helpline.desk.context.promised",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# --- database ---------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"


def database(role: str, *, pool: int = 0) -> dict[str, Any]:
    """The entry of ``DATABASES`` for one role, with a pool of connections when asked."""
    entry = address.of_role(role).django()
    entry["CONN_HEALTH_CHECKS"] = True
    entry["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 1}
    if pool:
        entry["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
        entry["CONN_MAX_AGE"] = 0
        waits = "-c lock_timeout=5s -c statement_timeout=30s"  # nobody waits longer at a page
        entry["OPTIONS"]["options"] = f"{entry['OPTIONS'].get('options', '')} {waits}".strip()
    return entry


# --- people, passwords, second factors --------------------------------------

AUTH_USER_MODEL = "login.User"
AUTHENTICATION_BACKENDS = ["zamiast.login.backends.SiteBackend"]
# In the demo first of all: what is set there is refused everywhere else.
PASSWORD_HASHERS = [
    *(["zamiast.demo.hashers.DemoHasher"] if DEMO else []),
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False  # looked up by the index, not by a scan
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_ADAPTER = "zamiast.login.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "zamiast.login.forms.LoginForm",
    "reauthenticate": "zamiast.login.forms.PasswordAgainForm",
    "change_password": "zamiast.login.forms.ChangePasswordForm",
}
STEP_UP_MINUTES = 5  # how long a code or a passkey, shown once more, opens rare acts
APP_LOCK_MINUTES = 3  # after which an account with a lock asks for the passkey again
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * STEP_UP_MINUTES
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # a login from one address, or a second factor
    "login_failed_anywhere": "50/h/key",  # a login from all addresses: guesses, not a lock-out
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
# Identity providers (OpenID Connect), at the portal only: its settings name them.
SOCIALACCOUNT_ADAPTER = "zamiast.portal.oidc.flow.Adapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "zamiast.portal.oidc.flow.FlowProvider"}
}
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: the pages' policy binds forms to this site
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
MFA_ADAPTER = "zamiast.login.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "zamiast.login.forms.CodeForm",
    "reauthenticate": "zamiast.login.forms.CodeAgainForm",
    "activate_totp": "zamiast.login.forms.AppForm",
    "add_webauthn": "zamiast.login.forms.AddPasskeyForm",
    "login_webauthn": "zamiast.login.forms.PasskeyLoginForm",
    "authenticate_webauthn": "zamiast.login.forms.PasskeyForm",
    "reauthenticate_webauthn": "zamiast.login.forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a found key opens nothing without finger or PIN
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # many consultants share one address
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Zamiast"
MFA_TOTP_TOLERANCE = 1
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# --- sessions and the shared cache ------------------------------------------

SESSION_ENGINE = "zamiast.login.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # however busy
SESSION_IDLE_MINUTES = int(env.text("ZAMIAST_IDLE_MINUTES", "60"))  # unused for so long: ended
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"


def caches(site: str | None) -> dict[str, Any]:
    """Rate limits live in PostgreSQL, seen by all processes of one site; no site, no limits."""
    local = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
    if site is None:
        return {"default": local, "local": local}
    return {
        "default": {
            "BACKEND": "zamiast.login.cache.SharedCache",
            "LOCATION": f"login_cache_{site}",
        },
        "local": local,
    }


# --- the edge ----------------------------------------------------------------

ALLOWED_HOSTS = env.words("ZAMIAST_HOSTS", "localhost,127.0.0.1,[::1]")
INSECURE_HTTP = env.flag("ZAMIAST_INSECURE_HTTP", default=DEMO)
CSRF_TRUSTED_ORIGINS = env.words("ZAMIAST_ORIGINS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_REDIRECT_EXEMPT = [r"^alive/$"]  # balancers ask over plain HTTP
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
BEHIND_PROXY = env.flag("ZAMIAST_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Limits count the caller's address, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY = 1_000_000
LARGER_BODIES: list[tuple[str, int]] = []  # addresses that take documents: pattern, bytes
FILE_UPLOAD_HANDLERS = ["zamiast.web.bodies.NoFiles"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.constants.NONE],
        "script-src": [csp.constants.SELF],
        "style-src": [csp.constants.SELF],
        "img-src": [csp.constants.SELF, "data:"],
        "font-src": [csp.constants.SELF],
        "connect-src": [csp.constants.SELF],
        "manifest-src": [csp.constants.SELF],
        "worker-src": [csp.constants.SELF],
        "form-action": [csp.constants.SELF],
        "frame-ancestors": [csp.constants.NONE],
        "base-uri": [csp.constants.NONE],
        "object-src": [csp.constants.NONE],
    }
}

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT = str(env.home() / "static")
WHITENOISE_MAX_AGE = 300

# --- languages and time -------------------------------------------------------

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "Polski"), ("en", "English"), ("uk", "Українська")]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

# --- logs ----------------------------------------------------------------------

LOGGING_CONFIG = None
configure_logs(as_json=not DEMO)
SILENCED_SYSTEM_CHECKS = ["account.W001"]

# --- limits of the helpline -----------------------------------------------------

# Limits of calls and thresholds of alarms: zamiast.verification.limits.
LIMITS = env.beginning_with("ZAMIAST_LIMIT_")
# Asking for a confirmation is answered after this time, whether there is a holder or not.
CONFIRM_ANSWER_SECONDS = 0.4
# The waiting screen's questions: short, for a thread sleeps meanwhile.
CONFIRM_POLL_SECONDS = 0.02
# What keys were pressed in a call is answered after this time, whether they fitted or not.
TONES_ANSWER_SECONDS = 0.1
PORTAL_URL = sites.portal()  # printed on cards and sheets
FRAME = "web/base.html"  # each site has its own
QUEUES_FILE = env.text("ZAMIAST_QUEUES")  # an operator's own queues and deadlines
ANSWERS_FILE = env.text("ZAMIAST_ANSWERS")  # an operator's own ready answers
WORDS = env.text("ZAMIAST_WORDS", str(env.home() / "words"))  # forms of words, for the search
HELPLINE_NUMBER = env.text("ZAMIAST_HELPLINE_NUMBER", "19 239")
# Well-formed numbers that were not active: how many a specialist may name in an hour. The
# limits of a call stand in the table verification_limits, out of the desk's reach.
NOT_ACTIVE_PER_HOUR = 20
DOCUMENTS = env.home() / "documents"  # of cases: outside the web root, served by no site as files
CSRF_FAILURE_VIEW = "zamiast.web.errors.csrf_failed"

# --- waking phones (Web Push) ---------------------------------------------------

# Where browsers may have us send to: the push services of the large browsers. A name that
# begins with a dot stands for all hosts that end in it.
PUSH_HOSTS = env.words(
    "ZAMIAST_PUSH_HOSTS",
    "fcm.googleapis.com,updates.push.services.mozilla.com,.push.apple.com,.notify.windows.com",
)
PUSH_CONTACT = env.text("ZAMIAST_PUSH_CONTACT", PORTAL_URL)  # whom a push service can ask
# --- mail without content ----------------------------------------------------------

EMAIL_HOST = env.text("ZAMIAST_SMTP_HOST")  # empty: no mail, and no page offers any
EMAIL_PORT = int(env.text("ZAMIAST_SMTP_PORT", "587"))
_SMTP_TLS = env.text("ZAMIAST_SMTP_TLS", "starttls")  # starttls, tls or none
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP_TLS == "starttls", _SMTP_TLS == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("ZAMIAST_MAIL_FROM", "Zamiast <noreply@localhost>")

# --- jobs -------------------------------------------------------------------------

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "no_module_is_discovered"
PROCRASTINATE_IMPORT_PATHS = ["zamiast.config.schedule"]
