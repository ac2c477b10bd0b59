# make run · make test · make properties · make build · make install PREFIX=… · make format · make lint · make bench

PREFIX ?= /usr/local
SWIFT ?= swift
RELEASE = -c release --static-swift-stdlib
SHARE = $(DESTDIR)$(PREFIX)/share
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
	install -D -m 644 Documentation/kosh.1 "$(SHARE)/man/man1/kosh.1"
	install -D -m 644 Documentation/tutorial.kosh "$(SHARE)/doc/kosh/tutorial.kosh"
	install -D -m 644 Documentation/completions/kosh.bash "$(SHARE)/bash-completion/completions/kosh"
	install -D -m 644 Documentation/completions/_kosh "$(SHARE)/zsh/site-functions/_kosh"
	install -D -m 644 Documentation/completions/kosh.fish "$(SHARE)/fish/vendor_completions.d/kosh.fish"

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
