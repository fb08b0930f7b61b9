package world

// A Visit is a firm's look at a site.
type Visit struct {
	Row   int32   // of the firm
	Area  int32   // of the site, index in the setting
	At    Point   // km
	Value float64 // of the site to the firm, once it is judged: log profit over sigma
}
