package cluster

// Params say what counts as a cluster. Every condition can be switched off by itself, with the value that its comment names.
type Params struct {
	// KM is the distance over which workers are smoothed before dense cells are sought.
	KM float64 `default:"4" unit:"km" in:"(0,100]" src:"assumed"`
	// Density is how many times denser than on the mean of all land the workers, and the firms, of a group of sectors must be in
	// a cell; at 0 any cell with some of them will do.
	Density float64 `default:"3" unit:"1" in:"[0,100]" src:"assumed"`
	// Firms is the least number of firms of the group in a cluster; 1 asks for no more than somebody.
	Firms int `default:"10" unit:"firms" in:"[1,10000]" src:"assumed"`
	// Quotient is the least location quotient of the group in the cells of a cluster: its share of the jobs there over its share
	// of all jobs. Studies of clusters ask for 1.25 (Miller et al. 2001) to 2 (European Cluster Observatory 2007); 0 asks for
	// nothing.
	Quotient float64 `default:"1.5" unit:"1" in:"[0,100]" src:"assumed"`
	// Ties is how many times denser the ties among a cluster's firms must be than their ties to the group's firms outside; 0 asks
	// for nothing.
	Ties float64 `default:"1" unit:"1" in:"[0,100]" src:"assumed"`
	// Hold is the part of each of these thresholds that is enough where the group had a cluster a year ago, so that one at the edge
	// does not die and be born again every other year; 1 forgets the past.
	Hold float64 `default:"0.75" unit:"1" in:"[0.1,1]" src:"assumed"`
}
