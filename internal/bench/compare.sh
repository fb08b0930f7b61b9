#!/bin/sh
# Compares the speed of this checkout with an older commit and writes the table into docs/performance.md: make bench-compare.
# BASE is the commit, by default the last release; ROUNDS how often each is measured, in turn; BENCH which benchmarks.
set -eu
benchstat=golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da
base=${BASE:-$(git describe --tags --abbrev=0 2>/dev/null || true)}
rounds=${ROUNDS:-6}
bench=${BENCH:-Phases/10k|YearEnd|Checkpoint}
if [ -z "$base" ]; then
	echo "there is no release to compare with: say make bench-compare BASE=commit" >&2
	exit 2
fi
old=$(git rev-parse --verify --short "$base^{commit}") || exit 2
scratch=$(mktemp -d)
trap 'git worktree remove --force "$scratch/base" >/dev/null 2>&1; rm -rf "$scratch"' EXIT
git worktree add -q --detach "$scratch/base" "$old"
(cd "$scratch/base" && go test -c -o "$scratch/old.test" ./internal/bench)
go test -c -o "$scratch/new.test" ./internal/bench
round=1
while [ "$round" -le "$rounds" ]; do # in turn, so that a slow spell of the machine falls on both
	echo "round $round of $rounds" >&2
	for which in old new; do
		(cd internal/bench && "$scratch/$which.test" -test.run NONE -test.bench "$bench" -test.benchtime 12x -test.timeout 1h) |
			grep -E '^(goos|goarch|pkg|cpu|Benchmark.*/op)' >> "$scratch/$which.txt"
	done
	round=$((round + 1))
done
{
	echo '<!-- made by make bench-compare -->'
	echo
	echo "$(date -u +%Y-%m-%d), $(go version | cut -d' ' -f3-), $(nproc) processors; old: $old, new: $(git rev-parse --short HEAD); $rounds rounds in turn."
	echo
	echo '```'
	(cd "$scratch" && GOFLAGS=-mod=mod go run "$benchstat" old.txt new.txt)
	echo '```'
	echo
	echo '<!-- end of what make bench-compare made -->'
} > "$scratch/table"
awk -v table="$scratch/table" '
	/<!-- made by make bench-compare -->/ { while ((getline line < table) > 0) print line; inside = 1 }
	!inside { print }
	/<!-- end of what make bench-compare made -->/ { inside = 0 }
' docs/performance.md > "$scratch/page"
grep -q 'made by make bench-compare' docs/performance.md || { echo "docs/performance.md has lost its place for the table" >&2; exit 1; }
cp "$scratch/page" docs/performance.md
cat "$scratch/table"
