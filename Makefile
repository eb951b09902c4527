# `make run` shows the demo portal, `make test` tests it; `make help` lists the rest. Nothing but Python 3.11+ is needed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po locale/django/*/LC_MESSAGES/django.po))
STATIC := var/static/staticfiles.json
INTERFACE_LANGUAGES := sl lv bg de es pt sv sk hu ro it
SECRET = $(shell $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))")
# As in production, but on this machine alone and without https.
PRODUCTION = DEBUG=false HTTPS=false ALLOWED_HOSTS=127.0.0.1,localhost
HTML_CHECKER = var/html/node_modules/vnu-jar/build/dist/vnu.jar
# The production server; `make bench` measures what it serves.
SERVER = WEB_ADDRESS=127.0.0.1:$(PORT) $(BIN)/gunicorn
# What takes long is done by a worker beside the server. Both hear Ctrl+C; where the server ends otherwise, the worker goes with it.
WORKER = db_worker --no-reload --interval 2 --verbosity 0
BESIDE_WORKER = trap 'kill $$worker 2>/dev/null; wait' EXIT; $(MANAGE) $(WORKER) & worker=$$!;
INSTALL = if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -r $(1); else $(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(1); fi

.PHONY: help run serve test html factcheck-score check lint messages compile requirements portal checker bench weight lighthouse screenshots

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 17

run: portal $(STATIC) ## show the demo portal on 127.0.0.1 (PORT=8000, DEMO_PASSWORD=… sets the logins' password, DEBUG=true to develop)
	@$(MANAGE) demo_login
	@echo "The portal is at http://127.0.0.1:$(PORT)/ – stop it with Ctrl+C."
	@export $(if $(filter true,$(DEBUG)),DEBUG=true,$(PRODUCTION)); $(BESIDE_WORKER) $(MANAGE) runserver 127.0.0.1:$(PORT)

serve: portal $(STATIC) ## the same portal as in production: production server, DEBUG off, hashed static files
	@$(MANAGE) demo_login
	@echo "The portal is at http://127.0.0.1:$(PORT)/ – stop it with Ctrl+C."
	@export $(PRODUCTION); $(BESIDE_WORKER) $(SERVER)

$(STATIC): $(shell find static -type f) interreg_portal/static_files.py .venv/installed | .env
	@echo "Collecting the static files …"
	@$(PRODUCTION) $(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

portal: .venv/installed .env $(CATALOGUES)
	@echo "Preparing the database …"
	@mkdir -p var
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo --if-empty

test: .venv/tools $(CATALOGUES) ## run the tests, on SQLite or where TEST_DATABASE_URL points (ARGS= goes to pytest)
	@$(BIN)/pytest $(ARGS)

html: .venv/tools $(CATALOGUES) checker ## hold every page of the demo against the HTML standard (needs Java and npm)
	@$(BIN)/pytest -n 0 tests/interreg_portal/test_every_page.py $(ARGS)

checker: $(HTML_CHECKER)

$(HTML_CHECKER):
	@echo "Getting the Nu HTML checker …"
	@npm install --prefix var/html --ignore-scripts --no-audit --no-fund --silent vnu-jar@26.9.27

bench: PORT := {port}
bench: .venv/tools .env $(CATALOGUES) $(STATIC) ## what pages cost beside plain ones of Django, and how that grows (ARGS=--quick; --publish writes docs/)
	@$(BIN)/python -m benchmarks.speed $(ARGS) '$(SERVER)'

weight: .venv/tools ## what pages of a portal that runs by make serve weigh (PORT=8000)
	@$(BIN)/python benchmarks/page_weight.py http://127.0.0.1:$(PORT)

lighthouse: ## the grades that Lighthouse gives such a portal on a phone (PORT=8000; needs npm and Chromium)
	@benchmarks/lighthouse http://127.0.0.1:$(PORT)

screenshots: .venv/tools .env $(CATALOGUES) $(STATIC) ## take the pictures of docs/screenshots/ (needs Chromium)
	@$(BIN)/python tools/screenshots.py

factcheck-score: .venv/tools .env ## recall and false alarms of the fact check, per language (ARGS=--details shows the passages)
	@$(BIN)/python -m tests.factcheck.scoring $(ARGS)

check: .venv/tools .env ## lint, format, migrations, translations (needs gettext), deployment settings, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) compilemessages --verbosity 0 --ignore .venv
	DEBUG=false HTTPS=true SECRET_KEY=$(SECRET) ALLOWED_HOSTS=projects.example.eu $(MANAGE) check --deploy --fail-level WARNING
	$(BIN)/python -m pip check

lint: .venv/tools ## put the code into its form and point at what is wrong with it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: .venv/tools ## collect the texts to be translated into locale/ (needs gettext)
	$(MANAGE) makemessages $(foreach code,$(INTERFACE_LANGUAGES),-l $(code)) --ignore .venv --ignore var --ignore tests --ignore benchmarks --no-obsolete --add-location file

compile: $(CATALOGUES) ## turn the translations of locale/ into what the portal reads

requirements: .venv/tools ## pin the newest versions that pyproject.toml allows (needs uv)
	uv pip compile --quiet --universal --upgrade --no-header pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --upgrade --no-header --extra opensearch -c requirements.txt pyproject.toml -o requirements-opensearch.txt
	uv pip compile --quiet --universal --upgrade --no-header --extra dev -c requirements.txt -c requirements-opensearch.txt pyproject.toml -o requirements-dev.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The portal needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one with PYTHON=…")'
	@echo "Making a Python environment in .venv …"
	@if command -v uv >/dev/null; then uv venv --quiet --seed --python $(PYTHON) .venv; else $(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }; fi

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing the libraries of requirements.txt …"
	@$(call INSTALL,requirements.txt)
	@touch $@

.venv/tools: requirements-dev.txt | .venv/bin/python
	@echo "Installing the libraries of requirements-dev.txt …"
	@$(call INSTALL,requirements-dev.txt)
	@touch $@ .venv/installed

# For development: without a .env the portal would ask for the settings of a real installation.
.env: | .venv/bin/python
	@mkdir -p var
	@printf 'DEBUG=true\nSECRET_KEY=%s\n' '$(SECRET)' > .env

%.mo: %.po | .venv/bin/python
	@[ -e .venv/bin/pybabel ] || $(MAKE) --no-print-directory .venv/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
