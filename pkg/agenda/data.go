package agenda

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/impact"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/staffing"
)

// data is the data of the JSON report reviews-agenda. What is unknown is null.
type data struct {
	ID         string                `json:"id"`
	Program    *string               `json:"program"`
	Cadence    *string               `json:"cadence"`
	Title      string                `json:"title"`
	Agenda     *string               `json:"agenda"` // of a cadence
	Next       *cal.Date             `json:"next"`
	Following  *cal.Date             `json:"following"`
	Until      cal.Date              `json:"until"` // how far it looks ahead
	Attendees  []string              `json:"attendees"`
	Since      sinceData             `json:"since"`
	Programs   []programData         `json:"programs"`
	Missed     []missedData          `json:"missed"`
	Decisions  []review.DecisionData `json:"decisions"` // open
	Actions    []review.ActionData   `json:"actions"`   // not done
	Change     *changeData           `json:"change"`
	Spend      []spendData           `json:"spend"`
	Findings   []report.Finding      `json:"findings"`
	Risks      []riskData            `json:"risks"`
	Milestones []milestoneData       `json:"milestones"` // open, due by until
	Last       *lastData             `json:"last"`
}

type sinceData struct {
	Date     *cal.Date        `json:"date"`
	Review   *string          `json:"review"`
	Revision *report.Revision `json:"revision"`
	Unknown  *string          `json:"unknown"` // why nothing is known of what changed
}

type programData struct {
	Program string                  `json:"program"`
	Status  portfolio.ProgramStatus `json:"status"`
	Owner   *string                 `json:"owner"`
	Health  *string                 `json:"health"`
	AsOf    *cal.Date               `json:"healthAsOf"`
	Note    *string                 `json:"healthNote"`
}

type missedData struct {
	ID   string   `json:"id"`
	Date cal.Date `json:"date"`
}

// changeData is what changed since the last review, as the report diff has it.
type changeData struct {
	Milestones struct {
		Added     []impact.Dated `json:"added"`
		Removed   []impact.Dated `json:"removed"`
		Moved     []impact.Move  `json:"moved"`
		Completed []string       `json:"completed"`
		Reopened  []string       `json:"reopened"`
		Cancelled []string       `json:"cancelled"`
		Restored  []string       `json:"restored"`
	} `json:"milestones"`
	Programs struct {
		Added         []string              `json:"added"`
		Removed       []string              `json:"removed"`
		StatusChanged []impact.StatusChange `json:"statusChanged"`
		Moved         []impact.Move         `json:"moved"`
	} `json:"programs"`
	Budget    []impact.BudgetChange    `json:"budget"`
	FTE       []impact.FTEChange       `json:"fte"`
	Headcount []impact.HeadcountChange `json:"headcount"`
	Findings  struct {
		Introduced []report.Finding `json:"introduced"`
		Fixed      []report.Finding `json:"fixed"`
	} `json:"findings"`
}

type spendData struct {
	Program          string        `json:"program"`
	PlanToDate       *money.Amount `json:"planToDate"`
	Actual           *money.Amount `json:"actual"`
	Variance         *money.Amount `json:"variance"`
	Plan             *money.Amount `json:"plan"`
	Forecast         *money.Amount `json:"forecast"`
	ForecastVariance *money.Amount `json:"forecastVariance"`
	Unknown          []string      `json:"unknown"`
}

type riskData struct {
	ID          string               `json:"id"` // program/risk
	Title       string               `json:"title"`
	Status      portfolio.RiskStatus `json:"status"`
	Was         *string              `json:"was"`
	New         *bool                `json:"new"`
	Probability *portfolio.Percent   `json:"probability"`
	Response    *string              `json:"response"`
	Owner       *string              `json:"owner"`
	ReviewBy    *cal.Date            `json:"reviewBy"`
	Overdue     cal.Days             `json:"overdueDays"`
}

type milestoneData struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Owner    *string   `json:"owner"`
	Due      cal.Date  `json:"due"`
	Forecast *cal.Date `json:"forecast"`
	Overdue  cal.Days  `json:"overdueDays"`
}

type lastData struct {
	Review    string                `json:"review"`
	Date      cal.Date              `json:"date"`
	Decisions []review.DecisionData `json:"decisions"`
	Notes     *string               `json:"notes"`
}

