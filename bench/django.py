"""The other side of bench/django.ts: one JSON request a line on stdin, one answer a line on stdout.

{"do": "about"}                      -> {"name": …, "cookie": …, "size": …}: a session that Django signed
{"do": "verify", "count": …}         -> {"seconds": …}: signing.loads, as the signed_cookies backend calls it
{"do": "sign", "count": …}           -> {"seconds": …}: signing.dumps, likewise
"""

import json
import platform
import sys
import time

sys.path.pop(0)  # this file's folder, where `django` would be this file

try:
    import django
except ImportError as error:
    print(json.dumps({"missing": str(error)}), flush=True)
    sys.exit(0)

from django.conf import settings

settings.configure(SECRET_KEY="bench secret that is as long as Django's own: 50 chars")

from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing

SALT = "django.contrib.sessions.backends.signed_cookies"
SESSION = {
    "_auth_user_id": "1042",
    "_auth_user_backend": "django.contrib.auth.backends.ModelBackend",
    "_auth_user_hash": "5bd4f0a3c1e29786b0f1d2a3948576e1c0b9a8f7e6d5c4b3a29180f7e6d5c4b3",
}


def sign():
    return signing.dumps(SESSION, compress=True, salt=SALT, serializer=JSONSerializer)


def verify(cookie):
    return signing.loads(cookie, serializer=JSONSerializer, max_age=1209600, salt=SALT)


def timed(run, count):
    start = time.perf_counter()
    for _ in range(count):
        run()
    return {"seconds": time.perf_counter() - start}


COOKIE = sign()

for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "about":
        name = f"Django {django.get_version()}, Python {platform.python_version()}"
        answer = {"name": name, "secret": settings.SECRET_KEY, "cookie": COOKIE, "size": len(JSONSerializer().dumps(SESSION))}
    elif request["do"] == "verify":
        answer = timed(lambda: verify(COOKIE), request["count"])
    else:
        answer = timed(sign, request["count"])
    print(json.dumps(answer), flush=True)
