package lint

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// exactPackages decide on results that must be the same to the last bit on every processor. Fits (internal/fit) are not among
// them: they go through libraries that may fuse.
var exactPackages = []string{"agglo/sim/...", "agglo/model/...", "agglo/scenarios/...", "agglo/output", "agglo/internal/study"}

// fusedInstruction is a multiplication and an addition with one rounding in the assembly of arm64.
var fusedInstruction = regexp.MustCompile(`\(([^()]*\.go:\d+)\)\s+FN?M(?:ADD|SUB)[SD]\b`)

// TestNoFusedInstruction builds for arm64, whose compiler fuses across statements and through calls that it puts inline, where no
// rule about one line of source sees it, and looks for such instructions.
func TestNoFusedInstruction(t *testing.T) {
	cmd := exec.Command("go", append([]string{"build", "-gcflags=agglo/...=-S"}, exactPackages...)...)
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out[max(0, len(out)-2000):])
	}
	if !strings.Contains(string(out), "FMULD") {
		t.Fatal("the assembly has no multiplication: it was not read")
	}
	for _, where := range fusedIn(string(out)) {
		t.Errorf("%s: fused on arm64: write float64(...) around the product, or around the variable that holds it", where)
	}
}

// fusedIn lists the places of this module in which an assembly has fused instructions, each once. Packages that exact ones import
// are in the listing too; those of fits are passed over.
func fusedIn(assembly string) []string {
	var found []string
	seen := map[string]bool{}
	for _, m := range fusedInstruction.FindAllStringSubmatch(assembly, -1) {
		if where := m[1]; !seen[where] && !strings.Contains(where, "/internal/fit/") && !strings.Contains(where, "/pkg/mod/") {
			seen[where] = true
			found = append(found, where)
		}
	}
	return found
}

func TestFusedIn(t *testing.T) {
	const listing = "\t0x0010 00016 (/x/model/a.go:7)\tFMULD\tF1, F2, F3\n\t0x0014 00020 (/x/model/a.go:8)\tFMADDD\tF1, F2, F3, F4\n" +
		"\t0x0018 00024 (/x/model/a.go:8)\tFNMSUBD\tF1, F2, F3, F4\n\t0x001c 00028 (/x/internal/fit/b.go:9)\tFMSUBD\tF1, F2, F3, F4\n"
	if got := strings.Join(fusedIn(listing), " "); got != "/x/model/a.go:8" {
		t.Errorf("found %q", got)
	}
}
