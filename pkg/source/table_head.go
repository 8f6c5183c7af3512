package source

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
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

// head is a header row as one delimiter separates it.
type head struct {
	Table
	line    int
	missing []int            // columns of the layout that must be there and are not
	twice   []int            // columns of the layout that are there more than once
	err     *csv.ParseError  // that it cannot be read
	byName  map[string][]int // headers, folded, and where they are
}

// chooseHead reads the header row with the delimiter of the layout, or with the one
// of all with which the columns are there that must be. It returns no table where
// there is a finding.
func chooseHead(f *File, l Layout) (*Table, []diag.Diagnostic) {
	var all, whole []*head
	for _, d := range delimiters {
		h := readHead(f, l, d.char)
		if h == nil {
			at := diag.Position{Line: 1, Column: 1}
			return nil, []diag.Diagnostic{f.diagnostic("CSV004", diag.Range{Start: at, End: at}, path.Base(f.Name)+" has no header row",
				"begin it with a row that names the columns")}
		}
		all = append(all, h)
		if h.err == nil && len(h.missing) == 0 {
			whole = append(whole, h)
		}
	}
	if l.Delimiter != 0 {
		h := all[slices.IndexFunc(all, func(h *head) bool { return h.reader.Comma == l.Delimiter })]
		if len(whole) > 0 && !slices.Contains(whole, h) {
			return nil, []diag.Diagnostic{f.otherDelimiter(l, whole)}
		}
		return f.judge(l, h)
	}
	switch len(whole) {
	case 1:
		return f.judge(l, whole[0])
	case 0:
		best := slices.MaxFunc(all, compareHeads)
		if best.err != nil || slices.IndexFunc(all, func(h *head) bool { return h != best && compareHeads(h, best) == 0 }) < 0 {
			return f.judge(l, best)
		}
		return nil, []diag.Diagnostic{f.diagnostic("CSV003", f.headRange(best), "neither comma nor semicolon, tab or pipe separates the columns of the header row",
			"the columns "+listed(l.needed())+" must be there, separated by one of these")}
	}
	var names []string
	for _, h := range whole {
		names = append(names, delimiterName(h.reader.Comma))
	}
	return nil, []diag.Diagnostic{f.diagnostic("CSV003", f.headRange(whole[0]), "the header row has all columns with more than one delimiter: "+strings.Join(names, ", "),
		"say which one it is with delimiter:")}
}

