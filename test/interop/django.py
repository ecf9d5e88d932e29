"""A peer that runs the real Django: a JSON list of requests a line on stdin, the list of answers on stdout.

Every request has "do", and most have "secret", "fallbacks" and "now" (the clock, in Unix seconds):

{"do": "about"}                                -> {"version": …}
{"do": "mint", "backend": …, "payload": JSON}  -> {"value": …, "payload": JSON as Python writes it}
{"do": "read", "backend": …, "value": …}       -> {"verdict": …, "payload": …, "store": what the application gets}
{"do": "seal", "text": …, "stamp": …}          -> {"value": …}: a genuine session signature over any text
{"do": "login", "value": …, "password": …}     -> {"user": the id, or null}
{"do": "csrf", "token": …}                     -> {"accepted": …}

Backends: "signed_cookies", "session_data", "signed_cookie" ("name", "salt"; the payload is text).
"""

import json
import logging
import sys
import time
import warnings

sys.path.pop(0)  # this file's folder, where `django` would be this file


class Clock:
    now = 0.0


time.time = lambda: Clock.now
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

try:
    import django
except ImportError as error:
    print(json.dumps([{"missing": str(error)}]), flush=True)
    sys.exit(0)

from django.conf import settings

settings.configure(
    SECRET_KEY="replaced",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    SESSION_SERIALIZER="django.contrib.sessions.serializers.JSONSerializer",
    AUTHENTICATION_BACKENDS=["__main__.Backend"],
    CSRF_USE_SESSIONS=False,
)
django.setup()

from django.contrib import auth
from django.contrib.auth.models import User
from django.contrib.sessions.backends import db, signed_cookies
from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf

SESSION_SALT = "django.contrib.sessions.backends.signed_cookies"


class Backend:
    """Knows every user, with the password column of the request."""

    password = ""

    def get_user(self, user_id):
        return User(pk=user_id, password=Backend.password)


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def verdict_of(read):
    try:
        return {"verdict": "valid", "payload": compact(read())}
    except signing.SignatureExpired:
        return {"verdict": "expired"}
    except signing.BadSignature:
        return {"verdict": "bad-signature"}
    except Exception as error:
        return {"verdict": "malformed", "error": repr(error)}


def mint(request):
    payload = json.loads(request["payload"])
    if request["backend"] == "signed_cookie":
        response = HttpResponse()
        response.set_signed_cookie(request["name"], payload, salt=request["salt"])
        value = response.cookies[request["name"]].value
    elif request["backend"] == "session_data":
        value = db.SessionStore().encode(payload)
    else:
        store = signed_cookies.SessionStore()
        store.update(payload)
        store.save()
        value = store.session_key
    return {"value": value, "payload": compact(payload)}


def read(request):
    value = request["value"]
    if request["backend"] == "signed_cookie":
        incoming = HttpRequest()
        incoming.COOKIES[request["name"]] = value
        return verdict_of(lambda: incoming.get_signed_cookie(request["name"], salt=request["salt"]))
    if request["backend"] == "session_data":
        return {"verdict": "valid", "payload": compact(db.SessionStore().decode(value))}
    age = settings.SESSION_COOKIE_AGE
    answer = verdict_of(lambda: signing.loads(value, serializer=JSONSerializer, max_age=age, salt=SESSION_SALT))
    return {**answer, "store": compact(signed_cookies.SessionStore(value).load())}


def seal(request):
    message = f"{request['text']}:{request['stamp']}"
    return {"value": f"{message}:{signing.Signer(salt=SESSION_SALT).signature(message)}"}


def login(request):
    Backend.password = request["password"]
    incoming = HttpRequest()
    incoming.session = signed_cookies.SessionStore(request["value"])
    return {"user": auth.get_user(incoming).pk}


def check_csrf(request):
    token = request["token"]
    incoming = HttpRequest()
    incoming.method = "POST"
    incoming.COOKIES[settings.CSRF_COOKIE_NAME] = token
    incoming.META["HTTP_X_CSRFTOKEN"] = token
    middleware = csrf.CsrfViewMiddleware(lambda _: HttpResponse())
    middleware.process_request(incoming)
    return {"accepted": middleware.process_view(incoming, lambda _: None, (), {}) is None}


def answer(request):
    Clock.now = float(request.get("now", 0))
    settings.SECRET_KEY = request.get("secret", "")
    settings.SECRET_KEY_FALLBACKS = request.get("fallbacks", [])
    return HANDLERS[request["do"]](request)


HANDLERS = {
    "about": lambda _: {"version": django.get_version()},
    "mint": mint,
    "read": read,
    "seal": seal,
    "login": login,
    "csrf": check_csrf,
}

if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps([answer(request) for request in json.loads(line)]), flush=True)
