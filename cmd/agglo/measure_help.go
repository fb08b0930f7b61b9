package main

// What agglo measure WHAT --help says of each WHAT: formula, source, input, output, and what happens in the cases that
// the formula leaves open. The pages of docs/measure.md say more.

const helpPlants = `
Input   --plants region,sector,employment: one row a plant (or firm); employment at least 0, plants without jobs count
        nowhere. --regions region,employment: each region once, with every region of a plant among them; regions
        without plants count. Without it a region weighs what its plants employ.`

const helpEllisonGlaeser = `Formula G = sum_j (s_j - x_j)^2, H = sum_k z_k^2, gamma = [G - (1 - sum x^2) H] / [(1 - sum x^2)(1 - H)], with s_j
        the sector's share of jobs in region j, x_j that of all jobs, z_k the plant's share in the sector; z is G less
        its mean over its standard deviation, were the plants thrown on the map like darts.
Source  Ellison and Glaeser 1997, doi 10.1086/262098.` + helpPlants + `
Output  sector,plants,gamma,g,h,z. Above 0.05 a sector counts as highly concentrated, below 0.02 as hardly.
Empty   all but plants for a sector without jobs; gamma and z for one plant, and where all jobs lie in one region.`

const helpCoagglomeration = `Formula gamma_c = sum_j (s_aj - x_j)(s_bj - x_j) / (1 - sum x^2) for each pair. --group A,B,... adds one row: the
        index of the sectors as a group, [G/(1 - sum x^2) - H - sum gamma_i w_i^2 (1-H_i)] / (1 - sum w_i^2).
Source  Pairs: Ellison, Glaeser and Kerr 2010, doi 10.1257/aer.100.3.1195. Group: Ellison and Glaeser 1997.` + helpPlants + `
Output  sector_a,sector_b,gamma_c; the group's row has its names in sector_a and nothing in sector_b.
Empty   gamma_c where a sector has no jobs, or all jobs lie in one region.`

const helpTable = `
Input   --table region,sector,employment: employment at least 0; rows of the same pair are added up; a pair of a region
        and a sector that is not listed has no jobs.`

const helpLocationQuotient = `Formula (e_ij/e_j) / (e_i/e) for region j and sector i.
Source  Florence 1939, Report on the Location of Industry.` + helpTable + `
Output  region,sector,value for every pair; above 1 the region is specialised in the sector.
Empty   where the region or the sector has no jobs.`

const helpHoover = `Formula 1/2 sum |s_k - x_k| of the part's and all jobs' shares: the share of jobs that would have to move.
Source  Hoover 1936, doi 10.2307/1927875.` + helpTable + `
Output  sector,value (--by sector, the usual) or region,value (--by region); from 0 to below 1.
Empty   for a sector or region without jobs.`

const helpKrugman = `Formula sum |a_i - b_i| of the shares of sectors in a region and in all regions together, from 0 to 2; twice Hoover.
        --against NAME compares with that region instead.
Source  Krugman 1991, Geography and Trade.` + helpTable + `
Output  region,value (--by region, the usual) or sector,value (--by sector).
Empty   for a region or sector without jobs.`

const helpGini = `Formula --form quotient: 2/(n^2 mean C) sum k (C_(k) - mean C) of the quotients C of the part's and all jobs' shares;
        --form lorenz: twice the area between the diagonal and the Lorenz curve of the part against all jobs (also named
        Hoover-Gini); --form plain: 2 sum k x_(k) / (n sum x) - (n+1)/n of the jobs themselves.
Source  Gini 1914; Krugman 1991, Geography and Trade; Hoover 1936, doi 10.2307/1927875.` + helpTable + `
Output  sector,value (--by sector, the usual) or region,value (--by region).
Empty   for a sector or region without jobs. Units without any jobs are left out of quotient and lorenz.`

const helpTheil = `Formula T = mean(x/m ln(x/m)), L = mean(ln(m/x)) with m the mean of the values x, in nats;
        T = sum_g share_g T_g + sum_g share_g ln(m_g/m) = within + between.
Source  Theil 1967, Economics and Information Theory.
Input   --table region,sector,employment: each pair listed is a value, rows of the same pair are added up; unlike in the
        other measures a pair that is not listed is no value, so list it with 0 if it should count.
Output  region,T,L,within,between (or sector, with --by sector). The first row names no group and holds the indices of
        all values; the others hold the group's own T and L, and its parts of the sums within and between.
Empty   L where a value is 0; T and L of a group without jobs.`

const helpHerfindahl = `Formula H = sum of squared shares; --form normalised: (H - 1/n)/(1 - 1/n); --form equivalent: 1/H.
Source  Hirschman 1945; Herfindahl 1950.` + helpTable + `
Output  sector,value (--by sector, the usual) or region,value (--by region). Units without jobs count in n.
Empty   for a sector or region without jobs; normalised also for n = 1.`

const helpLitzenbergerSternberg = `Formula (e/E)/(a/A) * (e/E)/(p/P) / ((e/b)/(E/B)): relative density of the sector times relative specialisation over
        relative size of firms; e jobs, b firms, a area, p inhabitants of the region, capitals those of all regions.
Source  Sternberg and Litzenberger 2004, European Planning Studies 12; Litzenberger and Sternberg 2006, Geographische
        Zeitschrift 94.
Input   --units region,sector,employment,firms,area,population: all numbers at least 0; area and population are the
        region's and the same in all its rows; jobs and firms of the same pair are added up; a pair not listed has none.
Output  region,sector,value for every pair; 1 is average, 0 where the sector has no jobs in the region.
Empty   where jobs stand without firms, for a region without area or inhabitants, for a sector without jobs or firms.`

