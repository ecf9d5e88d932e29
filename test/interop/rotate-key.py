"""A site on the real Django that reads its secrets from a file: one process serves one request, then ends.

    rotate-key.py SECRETS DATABASE NOW login|visit [COOKIE]

SECRETS is a .env, .json or .yaml file, NOW the clock in Unix seconds. Prints one JSON object:
{"user": the name that the view sees, or null, "cookie": what the browser holds afterwards, or null,
 "password": the user's password column, "version": Django's, "fallbacks": whether it accepts sessions under them},
or {"missing": …} without Django.
"""

import json
import logging
import os
import shlex
import sys
import time
import warnings

sys.path.pop(0)
SECRETS, DATABASE, NOW, ACTION, *COOKIE = sys.argv[1:]
time.time = lambda: float(NOW)
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

try:
    import django
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

from django.conf import settings


def read_env(text):
    """As a shell does, without expansions; the fallbacks stand between commas."""
    words = [word for line in text.splitlines() for word in shlex.split(line, comments=True)]
    values = dict(word.split("=", 1) for word in words if "=" in word)
    fallbacks = values.get("SECRET_KEY_FALLBACKS", "")
    return values["SECRET_KEY"], [secret for secret in fallbacks.split(",") if secret]


def read_yaml(text):
    """Of YAML, only lines of `key: value` whose value is JSON too: PyYAML is not everywhere."""
    lines = [line.split(": ", 1) for line in text.splitlines() if line[:1] not in ("", "#")]
    return from_members({key: json.loads(value) for key, value in lines})


def from_members(members):
    return members["SECRET_KEY"], members.get("SECRET_KEY_FALLBACKS", [])


def read_secrets(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if path.endswith(".json"):
        return from_members(json.loads(text))
    return read_yaml(text) if path.endswith(".yaml") else read_env(text)


secret, fallbacks = read_secrets(SECRETS)
settings.configure(
    SECRET_KEY=secret,
    SECRET_KEY_FALLBACKS=fallbacks,
    ALLOWED_HOSTS=["testserver"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATABASE}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    SESSION_SAVE_EVERY_REQUEST=True,
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import authenticate, login
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import JsonResponse
from django.test import Client
from django.urls import path


def log_in(request):
    login(request, authenticate(request, username="ada", password="analytical engine"))
    return who(request)


def who(request):
    user = request.user
    return JsonResponse({"user": user.get_username() if user.is_authenticated else None})


urlpatterns = [path("login/", log_in), path("visit/", who)]

if not os.path.exists(DATABASE):
    call_command("migrate", run_syncdb=True, verbosity=0)
    User.objects.create_user("ada", password="analytical engine")

browser = Client()
if COOKIE:
    browser.cookies[settings.SESSION_COOKIE_NAME] = COOKIE[0]
seen = browser.get(f"/{ACTION}/").json()
held = browser.cookies.get(settings.SESSION_COOKIE_NAME)
print(
    json.dumps(
        {
            "user": seen["user"],
            "cookie": held.value if held and held.value else None,
            "password": User.objects.get(username="ada").password,
            "version": django.get_version(),
            "fallbacks": django.VERSION >= (4, 1, 8),
        }
    )
)
