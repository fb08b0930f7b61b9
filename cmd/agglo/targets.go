package main

import (
	"fmt"
	"math"
	"strings"

	"agglo/output"
)

// comparison is a published figure beside the run's, for machines.
type comparison struct {
	What      string   `json:"what"`
	Date      string   `json:"date"`
	Unit      string   `json:"unit"`
	Published float64  `json:"published"`
	NearLo    float64  `json:"near_lo"`
	NearHi    float64  `json:"near_hi"`
	Simulated *float64 `json:"simulated"`
	Lo        *float64 `json:"lo,omitempty"`
	Hi        *float64 `json:"hi,omitempty"`
	Verdict   string   `json:"verdict"`
	Fitted    bool     `json:"fitted"`
	Verified  bool     `json:"verified"`
	Relative  bool     `json:"relative"` // the figures are relative changes
	Source    string   `json:"source"`
}

// comparisonOf makes a published figure fit for JSON, which has no NaN.
func comparisonOf(h *output.Held) comparison {
	return comparison{What: h.What, Date: h.Date, Unit: h.Unit, Published: h.Published, NearLo: h.Lo, NearHi: h.Hi, Simulated: defined(h.Simulated),
		Lo: defined(h.Low), Hi: defined(h.High), Verdict: h.Near, Fitted: h.Fitted, Verified: h.Verified, Relative: h.Growth, Source: h.Source}
}

// printTargets prints the published figures beside the run's.
func printTargets(c *console, targets []output.Held) error {
	if len(targets) == 0 {
		return nil
	}
	rows := [][]string{{"Published figures", "date", "published", "near", "run", ""}}
	near := 0
	for k := range targets {
		h := &targets[k]
		if h.Near == output.NearPublished {
			near++
		}
		rows = append(rows, []string{h.What, h.Date, figureOf(h, h.Published), rangeOf(h, h.Lo, h.Hi), simulatedOf(h), remarksOn(h)})
	}
	c.print("\n")
	if err := printTable(c.out, rows); err != nil {
		return err
	}
	c.print("%d of %d near: within 20%% or what the source says, one point of yearly growth\n", near, len(targets))
	return nil
}

// figureOf writes a number in the manner of a figure.
func figureOf(h *output.Held, x float64) string {
	switch {
	case math.IsNaN(x):
		return "-"
	case h.Growth:
		return fmt.Sprintf("%+.0f%%", 100*x)
	case strings.HasSuffix(h.Metric, "_share"), h.Metric == "unemployment":
		return fmt.Sprintf("%.1f%%", 100*x)
	case math.Abs(h.Published) < 100:
		return short(x)
	}
	return grouped(x)
}

// rangeOf writes a range in the manner of a figure.
func rangeOf(h *output.Held, lo, hi float64) string {
	return figureOf(h, lo) + " to " + figureOf(h, hi)
}

// simulatedOf writes the run's value, of several runs the mean with its interval.
func simulatedOf(h *output.Held) string {
	if math.IsNaN(h.Low) {
		return figureOf(h, h.Simulated)
	}
	return fmt.Sprintf("%s [%s]", figureOf(h, h.Simulated), rangeOf(h, h.Low, h.High))
}

// remarksOn says how a figure compares, and how much it is worth.
func remarksOn(h *output.Held) string {
	words := h.Near
	if h.Fitted {
		words += ", fitted"
	}
	if !h.Verified {
		words += ", figure not verified"
	}
	return words
}
