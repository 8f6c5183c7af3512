package conform

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

func (r *reporter) badValue(f failure, n source.Node) {
	name := r.name(f.path)
	switch f.keyword {
	case "type":
		r.badType(f, n)
	case "pattern", "format":
		r.badText(f, n)
	case "enum", "const":
		r.badChoice(f, n)
	default:
		r.report("SCH009", source.Value, f.path, fmt.Sprintf("%s is %s, %s", name, shown(n), bound(f)), "")
	}
}

func (r *reporter) badChoice(f failure, n source.Node) {
	if len(f.path) == 1 && f.path[0] == "apiVersion" {
		r.report("SCH002", source.Value, f.path, fmt.Sprintf("apiVersion %s is not one that this progctl reads", quote(n.Text())),
			fmt.Sprintf("write %v, or leave it out", f.schema["const"]))
		return
	}
	values := texts(f.schema["enum"])
	if f.keyword == "const" {
		values = []string{fmt.Sprint(f.schema["const"])}
	}
	d := r.report("SCH006", source.Value, f.path, fmt.Sprintf("%s is %s, which is not an allowed value", r.name(f.path), shown(n)),
		"the values are "+strings.Join(values, ", "))
	if n.Kind() == source.String {
		if near := nearest(n.Text(), values); near != "" {
			suggest(d, near)
			d.Fix.Sure = diag.Meant(n.Text(), near, values)
		}
	}
}

// badType reports a value of another type, with what to write instead where
// that follows from it.
func (r *reporter) badType(f failure, n source.Node) {
	name, want, types := r.name(f.path), r.expectation(f.schema), typesOf(f.schema)
	switch kind := n.Kind(); {
	case kind == source.Null:
		r.noValue(f)
	case kind == source.List || kind == source.Map:
		r.badCollection(f, n)
	case n.Odd() && (slices.Contains(types, "number") || slices.Contains(types, "integer")):
		r.report("SCH005", source.Value, f.path, fmt.Sprintf("%s is %s, which tools read differently", name, n.Text()),
			"write a plain decimal number without leading zeros, signs or separators")
	case datesOf(f.schema) != notDated && kind != source.Bool:
		r.badDate(f, n)
	case kind == source.Number && r.beyondPercent(f, n):
	default:
		d := r.report("SCH005", source.Value, f.path, fmt.Sprintf("%s is %s, expected %s", name, typed(n), want), "")
		if r.retype(d, f, n) {
			return
		}
		if text := r.respelt(f, n.Text()); text != "" {
			suggest(d, text)
			d.Fix.Sure = r.onlyRespelt(f, n.Text(), text)
		} else {
			d.Detail = r.asMapping(f, n)
		}
	}
}

// noValue reports a key without a value. What looks like one but is a comment
// to YAML is pointed out: a # that no space follows was hardly meant as one.
func (r *reporter) noValue(f failure) {
	d := r.report("SCH005", source.Value, f.path, r.name(f.path)+" has no value, expected "+r.expectation(f.schema), "write one, or delete the line")
	if r.schema.requires(f.path) {
		d.Detail = "write one; the field is required"
		if line := r.schema.line(f.path); line != "" {
			d.Detail = "write a value, for example " + line
		}
	}
	if text, at := r.comment(d.Range.End); len(text) > 1 && text[1] != ' ' {
		d.Range = at
		d.Detail = "everything after # is a comment; quote it: " + strconv.Quote(text)
		d.Fix = &diag.Fix{Range: at, NewText: strconv.Quote(text)}
	}
}

// comment is the comment that follows a key without a value, and where it is.
func (r *reporter) comment(after diag.Position) (string, diag.Range) {
	if r.lines == nil {
		r.lines = strings.Split(string(r.doc.File.Text), "\n")
	}
	if after.Line < 1 || after.Line > len(r.lines) {
		return "", diag.Range{}
	}
	line := []rune(strings.TrimRight(r.lines[after.Line-1], " \t\r"))
	at := min(max(after.Column-1, 0), len(line))
	for at < len(line) && strings.ContainsRune(": \t", line[at]) {
		at++
	}
	if at == len(line) || line[at] != '#' {
		return "", diag.Range{}
	}
	return string(line[at:]), diag.Range{
		Start: diag.Position{Line: after.Line, Column: at + 1},
		End:   diag.Position{Line: after.Line, Column: len(line) + 1},
	}
}

// badCollection reports a list or a mapping where something else belongs, at
// its key: the value may be long.
func (r *reporter) badCollection(f failure, n source.Node) {
	d := r.report("SCH005", source.Key, f.path, fmt.Sprintf("%s is %s, expected %s", r.name(f.path), shown(n), r.expectation(f.schema)), "")
	item := r.schema.below(f.schema, "")
	if n.Kind() != source.Map || !slices.Contains(typesOf(f.schema), "array") || properties(item)["id"] == nil {
		return
	}
	for k := range n.Pairs() {
		d.Detail = "write each entry with a dash and its id: - id: " + k.Name()
		return
	}
}

