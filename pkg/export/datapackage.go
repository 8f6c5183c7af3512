package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/render"
)

// descriptorName is the file that makes a folder a data package.
const descriptorName = "datapackage.json"

// The types of https://specs.frictionlessdata.io, as far as they are needed.
type (
	dataPackage struct {
		Profile     string     `json:"profile"`
		Name        string     `json:"name"`
		Title       string     `json:"title,omitempty"`
		Description string     `json:"description"`
		Created     string     `json:"created"`
		Progctl     provenance `json:"progctl"`
		Resources   []resource `json:"resources"`
	}
	// provenance is ours: a data package may have properties of its own.
	provenance struct {
		Version  string   `json:"version"`
		Command  string   `json:"command"`
		AsOf     string   `json:"asOf"`
		Commit   *string  `json:"commit"`
		Dirty    *bool    `json:"dirty"`
		Baseline *string  `json:"baseline"`
		Notes    []string `json:"notes"`
	}
	resource struct {
		Profile     string      `json:"profile"`
		Name        string      `json:"name"`
		Path        string      `json:"path"`
		Description string      `json:"description,omitempty"`
		Format      string      `json:"format"`
		MediaType   string      `json:"mediatype"`
		Encoding    string      `json:"encoding"`
		Bytes       int64       `json:"bytes"`
		Hash        string      `json:"hash"`
		Dialect     dialect     `json:"dialect"`
		Schema      tableSchema `json:"schema"`
	}
	dialect struct {
		Delimiter      string `json:"delimiter"`
		LineTerminator string `json:"lineTerminator"`
		DoubleQuote    bool   `json:"doubleQuote"`
		Header         bool   `json:"header"`
	}
	tableSchema struct {
		Fields        []tableField `json:"fields"`
		MissingValues []string     `json:"missingValues"`
		PrimaryKey    []string     `json:"primaryKey,omitempty"`
		ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
	}
	tableField struct {
		Name        string       `json:"name"`
		Type        string       `json:"type"`
		Description string       `json:"description,omitempty"`
		Unit        string       `json:"unit,omitempty"`
		Constraints *constraints `json:"constraints,omitempty"`
	}
	constraints struct {
		Required bool     `json:"required,omitempty"`
		Enum     []string `json:"enum,omitempty"`
	}
	foreignKey struct {
		Fields    []string `json:"fields"`
		Reference referred `json:"reference"`
	}
	referred struct {
		Resource string   `json:"resource"`
		Fields   []string `json:"fields"`
	}
)

// descriptor is datapackage.json. Keys to other tables are there where nothing can be
// missing: a thing and what it is part of.
func descriptor(s *Source, tables []*table, files []written) ([]byte, error) {
	a := s.About
	p := dataPackage{
		Profile: "tabular-data-package", Name: "progctl", Title: visible(a.Title), Created: a.AsOf.String() + "T00:00:00Z",
		Description: "A portfolio of progctl, one file a kind of thing and a report. Dates are days; money has a column with its currency; " +
			"an empty value is unknown or not stated; a text that a spreadsheet would take for a formula begins with an apostrophe.",
		Progctl: provenance{Version: a.Version, Command: visible(a.Command), AsOf: a.AsOf.String(), Notes: make([]string, len(a.Notes))},
	}
	for i, note := range a.Notes {
		p.Progctl.Notes[i] = visible(note)
	}
	if a.Revision != nil {
		p.Progctl.Commit, p.Progctl.Dirty = &a.Revision.Commit, &a.Revision.Dirty
	}
	if a.Baseline != nil {
		p.Progctl.Baseline = &a.Baseline.Commit
	}
	for i, t := range tables {
		p.Resources = append(p.Resources, resource{
			Profile: "tabular-data-resource", Name: t.name, Path: t.name + ".csv", Description: t.description,
			Format: "csv", MediaType: "text/csv", Encoding: "utf-8", Bytes: files[i].bytes, Hash: "sha256:" + files[i].hash,
			Dialect: dialect{",", "\r\n", true, true}, Schema: t.schema(tables),
		})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(p); err != nil {
		return nil, fmt.Errorf("encode %s: %w", descriptorName, err)
	}
	return b.Bytes(), nil
}

func (t *table) schema(all []*table) tableSchema {
	s := tableSchema{MissingValues: []string{""}, PrimaryKey: t.key, Fields: []tableField{}}
	for _, c := range t.columns {
		f := tableField{Name: c.name, Type: c.kind.String(), Description: c.description, Unit: c.unit}
		if c.currency != "" {
			f.Unit = "currency in " + c.currency
		}
		if c.required || c.enum != nil {
			f.Constraints = &constraints{Required: c.required, Enum: c.enum}
		}
		s.Fields = append(s.Fields, f)
	}
	for _, f := range t.foreign {
		if t.certain(f) && slices.ContainsFunc(all, func(o *table) bool { return o.name == f.table }) {
			s.ForeignKeys = append(s.ForeignKeys, foreignKey{f.columns, referred{f.table, f.to}})
		}
	}
	return s
}

// certain reports whether what a key refers to is always there: what a thing is part
// of, whose key begins its own.
func (t *table) certain(f foreign) bool {
	return len(f.columns) <= len(t.key) && slices.Equal(f.columns, t.key[:len(f.columns)])
}

// visible is a text that is what it seems, wherever it is shown.
func visible(s string) string { return render.Visible(strings.ToValidUTF8(s, "\uFFFD")) }
