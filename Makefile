# Targets of agglo. `make` alone lists them. Nothing here needs more than Go and git, except race (a C compiler).

GO        ?= go
BIN       := bin/agglo
DEMO      := runs/demo
CASES     := runs/cases
FUZZTIME  ?= 20s
RUNS      ?= 1000
TORTURE   ?= 30m
SOAK      ?= 10m
SUITES    := invariants,browser,soak,interop,slurm,htmlcheck,calibrate

# What make release builds for, and the tool that lists what is in it.
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
SBOM      := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0

# What make vuln asks.
VULN      := golang.org/x/vuln/cmd/govulncheck@v1.9.0

# Where goroutines work on shared memory: the race detector looks at these. Long tests whose goroutines others show as well, or that
# work in other processes, are left out: under the detector they take minutes.
RACE      := ./sim ./sim/batch ./output

.DEFAULT_GOAL := help
.PHONY: help build page site demo cases test gallery test-browser test-platforms bench-compare instructions mutants torture soak vuln test-interop calibrate-check test-report test-slurm race vet lint format-check generated generate bench overhead fuzz cover install man completion licences release release-check clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/agglo
	CGO_ENABLED=0 $(GO) build -o $(BIN) ./cmd/agglo

page: ## bundle the classroom page anew after a change under output/live/web/src
	$(GO) run ./internal/bundle

site: ## the classroom page without a server: site/web for any web host, site/agglo.html for a stick
	$(GO) run ./internal/site

demo: build ## run Silicon Valley at full size for 20 years and draw it; prints the folder
	$(BIN) run silicon-valley -o $(DEMO) --force
	@echo
	@echo "Look at $(DEMO)/figures/map.png first; $(DEMO) holds the tables."

cases: build ## run all real cases in full under three seeds and set published figures beside them (docs/cases.md)
	$(BIN) cases -o $(CASES) --force

test: ## vet, all tests with the invariants held in every tick, and the house rules
	$(GO) vet ./...
	$(GO) test -tags invariants -timeout 20m $$($(GO) list ./... | grep -v '/internal/lint$$')
	$(GO) test -count=1 ./internal/lint

gallery: ## draw the example of every figure anew: docs/gallery.md and the golden images of output/plot
	$(GO) test -count=1 -run 'TestGallery$$' ./output/plot -update

mutants: ## break the rules on purpose, one by one, and ask for the test that sees it (docs/verification.md)
	$(GO) run ./internal/verification

torture: ## random worlds run in many ways for TORTURE (30m): which relation does not hold? (docs/reliability.md)
	$(GO) run -tags invariants ./internal/torture -time $(TORTURE)

soak: ## clients of the classroom come and go for SOAK (10m): nothing grows, nothing is left, every table is right (docs/reliability.md)
	$(GO) test -count=1 -tags soak -timeout 0 -run '^TestSoak$$' -v ./output/live -soak $(SOAK)

test-interop: ## programs of others read what is written here; installs what is missing by apt-get and npm
	$(GO) test -count=1 -tags interop -timeout 20m -run Interop -v ./cmd/agglo

test-report: ## pages against two HTML checkers (npm, Java), printed and read by keyboard in chromium; AGGLO_PAGES=DIR keeps the printed ones
	@command -v chromium >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1 || (apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core poppler-utils)
	$(GO) test -count=1 -tags htmlcheck -timeout 40m -run TestReportPages -v ./cmd/agglo

calibrate-check: ## fit made-up worlds 50 times: do 90% intervals hold the truth as often as they say? (some minutes; docs/calibration.md)
	$(GO) test -count=1 -tags calibrate -timeout 3h -run TestCalibrationCovers -v ./internal/study

test-slurm: ## a sweep on a real Slurm that the test starts (root; installs Debian's slurm packages if missing)
	$(GO) test -count=1 -tags slurm -timeout 20m -run TestSlurm -v ./cmd/agglo

test-browser: ## the classroom page in Debian's chromium, button by button (installs chromium if it is missing and may)
	@command -v chromium >/dev/null 2>&1 || (apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core)
	@if command -v tsc >/dev/null 2>&1; then tsc -p output/live/web; else echo "tsc (npm install -g typescript@5) is not installed: types are left unchecked"; fi
	$(GO) test -count=1 -tags browser -timeout 30m -v ./output/live

