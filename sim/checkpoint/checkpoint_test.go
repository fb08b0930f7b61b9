package checkpoint_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"agglo/sim/checkpoint"
)

// state has one of everything that a world may be made of.
type state struct {
	Tick    int
	Yes     bool
	Name    string
	Tiny    int8
	Ratio   float32
	Inner   inner
	Cash    []float64
	ID      []uint64
	Mass    []float32
	Row     []int32
	Sector  []uint16
	Held    []bool
	Z       [][3]float32
	Lists   [][]int32
	Books   []book
	Ties    []tie
	Nothing []float64
	Empty   []float64
	Shared  *int
	Left    []int
	hidden  []int
}

type inner struct {
	A      int64
	B      []int
	hidden []uint8
}

type book struct {
	Policy string
	Cost   struct{ Gross, Admin float64 }
	Sites  []int32
}

type tie struct {
	Row   uint16
	state uint8
}

func (t *tie) AppendBinary(b []byte) ([]byte, error) {
	return append(binary.LittleEndian.AppendUint16(b, t.Row), t.state), nil
}

func (t *tie) UnmarshalBinary(b []byte) error {
	if b[2] > 9 {
		return errors.New("state above 9")
	}
	t.Row, t.state = binary.LittleEndian.Uint16(b), b[2]
	return nil
}

func sample() *state {
	s := &state{
		Tick: -40, Yes: true, Name: "ёж", Tiny: -3, Ratio: .1, Inner: inner{A: math.MinInt64, B: []int{-1, 1 << 40}, hidden: []uint8{1}},
		Cash: []float64{1, math.Copysign(0, -1), math.NaN(), math.Inf(1)}, ID: []uint64{math.MaxUint64}, Mass: []float32{.5, -2}, Row: []int32{-1, math.MaxInt32},
		Sector: []uint16{7, 65535}, Held: []bool{true, false, true}, Z: [][3]float32{{1, 2, 3}, {4, 5, 6}}, Lists: [][]int32{{1}, nil, {}, {2, 3}},
		Books: []book{{"a", struct{ Gross, Admin float64 }{3, 4}, []int32{9}}, {Policy: "b"}}, Ties: []tie{{3, 1}, {65535, 9}}, Empty: []float64{},
		Shared: new(int), Left: []int{1, 2}, hidden: []int{3},
	}
	for k := range 20_000 { // longer than what is written at once
		s.Cash = append(s.Cash, float64(k)/3)
	}
	return s
}

func encoded(t testing.TB, s *state) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := checkpoint.Encode(&b, s, "Left"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is written is read again, to the bits of a NaN; what is excepted, shared or of another package stays as it is.
func TestRoundTrip(t *testing.T) {
	s := sample()
	data := encoded(t, s)
	got := &state{Shared: s.Shared, Left: []int{5}}
	if err := checkpoint.Decode(bytes.NewReader(data), int64(len(data)), got, "Left"); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encoded(t, got), data) {
		t.Error("what was read is written otherwise")
	}
	if got.Empty == nil || got.Nothing != nil || got.Lists[1] != nil || got.Lists[2] == nil {
		t.Error("nothing and an empty column are not told apart")
	}
	if got.hidden != nil || got.Inner.hidden != nil || !reflect.DeepEqual(got.Left, []int{5}) {
		t.Errorf("left out: %v %v %v", got.hidden, got.Inner.hidden, got.Left)
	}
	if math.Float64bits(got.Cash[2]) != math.Float64bits(s.Cash[2]) || math.Float64bits(got.Cash[1]) != 1<<63 {
		t.Error("NaN or -0 changes its bits")
	}
	got.Cash, s.Cash, got.hidden, got.Inner.hidden, got.Left = nil, nil, s.hidden, s.Inner.hidden, s.Left
	if !reflect.DeepEqual(got, s) {
		t.Errorf("read %+v\nwant %+v", got, s)
	}
}

func TestCloneSharesNoColumn(t *testing.T) {
	s := sample()
	var c state
	checkpoint.Clone(&c, s)
	if !bytes.Equal(encoded(t, &c), encoded(t, s)) || c.Shared != s.Shared || c.hidden != nil {
		t.Error("a copy differs")
	}
	before := encoded(t, &c)
	s.Cash[0], s.Lists[3][0], s.Books[0].Sites[0], s.Ties[0].state, s.Inner.B[0] = 7, 7, 7, 7, 7
	if !bytes.Equal(encoded(t, &c), before) {
		t.Error("a copy shares a column")
	}
}

