"""One measurement in a process of its own: prints seconds and peak memory as JSON."""

from __future__ import annotations

import json
import logging
import shutil
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from corpus import page

from quangba.catalogs.update import Updater
from quangba.catalogs.workspace import Workspace
from quangba.settings import load_settings
from quangba.source.pages import Page, parse_page


def markdown(config: str) -> Callable[[], object]:
    """Convert every page with Python-Markdown alone."""
    workspace = Workspace(load_settings(config))
    sources = [workspace.page(name).body for name in workspace.names]
    md = workspace.make_markdown([])

    def run() -> None:
        for source in sources:
            md.reset()
            md.convert(source)

    return run


def sync(config: str) -> Callable[[], object]:
    """Bring the catalogs in line; nothing is read before the clock starts."""
    settings = load_settings(config)
    return lambda: Updater(Workspace(settings)).run()


def cold(config: str) -> Callable[[], object]:
    """As the first time: no catalogs, no cache."""
    settings = load_settings(config)
    shutil.rmtree(settings.catalogs, ignore_errors=True)
    shutil.rmtree(settings.cache, ignore_errors=True)
    return sync(config)


def translate(config: str) -> Callable[[], object]:
    """Fill the catalogs with the same pages in the other languages."""
    sync(config)()
    workspace = Workspace(load_settings(config))
    total = len(workspace.names)
    for name in workspace.names:
        number = 0 if name == "index.md" else int(name[5:9])
        for language in workspace.settings.targets:
            text = page(number, total, language.code)
            found = workspace.collect(parse_page(Page(name, name, ""), text))
            pairs = zip(workspace.collected(name).segments, found.segments, strict=True)
            texts = {source.key: target.msgid for source, target in pairs}
            catalog = workspace.catalog(language, name)
            assert catalog is not None
            for message in catalog.active:
                message.msgstr = texts[message.key]
            workspace.write_catalogs([(language, name, catalog)])
    return lambda: None


def elsewhere(what: str) -> Callable[..., Callable[[], object]]:
    """Return a preparation of another module; its libraries would weigh on the other rows."""
    module = import_module("review" if what in ("check", "pofilter") else "drafts")
    found: Callable[..., Callable[[], object]] = getattr(module, what)
    return found


def main() -> None:
    """Prepare, run under the clock, print."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    known: dict[str, Callable[..., Callable[[], object]]] = {
        "markdown": markdown,
        "sync": sync,
        "cold": cold,
        "translate": translate,
    }
    prepare = known.get(sys.argv[1]) or elsewhere(sys.argv[1])
    run = prepare(*sys.argv[2:])
    started = time.perf_counter()
    run()
    seconds = time.perf_counter() - started
    try:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    except ImportError:
        peak = 0.0
    print(json.dumps({"seconds": seconds, "megabytes": peak, "site": Path(sys.argv[2]).name}))


if __name__ == "__main__":
    main()
