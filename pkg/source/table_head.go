package source

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
)

// delimiters are those that are looked for.
var delimiters = []struct {
	char rune
	name string
}{{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "pipe"}}

func delimiterName(char rune) string {
	for _, d := range delimiters {
		if d.char == char {
			return d.name
		}
	}
	return strconv.QuoteRune(char)
}

// head is a header row as one delimiter separates it. What follows it is left in the
// reader.
type head struct {
	reader  *csv.Reader
	comma   rune
	line    int
	headers []string // of all columns, without the spaces around them
	named   int      // how many fields it has up to its last header
	at      []int    // of each column of the layout, its index; -1 is not there
	missing []int    // columns of the layout that must be there and are not
	twice   []int    // columns of the layout that are there more than once
	err     *csv.ParseError
}

// fields is how many fields it has with those behind its last header.
func (h *head) fields() int { return len(h.headers) }

// fits reports whether a row has as many fields as the header row. Fields without
// text behind the last header are no matter; n is how many there are without these.
func (h *head) fits(cells []string) (n int, ok bool) {
	n = len(cells)
	for n > h.fields() && trim(cells[n-1]) == "" {
		n--
	}
	return n, n >= h.named && n <= h.fields()
}

// repeats reports whether a row that fits is the header row once more.
func (h *head) repeats(cells []string) bool {
	for i, text := range h.headers[:h.named] {
		if trim(cells[i]) != text {
			return false
		}
	}
	return true
}

// swallows finds the cell that looks as if it held rows; see [Row.Swallows].
func (h *head) swallows(cells []string) (index int, ok bool) {
	needed := h.named - 1
	for i, cell := range cells {
		if needed == 0 || !strings.Contains(cell, "\n") {
			continue
		}
		lines := strings.Split(cell, "\n")
		looksWhole := func(line string, outside int) bool {
			return strings.Count(line, string(h.comma)) >= needed-outside
		}
		last := len(lines) - 1
		if looksWhole(lines[0], i) && looksWhole(lines[last], needed-i) ||
			slices.ContainsFunc(lines[1:last], func(line string) bool { return looksWhole(line, 0) }) {
			return i, true
		}
	}
	return 0, false
}

// chooseHead returns the header row as the delimiter of the layout separates it, or
// the one of all with which the columns are there that must be. Where there is none,
// it is the one that somebody most likely meant, unless there is a finding.
func chooseHead(f *File, l *Layout) (*head, []diag.Diagnostic) {
	all := readHeads(f, l, 1)
	if all == nil {
		return nil, []diag.Diagnostic{f.diagnostic("CSV004", f.byteRange(0, 0), path.Base(f.Name)+" has no header row", "begin it with a row that names the columns")}
	}
	var whole []*head
	for _, h := range all {
		if len(h.missing) == 0 {
			whole = append(whole, h)
		}
	}
	best := slices.MaxFunc(all, compareHeads)
	switch i := slices.IndexFunc(all, func(h *head) bool { return h.comma == l.Delimiter }); {
	case i >= 0 && len(all[i].missing) > len(best.missing):
		return nil, []diag.Diagnostic{f.otherDelimiter(l, best, len(whole) < 2)}
	case i >= 0:
		best = all[i]
	case len(whole) > 1:
		return nil, []diag.Diagnostic{f.severalDelimiters(whole)}
	}
	if len(best.missing) > 0 {
		if d := f.laterHead(l, best); d != nil {
			return nil, []diag.Diagnostic{*d}
		}
		alike := slices.ContainsFunc(all, func(h *head) bool { return h != best && compareHeads(h, best) == 0 })
		if l.Delimiter == 0 && best.err == nil && alike {
			return nil, []diag.Diagnostic{f.noDelimiter(l, best)}
		}
	}
	return best, nil
}

// compareHeads orders headers by how likely somebody meant them.
func compareHeads(a, b *head) int {
	return cmp.Or(cmp.Compare(len(b.missing), len(a.missing)), cmp.Compare(a.named, b.named))
}

// readHeads reads the first row from a line on that holds text, as each delimiter
// separates it; nil where there is none.
func readHeads(f *File, l *Layout, line int) []*head {
	text := f.Text[min(f.lineIndex()[line-1], len(f.Text)):]
	if line > 1 { // whatever stands there, a header row is short
		text = text[:min(len(text), MaxScalarBytes)]
	}
	var all []*head
	for _, d := range delimiters {
		h := readHead(text, l, d.char)
		if h == nil {
			return nil
		}
		h.line += line - 1
		all = append(all, h)
	}
	return all
}

// readHead reads the first row that holds text as a delimiter separates it; nil where
// there is none. Of one that cannot be read all columns are missing.
func readHead(text []byte, l *Layout, delimiter rune) *head {
	h := &head{reader: newReader(bytes.NewReader(text), delimiter), comma: delimiter}
	cells, err := h.reader.Read()
	if err == nil && isSeparatorLine(cells) {
		cells, err = h.reader.Read()
	}
	for err == nil && blank(cells) {
		cells, err = h.reader.Read()
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	var folded []string
	if !errors.As(err, &h.err) {
		h.line, _ = h.reader.FieldPos(0)
		for i, c := range cells {
			h.headers, folded = append(h.headers, trim(c)), append(folded, fold(c))
			if folded[i] != "" {
				h.named = i + 1
			}
		}
	}
	for i := range l.Columns {
		c := &l.Columns[i]
		at := slices.Index(folded, fold(c.header()))
		switch {
		case at < 0 && (c.Required || c.Header != ""):
			h.missing = append(h.missing, i)
		case at >= 0 && slices.Contains(folded[at+1:], folded[at]):
			h.twice = append(h.twice, i)
		}
		h.at = append(h.at, at)
	}
	return h
}

// isSeparatorLine tells the line sep=; that spreadsheets put before the header row.
func isSeparatorLine(cells []string) bool {
	const start = "sep="
	return len(cells[0]) >= len(start) && len(cells[0]) <= len("sep=;") && strings.EqualFold(cells[0][:len(start)], start) && blank(cells[1:])
}

// fold is a header as it is compared.
func fold(header string) string {
	return strings.ToLower(strings.Join(strings.Fields(trim(header)), " "))
}

// needed are the headers that must be there.
func (l *Layout) needed() []string {
	var names []string
	for i := range l.Columns {
		if c := &l.Columns[i]; c.Required || c.Header != "" {
			names = append(names, c.header())
		}
	}
	return names
}

// named are the headers that are not empty.
func named(headers []string) []string {
	return slices.DeleteFunc(slices.Clone(headers), func(h string) bool { return h == "" })
}
