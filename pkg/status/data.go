package status

import (
	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/staffing"
)

// Data is the data of the JSON report status. What is unknown is null.
type Data struct {
	Summary    SummaryData     `json:"summary"`
	Attention  []ItemData      `json:"attention"` // all, the most urgent first
	Programs   []ProgramData   `json:"programs"`
	Horizon    cal.Date        `json:"horizon"` // the last day of what is next
	Milestones []MilestoneData `json:"milestones"`
	Money      *MoneyData      `json:"money"`
	People     *PeopleData     `json:"people"` // null with a selector: people work for all programs
	Reviews    []ReviewData    `json:"reviews"`
	Since      *SinceData      `json:"since"` // null where it is not asked for
	Notes      []string        `json:"notes"` // what is left out
}

// SinceData is what changed since a day: change is the data of the report diff, null where
// it is not known, for the reason in unknown.
type SinceData struct {
	Date     cal.Date         `json:"date"`
	Revision *report.Revision `json:"revision"`
	Change   any              `json:"change"`
	Unknown  *string          `json:"unknown"`
}

// SummaryData counts programs by health; NotJudged are proposed or over.
type SummaryData struct {
	Programs  int `json:"programs"`
	Red       int `json:"red"`
	Yellow    int `json:"yellow"`
	Green     int `json:"green"`
	NotJudged int `json:"notJudged"`
}

// ItemData is something that needs attention.
type ItemData struct {
	Rank     int       `json:"rank"`
	Severity Severity  `json:"severity"` // high, medium or low
	Kind     Kind      `json:"kind"`
	Program  *string   `json:"program"`
	Subject  string    `json:"subject"`
	What     string    `json:"what"`
	Do       string    `json:"do"`
	Who      *string   `json:"who"`
	By       *cal.Date `json:"by"`
	Days     cal.Days  `json:"days"` // 0 where it is of no days
}

// ProgramData is a program and how it stands.
type ProgramData struct {
	Program     string                  `json:"program"`
	Title       string                  `json:"title"`
	Status      portfolio.ProgramStatus `json:"status"`
	Owner       *string                 `json:"owner"`
	Team        *string                 `json:"team"`
	Due         cal.Date                `json:"due"`
	Health      HealthData              `json:"health"`
	Next        *MilestoneData          `json:"nextMilestone"`
	Overdue     []string                `json:"overdue"` // ids, the program's own name where it is
	SlipDays    *cal.Days               `json:"slipDays"`
	SPI         ratio.Ratio             `json:"spi"`
	CPI         ratio.Ratio             `json:"cpi"`
	Elapsed     budget.Elapsed          `json:"elapsed"` // money of the months of the fiscal year that are over
	Plan        *money.Amount           `json:"plan"`    // at completion, in whatever year
	Forecast    *money.Amount           `json:"forecast"`
	FTE         *portfolio.MilliFTE     `json:"fte"` // asked for on as-of
	Risks       int                     `json:"risks"`
	RisksLate   int                     `json:"risksPastReview"`
	NextReview  *cal.Date               `json:"nextReview"`
	MissedSince int                     `json:"reviewsMissed"` // since the last one that was held
}

// HealthData is the health of a program; computed is null where it is not judged.
type HealthData struct {
	Computed     *string      `json:"computed"`
	Reasons      []ReasonData `json:"reasons"`
	Unknown      []string     `json:"unknown"` // what could not be judged, and why
	Stated       *string      `json:"stated"`
	StatedAsOf   *cal.Date    `json:"statedAsOf"`
	StatedNote   *string      `json:"statedNote"`
	Contradicted bool         `json:"contradicted"`
}

// ReasonData is why a program is not green.
type ReasonData struct {
	Kind   Kind                   `json:"kind"`
	Health portfolio.HealthStatus `json:"health"`
	Text   string                 `json:"text"`
}

// MilestoneData is an open milestone.
type MilestoneData struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Owner    *string   `json:"owner"`
	Due      cal.Date  `json:"due"`
	Days     cal.Days  `json:"days"` // from as-of; negative where it has passed
	Forecast *cal.Date `json:"forecast"`
	Slip     *cal.Days `json:"varianceDays"`
}

// MoneyData is the money of the programs that are chosen, in the fiscal year of as-of.
type MoneyData struct {
	FiscalYear cal.FiscalYear `json:"fiscalYear"`
	Currency   money.Currency `json:"currency"`
	budget.Totals
	Unknown []string `json:"unknown"`
}

// PeopleData is who is there and who is missing.
type PeopleData struct {
	Heads         *int                `json:"heads"`
	Planned       *int                `json:"planned"`
	PlannedOn     cal.Date            `json:"plannedOn"`
	Month         cal.Month           `json:"month"`
	Demand        *staffing.FTEMonths `json:"demand"`
	Supply        *staffing.FTEMonths `json:"supply"`
	Gap           *staffing.FTEMonths `json:"gap"`
	Short         []ShortData         `json:"short"`
	Overallocated *int                `json:"overallocated"`
	Unfilled      *int                `json:"unfilled"` // staffing lines that name nobody
	ToFill        *int                `json:"seatsToFill"`
	Late          *int                `json:"seatsLate"`
	Unknown       []string            `json:"unknown"`
}

// ShortData is a team that is short in a month to come.
type ShortData struct {
	Team string             `json:"team"`
	From cal.Month          `json:"from"`
	Gap  staffing.FTEMonths `json:"gap"`   // of the worst month
	In   cal.Month          `json:"month"` // which that is
}

