# make run · make test · make properties · make build · make install PREFIX=… · make format · make lint · make bench

PREFIX ?= /usr/local
SWIFT ?= swift
RELEASE = -c release --static-swift-stdlib
SOURCES = Sources Tests Package.swift

.PHONY: run test properties build install format lint bench setup clean

run: setup
	$(SWIFT) build $(RELEASE) --product kosh
	"$$($(SWIFT) build $(RELEASE) --show-bin-path)/kosh" knowledge

build: setup
	$(SWIFT) build $(RELEASE)

test: setup lint
	$(SWIFT) build
	$(SWIFT) test
	"$$($(SWIFT) build --show-bin-path)/kosh" test knowledge
	$(MAKE) properties

# The engine against the definitions, ten thousand random pairs or SEEDS="COUNT FIRST".
properties: setup
	$(SWIFT) build $(RELEASE) --product kosh-properties
	"$$($(SWIFT) build $(RELEASE) --show-bin-path)/kosh-properties" $(SEEDS)

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$$($(SWIFT) build $(RELEASE) --show-bin-path)/kosh" "$(DESTDIR)$(PREFIX)/bin/kosh"

format:
	$(SWIFT) format --in-place --recursive $(SOURCES)

lint:
	$(SWIFT) format lint --strict --recursive $(SOURCES)

bench: setup
	$(SWIFT) build $(RELEASE) --product kosh-bench
	"$$($(SWIFT) build $(RELEASE) --show-bin-path)/kosh-bench" $(BENCH)

setup:
	@SWIFT="$(SWIFT)" ./.ci/setup

clean:
	$(SWIFT) package clean
