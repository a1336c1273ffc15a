"""The desk: the staff's site, where consultants and supervisors log in."""

from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import INSECURE_HTTP, caches, database

SITE = "desk"
FRAME = "helpline/desk/base.html"  # what every page of the site stands in, those of errors too
ROOT_URLCONF = "zamiast.config.urls.desk"
WSGI_APPLICATION = "zamiast.config.wsgi.application"
# Documents stay in memory, 10 MB at most: no copy is left in a folder for temporary files.
FILE_UPLOAD_HANDLERS = ["zamiast.helpline.uploads.InMemory"]
LARGER_BODIES = [(r"^/(specialist|case)/[0-9]+/document/$", 11_000_000)]
DATABASES = {"default": database("desk", pool=8)}
CACHES = caches(SITE)
# A browser takes a __Host- cookie from this very host only, never from a neighbour's domain.
_PREFIX = "" if INSECURE_HTTP else "__Host-"
SESSION_COOKIE_NAME = f"{_PREFIX}desk_session"
CSRF_COOKIE_NAME = f"{_PREFIX}desk_csrf"
