"""A peer that runs Flask's SecureCookieSessionInterface: one JSON object a line on stdin, one answer a line on stdout.

{"do": "about"}                                             -> {"flask": …, "itsdangerous": …}
{"do": "sign", "secret": …, "now": …, "payload": …}         -> {"cookie": …}; payload is tagged JSON text
{"do": "verify", "secret": …, "now": …, "cookie": …}        -> {"verdict": …, "payload": …}; payload as above

`now` is the clock, in Unix seconds.
"""

import json
import sys
import time

sys.path.pop(0)  # this file's folder, where `flask` would be this file


class clock:
    now = 0.0


time.time = lambda: clock.now

try:
    import flask
    import itsdangerous
    from flask.sessions import SecureCookieSession, session_json_serializer
except ImportError as error:
    print(json.dumps({"missing": str(error)}), flush=True)
    sys.exit(0)


def version_of(name, module):
    if "__version__" in vars(module):
        return module.__version__
    from importlib.metadata import version

    return version(name)


def about(app, _request):
    old = hasattr(itsdangerous, "EPOCH")
    return {"flask": version_of("flask", flask), "itsdangerous": "0.24" if old else version_of("itsdangerous", itsdangerous)}


def sign(app, request):
    response = app.response_class()
    session = SecureCookieSession(session_json_serializer.loads(request["payload"]))
    session.modified = True
    app.session_interface.save_session(app, session, response)
    return {"cookie": response.headers["Set-Cookie"].split(";")[0].split("=", 1)[1]}


def verify(app, request):
    """As open_session does, but for telling the exceptions apart."""
    serializer = app.session_interface.get_signing_serializer(app)
    lifetime = int(app.permanent_session_lifetime.total_seconds())
    try:
        loaded = serializer.loads(request["cookie"], max_age=lifetime)
        return {"verdict": "valid", "payload": session_json_serializer.dumps(loaded)}
    except itsdangerous.SignatureExpired:
        return {"verdict": "expired"}
    except itsdangerous.BadSignature:
        return {"verdict": "bad-signature"}
    except itsdangerous.BadPayload:
        return {"verdict": "bad-payload"}
    except Exception:
        return {"verdict": "malformed"}


def main():
    app = flask.Flask("peer")
    for text in sys.stdin:
        request = json.loads(text)
        app.secret_key = request.get("secret", "-")
        clock.now = request.get("now", 0)
        with app.test_request_context("/"):
            answer = {"about": about, "sign": sign, "verify": verify}[request["do"]](app, request)
        print(json.dumps(answer), flush=True)


main()
