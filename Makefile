# Every command sets up what it needs; on a fresh machine `make run` or `make test` is all there is to type.
PYTHON ?= python3
# One more than two cores: a test in a browser waits more than it computes. The fast tests only compute.
WORKERS ?= 3
FAST_WORKERS ?= 2
BIN := .venv/bin
STAMP := .venv/installed
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
PYTEST := $(BIN)/pytest --dist worksteal
# The tests start hundreds of Pythons. Where a machine forbids to keep what was compiled, each compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

# The browser without the frame that nobody sees, where Debian has it: it takes a third less of the processor for each page.
BROWSER := chromium-headless-shell
# Debian packages that the tests need beside Python, only those that are not there yet.
MISSING = $(strip \
  $(if $(shell command -v chromium-headless-shell || command -v chromium || command -v google-chrome || echo $(CHROMIUM_PATH)),,$(BROWSER)) \
  $(if $(shell command -v soffice),,libreoffice-calc-nogui libreoffice-impress-nogui) \
  $(if $(shell command -v pdftotext),,poppler-utils) \
  $(if $(wildcard /usr/lib/postgresql/*/bin/postgres),,postgresql) \
  $(if $(wildcard /usr/sbin/nginx)$(shell command -v nginx),,nginx-light) \
  $(if $(shell command -v openssl),,openssl) \
  $(if $(shell command -v systemd-analyze),,systemd))

.PHONY: help run serve check test fast everything fix lint types mutate durations bench lock icons clean programs kills busy sbom audit

help:
	@echo "make run     install what is needed and open the sample district in the browser"
	@echo "make check   format, lint, types, import contracts and the fast tests: the loop while working"
	@echo "make test    everything, browser and office included: what must be green before a merge"
	@echo "make fix     format and mend what a machine can mend"
	@echo "make lint    format check, lint, import contracts        make types   the type check"
	@echo "make mutate  small faults put into the calculation: how many do the tests see?"
	@echo "make durations  measure again which tests the fast loop leaves out"
	@echo "make bench   speed as ratios to floors                   make lock    pin every package again, with hashes"
	@echo "make icons   the short font of icons, after an upgrade   make clean   throw the environment and every cache away"
	@echo "make kills   kill -9 while a district is saved           make busy    25 people at work on one server"
	@echo "make sbom    packages as CycloneDX                       make audit   their known weaknesses"

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $(STAMP)

run: $(STAMP)
	OT_STAFFING_SAMPLE=1 $(BIN)/streamlit run dashboard/server.py --server.headless false --server.showEmailPrompt false

serve: $(STAMP)
	$(BIN)/streamlit run dashboard/server.py

programs:
	@missing="$(MISSING)"; if [ -n "$$missing" ]; then \
	  $(SUDO) apt-get update -qq && \
	  case "$$missing" in $(BROWSER)*) apt-cache show $(BROWSER) >/dev/null 2>&1 || missing="chromium$${missing#$(BROWSER)}";; esac; \
	  echo "Installing for the tests: $$missing"; \
	  $(SUDO) apt-get install -y -qq --no-install-recommends $$missing fonts-dejavu fonts-liberation; fi

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

# The type check beside the tests: where nothing is cached yet it takes 45 seconds of one core.
check: $(STAMP)
	@$(MAKE) --no-print-directory -j 2 lint types fast

test:
	@$(MAKE) --no-print-directory -j 2 programs $(STAMP)
	@$(MAKE) --no-print-directory -j 2 lint types everything

fast: $(STAMP)
	$(PYTEST) -n $(FAST_WORKERS) -m "not slow and not browser and not office"

everything: $(STAMP)
	$(PYTEST) -n $(WORKERS) --durations 25

fix: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# kill -9 while a district is saved, 200 times on each database: minutes.
kills: programs $(STAMP)
	$(BIN)/python -m tests.store.killed_saves

# 25 people signed in at one server: what each waits for a page, and what the server holds. Minutes, and an idle machine.
busy: programs $(STAMP)
	$(BIN)/python -m tests.e2e.busy_district

# What the tool is made of, as CycloneDX. The environment is left out of what is written, the packages are not.
sbom: $(STAMP)
	$(BIN)/pip install --quiet cyclonedx-bom
	$(BIN)/cyclonedx-py environment --output-file sbom.json .venv/bin/python
	@$(BIN)/python -c "import json; n = len(json.load(open('sbom.json'))['components']); print(n, 'packages in sbom.json'); assert n > 40"

# Known weaknesses of the pinned packages. Needs the network; packages that could not be looked at make it fail.
audit: $(STAMP)
	$(BIN)/pip install --quiet pip-audit
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

mutate: $(STAMP)
	$(BIN)/python -m tests.mutation

# Which tests are too long for `make check`: a quarter of an hour of one core.
durations: $(STAMP)
	$(BIN)/python -m pytest -p tests.durations -p no:xdist -m "not browser and not office"

# The same packages as requirements-dev.txt for every system, with the hash of each file.
lock: $(STAMP)
	$(BIN)/pip install --quiet uv
	for kind in requirements requirements-dev; do grep -hv '^-[er]' $$kind.txt $$([ $$kind = requirements-dev ] && echo requirements.txt) \
	  | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links - -o $$kind.lock; done

# After an upgrade of Streamlit that asks for other icons.
icons: $(STAMP)
	$(BIN)/pip install --quiet fonttools brotli
	$(BIN)/python -m tests.support.make_icons

bench: $(STAMP)
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