func TestColumns(t *testing.T) {
	got := strings.Join(checkpoint.Columns(new(state), "Left", "Tick", "Yes", "Name"), "\n")
	for _, line := range []string{"Inner.B []int", "Cash []float64", "Z [][3]float32", "Lists [][]int32", "Books[].Cost.Gross float64", "Books[].Sites []int32", "Ties []tie of 3 bytes"} {
		if !strings.Contains(got+"\n", line+"\n") {
			t.Errorf("no line %q in\n%s", line, got)
		}
	}
	for _, word := range []string{"Left", "hidden", "Shared", "Tick"} {
		if strings.Contains(got, word) {
			t.Errorf("%s is listed", word)
		}
	}
}

// What cannot be state is a fault of the program, named at once.
func TestWhatIsNoState(t *testing.T) {
	for _, v := range []any{&struct{ M map[int]int }{M: map[int]int{}}, &struct{ F func() }{F: func() {}}} {
		for what, do := range map[string]func(){
			"written": func() { _ = checkpoint.Encode(io.Discard, v) },
			"copied":  func() { checkpoint.Clone(reflect.New(reflect.TypeOf(v).Elem()).Interface(), v) },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%T is %s", v, what)
					}
				}()
				do()
			}()
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a struct that hides a number is written in part")
		}
	}()
	checkpoint.Columns(&struct{ P []struct{ a, B int } }{})
}

