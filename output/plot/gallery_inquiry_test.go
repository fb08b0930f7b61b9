package plot

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// gallerySweep is a sweep over two factors under two policies, with a table of levels as one of a hypercube over three has it.
func gallerySweep(t testing.TB, dir string) {
	var b strings.Builder
	b.WriteString("policy,x_name,y_name,x,y,metric,runs,mean,sd\n")
	for p, policy := range []string{"none", "subsidy"} {
		for x := range 5 {
			for y := range 4 {
				jobs := 14000 + 900*float64(x) - 300*float64(y*y)/3 + 400*float64(p)
				fmt.Fprintf(&b, "%s,trust.gain,production.local_share,%.2f,%.1f,jobs,5,%.0f,120\n", policy, .04+.04*float64(x), .1+.1*float64(y), jobs)
			}
		}
	}
	putTables(t, dir, map[string]string{"grid.csv": b.String(), "levels.csv": galleryLevels(), "dictionary.csv": "table,column,unit,meaning\nruns,jobs,workers,workers at firms\nruns,trust.gain,1/deal,factor\n"})
}

// galleryLevels are levels of three factors: one that jobs rise with and then no more, one that moves them little, and one of words.
func galleryLevels() string {
	var b strings.Builder
	b.WriteString("policy,factor,metric,kind,level,from,to,points,runs,mean,sd,lo,hi,over,n\n")
	jobs := func(policy int, gain, share float64, mode int) float64 {
		return 13200 + 4600*(1-math.Exp(-gain/.06)) - 1500*share*share + 350*float64(mode) + 500*float64(policy)
	}
	for policy, name := range []string{"none", "subsidy"} {
		row := func(factor, kind, level, from string, points int, mean, sd, half float64) {
			span := ","
			if half > 0 {
				span = fmt.Sprintf("%.0f,%.0f", mean-half, mean+half)
			}
			fmt.Fprintf(&b, "%s,%s,jobs,%s,%s,%s,,%d,%d,%.0f,%.0f,%s,points,%d\n", name, factor, kind, level, from, points, points, mean, sd, span, points)
		}
		for k := range 10 {
			x := .01 + .02*float64(k)
			row("trust.gain", "bin", fmt.Sprintf("%.2f", x), "", 20, jobs(policy, x, .3, 1), 420, 200)
		}
		row("trust.gain", "range", "0.19", "0.01", 40, jobs(policy, .19, .3, 1)-jobs(policy, .01, .3, 1), 0, 500)
		for k := range 10 {
			x := .05 + .06*float64(k)
			row("production.local_share", "bin", fmt.Sprintf("%.2f", x), "", 20, jobs(policy, .08, x, 1), 1200, 560)
		}
		for k := range 120 {
			gain, share, mode := math.Mod(.618034*float64(k), 1)*.2, .02+.6*math.Mod(.754878*float64(k), 1), k%3
			row("trust.gain", "point", fmt.Sprintf("%.4f", gain), "", 1, jobs(policy, gain, share, mode), 0, 0)
			row("production.local_share", "point", fmt.Sprintf("%.4f", share), "", 1, jobs(policy, gain, share, mode), 0, 0)
		}
		for k, mode := range []string{"none", "nearest", "best"} {
			row("labour.search", "level", mode, "", 67, jobs(policy, .08, .3, k), 1200, 290)
		}
	}
	return b.String()
}

// gallerySensitivity is an analysis of five factors, three of which survive the screening.
func gallerySensitivity(t testing.TB, dir string) {
	factors := []string{"trust.loss", "production.local_share", "demography.de_novo", "knowledge.innovation", "labour.migration"}
	var b strings.Builder
	b.WriteString("stage,policy,tick,metric,statistic,factor,index,value,lo,hi\n")
	put := func(stage, metric, statistic, factor, index string, value, half float64) {
		fmt.Fprintf(&b, "%s,,80,%s,%s,%s,%s,%.4f,%.4f,%.4f\n", stage, metric, statistic, factor, index, value, value-half, value+half)
	}
	for m, metric := range []string{"jobs", "productivity"} {
		for _, statistic := range []string{"mean", "variance"} {
			for k, factor := range factors {
				weight := []float64{.1, 1, .55, .8, .05}[(k+2*m)%5]
				put("screen", metric, statistic, factor, "mu_star", weight, .15*weight)
				put("screen", metric, statistic, factor, "sigma", .4*weight*float64(1+k%2), 0)
				if factor == "production.local_share" || factor == "knowledge.innovation" || factor == "labour.migration" { // .8 or more on an outcome
					put("shares", metric, statistic, factor, "S1", .45*weight, .06)
					put("shares", metric, statistic, factor, "ST", .55*weight, .08)
				}
			}
		}
	}
	var ends strings.Builder
	ends.WriteString("policy,tick,metric,factor,low,high,base,at_low,at_low_lo,at_low_hi,at_high,at_high_lo,at_high_hi\n")
	for m, metric := range []string{"jobs", "productivity"} {
		base := []float64{15000, 3.2}[m]
		for k, factor := range factors {
			d := base * []float64{.002, .06, .03, .045, .01}[(k+2*m)%5]
			fmt.Fprintf(&ends, ",80,%s,%s,0.02,0.2,%g,%g,%g,%g,%g,%g,%g\n", metric, factor, base, -d, -1.2*d, -.8*d, 1.4*d, 1.1*d, 1.7*d)
		}
	}
	putTables(t, dir, map[string]string{"sensitivity.csv": b.String(), "tornado.csv": ends.String()})
}

