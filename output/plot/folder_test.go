package plot

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"agglo/internal/text"
)

// toy writes run folders that look like those of a run: firms around four towns in four counties, growing over years.
type toy struct {
	dir        string
	firms      int
	replicates int
	ticks      int
	rng        *rand.Rand
}

// towns of the toy region: name, km, share of firms.
var towns = []struct {
	name       string
	x, y, part float64
}{
	{"San Jose", 62, 20, .4}, {"Palo Alto", 38, 40, .25}, {"San Francisco", 14, 78, .2}, {"Oakland", 30, 84, .15},
	{"Fremont", 52, 44, 0}, {"Sunnyvale", 55, 23, 0}, {"Mountain View", 46, 31, 0}, {"Berkeley", 31, 90, 0},
	{"Santa Cruz", 40, -8, 0}, {"Redwood City", 30, 49, 0}, {"Hayward", 42, 62, 0}, {"Gilroy", 88, -14, 0},
	{"Santa Clara", 58, 22, 0}, {"Cupertino", 54, 17, 0}, {"Milpitas", 64, 29, 0},
}

// trades of the toy region: id, name, share of firms.
var trades = []struct {
	id, name, group string
	part            float64
}{
	{"services", "Business services", "services", .3}, {"soft", "Software publishers", "ict", .2},
	{"semi", "Semiconductors and other electronic components", "ict", .12}, {"design", "Computer systems design", "ict", .1},
	{"instr", "Instruments", "ict", .08}, {"bio", "Pharmaceuticals", "life", .06}, {"comp", "Computers", "ict", .05},
	{"net", "Internet services", "ict", .04}, {"aero", "Aerospace", "other", .03}, {"labs", "Scientific research", "life", .02},
}