// Every state that is cut short, and every wrong byte that tells, is an error that names the field; none asks for memory
// that the bytes could not fill.
func TestDecodeRefuses(t *testing.T) {
	s := sample()
	s.Cash = s.Cash[:9]
	data := encoded(t, s)
	for n := range data {
		if err := checkpoint.Decode(bytes.NewReader(data[:n]), int64(n), new(state), "Left"); err == nil {
			t.Fatalf("%d of %d bytes are read as a state", n, len(data))
		}
	}
	for name, c := range map[string]struct {
		at   int
		to   []byte
		want string
	}{
		"a huge column":   {0, nil, "Inner.B: 72057594037927935 elements: ends too early"},
		"neither":         {8, []byte{2}, "Yes: 2 is neither yes nor no"},
		"a huge name":     {9, bytes.Repeat([]byte{255}, 8), "Name: 18446744073709551615 letters: ends too early"},
		"a wrong element": {len(data) - 2*8 - 1, []byte{10}, "Ties[1]: state above 9"},
	} {
		bad := bytes.Clone(data)
		if c.to == nil {
			c.at = bytes.Index(bad, []byte{3, 0, 0, 0, 0, 0, 0, 0})
			c.to = []byte{0, 0, 0, 0, 0, 0, 0, 1}
		}
		copy(bad[c.at:], c.to)
		if err := checkpoint.Decode(bytes.NewReader(bad), int64(len(bad)), new(state), "Left"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
	if err := checkpoint.Decode(bytes.NewReader(append(data, 0)), int64(len(data)+1), new(state), "Left"); err == nil || !strings.Contains(err.Error(), "1 bytes behind the end") {
		t.Errorf("a byte too many: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	s := sample()
	s.Cash = s.Cash[:9]
	var b bytes.Buffer
	if err := checkpoint.Encode(&b, s); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = checkpoint.Decode(bytes.NewReader(data), int64(len(data)), new(state)) // an error or a state, never a panic
	})
}

func header() checkpoint.Header {
	return checkpoint.Header{Program: "v1", Tick: 40, Seed: 7, Facts: []checkpoint.Fact{{Name: "scenario", Value: "plain"}, {Name: "trust.loss", Value: "0.4"}}, Columns: []string{"A []float64", "B int"}}
}

func says(words string) checkpoint.Part {
	return checkpoint.Part{Name: words[:1], Write: func(to io.Writer) error { _, err := io.WriteString(to, words); return err }}
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.checkpoint")
	if err := checkpoint.Create(path, header(), says("world"), says("tables")); err != nil {
		t.Fatal(err)
	}
	f, err := checkpoint.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Tick != 40 || f.Seed != 7 {
		t.Errorf("header %+v", f.Header)
	}
	for _, want := range []string{"tables", "world"} {
		r, n, err := f.Part(want[:1])
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); string(got) != want || err != nil || n != int64(len(want)) {
			t.Errorf("part %q, %d bytes, %v: want %q", got, n, err, want)
		}
	}
	if _, _, err := f.Part("x"); !errors.Is(err, checkpoint.ErrUnfit) {
		t.Errorf("a part that is not there: %v", err)
	}
	if err := f.Check(header().Facts, header().Columns); err != nil {
		t.Error(err)
	}
	err = f.Check([]checkpoint.Fact{{Name: "scenario", Value: "alps"}, {Name: "trust.loss", Value: "0.4"}, {Name: "new", Value: "1"}}, []string{"A []float32", "B int"})
	if !errors.Is(err, checkpoint.ErrUnfit) {
		t.Fatalf("error %v", err)
	}
	for _, want := range []string{path, "scenario is plain in the file, and here alps", "new: the file does not say: want 1", "the file has A []float64, this program A []float32", "(v1)"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}

// A file that is not whole is refused whatever byte is wrong, and a write that fails leaves the old file and no other.
func TestFileRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.checkpoint")
	if err := checkpoint.Create(path, header(), says("world")); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(data []byte, want string) {
		t.Helper()
		bad := filepath.Join(dir, "bad")
		if err := os.WriteFile(bad, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if f, err := checkpoint.Open(bad); !errors.Is(err, checkpoint.ErrUnfit) || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v: want one with %q", err, want)
			if err == nil {
				f.Close()
			}
		}
	}
	for k := range whole {
		bad := bytes.Clone(whole)
		bad[k] ^= 4
		refused(bad, "does not fit")
	}
	for n := range whole {
		refused(whole[:n], "does not fit")
	}
	refused(append(bytes.Clone(whole), 0), "cut short or has grown")
	refused([]byte("tick,firms\n0,100\nand so on, for more than a preamble takes"), "it is no checkpoint")
	other := bytes.Clone(whole)
	other[8] = 2
	refused(other, "it has form 2, and this program reads form 1")
	if _, err := checkpoint.Open(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := checkpoint.Open(dir); err == nil {
		t.Error("a folder is a checkpoint")
	}
	full := errors.New("disk full")
	if err := checkpoint.Create(path, header(), checkpoint.Part{Name: "w", Write: func(io.Writer) error { return full }}); !errors.Is(err, full) {
		t.Errorf("a failed write: %v", err)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, whole) {
		t.Error("a failed write has spoilt the file that was there")
	}
	if _, err := os.Stat(path + ".part"); !errors.Is(err, os.ErrNotExist) {
		t.Error("a failed write leaves a part")
	}
}

// FuzzOpen: any file is refused with words, or its header and parts are within it. Of half the inputs the length and the checksum are
// made right first, as in a file that was written wrong, so that what lies behind them is reached.
func FuzzOpen(f *testing.F) {
	path := filepath.Join(f.TempDir(), "x")
	if err := checkpoint.Create(path, header(), says("world"), says("tables")); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, false)
	f.Add(whole, true)
	for _, head := range []string{`{"sizes":[{"part":"w","bytes":-1}]}`, `{"sizes":[{"part":"w","bytes":3},{"part":"w","bytes":2}],"tick":-1}`,
		`{"sizes":[{"part":"w","bytes":9223372036854775807},{"part":"t","bytes":9223372036854775807}]}`, `[]`, `null`, `{"facts":[{"name":"a"}],"columns":[""]}`} {
		f.Add(append(append(bytes.Clone(whole[:32]), "world"...), head...), true)
	}
	path = filepath.Join(f.TempDir(), "y")
	f.Fuzz(func(t *testing.T, data []byte, mend bool) {
		if mend {
			data = mended(data)
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		f, err := checkpoint.Open(path)
		if err != nil {
			if !errors.Is(err, checkpoint.ErrUnfit) {
				t.Errorf("a file that is there is not refused as unfit: %v", err)
			}
			return
		}
		defer f.Close()
		sum := int64(0)
		for _, s := range f.Sizes {
			r, n, err := f.Part(s.Part)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.Copy(io.Discard, r); err != nil || got != n {
				t.Errorf("part %q of %d bytes: %d are read, %v", s.Part, n, got, err)
			}
			sum += s.Bytes
		}
		if sum > int64(len(data)) {
			t.Errorf("parts of %d bytes in a file of %d", sum, len(data))
		}
		_ = f.Check(header().Facts, header().Columns)
	})
}

// mended is a file whose preamble says what it holds; where it does not say where the header begins, that is behind five bytes.
func mended(data []byte) []byte {
	const preamble = 32
	if len(data) < preamble+5 {
		return data
	}
	b := bytes.Clone(data)
	copy(b, "agglo\x00cp\x01\x00\x00\x00")
	rest := b[preamble:]
	binary.LittleEndian.PutUint32(b[12:], crc32.Checksum(rest, crc32.MakeTable(crc32.Castagnoli)))
	binary.LittleEndian.PutUint64(b[16:], uint64(len(rest)))
	if at := binary.LittleEndian.Uint64(b[24:]); at >= uint64(len(rest)) || rest[at] != '{' {
		binary.LittleEndian.PutUint64(b[24:], 5)
	}
	return b
}
