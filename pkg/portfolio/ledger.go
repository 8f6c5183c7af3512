package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// Ledger is what a program or a team actually spent: entries written in the
// document, and those of a CSV file beside it; and timesheets.
type Ledger struct {
	Meta       Metadata       `yaml:"-"`
	Origin     source.Origin  `yaml:"-"`
	Program    string         `yaml:"program"`
	Team       string         `yaml:"team"`
	Currency   money.Currency `yaml:"currency"` // of entries that state none; "": the portfolio's
	Entries    []LedgerEntry  `yaml:"entries"`
	CSV        string         `yaml:"csv"` // a path from the folder of the document
	Columns    EntryColumns   `yaml:"columns"`
	DateFormat DateFormat     `yaml:"dateFormat"`
	Delimiter  Delimiter      `yaml:"delimiter"`
	Decimal    DecimalMark    `yaml:"decimal"`
	Hours      []HoursEntry   `yaml:"hours"`
	Waivers    []Waiver       `yaml:"waivers"`

	classes []PostingClass `yaml:"-"`
	classOf []int          `yaml:"-"` // of Entries, by index
	rows    postingRows    `yaml:"-"` // of the CSV file
}

// LedgerEntry is money that was spent, is owed or is ordered.
type LedgerEntry struct {
	Origin     source.Origin  `yaml:"-"`
	Date       cal.Date       `yaml:"date"`
	Category   string         `yaml:"category"`
	Type       SpendType      `yaml:"type"`
	Amount     money.Decimal  `yaml:"amount"`   // a credit is negative
	Currency   money.Currency `yaml:"currency"` // default: the ledger's; "": the portfolio's
	Kind       EntryKind      `yaml:"kind"`
	Account    string         `yaml:"account"`
	CostCentre string         `yaml:"costCentre"`
	Vendor     string         `yaml:"vendor"`
	PO         string         `yaml:"po"`
	Memo       string         `yaml:"memo"`
	Ref        string         `yaml:"ref"` // number of the posting, unique; "" where not stated
}

// EntryKind says whether money was spent.
type EntryKind string

// The kinds of entry; the default is Actual. Commitments are not spend.
const (
	Actual     EntryKind = "actual"
	Accrual    EntryKind = "accrual"
	Commitment EntryKind = "commitment"
)

// HoursEntry is a line of a timesheet: the full-time equivalents that a person, or
// a role, charged to the program in a month.
type HoursEntry struct {
	Origin source.Origin `yaml:"-"`
	Month  cal.Month     `yaml:"month"`
	Person string        `yaml:"person"`
	Role   string        `yaml:"role"`
	FTE    MilliFTE      `yaml:"fte"`
}

// EntryColumns are the headers of the columns of a CSV file of entries; "" is a
// column with the name of the field, if there is one.
type EntryColumns struct {
	Date       string `yaml:"date"`
	Category   string `yaml:"category"`
	Type       string `yaml:"type"`
	Amount     string `yaml:"amount"`
	Currency   string `yaml:"currency"`
	Kind       string `yaml:"kind"`
	Account    string `yaml:"account"`
	CostCentre string `yaml:"costCentre"`
	Vendor     string `yaml:"vendor"`
	PO         string `yaml:"po"`
	Memo       string `yaml:"memo"`
	Ref        string `yaml:"ref"`
}

func (l *Ledger) defaults() {
	l.DateFormat = cmp.Or(l.DateFormat, DashedYMD)
	l.Decimal = cmp.Or(l.Decimal, DecimalPoint)
	for i := range l.Entries {
		l.Entries[i].complete(l)
	}
	l.classify()
}
