package source

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// refuser takes rows as text, and refuses some of those that are plain.
type refuser struct {
	columns int
	rows    []string
	odd     *int
}

func (r *refuser) Take(offset int64, cells [][]byte) bool {
	var texts []string
	for _, c := range cells {
		texts = append(texts, string(c))
	}
	row := fmt.Sprintf("%d %q", offset, texts)
	h := fnv.New32()
	h.Write([]byte(row))
	if h.Sum32()%4 == 0 {
		return false
	}
	r.rows = append(r.rows, row)
	return true
}

func (r *refuser) TakeRow(row *Row) bool {
	*r.odd++
	r.rows = append(r.rows, textOf(row, r.columns))
	return true
}

func (r *refuser) Block() []string {
	rows := r.rows
	r.rows = nil
	return rows
}

func textOf(row *Row, columns int) string {
	texts := make([]string, columns)
	for i := range texts {
		texts[i] = row.Cell(i)
	}
	return fmt.Sprintf("%d %q", row.Offset(), texts)
}

// readPlain reads a text in blocks of a size.
func readPlain(text []byte, l Layout, block int64) (rows []string, odd int, file *File, ok bool) {
	file = FileAt("t.csv", bytes.NewReader(text), int64(len(text)), func() ([]byte, error) { return text, nil })
	p, ok := OpenPlain(file, l, len(l.Columns))
	if !ok {
		return nil, 0, file, false
	}
	p.block = block
	counts := [64]int{}
	worker := 0
	blocks, ok := ReadBlocks(p, func() Taker[[]string] {
		worker++
		return &refuser{columns: len(l.Columns), odd: &counts[worker]}
	})
	for _, b := range blocks {
		rows = append(rows, b...)
	}
	for _, n := range counts {
		odd += n
	}
	return rows, odd, file, ok
}

// readOrdinary reads a text with OpenTable; ok is that nothing is wrong or doubtful.
func readOrdinary(text []byte, l Layout) (rows []string, ok bool) {
	table, _ := OpenTable(&File{Name: "t.csv", Text: text}, l)
	if table == nil {
		return nil, false
	}
	ok = true
	for row, d := range table.Rows() {
		if d != nil {
			ok = false
			continue
		}
		if _, doubtful := row.Swallows(); doubtful {
			ok = false
		}
		rows = append(rows, textOf(row, len(l.Columns)))
	}
	return rows, ok
}

var plainLayout = Layout{Columns: []Column{{Name: "id", Required: true}, {Name: "name"}, {Name: "start", Required: true}}, MaxBytes: MaxLedgerBytes}

// What is read in blocks is what Rows yields, and nothing is read of what has a
// finding.
func samePlain(t *testing.T, text []byte, block int64) (ok bool) {
	t.Helper()
	got, _, _, ok := readPlain(text, plainLayout, block)
	if !ok {
		return false
	}
	want, clean := readOrdinary(text, plainLayout)
	if !clean {
		t.Errorf("blocks of %d: nothing was found wrong in %q", block, text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("blocks of %d of %q (-rows +blocks):\n%s", block, text, diff)
	}
	return true
}

func FuzzPlain(f *testing.F) {
	for _, text := range []string{
		"id,name,start\nada,Ada,2024\nbob,\"Bob, \"\"Bobby\"\"\",2025\n", "\ufeffid;name;start\r\n\r\nada;\"A\r\nB\" ; \u00e9\r\n;;\r\nbob;;2025;;\r\n",
		"id\tname\tstart\n\"x\t\"\t\u00a0y \t", "sep=|\nid|start\na|b\n|c\n", "id,\"name,start\n", "id,start\na\"b,c\n\"d\"e,f\n\"", "id,start\nlong value of many words,and \"quotes\" inside\n",
		"id,start\n\"\",\"\"\n\r\n\"\"\"\",\"x\r\ny\"\n<<<<<<< a,b\n", "id,start\na,b\nid,start\nc,d", "id,start\na,b\r\r\nc,d\r", "id,start\n\x7f,b\n\xff,b\n", "id,start\n\"a\nb\nc\nd\ne\",x\nf,g\n",
		"id,start\nb,\"1\n2,3\n4\"\n", "id,start\n||||||| x,y\n", "id,name,start\n,,\n , ,\u200b\nx\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, block := range []int64{1, 7, 16, 64, blockBytes} {
			samePlain(t, text, block)
		}
	})
}

