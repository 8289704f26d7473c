# Everything that people and CI run. The work is in tools/bootstrap; a task that cannot go on says in one sentence
# what to do and ends with code 2.

PORT ?= 8000
PYTHON ?= $(firstword $(shell command -v python3 python3.13 python3.12 python3.14 python3.11 python 2>/dev/null))

ifeq ($(PYTHON),)
$(error onhand needs Python 3.11 or newer, and none was found; install one and run the same command again)
endif

.PHONY: run test lint bench chaos lock setup format contract help
.DEFAULT_GOAL := help

run: ## set up what is missing and serve the demo on http://127.0.0.1:$(PORT) until Ctrl-C
	@$(PYTHON) tools/setup.py run --port $(PORT)

test: ## all tests, the browser's too; ARGS go to pytest
	@$(PYTHON) tools/setup.py test $(ARGS)

lint: ## all that CI checks before it runs tests
	@$(PYTHON) tools/setup.py lint

format: ## lay out the code and mend what can be mended by itself
	@$(PYTHON) tools/setup.py format

contract: ## write openapi.json and the web's types from the running code
	@$(PYTHON) tools/setup.py contract

bench: ## measure, as ratios to raw PostgreSQL in the same run; ARGS choose
	@$(PYTHON) tools/setup.py bench $(ARGS)

chaos: ## the long fault tests
	@$(PYTHON) tools/setup.py chaos $(ARGS)

lock: ## choose the newest allowed versions and write their hashes down
	@$(PYTHON) tools/setup.py lock

setup: ## install and build, run nothing
	@$(PYTHON) tools/setup.py setup

help: ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+): .*## /make \1|/' | column -t -s '|' 2>/dev/null || true
