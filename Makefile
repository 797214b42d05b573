# Two commands do all the set-up on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
MISSING := $(if $(shell command -v chromium || command -v google-chrome),,chromium) \
  $(if $(shell command -v soffice),,libreoffice-calc-nogui libreoffice-impress-nogui) \
  $(if $(shell command -v pdftotext),,poppler-utils)
MISSING := $(strip $(MISSING))

.PHONY: run test lint mutate bench clean programs

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $(STAMP)

run: $(STAMP)
	OT_STAFFING_SAMPLE=1 $(BIN)/streamlit run dashboard/server.py --server.headless false --server.showEmailPrompt false

# What the tests need beside Python: a browser, an office that recalculates and draws, a reader of PDF.
programs:
ifneq ($(MISSING),)
	@echo "Installing for the tests:$(MISSING)"
	$(SUDO) apt-get update -qq
	$(SUDO) apt-get install -y -qq --no-install-recommends $(MISSING) fonts-dejavu fonts-liberation
endif

test: $(STAMP) programs
	$(BIN)/ruff check .
	$(BIN)/pytest

lint: $(STAMP)
	$(BIN)/ruff check .

# How many small faults in the calculation the tests see: a sample, about half an hour.
mutate: $(STAMP)
	$(BIN)/python -m tests.mutation

bench: $(STAMP)
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build *.egg-info
