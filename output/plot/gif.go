package plot

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	files "agglo/internal/table"
)

// filmTime is how long a film lasts if its frames are neither too fast nor too slow for it, and how long its last frame stays; in
// hundredths of a second, as the bounds of a frame.
const (
	filmTime    = 1200
	lastTime    = 300
	fastestTime = 10
	slowestTime = 60
)

// frameTime is how long a frame is shown, hundredths of a second.
func (m *Film) frameTime() int { return min(max(filmTime/m.Frames(), fastestTime), slowestTime) }

// GIF writes the film. Of a frame only the dots that differ from the one before are stored; colours are the 255 that serve the
// first, the middle and the last frame best. watch is told of each frame; may be nil.
func (m *Film) GIF(ctx context.Context, path string, watch func()) error {
	var samples []*image.RGBA
	for _, k := range []int{0, m.Frames() / 2, m.Frames() - 1} {
		samples = append(samples, m.Frame(k))
	}
	p := append(color.Palette{color.RGBA{}}, paletteOf(samples, 255)...) // the first is see-through
	size := samples[0].Bounds()
	out := &gif.GIF{Config: image.Config{ColorModel: p, Width: size.Dx(), Height: size.Dy()}}
	near := map[color.RGBA]uint8{}
	var before []uint8
	for k := range m.Frames() {
		if err := ctx.Err(); err != nil {
			return err
		}
		frame := m.Frame(k)
		if frame.Bounds() != size {
			return fmt.Errorf("frame %d has another size than the first", k)
		}
		now := indices(frame, p, near)
		out.Image = append(out.Image, changes(before, now, size, p))
		before = now
		hold := m.frameTime()
		if k == m.Frames()-1 {
			hold = lastTime
		}
		out.Delay, out.Disposal = append(out.Delay, hold), append(out.Disposal, gif.DisposalNone)
		if watch != nil {
			watch()
		}
	}
	return whole(path, func(w io.Writer) error { return gif.EncodeAll(w, out) })
}

// indices gives each dot the place of its nearest colour, never the first.
func indices(frame *image.RGBA, p color.Palette, near map[color.RGBA]uint8) []uint8 {
	out := make([]uint8, len(frame.Pix)/4)
	for i := range out {
		c := color.RGBA{frame.Pix[4*i], frame.Pix[4*i+1], frame.Pix[4*i+2], 255}
		k, known := near[c]
		if !known {
			k = uint8(p[1:].Index(c) + 1)
			near[c] = k
		}
		out[i] = k
	}
	return out
}

// changes is the smallest part of a frame that holds all dots that changed; those in it that did not are see-through.
func changes(before, now []uint8, size image.Rectangle, p color.Palette) *image.Paletted {
	part := size
	if before != nil {
		part = image.Rectangle{}
		for i := range now {
			if now[i] != before[i] {
				x, y := i%size.Dx(), i/size.Dx()
				part = part.Union(image.Rect(x, y, x+1, y+1))
			}
		}
		if part.Empty() {
			part = image.Rect(0, 0, 1, 1)
		}
	}
	img := image.NewPaletted(part, p)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			i := y*size.Dx() + x
			if before == nil || now[i] != before[i] {
				img.SetColorIndex(x, y, now[i])
			}
		}
	}
	return img
}

// whole writes a file that has its name when it is whole and on the disk, in a folder that is made if there is none.
func whole(path string, write func(w io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return files.Whole(path, write)
}

// ErrNoFFmpeg says that there is no ffmpeg to make videos with.
var ErrNoFFmpeg = errors.New("MP4 needs the program ffmpeg, which is not to be found here (Debian: apt-get install ffmpeg); a GIF needs nothing")

// MP4 writes the film as H.264 with ffmpeg, which must be there. watch is told of each frame; may be nil.
func (m *Film) MP4(ctx context.Context, path string, watch func()) error {
	program, err := exec.LookPath("ffmpeg")
	if err != nil {
		return ErrNoFFmpeg
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	file, err := files.CreatePart(path)
	if err != nil {
		return err
	}
	if err := m.mp4(ctx, program, file.Name(), watch); err != nil {
		_, _ = file.Close(), os.Remove(file.Name()) // the first error is the one to tell
		return err
	}
	return files.Settle(file, path)
}

// mp4 lets ffmpeg write the film.
func (m *Film) mp4(ctx context.Context, program, path string, watch func()) error {
	size := m.Frame(0).Bounds()
	run := exec.CommandContext(ctx, program, "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", fmt.Sprintf("%dx%d", size.Dx(), size.Dy()),
		"-framerate", fmt.Sprintf("100/%d", m.frameTime()), "-i", "-", "-c:v", "libx264", "-crf", "18", "-pix_fmt", "yuv420p", "-r", "25",
		"-movflags", "+faststart", "-f", "mp4", path)
	in, err := run.StdinPipe()
	if err != nil {
		return err
	}
	var said tail
	run.Stderr = &said
	if err := run.Start(); err != nil {
		return fmt.Errorf("ffmpeg: %w", err)
	}
	for k := 0; k < m.Frames() && err == nil && ctx.Err() == nil; k++ {
		frame := m.Frame(k)
		shows := 1
		if k == m.Frames()-1 {
			shows = max(1, lastTime/m.frameTime())
		}
		for range shows {
			if err == nil {
				_, err = in.Write(frame.Pix)
			}
		}
		if watch != nil {
			watch()
		}
	}
	_ = in.Close() // what failed is told by ffmpeg
	if fault := run.Wait(); fault != nil {
		err = fmt.Errorf("ffmpeg: %w: %s", fault, said)
	}
	return errors.Join(ctx.Err(), err)
}

// tail keeps the end of what a program says.
type tail []byte

// Write keeps the last 500 bytes.
func (t *tail) Write(b []byte) (int, error) {
	*t = append(*t, b...)
	if n := len(*t); n > 500 {
		*t = (*t)[n-500:]
	}
	return len(b), nil
}
