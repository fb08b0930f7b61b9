package model

import (
	"agglo/model/policy"
	"agglo/model/world"
)

// A Setup is everything that New needs: checked values that print, and nothing else.
type Setup struct {
	Setting  world.Setting // the region
	Params   Params        // the rules' parameters
	Policies []policy.Spec // what the authorities do
	Seed     uint64        // of all random draws, below 2^53
	Ticks    int           // quarters to run, >= 0
	Threads  int           // workers that make the world, below 1 = one; no result depends on them
}
