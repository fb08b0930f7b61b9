package world

// A Visit is a firm's look at a site.
type Visit struct {
	Row   int32
	Area  int32
	At    Point
	Value float64 // of the site to the firm, once it is judged
}
