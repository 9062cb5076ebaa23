# Two commands matter: `make up` and `make test`. Each does its own set-up and is safe to repeat.

SHELL := /bin/bash
BUILD := swift build -c release
ALEX := .build/release/alex

.PHONY: up demo web test format lint bench package model setup clean

up: setup web
	@scripts/timed.sh "build" $(BUILD)
	@exec $(ALEX) up

# Creates the demo household, runs one analysis and prints it; starts its own local cloud if none is running.
demo: setup
	@scripts/timed.sh "build" $(BUILD)
	@exec $(ALEX) demo

# The web app, as a static site in frontend/out/.
web: setup
	@scripts/timed.sh "web app" scripts/web.sh

test: setup
	@scripts/test.sh

format:
	@swift format --in-place --recursive Package.swift Sources Tests scripts

lint:
	@swift format lint --strict --recursive Package.swift Sources Tests scripts

# AGAINST="path ..." also drives bootstraps of other runtimes, such as aws-lambda-cpp's echo.
bench: setup web
	@scripts/setup.sh --tests
	@scripts/timed.sh "build" $(BUILD)
	@swift scripts/package.swift
	@$(ALEX) bench runtime \
		$(foreach name,Echo Planner Tagger Reporter Charter Retirement API Search Researcher,--bootstrap .build-static/release/$(name)) \
		$(foreach path,$(AGAINST),--against $(path))
	@.alex/python/bin/pip install --quiet --disable-pip-version-check 'awscrt>=0.20' || echo "awscrt cannot be had; bench sigv4 goes without it" >&2
	@$(ALEX) bench json
	@$(ALEX) bench dataapi
	@$(ALEX) bench retirement
	@$(ALEX) bench gate
	@$(ALEX) bench embeddings
	@$(ALEX) bench search
	@$(ALEX) bench sigv4
	@$(ALEX) bench analysis
	@$(ALEX) bench web

# Every function as one static file, packed for AWS Lambda: packages/<Name>.zip. `make package NAMES="Planner API"`
# makes these alone.
package: setup
	@swift scripts/package.swift $(NAMES)

# The model that turns texts into vectors, in .alex/model/.
model:
	@scripts/model.sh

setup:
	@scripts/setup.sh

clean:
	@rm -rf .build .build-static packages frontend/.build frontend/edge frontend/node_modules frontend/out