// compareHeads orders headers by how likely somebody meant them.
func compareHeads(a, b *head) int {
	if a.err != nil || b.err != nil {
		return cmp.Compare(b2i(a.err == nil), b2i(b.err == nil))
	}
	return cmp.Or(cmp.Compare(len(b.missing), len(a.missing)), cmp.Compare(a.named, b.named))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// readHead reads the header row as a delimiter separates it; nil where the file
// holds no text.
func readHead(f *File, l Layout, delimiter rune) *head {
	h := &head{byName: map[string][]int{}}
	h.reader = newReader(bytesAfterBOM(f.Text), delimiter)
	var cells []string
	for first := true; ; first = false {
		var err error
		cells, err = h.reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.As(err, &h.err) {
			return h
		}
		if blank(cells) || first && isSeparatorLine(cells) {
			continue
		}
		break
	}
	h.line, _ = h.reader.FieldPos(0)
	h.fields = len(cells)
	for i, c := range cells {
		c = trim(c)
		h.headers = append(h.headers, c)
		if c != "" {
			h.named = i + 1
			h.byName[fold(c)] = append(h.byName[fold(c)], i)
		}
	}
	for i := range l.Columns {
		c := &l.Columns[i]
		found := h.byName[fold(c.header())]
		at := -1
		switch {
		case len(found) > 0:
			at = found[0]
		case c.Required || c.Header != "":
			h.missing = append(h.missing, i)
		}
		if len(found) > 1 {
			h.twice = append(h.twice, i)
		}
		h.at = append(h.at, at)
	}
	return h
}

// isSeparatorLine tells the line sep=; that spreadsheets put before the header row.
func isSeparatorLine(cells []string) bool {
	return strings.HasPrefix(cells[0], "sep=") && len(cells[0]) <= len("sep=;") && blank(cells[1:])
}

// fold is a header as it is compared.
func fold(header string) string { return strings.ToLower(strings.Join(strings.Fields(header), " ")) }

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

// judge reports what is wrong with a header row; where nothing is, it returns the
// table.
func (f *File) judge(l Layout, h *head) (*Table, []diag.Diagnostic) {
	if h.err != nil {
		return nil, []diag.Diagnostic{f.quoteFinding(h.err, h.reader.Comma)}
	}
	var diags []diag.Diagnostic
	for _, i := range h.missing {
		diags = append(diags, f.missingColumn(&l.Columns[i], h))
	}
	for _, i := range h.twice {
		c := &l.Columns[i]
		found := h.byName[fold(c.header())]
		fields := f.fieldsOf(h.line, h.reader.Comma)
		d := f.diagnostic("CSV004", f.byteRange(fields[found[1]].start, fields[found[1]].end),
			"two columns have the header "+strconv.Quote(c.header())+", from which "+c.Name+" is read", "give one of the two another header, or map "+c.Name+" to another column")
		d.Key = "columns/" + c.Name
		d.Related = []diag.Related{{
			Location: diag.Location{File: f.Name, Range: f.byteRange(fields[found[0]].start, fields[found[0]].end)}, Message: "first here",
		}}
		diags = append(diags, d)
	}
	if diags != nil {
		return nil, diags
	}
	return &h.Table, nil
}

// missingColumn reports a column that must be there and is not: at its header,
// where a document states one, else at the header row.
func (f *File) missingColumn(c *Column, h *head) diag.Diagnostic {
	name, headers := path.Base(f.Name), named(h.headers)
	d := f.diagnostic("CSV004", f.headRange(h), name+" has no column "+strconv.Quote(c.header()), "")
	d.Key = "columns/" + c.Name
	d.Suggestion = nearestHeader(c.header(), headers)
	d.Detail = "its columns are " + listed(headers)
	if c.Header == "" {
		d.Detail = "add it, or say which column holds it with columns: {" + c.Name + ": …}; " + d.Detail
		return d
	}
	d.Message += " for " + c.Name
	d.Related = []diag.Related{{Location: d.Location, Message: "the header row"}}
	d.Location = new(Locator).Locate(c.At)
	if d.Suggestion != "" {
		d.Fix = &diag.Fix{Range: d.Range, NewText: strconv.Quote(d.Suggestion)}
	}
	return d
}

// otherDelimiter reports a delimiter with which the columns are not there, though
// they are with another one.
func (f *File) otherDelimiter(l Layout, whole []*head) diag.Diagnostic {
	name := delimiterName(whole[0].reader.Comma)
	d := f.diagnostic("CSV003", diag.Range{}, fmt.Sprintf("delimiter is %s, but a %s separates the columns of %s", delimiterName(l.Delimiter), name, path.Base(f.Name)),
		"correct it, or leave it out to have it found out")
	d.Related = []diag.Related{{Location: diag.Location{File: f.Name, Range: f.headRange(whole[0])}, Message: "the header row"}}
	d.Location = new(Locator).Locate(l.At)
	d.Key = "delimiter"
	if len(whole) == 1 {
		d.Suggestion = name
		d.Fix = &diag.Fix{Range: d.Range, NewText: name}
	}
	return d
}

// headRange is the range of a header row.
func (f *File) headRange(h *head) diag.Range {
	fields := f.fieldsOf(h.line, h.reader.Comma)
	return f.byteRange(fields[0].start, fields[max(h.named, 1)-1].end)
}

// nearestHeader is the header that another one was meant to be, or nothing.
func nearestHeader(wrong string, headers []string) string {
	folded := make([]string, len(headers))
	for i, h := range headers {
		folded[i] = fold(h)
	}
	if i := slices.Index(folded, diag.Nearest(fold(wrong), folded)); i >= 0 {
		return headers[i]
	}
	return ""
}

// named are the headers that are not empty.
func named(headers []string) []string {
	return slices.DeleteFunc(slices.Clone(headers), func(h string) bool { return h == "" })
}