// Files of all kinds of rows that are all right are read in blocks, whatever their
// size; and some that are not are not.
func TestPlainFiles(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pick := func(texts ...string) string { return texts[r.IntN(len(texts))] }
	accepted, multi := 0, 0
	for range 400 {
		comma := pick(",", ";", "\t", "|")
		eol := pick("\n", "\r\n")
		var b strings.Builder
		b.WriteString(pick("", "\ufeff") + strings.Join([]string{"id", "name", pick("remark", `"re mark"`), "start"}, comma) + eol)
		quote := func(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
		bad := r.IntN(4) == 0
		n := r.IntN(30)
		for i := range n {
			cells := []string{fmt.Sprint("p", i), pick("Ada Byron", "Zoë", " x ", quote("a"+comma+"b"), quote(`say "hi"`), quote(""), "", quote("x")), pick("", "long remark of many words", quote("two"+eol+"lines"), quote("a\n\nb\nc")), "2024-01-01"}
			multi += strings.Count(cells[2], "\n")
			b.WriteString(strings.Join(cells, comma) + pick("", "", comma) + eol + pick("", "", eol, comma+comma+eol))
			if bad && i == n/2 {
				b.WriteString(pick("id", "a\x01", "a\xff", `a"b`, "<<<<<<<", "\"x\n") + comma + pick("name", "") + comma + pick("remark", "re mark") + comma + "start" + eol)
			}
		}
		for _, block := range []int64{5, 50, 333, blockBytes} {
			text := []byte(b.String())
			_, clean := readOrdinary(text, plainLayout)
			if ok := samePlain(t, text, block); ok != clean {
				if ok || comma != "|" { // what begins with a bar may be a marker of a conflict
					t.Errorf("in blocks of %d: %t, else %t: %q", block, ok, clean, text)
				}
			} else if ok {
				accepted++
			}
		}
	}
	if accepted < 800 || multi < 1000 {
		t.Errorf("%d accepted, %d line breaks", accepted, multi)
	}
}

func TestPlainIsReleased(t *testing.T) {
	text := []byte("id,name,start\nada,Ada,2024\n\"bo\nb\",Bob,2025\n" + strings.Repeat("eve,Eve,2026\n", 200_000))
	rows, odd, file, ok := readPlain(text, plainLayout, blockBytes)
	if !ok || len(rows) != 200_002 || odd == 0 || file.Text != nil {
		t.Fatalf("%t: %d rows, %d odd ones, text %d", ok, len(rows), odd, len(file.Text))
	}
	p := Table{file, &head{comma: ',', at: []int{0, 1, 2}, headers: []string{"id", "name", "start"}, named: 3}}
	for i, want := range map[int64]string{14: `14 ["ada" "Ada" "2024"]`, 27: `27 ["bo\nb" "Bob" "2025"]`} {
		row, ok := p.RowAt(i)
		if !ok || textOf(row, 3) != want || row.Origin().Line != 1+int32(i/13) {
			t.Errorf("the row at %d is %v, line %d", i, textOf(row, 3), row.Origin().Line)
		}
	}
	if file.Text == nil {
		t.Error("the text was not read again")
	}
	if _, ok := p.RowAt(15); ok {
		t.Error("there is a row in the middle of one")
	}
	if _, ok := p.RowAt(int64(len(text))); ok {
		t.Error("there is a row behind the last")
	}
	other := FileAt("t.csv", bytes.NewReader(text), int64(len(text)), func() ([]byte, error) { return append([]byte("x"), text...), nil })
	q, _ := OpenPlain(other, plainLayout, 3)
	if _, ok := ReadBlocks(q, func() Taker[[]string] { return &refuser{columns: 3, odd: new(int)} }); !ok {
		t.Fatal("not read")
	}
	if _, ok := q.RowAt(14); ok || len(other.Text) > 0 {
		t.Error("a row of a file that has changed")
	}
}

func TestPlainGivesUp(t *testing.T) {
	rows := strings.Repeat("ada,Ada,2024\n", 10)
	for name, text := range map[string]string{
		"nothing":           "",
		"no column":         "id,name\n",
		"a long title":      strings.Repeat("x", 3*MaxScalarBytes) + "\nid,name,start\n" + rows,
		"another encoding":  "\xff\xfeid,name,start\n" + rows,
		"a very long row":   "id,name,start\nada,\"" + strings.Repeat("\n", maxRowBytes+blockBytes) + "\",2024\n" + rows,
		"a conflict":        "id,name,start\n" + rows + ">>>>>>> x,y,z\n",
		"a quoted conflict": "id,name,start\n\"a\n>>>>>>> x\",y,z\n",
		"a bad header row":  "id,name,start,\x01\n" + rows,
	} {
		if _, _, _, ok := readPlain([]byte(text), plainLayout, blockBytes); ok {
			t.Errorf("%s: it was read", name)
		}
	}
	broken := FileAt("t.csv", failing{}, 100, nil)
	if _, ok := OpenPlain(broken, plainLayout, 3); ok {
		t.Error("a file that cannot be read was")
	}
	l := plainLayout
	l.MaxBytes = 20
	if table, diags := OpenTable(FileAt("t.csv", failing{}, 21, nil), l); table != nil || diags[0].Code != "CSV001" {
		t.Errorf("a file beyond the bound: %v", diags)
	}
}

// failing cannot be read.
type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errors.New("broken") }
