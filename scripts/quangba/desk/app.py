"""The web app of the desk: addresses, requests and answers (Flask)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from flask import Flask, Response, current_app, g, jsonify, render_template, request, send_file
from werkzeug.exceptions import HTTPException

from quangba.catalogs.edits import identifier
from quangba.catalogs.workspace import SITE, UI
from quangba.desk.actions import Conflict, Refused, Request, translation
from quangba.desk.entries import Viewer
from quangba.desk.guard import LARGEST, PREVIEW_POLICY, admit, own_text, secure
from quangba.desk.live import accepted
from quangba.desk.profile import reviewer_name
from quangba.desk.queue import Row, filters_of
from quangba.desk.sentences import Voice, capitalised, gettext_noop
from quangba.desk.session import Desk, named
from quangba.errors import Problem, QuangbaError
from quangba.review.checking import UI_SOURCE
from quangba.settings import Language

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STATIC = Path(__file__).parent / "static"

STATIC_FILES = frozenset(path.name for path in STATIC.iterdir())
"""The only names that are served; nothing is looked up on the disk for another."""

TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".html": "text/html",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".pdf": "application/pdf",
}
"""Types by suffix; what the system believes of them may be wrong (the registry of Windows)."""

STATUS = {
    "desk-page": 404,
    "desk-gone": 404,
    "desk-request": 400,
    "page-missing": 404,
    "po-unsafe": 422,
}
"""HTTP status of problems; all others are files that cannot be used for the time being."""

UNUSABLE = 503

TITLE = gettext_noop("Review desk")

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def create_app(desk: Desk) -> Flask:
    """Return the web app of a desk."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.extensions["desk"] = desk
    app.url_map.merge_slashes = False
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        shown, shown_number, newstyle=False, pgettext=shown_in
    )
    env.filters["number"] = number
    app.before_request(guarded)
    app.after_request(secure)
    app.register_error_handler(Exception, failed)
    for rule, view, methods in (
        ("/<token>/", queue_page, ["GET"]),
        ("/<token>/static/<path:name>", static_file, ["GET"]),
        ("/<token>/preview/", preview_page, ["GET"]),
        ("/<token>/preview/<path:address>", preview_page, ["GET"]),
        ("/<token>/api/undo", undo, ["POST"]),
        ("/<token>/api/reviewer", set_reviewer, ["POST"]),
        ("/<token>/api/ui", set_ui, ["POST"]),
        ("/<token>/api/<code>/<path:rest>", page_data, ["GET"]),
        ("/<token>/api/<code>/<path:rest>", post, ["POST"]),
        ("/<token>/<code>/<path:rest>", desk_page, ["GET"]),
    ):
        endpoint = view.__name__
        app.add_url_rule(rule, endpoint, view, methods=methods)
    return app


def desk_of() -> Desk:
    """Return the desk that the request is for."""
    desk: Desk = current_app.extensions["desk"]
    return desk


