# make edition   install stenogram here and build the edition: this is all a reader needs
# make test      install what the tests need, and run every check
# make bench     measure how long each step takes
# make screenshots   pictures of every page of the web edition, in docs/screenshots/
# make golden    rebuild the committed output/, after a change that is meant to change it
# make clean     remove everything that the above have made, but not output/

PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# As root in a container pip warns about being root; inside .venv that does no harm.
export PIP_ROOT_USER_ACTION := ignore

.PHONY: edition test bench screenshots golden clean tools

edition: .venv/.installed
	@$(BIN)/stenogram check
	@$(BIN)/stenogram build
	@echo "The edition is ready. Open this file in a web browser:"
	@echo "  $(CURDIR)/output/html/index.html"

# pytest comes last, so that its closing line closes the output; it uses all processors.
test: .venv/.installed-for-tests tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -rs -n auto --dist loadfile --no-loadscope-reorder

bench: .venv/.installed-for-tests
	@$(BIN)/python -m benchmarks.run
	@$(BIN)/python -m benchmarks.search

screenshots: .venv/.installed-for-tests tools
	@$(BIN)/stenogram build
	@$(BIN)/python tests/screenshots.py

golden: .venv/.installed
	@$(BIN)/stenogram build

clean:
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The browser and the HTML checker; the script knows what is there already.
tools:
	@sh tests/install-tools.sh

# Each stamp says that a step has been done, and is done again when pyproject.toml changes.
# Before pip 25.1 dependency groups are unknown to it, and Debian 12 has pip 23.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "stenogram needs Python 3.11 or newer, and $(PYTHON) is not that."; \
	  echo "On Debian 12 and later, as root:  apt-get install python3 python3-venv"; \
	  exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing, and stenogram is installed with it."; \
	  echo "On Debian, as root:  apt-get install python3-venv"; \
	  echo "Then run make again."; \
	  exit 1; } >&2
	@echo "Installing stenogram into .venv (once; it takes a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@touch $@

.venv/.installed: .venv/.made pyproject.toml
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/.installed-for-tests: .venv/.installed pyproject.toml
	@echo "Installing what the tests need into .venv ..."
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@