test-platforms: ## the same bits on amd64, arm64 (under qemu-user) and WebAssembly (node): golden hashes of three scenarios (Linux on amd64)
	@missing=; command -v qemu-aarch64 >/dev/null 2>&1 || missing="$$missing qemu-user"; command -v node >/dev/null 2>&1 || missing="$$missing nodejs"; \
		[ -z "$$missing" ] || (apt-get update && apt-get install -y --no-install-recommends $$missing)
	$(GO) test -count=1 -v ./internal/platforms
	GOOS=js GOARCH=wasm $(GO) test -count=1 -timeout 60m -exec "$$($(GO) env GOROOT)/lib/wasm/go_js_wasm_exec" -v ./internal/platforms
	CGO_ENABLED=0 GOARCH=arm64 $(GO) test -count=1 -timeout 60m -exec qemu-aarch64 -v ./internal/platforms

race: ## tests under the race detector, where goroutines work (needs a C compiler)
	$(GO) test -race -skip 'TestMemory|TestLockRace|TestDamage|TestKill' $(RACE)
	$(GO) test -race -run 'Threads|Stopped|Replicates|Interrupted|Progress' -skip 'Cases' ./cmd/agglo
	$(GO) test -race -run 'SameBits|ARunResumes|BesideMay' ./model
	$(GO) test -race -run 'Threads|Stop' -skip 'Calibrate|Sensitivity' ./internal/study

vuln: ## known holes in what agglo is built from (govulncheck); fails if one is reached, says so if the database cannot be asked
	@said=$$($(GO) run $(VULN) ./... 2>&1); code=$$?; echo "$$said"; \
	if [ $$code -ne 0 ] && ! echo "$$said" | grep -q '^exit status 3' && echo "$$said" | grep -qE 'dial tcp|no such host|Get "http|fetching vuln|connection refused|timeout'; then \
		echo "nothing is known about holes: govulncheck, or the database that it asks, cannot be reached from here"; exit 0; \
	fi; exit $$code

vet: ## vet everything, the tests of the heavier suites too
	$(GO) vet ./...
	$(GO) vet -tags $(SUITES) ./...

lint: format-check generated vet ## formatting, vet, house rules, stale generated files; golangci-lint if it is installed
	$(GO) test -count=1 ./internal/lint
	@if command -v golangci-lint >/dev/null 2>&1; then golangci-lint run; else echo "golangci-lint is not installed: left out"; fi

format-check: ## fail if gofmt would change a file
	@unformatted=$$(git ls-files --cached --others --exclude-standard '*.go' | xargs gofmt -l); \
	if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi

generated: ## fail if a generated file is stale
	@for file in $$(grep -rl --include='*.go' '^//go:generate go run agglo/' .); do \
		(cd $$(dirname $$file) && sed -n 's|^//go:generate \(go run agglo/.*\)|\1|p' $$(basename $$file) | \
			while read -r command; do $$command -check || exit 1; done) || exit 1; \
	done

generate: ## write generated files anew (texts of parameters, the schedule of docs/odd.md)
	$(GO) generate ./...

bench: ## Go benchmarks of the model, of what it is made of and of the measures
	$(GO) test -run NONE -bench . -benchmem ./internal/bench ./sim/... ./model/measure

instructions: ## instructions for a firm and quarter, all and by function, the same on a busy machine (Linux; installs valgrind)
	@command -v valgrind >/dev/null 2>&1 || (apt-get update && apt-get install -y --no-install-recommends valgrind)
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; $(GO) build -o "$$scratch/count" ./internal/bench/count && \
	pairs=$$(GODEBUG=asyncpreemptoff=1,cpu.rdtscp=off GOMAXPROCS=1 valgrind -q --tool=callgrind --collect-atstart=no --toggle-collect=main.counted --callgrind-out-file="$$scratch/counts" \
		"$$scratch/count" 2>"$$scratch/said") || { cat "$$scratch/said"; exit 1; }; \
	callgrind_annotate "$$scratch/counts" | awk -v n=$$pairs '/PROGRAM TOTALS/ { gsub(",", "", $$1); printf "%.0f instructions for a firm and quarter\n", $$1/n } \
		/:agglo\// && shown++ < 25 { x = $$1; gsub(",", "", x); sub(/^.*:agglo\//, ""); sub(/ \[.*/, ""); printf "%7.0f  %s\n", x/n, $$0 }'

