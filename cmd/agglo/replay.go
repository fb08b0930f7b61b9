package main

import (
	"context"
	"fmt"

	"agglo/internal/study"
	"agglo/model"
	"agglo/model/world"
	"agglo/output"
)

// causes replays the end of the first replicate with channels of nearness cut, if that was asked for. A run that was stopped
// is not replayed, and a replay that was stopped leaves no table; the folder is not complete then.
func (x *execution) causes(ctx context.Context, c *console, e *model.Engine, folder *output.Folder) error {
	if x.replay == 0 {
		return nil
	}
	const words = "the replay of channels was stopped; there is no replay.csv"
	if ctx.Err() != nil {
		folder.Note(words)
		return nil
	}
	bar := newProgress(c, study.ReplayWork(world.NewView(e.World), x.replay))
	rows, err := study.Replay(ctx, e, x.setup, x.replay, x.threads, bar)
	bar.end()
	if ctx.Err() != nil {
		folder.Note(words)
		return nil
	} else if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	return folder.Replay(rows)
}
