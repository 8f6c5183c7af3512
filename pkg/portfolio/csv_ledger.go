package portfolio

import (
	"cmp"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// entryField is a column of a CSV file of ledger entries. A new one needs a row here,
// a field of EntryColumns and a property in the schema.
type entryField struct {
	name     string
	required bool
	header   func(*EntryColumns) string
	// read takes a text that is not empty.
	read func(*entryRow, string)
	// silent tells a header that may be meant for the field, without which figures
	// are others and nothing is missing; nil is a field that does not matter so.
	silent func(header, field string) bool
}

// The columns that are read of every row, by their index in entryFields.
const (
	refColumn = iota
	dateColumn
	categoryColumn
	typeColumn
	amountColumn
	currencyColumn
	kindColumn
	costCentreColumn
	plainColumns // how many there are
)

// entryFields are the columns in the order in which they are read: the ref first, by
// which findings about the others name the entry.
var entryFields = []entryField{
	{"ref", false, func(c *EntryColumns) string { return c.Ref }, func(r *entryRow, s string) { r.takeRef(s) }, nil},
	{"date", true, func(c *EntryColumns) string { return c.Date }, func(r *entryRow, s string) { r.date(&r.entry.Date, s) }, nil},
	{"category", true, func(c *EntryColumns) string { return c.Category }, func(r *entryRow, s string) { r.entry.Category = s }, nil},
	{"type", true, func(c *EntryColumns) string { return c.Type }, func(r *entryRow, s string) { r.entry.Type = choose(&r.tableRow, s, Opex, Capex) }, nil},
	{"amount", true, func(c *EntryColumns) string { return c.Amount }, func(r *entryRow, s string) { r.amount(&r.entry.Amount, s) }, nil},
	{"currency", false, func(c *EntryColumns) string { return c.Currency }, func(r *entryRow, s string) { r.currency(s) }, speaksOf},
	{"kind", false, func(c *EntryColumns) string { return c.Kind }, func(r *entryRow, s string) {
		r.entry.Kind = choose(&r.tableRow, s, Actual, Accrual, Commitment)
	}, speaksOf},
	{"costCentre", false, func(c *EntryColumns) string { return c.CostCentre }, func(r *entryRow, s string) { r.entry.CostCentre = s }, speaksOf},
	{"account", false, func(c *EntryColumns) string { return c.Account }, func(r *entryRow, s string) { r.entry.Account = s }, nil},
	{"vendor", false, func(c *EntryColumns) string { return c.Vendor }, func(r *entryRow, s string) { r.entry.Vendor = s }, nil},
	{"po", false, func(c *EntryColumns) string { return c.PO }, func(r *entryRow, s string) { r.entry.PO = s }, nil},
	{"memo", false, func(c *EntryColumns) string { return c.Memo }, func(r *entryRow, s string) { r.entry.Memo = s }, nil},
}

// entryReader reads the CSV file of a ledger.
type entryReader struct {
	tableReader
	ledger *Ledger
}

func newEntryReader(l *Ledger, f *source.File) *entryReader {
	return &entryReader{ledger: l, tableReader: tableReader{
		file: f, of: l.Origin, subject: "ledger/" + l.Meta.Name, part: "entry", format: l.DateFormat, decimal: l.Decimal,
		totals: 2, notOne: "delete the row if it is no posting, such as one of totals",
	}}
}

// readEntries reads the entries of a ledger's CSV file into the ledger; those in rows
// with a finding are left out. Of every row it returns the hash of its ref.
func readEntries(l *Ledger, f *source.File) (refs [][]uint64, diags []diag.Diagnostic) {
	layout := source.Layout{Delimiter: l.Delimiter.char(), At: l.Origin.At("delimiter"), MaxBytes: source.MaxLedgerBytes}
	for _, field := range entryFields {
		layout.Columns = append(layout.Columns, source.Column{
			Name: field.name, Header: field.header(&l.Columns), Required: field.required, At: l.Origin.At("columns", field.name),
		})
	}
	p := newEntryReader(l, f)
	if plain, ok := source.OpenPlain(f, layout, plainColumns); ok {
		if blocks, ok := source.ReadBlocks(plain, func() source.Taker[takenBlock] { return newPostingTaker(l, f) }); ok {
			refs = l.take(plain.Table, blocks)
			p.count = l.rows.n
			return refs, p.doubted(plain.Table)
		}
	}
	table, diags := source.OpenTable(f, layout)
	if table == nil {
		for i := range diags {
			p.adopt(&diags[i])
		}
		return nil, diags
	}
	taker := newPostingTaker(l, f)
	for row := range p.rows(table) {
		if e, ok := p.row(row); ok {
			taker.add(&e, row.Offset())
		}
	}
	refs = l.take(table, []takenBlock{taker.Block()})
	return refs, append(p.findings(), p.doubted(table)...)
}

// row reads a row; ok is false for one with findings.
func (p *entryReader) row(row *source.Row) (e LedgerEntry, ok bool) {
	r := entryRow{tableRow: tableRow{reader: &p.tableReader, origin: row.Origin()}}
	r.entry.Origin = r.origin
	for i := range entryFields {
		f := &entryFields[i]
		if text := r.cell(row, i, f.name, f.required); text != "" {
			f.read(&r, text)
		}
	}
	r.lack()
	if len(r.flaws) > 0 {
		p.wrong.add(r.flaws...)
		return e, false
	}
	r.entry.complete(p.ledger)
	return r.entry, true
}

// doubted are the findings about the file.
func (p *entryReader) doubted(t *source.Table) []diag.Diagnostic {
	diags := p.doubts(t, "has a header row and nothing below it", "export it again; a ledger that is empty for now needs no csv")
	for i := range entryFields {
		f := &entryFields[i]
		if f.silent != nil && (f.name != "currency" || p.ledger.Currency == "") {
			diags = append(diags, p.unread(t, i, f.name, f.silent)...)
		}
	}
	return diags
}

// entryRow is the row of a ledger entry while it is read.
type entryRow struct {
	tableRow
	entry LedgerEntry
}

// maxNameBytes is how long a ref may be to name its entry in findings.
const maxNameBytes = 100

// takeRef takes the number of the posting.
func (r *entryRow) takeRef(text string) {
	r.entry.Ref = text
	if len(text) <= maxNameBytes {
		r.id = text
	}
}

// currency takes the code of a currency, as it is in YAML.
func (r *entryRow) currency(text string) {
	if err := r.entry.Currency.ParseText(text); err != nil {
		f := r.note(r.field, r.field, ": "+r.field+": "+err.Error(), "")
		upper := strings.ToUpper(text)
		if _, known := money.Currency(upper).MinorDigits(); known {
			f.Suggestion = upper
		}
	}
}

// complete fills in what the ledger says of entries that do not.
func (e *LedgerEntry) complete(l *Ledger) {
	e.Currency = cmp.Or(e.Currency, l.Currency)
	e.Kind = cmp.Or(e.Kind, Actual)
}