// ReviewData is the next review of a program or a cadence.
type ReviewData struct {
	Name    string   `json:"name"`
	Program *string  `json:"program"`
	Next    cal.Date `json:"next"`
	Days    cal.Days `json:"days"`
}

func (a *Analysis) data() *Data {
	d := &Data{
		Attention: []ItemData{}, Programs: []ProgramData{}, Horizon: a.AsOf.Add(a.Horizon), Milestones: []MilestoneData{},
		Reviews: []ReviewData{}, Notes: append([]string{}, a.Notes...),
	}
	for i, x := range a.Attention {
		d.Attention = append(d.Attention, ItemData{
			Rank: i + 1, Severity: x.Severity, Kind: x.Kind, Program: report.TextOrNull(x.Program), Subject: x.Subject, What: x.What, Do: x.Do,
			Who: report.TextOrNull(x.Who), By: dateOrNull(x.By), Days: x.Size,
		})
	}
	d.Summary.Programs = len(a.Programs)
	for _, p := range a.Programs {
		switch p.Computed {
		case portfolio.Red:
			d.Summary.Red++
		case portfolio.Yellow:
			d.Summary.Yellow++
		case portfolio.Green:
			d.Summary.Green++
		default:
			d.Summary.NotJudged++
		}
		d.Programs = append(d.Programs, a.programData(p))
	}
	for _, r := range a.Next {
		d.Milestones = append(d.Milestones, *a.milestoneData(r))
	}
	for _, x := range a.Due {
		r := ReviewData{Name: x.Name, Next: x.Next.On, Days: x.Next.On.Sub(a.AsOf)}
		if x.Program != nil {
			r.Program = &x.Name
		}
		d.Reviews = append(d.Reviews, r)
	}
	if a.Money != nil {
		d.Money = &MoneyData{FiscalYear: a.Snapshot.Fiscal.YearOf(a.AsOf), Currency: a.Money.Currency, Totals: a.Money.Total.Total, Unknown: []string{}}
		for _, u := range a.Money.Total.Unknown {
			d.Money.Unknown = append(d.Money.Unknown, u.Figure+": "+u.Reason)
		}
	}
	d.People = a.People.data()
	if x := a.Since; x != nil {
		d.Since = &SinceData{Date: x.Day, Revision: x.Revision, Unknown: report.TextOrNull(x.Why)}
		if x.Change != nil {
			d.Since.Change = x.report(a.AsOf).Data
		}
	}
	return d
}

func (a *Analysis) programData(p *Program) ProgramData {
	d := ProgramData{
		Program: p.Meta.Name, Title: p.Meta.Display(), Status: p.Status, Owner: report.TextOrNull(p.Owner), Team: report.TextOrNull(p.Team), Due: p.Due,
		Next: a.milestoneData(p.Next), Overdue: []string{}, Elapsed: p.spent(), Risks: len(p.Risks), RisksLate: len(p.Late), MissedSince: len(p.Missed),
		Health: HealthData{
			Computed: report.TextOrNull(string(p.Computed)), Reasons: []ReasonData{}, Unknown: texts(p.Unknown), Contradicted: p.Contradicted,
		},
	}
	for _, r := range p.Reasons {
		d.Health.Reasons = append(d.Health.Reasons, ReasonData{r.Kind, r.Status, r.Text})
	}
	if h := p.Program.Health; h != nil {
		d.Health.Stated, d.Health.StatedAsOf, d.Health.StatedNote = report.TextOrNull(string(h.Status)), dateOrNull(h.AsOf), report.TextOrNull(h.Note)
	}
	for _, r := range p.Overdue {
		d.Overdue = append(d.Overdue, r.ID.String())
	}
	if days, known := p.slip(); known {
		d.SlipDays = &days
	}
	if p.Earned != nil {
		d.SPI, d.CPI = p.Earned.SPI, p.Earned.CPI
	}
	if sum, has := p.sum(budget.Planned); has {
		d.Plan = sum.Known()
	}
	if sum, has := p.sum(budget.Forecast); has {
		d.Forecast = sum.Known()
	}
	if p.FTE != nil {
		d.FTE = new(portfolio.MilliFTE(*p.FTE))
	}
	if p.Review != nil && p.Review.Next != nil {
		d.NextReview = &p.Review.Next.On
	}
	return d
}

func (a *Analysis) milestoneData(r *slip.Record) *MilestoneData {
	if r == nil {
		return nil
	}
	d := &MilestoneData{ID: r.ID.String(), Title: r.Title, Owner: report.TextOrNull(r.Owner), Due: r.Due, Days: r.Due.Sub(a.AsOf), Forecast: dateOrNull(r.Forecast)}
	if days, _, known := r.Variance(); known {
		d.Slip = &days
	}
	return d
}

func (p *People) data() *PeopleData {
	if p == nil {
		return nil
	}
	d := &PeopleData{
		Heads: p.Heads, Planned: p.Planned, PlannedOn: p.PlannedOn, Month: p.Month, Demand: p.Demand, Supply: p.Supply, Gap: p.Gap,
		Short: []ShortData{}, Overallocated: p.Overallocated, Unfilled: p.Unfilled, ToFill: p.ToFill, Late: p.Late, Unknown: texts(p.Unknown),
	}
	for _, x := range p.Short {
		d.Short = append(d.Short, ShortData{x.Key[0], x.From, x.Worst, x.In})
	}
	return d
}

func dateOrNull(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func texts(list []staffing.Reason) []string {
	texts := []string{}
	for _, r := range list {
		texts = append(texts, r.String())
	}
	return texts
}
