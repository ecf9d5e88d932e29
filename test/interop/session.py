"""A site on the real Django, served over HTTP on 127.0.0.1 until its stdin closes.

    session.py '{"database": PATH, "secret": …, "fallbacks": […], "engine": MODULE, "clock": SECONDS}'

`engine` is SESSION_ENGINE; "__main__" is this file, with the store of django-cookie-sessions. `clock` is added to
the time. Prints one line once it listens:
{"port": …, "version": Django's, "id": the user's, "password": the user's password column,
 "fallbacks": whether it accepts sessions under them, "dates": whether a session may expire at a moment},
or {"missing": …} without Django. Every view answers with one JSON object.
"""

import json
import logging
import os
import sys
import threading
import time
import warnings
from datetime import datetime

sys.path.pop(0)
CONFIG = json.loads(sys.argv[1])
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
real_time = time.time
time.time = lambda: real_time() + CONFIG["clock"]

try:
    import django
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

from django.conf import settings

settings.configure(
    SECRET_KEY=CONFIG["secret"],
    SECRET_KEY_FALLBACKS=CONFIG["fallbacks"],
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": CONFIG["database"]}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    PASSWORD_HASHERS=["__main__.Hasher"],
    ROOT_URLCONF=__name__,
    SESSION_ENGINE=CONFIG["engine"],
    TIME_ZONE="UTC",
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.contrib.sessions.backends import signed_cookies
from django.core import signing
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.http import JsonResponse
from django.urls import path

PASSWORD = "analytical engine"

# What JSON.parse would change, and what an object of JavaScript would order anew. Apart, because a reader may take
# another path for what it cannot parse.
DATA = {
    "nested": {"lists": [[], [[1, [2, {"deep": None}]]], {}], "true": True, "false": [False], "": {"": ""}},
    "keys": {"b": 1, "10": "ten", "9": "nine", "a": 2, "-1": 3, "01": 4},
    "prototypes": {"__proto__": {"constructor": "prototype"}, "toString": 1},
    "text": "žluť \u00ff \u2028 🍪 \ud83c \x00 \x7f \"quoted\" \\ / 中文",
    "whole floats": [1.0, -0.0, 0.0, 1e16, 1e22, 1e300],
    "floats": [0.1, 1e-7, 5e-324, 1.7976931348623157e308, 2.5],
    "constants": [float("inf"), float("-inf"), float("nan")],
    "integers": [0, -1, 2**53, 2**53 + 1, -(2**63) - 1, 2**64, 10**40],
}
DATA["everything"] = dict(DATA)


class Hasher(PBKDF2PasswordHasher):
    """Django's own, quick."""

    iterations = 1000


class SessionStore(signed_cookies.SessionStore):
    """The store of https://github.com/ericflo/django-cookie-sessions, as far as a cookie can tell.

    Follows cookiesessions/engine.py: the default salt, compression on, SESSION_COOKIE_AGE as the greatest age, and
    only what was loaded or set in the request is written.
    """

    @property
    def signer(self):
        return signing.TimestampSigner(salt="cookiesession")

    def load(self):
        try:
            return self.signer.unsign_object(self.session_key, max_age=settings.SESSION_COOKIE_AGE)
        except (signing.BadSignature, ValueError):
            self.create()
            return {}

    def _get_session_key(self):
        return self.signer.sign_object(getattr(self, "_session_cache", {}), compress=True)


def who(request):
    """The session's own copy of the user too: the view sees a user only while the auth hash holds."""
    user = request.user
    name = user.get_username() if user.is_authenticated else None
    auth = {key: value for key, value in request.session.items() if key.startswith("_auth_user_")}
    return JsonResponse({"user": name, "auth": auth})


def log_in(request):
    login(request, authenticate(request, username="ada", password=PASSWORD))
    return who(request)


def log_out(request):
    logout(request)
    return who(request)


def basket(request):
    """POST adds `item` to the cart."""
    if request.method == "POST":
        request.session["cart"] = request.session.get("cart", []) + [request.POST["item"]]
    return JsonResponse({"cart": request.session.get("cart", [])})


def count(request):
    """POST counts on, by `by` or 1."""
    if request.method == "POST":
        request.session["count"] = request.session.get("count", 0) + int(request.POST.get("by", 1))
    return JsonResponse({"count": request.session.get("count", 0)})


def data(request):
    """POST keeps the `part` of DATA; `repr` tells the types of numbers, the order of keys and NaN apart."""
    if request.method == "POST":
        request.session["part"] = request.POST["part"]
        request.session["data"] = DATA[request.POST["part"]]
    found = repr(request.session.get("data"))
    return JsonResponse({"kept": found == repr(DATA[request.session["part"]]), "found": found, "parts": list(DATA)})


def expiry(request):
    """POST calls set_expiry with `value` as JSON: null, seconds, or the ISO text of a moment."""
    session = request.session
    if request.method == "POST":
        value = json.loads(request.POST["value"])
        session.set_expiry(datetime.fromisoformat(value) if isinstance(value, str) else value)
    return JsonResponse(
        {
            "age": session.get_expiry_age(),
            "date": session.get_expiry_date().timestamp(),
            "browserClose": session.get_expire_at_browser_close(),
        }
    )


VIEWS = {"me": who, "login": log_in, "logout": log_out, "cart": basket, "count": count, "data": data, "expiry": expiry}
urlpatterns = [path(name, view) for name, view in VIEWS.items()]

if not os.path.exists(CONFIG["database"]):
    call_command("migrate", run_syncdb=True, verbosity=0)
    User.objects.create_user("ada", password=PASSWORD)
ada = User.objects.get(username="ada")

server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
server.daemon_threads = True
server.set_app(WSGIHandler())
threading.Thread(target=server.serve_forever, daemon=True).start()
about = {
    "port": server.server_port,
    "version": django.get_version(),
    "id": str(ada.pk),
    "password": ada.password,
    "fallbacks": django.VERSION >= (4, 1, 8),
    "dates": django.VERSION >= (4, 1),
}
print(json.dumps(about), flush=True)
sys.stdin.read()
