"""A site on the real Flask, served over HTTP on 127.0.0.1 until its stdin closes.

    fuzz-flask.py '{"secret": …}'

Prints {"port": …, "version": …} once it listens, or {"missing": …} without Flask. /login starts a session, /me says
whose it is, /logout ends it.
"""

import json
import logging
import sys
import threading

sys.path.pop(0)  # this file's folder, where `flask` would be another file
CONFIG = json.loads(sys.argv[1])
logging.disable(logging.CRITICAL)

try:
    import flask
    from werkzeug.serving import make_server
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

app = flask.Flask(__name__)
app.secret_key = CONFIG["secret"]


@app.get("/login")
def log_in():
    flask.session["user"] = "ada"
    flask.session["cart"] = [3, 1, 2]
    return {"user": "ada"}


@app.get("/me")
def me():
    return {"user": flask.session.get("user")}


@app.get("/logout")
def log_out():
    flask.session.clear()
    return {"user": None}


server = make_server("127.0.0.1", 0, app, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
try:
    version = flask.__version__
except AttributeError:
    from importlib.metadata import version as version_of

    version = version_of("flask")
print(json.dumps({"port": server.server_port, "version": version}), flush=True)
sys.stdin.read()