// write writes one table; values are printed with %v.
func (r *toy) write(t testing.TB, name, head string, rows func(add func(values ...any))) {
	t.Helper()
	var b strings.Builder
	b.WriteString(head + "\n")
	rows(func(values ...any) {
		for i, v := range values {
			if i > 0 {
				b.WriteByte(',')
			}
			if x, ok := v.(float64); ok {
				v = strconv.FormatFloat(x, 'g', -1, 64)
				if math.IsNaN(x) {
					v = ""
				}
			}
			fmt.Fprint(&b, v)
		}
		b.WriteByte('\n')
	})
	if err := os.WriteFile(filepath.Join(r.dir, name), []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

// newToy writes a whole run folder.
func newToy(t testing.TB, dir string, firms, replicates int) *toy {
	t.Helper()
	r := &toy{dir: dir, firms: firms, replicates: replicates, ticks: 80, rng: rand.New(rand.NewPCG(1, 2))}
	manifest := `{"scenario":"toy","title":"Four towns on a bay","start":{"year":2000,"quarter":1},"tick_years":0.25,"currency":{"code":"USD"}}`
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(manifest), 0o666); err != nil {
		t.Fatal(err)
	}
	r.series(t)
	r.clusters(t)
	r.space(t)
	r.works(t)
	r.laws(t)
	r.policies(t)
	r.published(t)
	return r
}

// series writes series.csv.
func (r *toy) series(t testing.TB) {
	head := "run,point,replicate,seed,tick,policy,firms,firms_real,jobs,productivity,wage,unemployment,births,deaths,trust," +
		"share_jobs_in_clusters,clusters,technology,world_technology,world_wage,suppliers,collaborators,tail_exponent"
	r.write(t, "series.csv", head, func(add func(...any)) {
		for run := range r.replicates {
			luck := r.rng.NormFloat64()
			for tick := range r.ticks + 1 {
				y := float64(tick) / 4
				n := float64(r.firms) * (1 + .004*y*(1+.2*luck))
				noise := func(sd float64) float64 { return sd * r.rng.NormFloat64() }
				births, deaths := math.Round(n*(.024+noise(.002))), math.Round(n*(.022+noise(.002)))
				if tick == 0 {
					births, deaths = 0, 0
				}
				world := math.Exp(.02 * y)
				add(run, 0, run, 100+run, tick, "", n, n, n*15, 1.4*math.Exp((.019+.001*luck)*y)+noise(.004), world*(1.02+.01*luck)+noise(.004), .05+.01*math.Sin(y)+noise(.002),
					births, deaths, .3+.2*(1-math.Exp(-y/6))+.01*luck+noise(.003), .06+.35*(1-math.Exp(-y/8))+.01*luck, math.Round(2+y/2+luck), world*(1+.01*luck), world, world,
					5+noise(.05)+.2*luck, 4.2+.04*y+noise(.05), math.NaN())
			}
		}
	})
}

// clusters writes clusters.csv, cluster_cells.csv and synergy.csv. Clusters 4 and 7 end, by a merger and by themselves.
func (r *toy) clusters(t testing.TB) {
	head := "run,tick,cluster,name,sector_group,x,y,firms,jobs,value_added,productivity,unit_cost,exports,trust_in,trust_out,event," +
		"other,region,share_regional_jobs,share_regional_value_added"
	groups := []string{"ict", "software", "life-science"}
	r.write(t, "clusters.csv", head, func(add func(...any)) {
		for tick := range r.ticks + 1 {
			for c := range 13 {
				born, gone := c*5, 1000
				if c == 3 || c == 6 {
					gone = 50 + c
				}
				if tick < born || tick > gone {
					continue
				}
				town, group := towns[c%len(towns)], groups[c%len(groups)]
				jobs, event := math.Round(float64(r.firms)*5/float64(c+1)*(1-math.Exp(-float64(tick-born+2)/30))), "growth"
				if tick == gone {
					jobs, event = 0, map[int]string{3: "merged", 6: "death"}[c]
				}
				add(0, tick, c+1, town.name+" "+text.Group("en", group), group, town.x+float64(c), town.y, math.Round(jobs/15), jobs, jobs*1.5, 1.5, .9, 3, .5, .3,
					event, "", "here", .1/float64(c+1), .1/float64(c+1))
			}
		}
	})
	r.write(t, "cluster_cells.csv", "tick,cluster,cell,x,y,km", func(add func(...any)) {
		for c := range 13 {
			if c == 3 || c == 6 {
				continue
			}
			town := towns[c%len(towns)]
			for k := range 25 {
				add(r.ticks, c+1, 100*c+k, math.Floor(town.x)+float64(c+2*(k%5)-4), math.Floor(town.y)+float64(2*(k/5)-4), 2)
			}
		}
	})
	r.write(t, "synergy.csv", "run,tick,cluster,input,labour,knowledge,trust,club,total", func(add func(...any)) {
		for tick := 0; tick <= r.ticks; tick += 4 {
			g := 1 - math.Exp(-float64(tick)/30)
			add(0, tick, 0, .03*g, .025*g, .04*g, .012*g, -.004*g, .103*g)
			add(0, tick, 1, .05*g, .03*g, .06*g, .02*g, 0.0, .16*g)
			add(0, tick, 2, .02*g, .01*g, .03*g, .01*g, 0.0, .07*g)
			add(0, tick, 3, -.05*g, .0, .01*g, -.01*g, 0.0, -.05*g)
		}
	})
	r.write(t, "premium.csv", "run,tick,cluster,mix,sorting,selection,input,labour,trust,knowledge,total,value_added,wage", func(add func(...any)) {
		for tick := 0; tick <= r.ticks; tick += 4 {
			g := 1 - math.Exp(-float64(tick)/30)
			add(0, tick, 0, .04*g, .03*g, -.05*g, .05*g, .02*g, .01*g, .03*g, .13*g, .1*g, .09*g)
			add(0, tick, 1, .05*g, .03*g, -.05*g, .05*g, .02*g, .01*g, .03*g, .14*g, .1*g, .09*g)
		}
	})
}

// space writes what maps are made from.
func (r *toy) space(t testing.TB) {
	county := [][][2]float64{
		{{5, 68}, {20, 66}, {20, 95}, {2, 96}}, {{24, 66}, {44, 52}, {60, 48}, {66, 80}, {40, 100}, {24, 98}},
		{{8, 66}, {20, 66}, {40, 48}, {34, 30}, {16, 30}}, {{36, 30}, {42, 48}, {70, 44}, {100, 20}, {96, -20}, {60, -14}, {48, 8}},
	}
	r.write(t, "outline.csv", "id,name,ring,x,y", func(add func(...any)) {
		for c, ring := range county {
			for _, p := range ring {
				add(c, "County "+strconv.Itoa(c), 0, p[0], p[1])
			}
		}
	})
	r.write(t, "places.csv", "id,name,x,y", func(add func(...any)) {
		for i, p := range towns {
			add(i, p.name, p.x, p.y)
		}
	})
	r.write(t, "sectors.csv", "id,name,group,emerging,rank", func(add func(...any)) {
		for k, s := range trades {
			add(s.id, s.name, s.group, 0, k+1)
		}
	})
	r.points(t)
	r.write(t, "facilities.csv", "run,tick,facility,kind,x,y,members,service", func(add func(...any)) {
		for _, tick := range []int{4, r.ticks} {
			add(0, tick, "stanford-park", "science_park", 40.0, 38.0, tick+70, .2)
			add(0, tick, "bay-lab", "test_laboratory", 60.0, 24.0, tick, .3)
			add(0, tick, "city_college", "college", 16.0, 76.0, "", "")
		}
	})
}

// points writes firms, ties and cells.
func (r *toy) points(t testing.TB) {
	var x, y [3][]float64
	var ids []uint64 // of the last tick
	jobs := map[[3]int]float64{}
	r.write(t, "firms.csv", "tick,firm,sector,x,y,jobs,age,technology,productivity,cluster", func(add func(...any)) {
		for k, tick := range []int{0, r.ticks / 2, r.ticks} {
			for range r.firms {
				u, town := r.rng.Float64(), 0
				for u > towns[town].part && town < 3 {
					u -= towns[town].part
					town++
				}
				sd := []float64{16, 12, 9}[k]
				px, py := towns[town].x+sd*r.rng.NormFloat64(), towns[town].y+sd*r.rng.NormFloat64()
				v, trade := r.rng.Float64(), 0
				for v > trades[trade].part && trade < len(trades)-1 {
					v -= trades[trade].part
					trade++
				}
				size := math.Ceil(math.Pow(1-r.rng.Float64(), -1/1.06))
				size = math.Min(size, 20000)
				x[k], y[k] = append(x[k], px), append(y[k], py)
				id, cluster := r.rng.Uint64(), 0
				if k == 2 {
					ids = append(ids, id)
					if town < 3 && id%3 == 0 {
						cluster = town + 1
					}
				}
				add(tick, strconv.FormatUint(id, 10), trades[trade].id, px, py, size, 5, 1, 1.2, cluster)
				jobs[[3]int{tick, int(math.Floor(px / 2)), int(math.Floor(py / 2))}] += size
			}
		}
	})
	r.write(t, "ties.csv", "tick,from,to,kind,trust_from,trust_to,x1,y1,x2,y2", func(add func(...any)) {
		for i := range r.firms {
			j := (i*7919 + 13) % r.firms
			if math.Hypot(x[2][i]-x[2][j], y[2][i]-y[2][j]) < 60 {
				add(r.ticks, strconv.FormatUint(ids[i], 10), strconv.FormatUint(ids[j], 10), "collaboration", r.rng.Float64(), r.rng.Float64(), x[2][i], y[2][i], x[2][j], y[2][j])
			}
		}
	})
	r.write(t, "cells.csv", "tick,cell,x,y,km,jobs", func(add func(...any)) {
		for _, tick := range []int{0, r.ticks} {
			for cell := range 55 * 65 {
				cx, cy := cell%55, cell/55-10
				add(tick, cell, float64(2*cx+1), float64(2*cy+1), 2, jobs[[3]int{tick, cx, cy}])
			}
		}
	})
}

// works writes what stands in cells: roads in two circles that overlap, and a park on one cell.
func (r *toy) works(t testing.TB) {
	within := func(x, y, cx, cy, km float64) bool { return math.Hypot(x-cx, y-cy) <= km }
	each := func(show func(cell int, x, y float64, south, north, park bool)) {
		for cell := range 55 * 65 {
			x, y := float64(2*(cell%55)+1), float64(2*(cell/55-10)+1)
			show(cell, x, y, within(x, y, 60, 22, 14), within(x, y, 44, 38, 12), x == 9 && y == 87)
		}
	}
	r.write(t, "infrastructure.csv", "tick,cell,x,y,km,transport,utilities,communications,land", func(add func(...any)) {
		each(func(cell int, x, y float64, south, north, park bool) {
			roads, other, land := 0.0, 0.0, 0.0
			if south {
				roads, other, land = .012, .004, 60
			}
			if north {
				roads += .02
			}
			if park {
				land = 5200
			}
			if roads+land > 0 {
				add(r.ticks, cell, x, y, 2, roads, other, other/2, land)
			}
		})
	})
	r.write(t, "works.csv", "tick,cell,x,y,km,policy,instrument,capital", func(add func(...any)) {
		each(func(cell int, x, y float64, south, north, park bool) {
			for _, one := range []struct {
				stands       bool
				policy, does string
				capital      float64
			}{{south, "south-bay", "infrastructure", 30}, {north, "peninsula-line", "transport", 25}, {park, "mission-bay", "technopark", 900}} {
				if one.stands {
					add(r.ticks, cell, x, y, 2, one.policy, one.does, one.capital)
				}
			}
		})
	})
	r.write(t, "institutions.csv", "id,name,kind,x,y", func(add func(...any)) {
		add("stanford", "Stanford University", "university", 36.0, 36.0)
		add("berkeley", "University of California", "university", 32.0, 89.0)
		add("city_college", "City College", "college", 16.0, 76.0)
	})
}

// laws writes growth.csv, sizes.csv and summary.csv.
func (r *toy) laws(t testing.TB) {
	r.write(t, "growth.csv", "tick,lo,hi,firms", func(add func(...any)) {
		for k := -60; k < 60; k++ {
			lo := float64(k) * .02
			mid := lo + .01
			add(r.ticks, lo, lo+.02, math.Round(float64(r.firms)*20*.02/(2*.12)*math.Exp(-math.Abs(mid)/.12)))
		}
	})
	r.write(t, "sizes.csv", "tick,jobs,rank", func(add func(...any)) {
		for rank := 1.0; rank <= float64(r.firms); rank = math.Ceil(rank * 1.08) {
			add(r.ticks, math.Pow(float64(r.firms)/rank, 1/1.06), rank)
		}
	})
	r.write(t, "summary.csv", "statistic,value,lo,hi,unit,meaning", func(add func(...any)) {
		add("subbotin_b", 1.08, 1.02, 1.15, "", "shape")
		add("laplace_scale", .12, .118, .122, "", "scale")
		add("gauss_sd", .17, .165, .175, "", "sd")
		add("tail_exponent", 1.06, .98, 1.14, "", "tail")
	})
}

// policies writes effects.csv and costs.csv.
func (r *toy) policies(t testing.TB) {
	arms := []string{"subsidy", "tax_break", "infrastructure"}
	r.write(t, "effects.csv", "metric,policy,tick,baseline,effect,effect_pct,lo,hi,p_adjusted,replicates,variance_reduction", func(add func(...any)) {
		for m, metric := range []string{"public_cost", "jobs", "synergy", "productivity"} {
			base := []float64{100, 45000, .1, 1.9}[m]
			for p, arm := range arms {
				for tick := 40; tick <= 120; tick += 4 {
					g := float64(tick-40) / 80
					e := base * []float64{.4, .012, .03, .008}[m] * g * float64(2-p)
					w := base * .004 * math.Sqrt(g)
					add(metric, arm, tick, base, e, 100*e/base, e-w, e+w, []float64{.01, .01, .6}[p], 10, 30) // works do nothing here
				}
			}
		}
	})
	head := "policy,gross,admin,guarantee_loss,tax_back,private_levered,deadweight,displacement,net_cost,net_jobs,cost_per_net_job,cost_per_value_added," +
		"net_cost_lo,net_cost_hi,net_jobs_lo,net_jobs_hi,cost_per_net_job_lo,cost_per_net_job_hi"
	r.write(t, "costs.csv", head, func(add func(...any)) {
		add("subsidy", 1200, 60, 0, 200, 0, .3, .2, 1060, 380, 2.79, .8, 1000, 1120, 300, 460, 2.2, 3.6)
		add("tax_break", 1100, 20, 0, 150, 0, .3, .2, 970, 610, 1.59, .8, 900, 1040, 500, 720, 1.3, 2.0)
		add("infrastructure", 1250, 90, 0, 50, 0, .3, .2, 1290, -40, "", "", 1200, 1380, -160, 80, "", "")
	})
	r.write(t, "pairs.csv", "policy,replicate,net_cost,net_jobs,value_added,displacement,deadweight", func(add func(...any)) {
		for p, arm := range arms {
			for k := range 10 {
				add(arm, k, 1060+100*float64(p)+40*r.rng.NormFloat64(), 380-200*float64(p)+60*r.rng.NormFloat64(), 900, "", "")
			}
		}
	})
	r.write(t, "ledger.csv", "tick,policy,gross,admin,guarantee_loss,tax_back,private_levered", func(add func(...any)) {
		for tick := 41; tick <= 120; tick++ {
			for p, arm := range arms {
				gross := 0.0
				if tick <= 60 {
					gross = 60
				}
				add(tick, arm, gross, .05*gross, 0, 3*float64(p)+2*math.Sin(float64(tick)/5), .2*gross)
			}
		}
	})
}
