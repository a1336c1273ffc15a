"""The WSGI application; ``DJANGO_SETTINGS_MODULE`` says which site it is."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