func (a *Agenda) data() *data {
	x := a.Of
	d := &data{
		ID: x.Name, Title: x.Title(), Until: a.Until, Attendees: append([]string{}, x.Attendees...),
		Since:    sinceData{Date: day(a.Since.Day), Revision: a.Since.Revision, Unknown: report.TextOrNull(a.Since.Why)},
		Programs: []programData{}, Missed: []missedData{}, Decisions: decisions(a.Decisions), Actions: []review.ActionData{},
		Change: a.changeData(), Spend: []spendData{}, Findings: report.MachineList(a.Findings), Risks: []riskData{}, Milestones: []milestoneData{},
	}
	if x.Program != nil {
		d.Program = &x.Name
	} else {
		d.Cadence, d.Agenda = &x.Name, report.TextOrNull(string(x.Cadence.Agenda))
	}
	if x.Next != nil {
		d.Next = &x.Next.On
	}
	if x.Following != nil {
		d.Following = &x.Following.On
	}
	if r := x.Last; r != nil {
		d.Since.Review = &r.Meta.Name
		d.Last = &lastData{r.Meta.Name, r.Date, decisions(a.Decided), report.TextOrNull(r.Notes)}
	}
	for _, p := range a.Programs {
		row := programData{Program: p.Meta.Name, Status: p.Status, Owner: report.TextOrNull(p.Owner)}
		if h := p.Health; h != nil {
			row.Health, row.AsOf, row.Note = report.TextOrNull(string(h.Status)), day(h.AsOf), report.TextOrNull(h.Note)
		}
		d.Programs = append(d.Programs, row)
	}
	for _, m := range a.Missed {
		d.Missed = append(d.Missed, missedData{m.Of.Name, m.On})
	}
	for i := range a.Actions {
		d.Actions = append(d.Actions, a.Actions[i].Data())
	}
	for i := range a.Spend {
		s := &a.Spend[i]
		d.Spend = append(d.Spend, spendData{
			s.Program.Meta.Name, s.PlanToDate.Known(), s.Actual.Known(), s.Variance(), s.Plan.Known(), s.Forecast.Known(), s.ForecastVariance(),
			reasons(s.unknown()),
		})
	}
	for i := range a.Risks {
		d.Risks = append(d.Risks, a.riskData(&a.Risks[i]))
	}
	for _, m := range a.Milestones {
		d.Milestones = append(d.Milestones, milestoneData{m.ID.String(), m.Title, report.TextOrNull(m.Owner), m.Due, day(m.Forecast), m.Overdue})
	}
	return d
}

func (a *Agenda) riskData(r *Risk) riskData {
	d := riskData{
		ID: r.Program.Meta.Name + "/" + r.ID, Title: r.Title, Status: r.Status, Was: report.TextOrNull(string(r.Was)), Probability: r.Probability,
		Response: report.TextOrNull(string(r.Response)), Owner: report.TextOrNull(r.Owner), ReviewBy: day(r.ReviewBy), Overdue: r.Overdue,
	}
	if a.Since.Before != nil {
		d.New = &r.New
	}
	return d
}

// changeData is nil where nothing is known of what changed.
func (a *Agenda) changeData() *changeData {
	c := a.Since.Change
	if c == nil {
		return nil
	}
	d := new(changeData)
	m, p := &d.Milestones, &d.Programs
	m.Added, m.Removed, m.Moved = list(c.Milestones.Added), list(c.Milestones.Removed), list(c.Milestones.Moved)
	m.Completed, m.Reopened = list(c.Milestones.Completed), list(c.Milestones.Reopened)
	m.Cancelled, m.Restored = list(c.Milestones.Cancelled), list(c.Milestones.Restored)
	p.Added, p.Removed, p.StatusChanged, p.Moved = list(c.Programs.Added), list(c.Programs.Removed), list(c.Programs.StatusChanged), list(c.Programs.Moved)
	d.Budget, d.FTE, d.Headcount = list(c.Budget), list(c.FTE), list(c.Headcount)
	d.Findings.Introduced, d.Findings.Fixed = report.MachineList(c.Introduced), report.MachineList(c.Fixed)
	return d
}

func decisions(from []review.Decision) []review.DecisionData {
	out := make([]review.DecisionData, len(from))
	for i := range from {
		out[i] = from[i].Data()
	}
	return out
}

func reasons(from []staffing.Reason) []string {
	out := make([]string, len(from))
	for i, r := range from {
		out[i] = r.String()
	}
	return out
}

// list is never nil.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// day is null where it is not known.
func day(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