bench-compare: ## speed of this checkout beside that of BASE (the last release), ROUNDS (6) times in turn, into docs/performance.md
	@BASE=$(BASE) ROUNDS=$(ROUNDS) BENCH='$(BENCH)' internal/bench/compare.sh

overhead: ## what a sweep of RUNS (1000) runs of 500 firms and 40 quarters costs beside the runs: processor time, memory, a line of the journal
	RUNS=$(RUNS) $(GO) test -run NONE -bench SweepOverhead -benchtime 1x -timeout 2h ./internal/study
	$(GO) test -run NONE -bench Append -benchtime 100000x ./sim/batch

# Go would spend up to a minute on making each input that reaches new lines shorter, and try nothing else meanwhile.
fuzz: ## every fuzz test for FUZZTIME (20s)
	@for package in $$($(GO) list ./...); do \
		for name in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$package $$name"; \
			$(GO) test -run NONE -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$package || exit 1; \
		done; \
	done

cover: ## which lines the tests reach: coverage.html
	$(GO) test -coverprofile coverage.out ./...
	$(GO) tool cover -html coverage.out -o coverage.html
	@$(GO) tool cover -func coverage.out | tail -1

install: ## install agglo where Go puts programs
	$(GO) install ./cmd/agglo

man: build ## manual pages in man/
	mkdir -p man
	$(BIN) man man

completion: build ## shell completion in completion/
	mkdir -p completion
	$(BIN) completion bash > completion/agglo.bash
	$(BIN) completion zsh > completion/_agglo
	$(BIN) completion fish > completion/agglo.fish

# Most licences ask that their text goes with a binary.
licences: ## the licence of agglo and those of all that its binaries hold, to standard output
	@echo "agglo"; echo; cat LICENSE; echo; echo "== Go, https://go.dev"; echo; cat "$$($(GO) env GOROOT)/LICENSE"
	@for platform in $(PLATFORMS); do \
		GOOS=$${platform%/*} GOARCH=$${platform#*/} $(GO) list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ./cmd/agglo || exit 1; \
	done | sort -u | while read -r module version folder; do \
		echo; echo "== $$module $$version"; found=; \
		for text in "$$folder"/LICEN[CS]E* "$$folder"/COPYING* "$$folder"/NOTICE*; do \
			if [ -f "$$text" ]; then found=yes; echo; cat "$$text"; fi; \
		done; \
		if [ -z "$$found" ]; then echo "make licences: $$module has no file with its licence" >&2; exit 1; fi; \
	done

release: ## binaries for six platforms, checksums, licences and a list of what is in them (SBOM) in dist/
	@rm -rf dist && mkdir -p dist
	@for platform in $(PLATFORMS); do \
		os=$${platform%/*}; arch=$${platform#*/}; end=; [ $$os = windows ] && end=.exe; \
		echo "$$os $$arch"; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags "-s -w" -o dist/agglo-$$os-$$arch$$end ./cmd/agglo || exit 1; \
	done
	@$(GO) run $(SBOM) app -json -licenses -noserial -std -main cmd/agglo -output dist/agglo.cdx.json . >/dev/null
	@$(MAKE) -s licences > dist/agglo-licences.txt
	@cd dist && if command -v sha256sum >/dev/null 2>&1; then sha256sum agglo*; else shasum -a 256 agglo*; fi > SHA256SUMS
	@cat dist/SHA256SUMS

release-check: ## build linux/amd64 in two fresh clones in different folders: the same bytes, or fail
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	git clone -q . "$$scratch/one" && git clone -q "$$scratch/one" "$$scratch/another/deeper" && for clone in one another/deeper; do \
		(cd "$$scratch/$$clone" && CGO_ENABLED=0 GOOS=linux GOARCH=amd64 $(GO) build -trimpath -ldflags "-s -w" -o agglo ./cmd/agglo) || exit 1; \
	done && cmp "$$scratch/one/agglo" "$$scratch/another/deeper/agglo" && echo "the same bytes: $$(wc -c < "$$scratch/one/agglo")"

clean: ## remove what make has built; runs/ stays
	rm -rf bin dist site man completion coverage.out coverage.html