def alone(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let one request after the other at the site, each with the files as they are then."""

    @wraps(view)
    def locked(token: str, **values: str) -> Any:
        desk = desk_of()
        with desk.site.lock:
            desk.site.look()
            return view(desk, **values)

    return locked


# Before and after


def guarded() -> Response | None:
    """Keep out who may not speak to the desk; their answer says nothing about it."""
    desk = desk_of()
    status = admit(request, desk.token, desk.port)
    if status == 0:
        g.admitted = True
        # Before any lock is taken: who sends slowly keeps nobody else waiting.
        request.get_data()
        return None
    problem = Problem.at("desk-address") if status == 404 else Problem.at("desk-origin")
    sentence = capitalised(problem.text())
    if status == 403 and "/api/" in request.path:
        return answer({"refused": sentence}, status)
    return Response(sentence + "\n", status, mimetype="text/plain")


def failed(error: Exception) -> Response:
    """Answer every error with one sentence."""
    if isinstance(error, Refused):
        return refused(error)
    if isinstance(error, QuangbaError):
        return told(error.problem, STATUS.get(error.problem.code, UNUSABLE))
    if isinstance(error, HTTPException):
        code = {400: "desk-request", 413: "desk-large"}.get(error.code or 500)
        problem = Problem.at("desk-address") if code is None else Problem(code)
        return told(problem, error.code or 500)
    return told(Problem.at("desk-failed", what=type(error).__name__), 500)


def told(problem: Problem, status: int) -> Response:
    """Answer with the sentence of a problem, as data or as a page."""
    desk = desk_of()
    if not g.get("admitted"):
        return Response(capitalised(problem.text()) + "\n", status, mimetype="text/plain")
    with desk.site.lock:
        sentence = desk.voice().problem(problem)
        if request.path.startswith(f"{desk.root}api/"):
            return answer({"refused": sentence}, status)
        context = {
            "desk": desk.context([]),
            "title": desk.voice().text(TITLE),
            "message": sentence,
        }
    try:
        html = render_template("message.html", **context)
    except Exception:
        return Response(sentence + "\n", status, mimetype="text/plain")
    return Response(html, status)


def refused(error: Refused) -> Response:
    """Answer that an action may not be done, and why."""
    voice = desk_of().voice()
    found: dict[str, Any] = {"refused": voice.problem(error.problem, place=False)}
    if error.verdict:
        viewer = Viewer(desk_of().site, desk_of().site.settings.source, UI, voice)
        found.update(viewer.judgement(error.verdict))
    if error.key:
        found["id"] = identifier(error.key)
    if error.problem.code == "desk-reviewer-missing":
        found["reviewer"] = True
    return answer(found, 409 if error.problem.code == "desk-undo-changed" else 422)


def answer(data: dict[str, Any], status: int = 200) -> Response:
    """Return data as JSON."""
    response = jsonify(data)
    response.status_code = status
    return response


# Pages


@alone
def queue_page(desk: Desk) -> str:
    """Show what is left."""
    desk.speak(request.args.get("ui", ""))
    filters = filters_of(request.args)
    voice, rows = desk.voice(), desk.queue.rows()
    chosen = desk.queue.chosen(rows, filters)
    views = [desk.queue.view(row, desk.root, voice) for row in chosen]
    return render_template(
        "queue.html",
        desk=desk.context(rows),
        rows=views,
        filters=filters,
        options=desk.queue.options(voice),
        totals=desk.queue.total(chosen),
        problems=[voice.problem(problem) for problem in desk.site.problems],
    )


@alone
def desk_page(desk: Desk, code: str, rest: str) -> str:
    """Show a page in a language with all its texts."""
    desk.speak(request.args.get("ui", ""))
    language, name = place(desk, code, rest)
    data = desk.page(language, name)
    voice, rows = desk.voice(), desk.queue.rows()
    following = desk.following(rows, language, name)
    source = desk.site.settings.source
    return render_template(
        "desk.html",
        desk=desk.context(rows),
        language={**named(language), "dir": "ltr"},
        page={
            "name": name,
            "title": desk.site.title(name, voice),
            "title_lang": desk.ui.html_lang if name in (SITE, UI) else source.html_lang,
            "source_lang": UI_SOURCE if name == UI else source.html_lang,
            "unit_name": desk.site.unit_name(desk.site.unit(name)),
            "preview": desk.preview_address(language, name),
            "next": following and named_page(desk, following, voice),
        },
        data=data,
    )


def static_file(token: str, name: str) -> Response:
    """Send a file of the desk."""
    return sent(STATIC / name if name in STATIC_FILES else None)


def preview_page(token: str, address: str = "") -> Response:
    """Send a page of the site, or what belongs to it."""
    preview = desk_of().preview
    found = preview.page_at(address)
    response = sent(preview.asset(address)) if found is None else Response(preview.render(*found))
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    return response


def sent(path: Path | None) -> Response:
    """Send a file; raises ``QuangbaError`` when there is none."""
    if path is None or not path.is_file():
        raise QuangbaError("desk-page")
    kind = TYPES.get(path.suffix.lower(), "application/octet-stream")
    return send_file(path, mimetype=kind, conditional=False, etag=False)


# Data


@alone
def page_data(desk: Desk, code: str, rest: str) -> Response:
    """Return a page with all its texts."""
    return answer(desk.page(*place(desk, code, rest)))


@alone
def post(desk: Desk, code: str, rest: str) -> Response:
    """Do something to a page or to one of its texts."""
    language = language_at(desk, code)
    name = desk.site.name_at(language, rest)
    data = body()
    if name is not None:
        if data.get("action") != "approve_page":
            raise QuangbaError("desk-request")
        desk.actions.approve_page(language, name, signer(desk, data))
        return answer(desk.page(language, name))
    only_check = rest.endswith("/check")
    page, _, identity = rest.removesuffix("/check").rpartition("/")
    name = desk.site.name_at(language, page)
    if name is None:
        raise QuangbaError("desk-page")
    if only_check:
        return answer(checked(desk, language, name, identity, data))
    return act(desk, language, name, identity, data)


def checked(
    desk: Desk, language: Language, name: str, identity: str, data: dict[str, str]
) -> dict[str, Any]:
    """Return what would be found in a text."""
    entry = desk.site.find(language, name, identity)
    message = accepted(entry.message)
    message.msgstr = translation(data.get("text", ""))
    verdict = desk.site.judge(language, name, entry.segment, message)
    viewer = Viewer(desk.site, language, name, desk.voice())
    terms = viewer.terms(message.msgid, message.msgstr)
    return {**viewer.judgement(verdict), "terms": terms}


def act(desk: Desk, language: Language, name: str, identity: str, data: dict[str, str]) -> Response:
    """Do something to a text."""
    wanted = Request(
        data.get("action", ""),
        data.get("version", ""),
        data.get("text"),
        data.get("check", ""),
        data.get("reason", ""),
    )
    entry = desk.site.find(language, name, identity)
    try:
        desk.actions.do(language, name, entry, wanted, signer(desk, data))
    except Conflict:
        now = desk.entry(language, name, identity)["entry"]
        sentence = desk.voice().problem(Problem.at("desk-changed"))
        yours = entry.message.msgstr if wanted.text is None else wanted.text
        return answer({"refused": sentence, "conflict": now, "yours": yours}, 409)
    return answer(desk.entry(language, name, identity))


@alone
def undo(desk: Desk) -> Response:
    """Take the last action back."""
    body()
    language, name, identity = desk.actions.undo()
    found = desk.entry(language, name, identity)
    return answer({"language": language.code, "page": name, **found})


@alone
def set_reviewer(desk: Desk) -> Response:
    """Remember who reviews."""
    name = person(body().get("reviewer", ""))
    profile = desk.profile
    profile.reviewer = name
    profile.write(desk.profile_path)
    return answer({"reviewer": name})


@alone
def set_ui(desk: Desk) -> Response:
    """Change the language of the interface."""
    code = body().get("ui", "")
    language_at(desk, code)
    desk.speak(code)
    return answer({"ui": code})


# Parts of requests


def body() -> dict[str, str]:
    """Return the data of a request; raises ``QuangbaError`` for what is not an object of texts."""
    try:
        data = json.loads(own_text(request.get_data()))
    except (ValueError, RecursionError) as error:
        raise QuangbaError("desk-request") from error
    if not isinstance(data, dict) or not all(isinstance(each, str) for each in data.values()):
        raise QuangbaError("desk-request")
    return data


def person(given: str) -> str:
    """Return a name or role; raises ``Refused`` for one that cannot be used."""
    try:
        return reviewer_name(given)
    except QuangbaError as error:
        raise Refused(error.problem) from error


def signer(desk: Desk, data: dict[str, str]) -> str:
    """
    Return who signs: the name that the window shows.

    The desk may have been told another one meanwhile, in another window or by another desk of the
    same folder; nobody signs with a name that does not stand on the screen.
    """
    shown = data.get("reviewer", "")
    return person(shown) if shown else desk.profile.reviewer


def language_at(desk: Desk, code: str) -> Language:
    """Return a language of the site; raises ``QuangbaError`` for another."""
    language = desk.site.language(code)
    if language is None:
        raise QuangbaError("desk-page")
    return language


def place(desk: Desk, code: str, rest: str) -> tuple[Language, str]:
    """Return language and page of an address; raises ``QuangbaError`` when there is none."""
    language = language_at(desk, code)
    name = desk.site.name_at(language, rest)
    if name is None:
        raise QuangbaError("desk-page")
    return language, name


# What templates use


def named_page(desk: Desk, row: Row, voice: Voice) -> dict[str, str]:
    """Return a page as templates link to it."""
    view = desk.queue.view(row, desk.root, voice)
    return {"title": view["title"], "url": view["url"]}


def shown_in(context: str, text: str) -> str:
    """Translate a text that means something else on the pages of the site."""
    return shown(text, context)


def shown(text: str, context: str | None = None) -> str:
    """Translate a text of a template; a translation may bring no tags of its own."""
    translated = desk_of().voice().template(text, context)
    return translated if translated.count("<") == text.count("<") else text


def shown_number(one: str, many: str, count: int) -> str:
    """Translate a text that depends on a number; the catalogs of the site have no plurals."""
    return shown(one if count == 1 else many)


def number(value: int) -> str:
    """Write a number as the language of the interface does."""
    return str(format_decimal(value, locale=desk_of().ui.locale))
