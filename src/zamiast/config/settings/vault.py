"""The vault: the process with the keys to national numbers, and its command line."""

from zamiast.config import env
from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import caches, database

SITE = "vault"
ROOT_URLCONF = "zamiast.config.urls.portal"
DATABASES = {"default": database("vault", pool=8)}
CACHES = caches(None)

# Whoever can ask freely can try all possible PESELs: how many questions each caller and
# all together have in an hour, an import in a day, and an operator who looks at numbers.
VAULT_MATCHES_AN_HOUR = int(env.text("ZAMIAST_VAULT_MATCHES_AN_HOUR", "600"))
VAULT_MATCHES_AN_HOUR_IN_ALL = int(env.text("ZAMIAST_VAULT_MATCHES_AN_HOUR_IN_ALL", "1000"))
VAULT_IMPORTED_A_DAY = int(env.text("ZAMIAST_VAULT_IMPORTED_A_DAY", "2000000"))
VAULT_REVEALS_A_DAY = int(env.text("ZAMIAST_VAULT_REVEALS_A_DAY", "20"))