const helpDurantonOverman = `Formula Kd(r) = sum_p [phi((r-d_p)/h) + phi((r+d_p)/h)] / (n_p h) over the n_p distances between a sector's plants, phi
        the normal density, h by Silverman's rule. The envelopes come from as many plants on sites drawn from all sites:
        lo and hi hold for one distance, global_lo and global_hi for all distances together.
Source  Duranton and Overman 2005, doi 10.1111/0034-6527.00362.
Input   --plants sector,x,y[,employment]: plane coordinates in one unit, such as km (no degrees). Employment counts with
        --weighted only.
Output  sector,distance,kd,lo,hi,global_lo,global_hi,localised. localised is true if kd is above global_hi at any
        distance; a sector that is not, with kd below global_lo somewhere, is dispersed.
Empty   one row without numbers for a sector of fewer than three plants, or with all the sites.`

const helpMarconPuech = `Formula M(r) = mean_i Wn_i(r)/Wa_i(r) / mean_i (Wn - w_i [same sector])/(Wa - w_i) over the sector's plants i that have
        a neighbour within r; Wn_i(r), Wa_i(r) the weight of the neighbouring sector and of all plants within r of i, i
        itself left out.
Source  Marcon and Puech 2010, Journal of Economic Geography 10.
Input   --plants sector,x,y[,employment]: plane coordinates in one unit, such as km (no degrees); plants weigh their
        employment, or 1 each if there is no such column.
Output  sector,neighbour,r,m; neighbour is empty for the sector with itself. 1 is what randomness gives, 2 twice as much.
Empty   m for a radius within which no plant of the sector has a neighbour.`

const helpMoran = `Formula n/S0 sum_ij w_ij z_i z_j / sum z_i^2 with z the deviation from the mean; expected -1/(n-1); z and the two-sided
        p suppose independent normal values.
Source  Moran 1950, doi 10.2307/2332142; Cliff and Ord 1981, Spatial Processes.
Input   --points [id,]x,y,value with --band R: places at most R apart are neighbours with weight 1. Or --points
        [id,]value with --weights i,j,w: i and j are ids, or rows of the points from 1; w at least 0, used as given;
        repeated pairs add up.
Output  i,expected,z,p.
Empty   all for fewer than three places, values without spread, or no neighbours at all.`

const helpTripleHelix = `Formula T = H_g + H_t + H_o - H_gt - H_go - H_to + H_gto in bits: g place, t sector, o size. Below 0 is synergy.
        T = t0 + sum of terms: with a column region, the share of the region's firms times its own T; else, by place,
        t0 = H_t + H_o - H_to and a place's term is its share of firms times the negative of the same inside it.
Source  McGill 1954; Leydesdorff, Dolfsma and van der Panne 2006, doi 10.1016/j.respol.2005.09.001; regions: Leydesdorff
        and Strand 2013, doi 10.1002/asi.22895.
Input   --units place,sector,size[,region]: one row a firm, all classes as text; size is a class such as 10-49.
Output  place (or region),firms,t_bits,h_place,h_sector,h_size,h_place_sector,h_place_size,h_sector_size,
        h_place_sector_size,t0,term. The first row names no group and is of all firms, its term the sum of all terms.
        A note says what t_bits would be if sizes were dealt out at random: few firms a class pull it below 0.`

const helpNetwork = `Formula triangles; transitivity 3 triangles / pairs of edges that meet; clustering the mean share of linked neighbours;
        assortativity the correlation of degrees over edges; mean_path and diameter in edges; modularity
        sum_c [w_c/m - resolution (k_c/2m)^2] of the communities that Louvain's method finds.
Source  Watts and Strogatz 1998, doi 10.1038/30918; Newman 2002, doi 10.1103/PhysRevLett.89.208701; Newman and Girvan
        2004, doi 10.1103/PhysRevE.69.026113; Blondel and others 2008, doi 10.1088/1742-5468/2008/10/P10008.
Input   --edges from,to[,weight]: undirected; weights at least 0, repeated edges add up and loops are left out. Only
        modularity uses weights. --communities node,community: every node once, for the modularity of these communities
        instead of those that Louvain's method finds.
Output  nodes,edges,triangles,transitivity,clustering,assortativity,mean_path,diameter,modularity,communities,
        path_sources. Up to 10,000 nodes path_sources is all of them; beyond, --sources nodes are drawn, mean_path is an
        estimate and diameter a lower bound.
Empty   what does not exist: assortativity of equal degrees, transitivity without edges that meet, paths without edges.`

const helpDistribution = `Formula hill: k / sum ln(x_(i)/x_(k+1)); rank_size_slope: least squares of ln(rank - 1/2) on ln(size), with standard error
        se = exponent sqrt(2/n); both on the largest values, as many as --top says. Laplace: median and mean deviation
        from it. subbotin_b: shape by maximum likelihood, 1 Laplace, 2 Gauss. kurtosis: 6 Laplace, 3 Gauss.
        lognormal_vs_pareto: Vuong's statistic of the tail, above 0 for the lognormal; beyond 2 either way it is clear.
Source  Hill 1975, doi 10.1214/aos/1176343247; Gabaix and Ibragimov 2011, doi 10.1198/jbes.2009.06157; Bottazzi and Secchi
        2006, RAND Journal of Economics 37; Vuong 1989, doi 10.2307/1912557.
Input   --values value: sizes or growth rates, any numbers.
Output  n,hill,rank_size_slope,se,laplace_location,laplace_scale,subbotin_b,kurtosis,lognormal_vs_pareto.
Empty   the tail where the largest values hold 0 or less, or are all equal; the others for values without spread.`