// retype offers the same scalar in a type that the schema accepts, if there is
// one.
func (r *reporter) retype(d *diag.Diagnostic, f failure, n source.Node) bool {
	how, text := r.retyped(f, n)
	if text == "" {
		return false
	}
	d.Detail = how + text
	d.Fix = &diag.Fix{Range: d.Range, NewText: text, Sure: how != "write "}
	return true
}

// truths are the words that some YAML reads as true or false.
var truths = map[string]bool{"true": true, "yes": true, "on": true, "false": false, "no": false, "off": false}

// retyped is the same scalar in a type that the schema accepts: with quotes or
// without, or as the entry of a list; and how to speak of it. The text is empty
// where there is none.
func (r *reporter) retyped(f failure, n source.Node) (how, text string) {
	text = n.Text()
	if n.Kind() != source.String && r.schema.accepts(f.at, text) {
		return "quote it: ", strconv.Quote(text)
	}
	if n.Kind() == source.String && isNumber(text) && r.schema.accepts(f.at, json.Number(text)) {
		return "write it without quotes: ", text
	}
	if b, ok := truths[strings.ToLower(text)]; ok && r.schema.accepts(f.at, b) {
		return "write ", strconv.FormatBool(b)
	}
	items := strings.Split(text, ",") // what has commas is a list of several
	list := make([]any, len(items))
	for i := range items {
		list[i] = strings.TrimSpace(items[i])
		items[i] = scalar(strings.TrimSpace(items[i]))
	}
	if r.schema.accepts(f.at, list) {
		return "write ", "[" + strings.Join(items, ", ") + "]"
	}
	return "", ""
}

// asMapping says how to write a scalar that stands for a whole mapping: as the
// first of the fields that the mapping requires.
func (r *reporter) asMapping(f failure, n source.Node) string {
	names := required(f.schema)
	if len(names) == 0 || !r.schema.accepts(f.at+"/properties/"+names[0], n.Text()) {
		return ""
	}
	fields := names[0] + ": " + scalar(n.Text())
	for _, name := range names[1:] {
		fields += ", " + name + ": …"
	}
	return "write {" + fields + "}"
}

// badText reports a text that is not spelt as wanted.
func (r *reporter) badText(f failure, n source.Node) {
	if datesOf(f.schema) != notDated {
		r.badDate(f, n)
		return
	}
	if r.beyondPercent(f, n) {
		return
	}
	d := r.report("SCH007", source.Value, f.path, fmt.Sprintf("%s is %s, expected %s", r.name(f.path), shown(n), r.expectation(f.schema)), "")
	if text := r.respelt(f, n.Text()); text != "" {
		suggest(d, text)
		d.Fix.Sure = r.onlyRespelt(f, n.Text(), text)
	}
}

// beyondPercent reports a percentage beyond the bounds that its pattern holds.
func (r *reporter) beyondPercent(f failure, n source.Node) bool {
	percent, err := strconv.ParseFloat(strings.TrimSuffix(n.Text(), "%"), 64)
	if err != nil {
		return false
	}
	for _, b := range []struct {
		beyond        bool
		last, further string
		words         string
	}{
		{percent > 100, "100%", "101%", "at most"},
		{percent < 0, "0%", "-1%", "at least"},
	} {
		if b.beyond && r.schema.accepts(f.at, b.last) && !r.schema.accepts(f.at, b.further) {
			r.report("SCH009", source.Value, f.path, fmt.Sprintf("%s is %s, expected %s %s", r.name(f.path), shown(n), b.words, b.last), "")
			return true
		}
	}
	return false
}

func (r *reporter) badKey(f failure) {
	last := len(f.path) - 1
	key := f.path[last]
	code, spelling := "SCH007", ""
	if dates := datesOf(f.schema); dates != notDated {
		code, spelling = "SCH008", dates.guess(key)
	}
	d := r.report(code, source.Key, f.path, fmt.Sprintf("%s has a key %s, expected %s", r.name(f.path[:last]), quote(key), r.expectation(f.schema)), "")
	suggest(d, spelling)
}

// badDate reports what is no date, or no month, where one belongs: what is wrong
// with it where it is spelt as one, else the spelling.
func (r *reporter) badDate(f failure, n source.Node) {
	name, dates := r.name(f.path), datesOf(f.schema)
	d := r.report("SCH008", source.Value, f.path, fmt.Sprintf("%s is %s, expected %s", name, typed(n), r.expectation(f.schema)), "")
	if err := dates.flaw(n.Text()); err != nil {
		d.Message = name + " " + err.Error()
	}
	if r.retype(d, f, n) { // yes, where true would do as well
		return
	}
	if text := dates.guess(n.Text()); text != "" {
		suggest(d, text)
		d.Fix.Sure = true
	}
	if _, err := cal.ParseMonth(n.Text()); err == nil && d.Suggestion == "" {
		d.Detail = "that is a month; add the day"
	}
}
