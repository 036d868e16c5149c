"""The WSGI application that the front lets requests into."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings.prod")
application = get_wsgi_application()
