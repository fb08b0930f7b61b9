// Package production holds the technology of firms: what a unit costs at a site, and how local inputs, the labour pool,
// trust in suppliers and crowded land enter it. Marshall's first two reasons to cluster stand here.
package production

// Params are the parameters of production.
type Params struct {
	// LocalShare is the share of input spending that goes to local suppliers at the start.
	LocalShare float64 `default:"0.3" unit:"1" in:"[0,1)" src:"assumed"`
	// InputKM is the distance over which the pull of a supplier falls by e.
	InputKM float64 `default:"15" unit:"km" in:"(0,500]" src:"assumed"`
	// PoolElasticity is the elasticity of the quality of matches to the size of the labour pool; 0 switches pooling off.
	PoolElasticity float64 `default:"0.05" unit:"1" in:"[0,0.5]" src:"assumed"`
	// PoolKM is the distance over which a worker's weight in the labour pool falls by e.
	PoolKM float64 `default:"10" unit:"km" in:"(0,500]" src:"assumed"`
	// PoolFloor is the pool of generalists that a firm finds anywhere, in mean pools of the start. It keeps a lonely
	// firm's matches above zero.
	PoolFloor float64 `default:"0.1" unit:"1" in:"(0,10]" src:"assumed"`
	// ReducedForm says whether efficiency has a reduced form, with elasticities to the labour pool and to suppliers that are known
	// beforehand, in place of the quality of matches and the price of inputs. It tests what estimates elasticities.
	ReducedForm bool `default:"false" unit:"1" in:"{true,false}" src:"assumed"`
	// ReducedPool is the elasticity of efficiency, in units of value added, to the labour pool with its generalists, in the reduced form.
	ReducedPool float64 `default:"0.025" unit:"1" in:"[0,0.5]" src:"assumed"`
	// ReducedSupply is the elasticity of efficiency, in units of value added, to suppliers within reach and a floor of PoolFloor of those
	// of a mean site, in the reduced form.
	ReducedSupply float64 `default:"0.025" unit:"1" in:"[0,0.5]" src:"assumed"`
	// Relational is the share of inputs that need a relation with the supplier; 0 switches trust in suppliers off.
	Relational float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// Governance is what guarding against a supplier one does not trust at all adds to the price.
	Governance float64 `default:"0.2" unit:"1" in:"[0,2]" src:"assumed"`
	// Rent is the yearly rent per worker on empty land, in world wages.
	Rent float64 `default:"0.04" unit:"world wages/worker/year" in:"[0,1]" src:"assumed"`
	// RentElasticity is the elasticity of rent to the crowding of a cell.
	RentElasticity float64 `default:"1" unit:"1" in:"[0,5]" src:"assumed"`
	// RoadCapacity is the goods, sold and bought in a year, at which the roads of a unit of land (a worker at base rent) are
	// full, in world wages; 0 = roads never fill.
	RoadCapacity float64 `default:"0" unit:"world wages/worker/year" in:"[0,10000]" src:"assumed"`
	// Freight is the cost of one end of a journey on empty roads, as a share of the goods' value.
	Freight float64 `default:"0.02" unit:"1" in:"[0,0.5]" src:"assumed"`
	// RoadDelay is what a full road adds to the cost of a journey's end, as a share of that on an empty one.
	RoadDelay float64 `default:"0.15" unit:"1" in:"[0,10]" src:"Bureau of Public Roads 1964, Traffic Assignment Manual"`
	// RoadPower says how suddenly roads fill.
	RoadPower float64 `default:"4" unit:"1" in:"[1,10]" src:"Bureau of Public Roads 1964, Traffic Assignment Manual"`
	// Slack is how far deliveries may exceed capacity for a while.
	Slack float64 `default:"1.1" unit:"1" in:"[1,2]" src:"assumed"`
}
