package main

// A mutant is one rule broken on purpose, by an exact replacement that must fit once in its file.
type mutant struct {
	name string // short, as the tables and -only know it
	what string // what is broken, for the page
	file string // from the root of the module
	from string // stands once in the file
	to   string
	pack string // package whose test sees it
	test string // the test that fails
}

// mutants are the rules broken on purpose, from the technology of a firm up to the engine's arithmetic.
var mutants = []mutant{
	// production
	{"wage-lowers-price", "matches make workers dearer instead of better", "model/production/cost.go",
		"p.Beta*(logWage-match)", "p.Beta*(logWage+match)", "model/production", "TestLogPrice"},
	{"crowds-make-land-cheap", "rent falls where people crowd", "model/production/cost.go",
		"crowd := 1 + (w", "crowd := 1 - (w", "model/production", "TestRent"},
	{"no-overhead", "firms need no overhead: no increasing returns", "model/production/capacity.go",
		"return p.Overhead + p.Beta*", "return p.Beta*", "model/production", "TestFactorsForSales"},
	{"capital-as-labour", "capital has the weight of labour in capacity", "model/production/capacity.go",
		"k, work := p.Alpha/(p.Alpha+p.Beta)", "k, work := p.Beta/(p.Alpha+p.Beta)", "model/production", "TestCapacity"},
	{"own-supplier", "a firm supplies itself", "model/production/cost.go",
		"max(index[own-from]-self, rest)", "max(index[own-from]-0*self, rest)", "model/production", "TestOwnMassIsLeftOut"},
	{"trust-too-dear", "trust works with sigma, not sigma - 1", "model/production/cost.go",
		"num.PowQuick(ratio, sigma-1)", "num.PowQuick(ratio, sigma)", "model/production", "TestDiscount"},
	{"pool-without-generalists", "the labour pool has no generalists", "model/production/cost.go",
		"return (float64(r.P.PoolFloor*mean) + n)", "return n", "model/production", "TestPool"},
	{"roads-fill-evenly", "delay on roads grows in proportion to traffic", "model/production/roads.go",
		"num.Pow(full, p.RoadPower)", "full", "model/production", "TestRoads"},
	// market
	{"receipts-by-another-kernel", "orders come back by the kernel of homes", "model/market/trade.go",
		"g.Supply.Smooth(w.Fields.Receipts[from:to], mass, work)", "g.Home.Smooth(w.Fields.Receipts[from:to], mass, work)", "model/market", "TestOrdersReachSuppliers"},
	{"no-capacity", "firms deliver whatever is ordered", "model/market/trade.go",
		"min(f.Demand[i], float64(f.Capacity[i]))", "f.Demand[i]", "model/market", "TestSell"},
	{"rivals-twice", "rivals of the world count twice with households", "model/market/trade.go",
		"(rivals[c] + world)", "(rivals[c] + 2*world)", "model/market", "TestHomeMarketIsSeparable"},
	{"own-customer", "a firm's own orders come back to it", "model/market/trade.go",
		"receipts -= float64(float64(w.OrdersOf(i)[s]) * float64(f.SelfSupply[i]))", "receipts -= 0", "model/market", "TestOrdersReachSuppliers"},
	{"imports-of-all-inputs", "what local suppliers delivered is imported as well", "model/market/trade.go",
		"m.Imports = m.InputSpending - m.InputReceipts", "m.Imports = m.InputSpending", "model", "TestSmallWorldAddsUp"},
	{"losses-are-taxed", "losses bring money from the tax office", "model/market/accounts.go",
		"taxRate * max(q.Profit, 0)", "taxRate * q.Profit", "model/market", "TestClose"},
	{"rent-is-not-paid", "rent is not paid in cash", "model/market/accounts.go",
		"return q.Revenue - q.Wages - q.Inputs - q.Research - q.Rent -", "return q.Revenue - q.Wages - q.Inputs - q.Research -", "model/market", "TestClose"},
	{"swing-by-the-tick", "opportunities are drawn every quarter", "model/market/customers.go",
		"if f.Swing[i] == 0 || (tick-1)%world.TicksPerYear == 0 {", "if f.Swing[i] == 0 || tick > 0 {", "model/market", "TestSwingLastsAYear"},
	{"poisson-customers", "opportunities do not come in clumps", "model/market/customers.go",
		"math.Sqrt(float64(n)/r.P.Opportunities)", "math.Sqrt(float64(n)/max(float64(n), 1))", "model/market", "TestGrowthIsLaplaceByBunches"},
	{"customers-forget-people", "customers do not grow with the population", "model/market/customers.go",
		"w.Base.Appeal[s] * w.Now.Population * w.Now.Demand[s]", "w.Base.Appeal[s] * w.Now.Demand[s]", "model/market", "TestShare"},
	// labour
	{"hired-from-nowhere", "firms hire more people than seek work", "model/labour/labour.go",
		"min(seekers, vacancies, r.P.Matching", "min(vacancies, r.P.Matching", "model/labour", "TestFilled"},
	{"wages-rise-with-unemployment", "wages rise where people have no work", "model/labour/labour.go",
		"r.P.WageSlope*(r.P.Natural-m.Unemployment(k))", "r.P.WageSlope*(m.Unemployment(k)-r.P.Natural)", "model/labour", "TestWages"},
	{"rent-attracts", "people move to where homes are dear", "model/labour/labour.go",
		"- float64(r.P.RentWeight*", "+ float64(r.P.RentWeight*", "model/labour", "TestMigration"},
	{"people-move-anywhere", "people move without choosing", "model/labour/labour.go",
		"leaving * r.rate[k] / weights", "leaving / float64(len(m.Force))", "model/labour", "TestMigration"},
	{"nobody-follows", "workers do not come along with their firm", "model/labour/labour.go",
		"\tfollow(w)\n", "", "model", "TestSmallWorldAddsUp"},
	// knowledge
	{"too-near-teaches", "the nearer in mind, the more is learned", "model/knowledge/knowledge.go",
		"return x * (2 - x)", "return 2 - x", "model/knowledge", "TestValue"},
	{"leaders-stay", "the world does not copy leaders", "model/knowledge/knowledge.go",
		"d -= float64(p.Catchup * (tech - world))", "d -= 0", "model/knowledge", "TestDrift"},
	{"access-without-log", "access to knowledge acts without its log", "model/knowledge/knowledge.go",
		"num.Exp(p.AccessElasticity*num.Log1p(s))", "num.Exp(p.AccessElasticity*s)", "model/knowledge", "TestRate"},
	{"own-air", "a firm learns of its own R&D", "model/knowledge/review.go",
		"-float64(self*spending(w, i))", "-float64(0*self*spending(w, i))", "model/knowledge", "TestNobodyLearnsOfItself"},
	{"no-protection", "a partner's ideas are not protected", "model/knowledge/review.go",
		"lead*(1-w.Protection(int(t.Partner)))", "lead", "model/knowledge", "TestProtection"},
	// trust
	{"trust-without-end", "kept deals add trust without a bound", "model/trust/trust.go",
		"{p.Gain, 1 - p.Gain}", "{p.Gain, 1}", "model/trust", "TestTrust"},
	{"no-decay", "trust does not fade without dealings", "model/trust/trust.go",
		"{0, 1 - p.Decay}", "{0, 1}", "model/trust", "TestTrust"},
	{"damage-by-the-victim", "damage is by the victim's size alone", "model/trust/end.go",
		"min(f.Sales[i], f.Sales[j])", "f.Sales[i]", "model/trust", "TestPay"},
	{"damage-vanishes", "what lawyers get goes nowhere", "model/trust/end.go",
		"w.Receive(int(f.Cell[i]), (1-r.P.Loot)*damage)", "w.Receive(int(f.Cell[i]), 0*damage)", "model/trust", "TestPay"},
	{"ends-disagree", "the ends of a collaboration draw apart whether it ends", "model/trust/deal.go",
		"deck.Bits(uint64(t.Pair()))", "deck.Bits(uint64(t.Pair()) ^ d.id)", "model/trust", "TestDeal"},
	{"room-for-all", "nobody asks whether a partner has room", "model/trust/search.go",
		"return more <= 0 || more <= r.P.TieSize*num.LogQuick(1+labour/4)", "return more < 12", "model/trust", "TestRoom"},
	// demography
	{"capital-for-nothing", "founders' capital is not paid", "model/demography/entry.go",
		"f.Cash[i] = brought - capital", "f.Cash[i] = brought", "model/demography", "TestEnter"},
	{"a-bad-year-kills", "a loss closes a firm that has cash", "model/demography/exit.go",
		"case loss < 0 && room < -loss:", "case loss < 0:", "model/demography", "TestJudge"},
	{"foundings-run-away", "foundings answer profit without a bound", "model/demography/entry.go",
		"r.P.ProfitResponse), .2, 5)", "r.P.ProfitResponse), .2, 5000)", "model/demography", "TestRespond"},
	{"moving-is-free", "moving costs nothing in the choice of a site", "model/demography/move.go",
		"- float64(r.P.Sharpness*hurdle)", "- float64(0*hurdle)", "model/demography", "TestRelocate"},
	{"finance-shuts-out", "the more finance, the fewer are financed", "model/demography/finance.go",
		">= 1-num.Exp(-all)", ">= num.Exp(-all)", "model/demography", "TestFinanceFallsWithDistance"},
	{"debts-forgotten", "banks' losses are not booked", "model/demography/exit.go",
		"m.WrittenOff -= left", "m.WrittenOff -= 0", "model/demography", "TestLeave"},
	// policy
	{"budget-without-end", "a policy spends on when its budget is gone", "model/policy/rules.go",
		"return min(1, left/want)", "return 1", "model/policy", "TestBudgetStops"},
	{"works-for-ever", "public works do not wear", "model/policy/charge.go",
		"e.Works -= float64(r.P.Wear / world.TicksPerYear * e.Works)", "e.Works -= 0", "model/policy", "TestInfrastructure"},
	{"books-do-not-close", "what is burnt is not booked", "model/policy/charge.go",
		"w.Money.PolicyBurnt += cost.Sum()", "w.Money.PolicyBurnt += 0", "model/policy", "TestBurn"},
	// cluster
	{"sparse-clusters", "any cell with land is dense", "model/cluster/dense.go",
		"w.Cells.Land[c] > 0 && r.smooth[c] > asked", "w.Cells.Land[c] > 0 && r.smooth[c] >= 0*asked", "model/cluster", "TestConditions"},
	{"unlinked-clusters", "a cluster need not be linked", "model/cluster/keep.go",
		"p.inner/(n*(n-1)/2) > least*p.outer/(n*others)", "p.inner > -least", "model/cluster", "TestConditions"},
	// split, start
	{"shapley-off", "a weight of the Shapley value is wrong", "model/split.go",
		"(v[me]-v[0])/3", "(v[me]-v[0])/6", "model", "TestShapley"},
	{"world-buys-twice", "the world buys twice what balance asks for", "model/calibrate.go",
		"w.Base.World[s] = left / weight[s]", "w.Base.World[s] = 2 * left / weight[s]", "model", "TestStartIsInBalance"},
	// world
	{"technology-with-wages", "the world's technology grows as its wages do", "model/world/economy.go",
		"n.LogTech = w.Params.Beta * w.Params.WorldGrowth", "n.LogTech = w.Params.WorldGrowth", "model/world", "TestAdvance"},
	{"ties-to-the-dead", "a firm that closes leaves its collaborations", "model/world/firms.go",
		"\t\t\tf.Part(i, k)\n", "\t\t\t_ = k\n", "model/world", "TestTies"},
	{"invariants-sleep", "nobody counts workers at home and at work", "model/world/invariants.go",
		"math.Abs(employed-jobs) > 1e-9*(1+jobs)", "math.Abs(employed-jobs) > 1e9*(1+jobs)", "model/world", "TestInvariantsAreSeen"},
	// sim
	{"self-not-exact", "a firm's own part of a field misses a corner", "sim/grid/self.go",
		"float64(2*vx*wx*x0.next)", "float64(vx*wx*x0.next)", "sim/grid", "TestSelfIsExact"},
	{"field-not-its-adjoint", "fields are brought down by other weights than up", "sim/grid/smooth.go",
		"float64(.25*(p+two[1])) + float64(.75*(q+two[0]))", "float64(.5*(p+two[1])) + float64(.5*(q+two[0]))", "sim/grid", "TestSmoothIsSymmetric"},
	{"commuters-vanish", "commuters do not add up to those who work", "sim/grid/coupling.go",
		"c.norm[cell] = 1 / sum", "c.norm[cell] = 1", "sim/grid", "TestGatherConservesAndIsAdjoint"},
	{"no-logit", "tastes are not Gumbel, so choices are no logit", "sim/rng/draws.go",
		"return -num.LogQuick(-num.Log(s.Uniform(p, key, tick, k)))", "return num.LogQuick(-num.Log(s.Uniform(p, key, tick, k)))", "model", "TestLogitChoice"},
	{"ticks-draw-alike", "all ticks draw the same", "sim/rng/rng.go",
		"h = (h ^ h>>32 ^ uint64(tick)) * golden", "h = (h ^ h>>32) * golden", "sim/rng", "TestNoCollisions"},
	{"pairs-have-a-first", "a pair has another key from its other end", "sim/rng/key.go",
		"named(finish(finish(fourth^min(a, b)) ^ max(a, b)))", "named(finish(finish(fourth^a) ^ b))", "sim/rng", "TestSwappedPartsDiffer"},
}