// galleryCalibration is a fit of three parameters: one told well, one half, one not at all.
func galleryCalibration(t testing.TB, dir string) {
	var b strings.Builder
	b.WriteString("parameter,from,to,prior,posterior\n")
	names := []string{"demography.de_novo", "trust.loss", "market.home_km"}
	ends := [][2]float64{{.02, .2}, {.1, .9}, {10, 90}}
	for k, name := range names {
		const bins = 24
		width := (ends[k][1] - ends[k][0]) / bins
		for n := range bins {
			after := 1. / bins
			if spread := []float64{.08, .2, 0}[k]; spread > 0 {
				u := ((float64(n)+.5)/bins - .45) / spread
				after = math.Exp(-u*u/2) / (spread * math.Sqrt(2*math.Pi)) / bins
			}
			fmt.Fprintf(&b, "%s,%g,%g,%g,%g\n", name, ends[k][0]+width*float64(n), ends[k][0]+width*float64(n+1), 1./bins, after)
		}
	}
	putTables(t, dir, map[string]string{
		"densities.csv": b.String(),
		"parameters.csv": "parameter,prior_lo,prior_median,prior_hi,point,lo,median,hi,width,told\n" +
			"demography.de_novo,.029,.11,.191,.101,.077,.101,.125,.3,yes\ntrust.loss,.14,.5,.86,.46,.2,.46,.72,.7,yes\nmarket.home_km,14,50,86,50,14,50,86,1,no\n",
		"fit.csv": "target,wanted,tolerance,weight,simulated,lo,hi,off,held_out\n\"mean of births, from 8 to 16\",30,4,1,28,24,32,-.5,no\n" +
			"\"mean of unemployment, at 40\",.06,.01,1,.073,.07,.076,1.3,no\n\"sd of jobs, at 40\",400,100,0,460,430,490,.6,yes\n",
	})
}

// galleryOptimum is a search among mixes, four of which were looked at again.
func galleryOptimum(t testing.TB, dir string) {
	var b strings.Builder
	b.WriteString("mix,name,search_score,search_cost,fresh_score,fresh_lo,fresh_hi,fresh_cost,fresh_cost_lo,fresh_cost_hi,p_adjusted,front,chance_best\n")
	b.WriteString("0,nothing,0,0,0,0,0,0,0,0,,yes,0\n")
	for k := range 24 {
		cost := 2e6 + .8e6*float64(k)
		fmt.Fprintf(&b, "%d,mix,%.3f,%.0f,,,,,,,,,\n", k+1, .5*(1-math.Exp(-cost/9e6))*math.Abs(math.Sin(float64(3*k))), cost)
	}
	for k, x := range []struct {
		name        string
		cost, score float64
		front       string
		chance      float64
	}{{"rd_grant 60%, incubator 20%", 8e6, .21, "yes", .02}, {"subsidy 100%", 14e6, .18, "", .01}, {"rd_grant 40%, infrastructure 35%, subsidy 25%", 20e6, .42, "yes", .97}} {
		fmt.Fprintf(&b, "%d,\"%s\",%g,%g,%g,%g,%g,%g,%g,%g,.01,%s,%g\n", 30+k, x.name, x.score+.06, x.cost, x.score, x.score-.09, x.score+.09, x.cost, .98*x.cost, 1.02*x.cost, x.front, x.chance)
	}
	putTables(t, dir, map[string]string{"mixes.csv": b.String()})
}
