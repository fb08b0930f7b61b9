package measure

// Colocation is the share of all pairs of a firm of sector a and a firm of sector b that lie in the same place, in
// [0, 1]: the index of Howard, Newman and Tarp (2016, Journal of Economic Geography 16) before its comparison with
// chance. Sector and place hold each firm's.
//
// It is undefined where either sector has no firm, and for a sector with itself.
func Colocation(sector, place []int32, a, b int32) (float64, error) {
	const name = "colocation"
	if err := length(name, "place", len(place), len(sector)); err != nil {
		return 0, err
	}
	places := int32(0)
	for i, p := range place {
		if p < 0 {
			return 0, &Invalid{name, "place", i, float64(p), "an index from 0"}
		}
		places = max(places, p+1)
	}
	if a == b {
		return 0, undefined(name, "a sector is not compared with itself")
	}
	ofA, ofB := make([]float64, places), make([]float64, places)
	for i, s := range sector {
		if s == a {
			ofA[place[i]]++
		}
		if s == b {
			ofB[place[i]]++
		}
	}
	together, nA, nB := 0.0, 0.0, 0.0
	for p := range places {
		together += float64(ofA[p] * ofB[p])
		nA += ofA[p]
		nB += ofB[p]
	}
	if nA == 0 || nB == 0 {
		return 0, undefined(name, "a sector has no firm")
	}
	return together / (nA * nB), nil
}
