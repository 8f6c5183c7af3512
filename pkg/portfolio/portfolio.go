package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// Portfolio is what holds for the whole portfolio. Everything in it is optional;
// NewPortfolio is what holds where there is none.
type Portfolio struct {
	Meta           Metadata       `yaml:"-"`
	Origin         source.Origin  `yaml:"-"`
	Requires       string         `yaml:"requires"` // a range of versions of progctl
	Currency       money.Currency `yaml:"currency"` // default USD
	ExchangeRates  []ExchangeRate `yaml:"exchangeRates"`
	FiscalYear     FiscalYear     `yaml:"fiscalYear"`
	Calendar       Calendar       `yaml:"calendar"`
	Levels         []*Level       `yaml:"levels"` // lowest first
	RateCard       []Rate         `yaml:"rateCard"`
	HiringStages   []*HiringStage `yaml:"hiringStages"` // in order
	Prioritisation Prioritisation `yaml:"prioritisation"`
	Targets        Targets        `yaml:"targets"`
	Cadences       []*Cadence     `yaml:"cadences"`
	ClosedThrough  cal.Month      `yaml:"closedThrough"` // last month finance has closed; zero: the month before as-of
	External       []External     `yaml:"external"`
	Policy         Policy         `yaml:"policy"`
	Waivers        []Waiver       `yaml:"waivers"`
}

// NewPortfolio returns a portfolio that states nothing: the defaults.
func NewPortfolio() *Portfolio {
	p := new(Portfolio)
	p.defaults()
	return p
}

// ExchangeRate is what another currency is worth from a day on.
type ExchangeRate struct {
	Origin   source.Origin  `yaml:"-"`
	Currency money.Currency `yaml:"currency"`
	From     cal.DayOrMonth `yaml:"from"` // since its First; zero: always
	Rate     money.Decimal  `yaml:"rate"` // units of the portfolio's currency for one unit of this
}

// FiscalYear is how fiscal years fall on the calendar.
type FiscalYear struct {
	StartMonth int     `yaml:"startMonth"` // 1 to 12; default 1
	NamedBy    NamedBy `yaml:"namedBy"`
}

// NamedBy says which calendar year gives a fiscal year its number.
type NamedBy string

// The year in which the fiscal year ends, which is the default, or starts.
const (
	NamedByEnd   NamedBy = "end"
	NamedByStart NamedBy = "start"
)

// Calendar says which days are working days.
type Calendar struct {
	Workweek []cal.WeekdayName `yaml:"workweek"` // empty: Monday to Friday
	Holidays []Holiday         `yaml:"holidays"`
}

// Holiday is a day on which nobody works. It is written as a date or as a mapping.
type Holiday struct {
	Date cal.Date `yaml:"date"`
	Name string   `yaml:"name"`
}

// ParseText reads the date of a holiday without a name.
func (h *Holiday) ParseText(text string) error {
	*h = Holiday{}
	return h.Date.ParseText(text)
}

// Level is a level of seniority.
type Level struct {
	Origin  source.Origin `yaml:"-"`
	ID      string        `yaml:"id"`
	Title   string        `yaml:"title"` // default: the id
	Grade   string        `yaml:"grade"` // in the pay system
	Waivers []Waiver      `yaml:"waivers"`
}

// Rate is what a full-time year costs. "" in role, level or location matches any.
type Rate struct {
	Origin     source.Origin  `yaml:"-"`
	Role       string         `yaml:"role"`
	Level      string         `yaml:"level"`
	Location   string         `yaml:"location"`
	From       cal.DayOrMonth `yaml:"from"` // since its First; zero: always
	AnnualCost money.Decimal  `yaml:"annualCost"`
	Currency   money.Currency `yaml:"currency"` // default: the portfolio's
}

// HiringStage is a stage of hiring.
type HiringStage struct {
	Origin  source.Origin `yaml:"-"`
	ID      string        `yaml:"id"`
	Title   string        `yaml:"title"`   // default: the id
	Minutes *int          `yaml:"minutes"` // of interviewers for one candidate
	Waivers []Waiver      `yaml:"waivers"`
}

// Prioritisation is how programs are ranked: by the weighted mean of their scores.
type Prioritisation struct {
	Criteria []*Criterion `yaml:"criteria"`
}

// Criterion is something by which programs are ranked.
type Criterion struct {
	Origin  source.Origin `yaml:"-"`
	ID      string        `yaml:"id"`
	Weight  money.Decimal `yaml:"weight"` // in proportion to the others
	Waivers []Waiver      `yaml:"waivers"`
}

// Targets are what the organisation aims at; nil is not stated.
type Targets struct {
	CompletionRate *Percent       `yaml:"completionRate"`
	Satisfaction   *Percent       `yaml:"satisfaction"`  // part of scores in the top two points
	SpanOfControl  *money.Decimal `yaml:"spanOfControl"` // direct reports per manager
}

// Cadence is a regular review above single programs: Every or RRule, counted from
// Start.
type Cadence struct {
	Origin    source.Origin `yaml:"-"`
	ID        string        `yaml:"id"`
	Every     cal.Cadence   `yaml:"every"`
	RRule     string        `yaml:"rrule"` // RFC 5545
	Start     cal.Date      `yaml:"start"` // zero: the first day of the fiscal year
	Agenda    Agenda        `yaml:"agenda"`
	Attendees []string      `yaml:"attendees"`
	Waivers   []Waiver      `yaml:"waivers"`
}

// Agenda is what a cadence is about.
type Agenda string

// The agendas; the default is AgendaPortfolio.
const (
	AgendaPortfolio  Agenda = "portfolio"
	AgendaStaffing   Agenda = "staffing"
	AgendaBudget     Agenda = "budget"
	AgendaPriorities Agenda = "priorities"
)

// External is a kind, or a field, that may live in another repository.
type External string

// What may be external: kinds, then fields of the portfolio, then of programs.
const (
	ExternalTeam          External = "Team"
	ExternalRoster        External = "Roster"
	ExternalProgram       External = "Program"
	ExternalTeamBudget    External = "Budget"
	ExternalHeadcountPlan External = "HeadcountPlan"
	ExternalLedger        External = "Ledger"
	ExternalReview        External = "Review"
	ExternalSurvey        External = "Survey"
	ExternalGoals         External = "Goals"
	ExternalRoadmap       External = "Roadmap"
	ExternalRateCard      External = "rateCard"
	ExternalExchangeRates External = "exchangeRates"
	ExternalLevels        External = "levels"
	ExternalStaffing      External = "staffing"
	ExternalBudget        External = "budget"
)

func (p *Portfolio) defaults() {
	p.Currency = cmp.Or(p.Currency, "USD")
	p.FiscalYear.StartMonth = cmp.Or(p.FiscalYear.StartMonth, 1)
	p.FiscalYear.NamedBy = cmp.Or(p.FiscalYear.NamedBy, NamedByEnd)
	for _, l := range p.Levels {
		l.Title = cmp.Or(l.Title, l.ID)
	}
	for _, s := range p.HiringStages {
		s.Title = cmp.Or(s.Title, s.ID)
	}
	for _, c := range p.Cadences {
		c.Agenda = cmp.Or(c.Agenda, AgendaPortfolio)
	}
	p.Policy.defaults()
}
