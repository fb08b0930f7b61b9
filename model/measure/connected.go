package measure

// Outside is the label of a cell that belongs to no cluster.
const Outside int32 = -1

// Connected labels the groups of member cells of an nx by ny grid that touch by a side or a corner (8 neighbours).
// Cell (ix, iy) is number iy*nx+ix. Labels run from 0 in the order of each group's first cell, so they depend on the
// map alone; cells that are no members have the label Outside. n is the number of groups.
//
// It panics unless member has nx*ny cells: the grid is the program's own, not the user's.
func Connected(nx, ny int, member []bool) (label []int32, n int) {
	if nx < 0 || ny < 0 || len(member) != nx*ny {
		panic("measure: Connected: member must have one entry for each of nx*ny cells")
	}
	label = make([]int32, len(member))
	for c := range label {
		label[c] = Outside
	}
	var front []int32 // cells whose neighbours are still to be looked at
	for c, in := range member {
		if !in || label[c] != Outside {
			continue
		}
		id := int32(n)
		n++
		label[c] = id
		front = append(front[:0], int32(c))
		for len(front) > 0 {
			cell := int(front[len(front)-1])
			front = front[:len(front)-1]
			ix, iy := cell%nx, cell/nx
			for y := max(iy-1, 0); y <= min(iy+1, ny-1); y++ {
				for x := max(ix-1, 0); x <= min(ix+1, nx-1); x++ {
					if near := y*nx + x; member[near] && label[near] == Outside {
						label[near] = id
						front = append(front, int32(near))
					}
				}
			}
		}
	}
	return label, n
}
