# Fresh machine: Python >= 3.11, make, git. Everything else is set up here, from the hash lock.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve kiosk test check bench demo guides clean lock

# Both editions: site/portal for the web, site/kiosk for the screens at the gates.
site: $(READY)
	$(BIN)/quangba build --strict

# The screen of a gate, as its travellers see it: make kiosk GATE=ha-long-port
GATE := mong-cai
kiosk: $(READY)
	$(BIN)/mkdocs build -f mkdocs.kiosk.yml
	$(BIN)/quangba kiosk serve --site site/kiosk --gate $(GATE)

serve: $(READY)
	$(BIN)/mkdocs serve --livereload

test: $(READY)
	$(BIN)/python tests/browser_setup.py
	$(BIN)/ruff check scripts tests guides
	$(BIN)/ruff format --check scripts tests guides
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

# All that is quick: code, content, licences, parts, and what attacks them.
# CHECK="--format github" puts the findings beside the lines on the Git host.
HOSTILE := $(wildcard tests/fuzz/test_*.py tests/site/test_hostile*.py)
check: $(READY)
	$(BIN)/ruff check scripts tests guides
	$(BIN)/ruff format --check scripts tests guides
	$(BIN)/mypy
	$(BIN)/quangba check $(CHECK)
	$(BIN)/quangba supply licences
	$(BIN)/quangba supply sbom
	$(BIN)/pytest $(HOSTILE)
	@echo "make check: ruff, mypy, quangba check, quangba supply licences and sbom, $(HOSTILE)"

bench: $(READY)
	$(BIN)/python tests/benchmarks

# A page is drafted by tiny test packages: the whole way, without a download.
demo: $(READY)
	$(BIN)/python tests/models/demo/demo.py

# Screenshots, tables and outputs of the guides, from the real commands.
guides: $(READY)
	$(BIN)/python guides/make.py

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Needs uv; run it after changing the dependencies in pyproject.toml.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
	  --output-file requirements.lock pyproject.toml

clean:
	rm -rf site .cache reports $(VENV)
