package conform

import (
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/source"
)

// parts are the words for an entry of a list where dropping the s does not do.
var parts = map[string]string{
	"people":          "person",
	"entries":         "entry",
	"successCriteria": "criterion",
	"criteria":        "criterion",
	"dependsOn":       "dependency",
	"staffing":        "staffing-line",
	"history":         "history-entry",
	"keyResults":      "key-result",
	"exchangeRates":   "exchange-rate",
	"rateCard":        "rate",
	"hiringStages":    "stage",
	"attendees":       "attendee",
	"hours":           "hours-entry",
}

// PartName is the word for one entry of a list field: "milestone" for
// milestones. Subjects and messages use it.
func PartName(list string) string {
	if name, ok := parts[list]; ok {
		return name
	}
	return strings.TrimSuffix(list, "s")
}

// Subject is kind/name of a document, or file/PATH where it has neither.
func Subject(kind, name, file string) string {
	if kind == "" || name == "" {
		return "file/" + file
	}
	return strings.ToLower(kind) + "/" + name
}

// Description names what a path of a document is about.
type Description struct {
	Entity  string // `milestone "ga"`: the innermost entry of a list, else the document
	Subject string // program/x/milestone/ga
	Field   string // what is left of the path below the entity, dotted: "estimate.likely", "dependency #2"; may be empty
}

// Describe names what a path of a document is about.
func Describe(d *source.Document, path []string) Description {
	kind, name := Kind(d)
	out := Description{Subject: Subject(kind, name, d.File.Name), Entity: strings.ToLower(kind)}
	if kind == "" {
		out.Entity = "document"
	}
	if name != "" {
		out.Entity += " " + strconv.Quote(name)
	}
	rest := path
	n := d.Root()
	for i, step := range path {
		list := n.Kind() == source.List
		next, ok := descend(n, path[i:i+1])
		if ok == 0 {
			break
		}
		n = next
		if !list || i == 0 || n.Kind() != source.Map {
			continue
		}
		part := PartName(path[i-1])
		if id, has := n.Get("id"); has && id.Text() != "" {
			out.Entity = part + " " + strconv.Quote(id.Text())
			out.Subject += "/" + part + "/" + id.Text()
		} else {
			out.Entity = part + ordinal(step)
			out.Subject += "/" + part + "/" + step
		}
		rest = path[i+1:]
	}
	if len(rest) > 1 && rest[0] == "spec" {
		rest = rest[1:]
	}
	out.Field = field(rest)
	return out
}

// field joins the steps of a field. A place in a list is counted from one, as
// in the name of an entity.
func field(steps []string) string {
	var names []string
	for _, step := range steps {
		last := len(names) - 1
		if _, err := strconv.Atoi(step); err == nil && last >= 0 {
			names[last] = PartName(names[last]) + ordinal(step)
			continue
		}
		names = append(names, step)
	}
	return strings.Join(names, ".")
}

func ordinal(index string) string {
	i, err := strconv.Atoi(index)
	if err != nil {
		return " " + strconv.Quote(index)
	}
	return " #" + strconv.Itoa(i+1)
}
