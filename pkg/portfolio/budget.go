package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// Budget is what a team itself costs, programs and people apart.
type Budget struct {
	Meta       Metadata       `yaml:"-"`
	Origin     source.Origin  `yaml:"-"`
	Team       string         `yaml:"team"`
	FiscalYear cal.FiscalYear `yaml:"fiscalYear"`
	Currency   money.Currency `yaml:"currency"` // "": the portfolio's
	Lines      []*BudgetLine  `yaml:"lines"`
	Cap        *money.Decimal `yaml:"cap"` // the most to spend in the fiscal year
	Waivers    []Waiver       `yaml:"waivers"`
}

// ProgramBudget is the money of a program, people apart.
type ProgramBudget struct {
	Currency    money.Currency `yaml:"currency"` // "": the portfolio's
	Lines       []*BudgetLine  `yaml:"lines"`
	Contingency money.Decimal  `yaml:"contingency"` // kept apart from the budget at completion; default 0
}

// BudgetLine is money planned for one purpose over some months.
type BudgetLine struct {
	Origin    source.Origin               `yaml:"-"`
	ID        string                      `yaml:"id"`
	Category  string                      `yaml:"category"`
	Type      SpendType                   `yaml:"type"`
	Amount    money.Decimal               `yaml:"amount"`   // the total of all months
	Currency  money.Currency              `yaml:"currency"` // default: the budget's; "": the portfolio's
	From      cal.Month                   `yaml:"from"`
	To        cal.Month                   `yaml:"to"` // inclusive
	Spread    Spread                      `yaml:"spread"`
	Forecast  map[cal.Month]money.Decimal `yaml:"forecast"` // months left out are not stated
	Milestone MilestoneRef                `yaml:"milestone"`
	Waivers   []Waiver                    `yaml:"waivers"`
}

// Months returns how many months the line covers; 0 or less where it ends before
// it begins.
func (l *BudgetLine) Months() int { return l.To.Sub(l.From) + 1 }

// SpendType is how spend is accounted for.
type SpendType string

// The types of spend.
const (
	Opex  SpendType = "opex"
	Capex SpendType = "capex"
)

// Spread is how an amount falls on months: a curve, or amounts by month.
type Spread struct {
	Curve  SpreadCurve                 `yaml:"-"` // "" where Months say
	Months map[cal.Month]money.Decimal `yaml:",inline"`
}

// ParseText reads the name of a curve.
func (s *Spread) ParseText(text string) error {
	*s = Spread{Curve: SpreadCurve(text)}
	return nil
}

// SpreadCurve weighs the n months of a line.
type SpreadCurve string

// The curves; the default is SpreadEven.
const (
	SpreadEven  SpreadCurve = "even"  // all alike
	SpreadFront SpreadCurve = "front" // n, n-1 … 1
	SpreadBack  SpreadCurve = "back"  // 1, 2 … n
)

func (b *Budget) defaults() { lineDefaults(b.Lines, b.Currency) }

func lineDefaults(lines []*BudgetLine, currency money.Currency) {
	for _, l := range lines {
		l.Currency = cmp.Or(l.Currency, currency)
		if l.Spread.Curve == "" && l.Spread.Months == nil {
			l.Spread.Curve = SpreadEven
		}
	}
}
