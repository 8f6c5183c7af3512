package review

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// Ref is what was reviewed, as JSON has it: one of the two is null.
type Ref struct {
	Program *string `json:"program"`
	Cadence *string `json:"cadence"`
}

// RefOf is what a review was of.
func RefOf(r *portfolio.Review) Ref {
	return Ref{report.TextOrNull(r.Program), report.TextOrNull(r.Cadence)}
}

func (x *Series) ref() Ref {
	if x.Kind == OfProgram {
		return Ref{Program: &x.Name}
	}
	return Ref{Cadence: &x.Name}
}

// nextData is the data of the JSON report reviews-next. What is unknown is null.
type nextData struct {
	From      cal.Date     `json:"from"` // of what is counted
	Until     cal.Date     `json:"until"`
	Reviews   []seriesData `json:"reviews"`
	NotDue    []idleData   `json:"notDue"`    // not active
	NoCadence []string     `json:"noCadence"` // active programs
	Unknown   []string     `json:"unknown"`
}

type idleData struct {
	Program string                  `json:"program"`
	Status  portfolio.ProgramStatus `json:"status"`
}

// seriesData is a program or a cadence. Counts are of the days of the report, and null
// where nobody can tell what was held.
type seriesData struct {
	ID string `json:"id"`
	Ref
	Title      string           `json:"title"`
	Owner      *string          `json:"owner"`
	Team       *string          `json:"team"`
	Agenda     *string          `json:"agenda"` // of a cadence
	Every      *string          `json:"every"`
	RRule      *string          `json:"rrule"`
	Next       *cal.Date        `json:"next"`
	Scheduled  *cal.Date        `json:"scheduled"` // what the schedule says of next
	Days       *cal.Days        `json:"daysToGo"`
	LastHeld   *cal.Date        `json:"lastHeld"`
	LastReview *string          `json:"lastReview"`
	Due        int              `json:"due"`
	Held       int              `json:"held"`
	Missed     *int             `json:"missed"`
	Misses     []cal.Date       `json:"missedDates"`
	Upcoming   []cal.Date       `json:"upcoming"`
	Extra      []cal.Date       `json:"extra"` // held beside the schedule
	Attendees  []string         `json:"attendees"`
	Dates      []occurrenceData `json:"occurrences"`
}

type occurrenceData struct {
	UID       string    `json:"uid"`
	Date      cal.Date  `json:"date"`
	Scheduled cal.Date  `json:"scheduled"`
	State     State     `json:"state"`
	Review    *string   `json:"review"`
	HeldOn    *cal.Date `json:"heldOn"`
}

func (x *Series) data(a *Analysis) seriesData {
	d := seriesData{
		ID: x.Name, Ref: x.ref(), Title: x.Title(), Due: len(x.Occurrences), Held: len(x.In(Held)),
		Every:  report.TextOrNull(x.Schedule.Every.String()),
		Misses: dates(x.In(Missed)), Upcoming: dates(x.In(Upcoming)), Extra: []cal.Date{},
		Attendees: texts(x.Attendees), Dates: []occurrenceData{},
	}
	if p := x.Program; p != nil {
		d.Owner, d.Team = report.TextOrNull(p.Owner), report.TextOrNull(p.Team)
	}
	if c := x.Cadence; c != nil {
		d.Agenda = report.TextOrNull(string(c.Agenda))
	}
	if !x.Schedule.Rule.IsZero() {
		d.RRule = report.TextOrNull(x.Recurs())
	}
	if o := x.Next; o != nil {
		d.Next, d.Scheduled, d.Days = &o.On, &o.Scheduled, new(o.On.Sub(a.AsOf))
	}
	if r := x.Last; r != nil {
		d.LastHeld, d.LastReview = &r.Date, &r.Meta.Name
	}
	if a.Unknown == nil {
		d.Missed = new(len(d.Misses))
	}
	for _, r := range x.Extra {
		d.Extra = append(d.Extra, r.Date)
	}
	for i := range x.Occurrences {
		d.Dates = append(d.Dates, x.occurrence(&x.Occurrences[i]))
	}
	return d
}

func (x *Series) occurrence(o *Occurrence) occurrenceData {
	d := occurrenceData{UID: x.UID(o), Date: o.On, Scheduled: o.Scheduled, State: o.State}
	if o.Review != nil {
		d.Review, d.HeldOn = &o.Review.Meta.Name, &o.Review.Date
	}
	return d
}

func dates(list []Occurrence) []cal.Date {
	days := make([]cal.Date, len(list))
	for i, o := range list {
		days[i] = o.On
	}
	return days
}

// texts is never nil.
func texts(list []string) []string { return append([]string{}, list...) }

func reasons(list []staffing.Reason) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.String()
	}
	return out
}

// weekData is a week of the JSON report reviews-calendar.
type weekData struct {
	Week    cal.Date       `json:"week"` // its Monday
	Reviews []calendarData `json:"reviews"`
}

type calendarData struct {
	ID string `json:"id"`
	Ref
	occurrenceData
	Summary   string   `json:"summary"`
	Attendees []string `json:"attendees"`
}

type calendarReport struct {
	From    cal.Date   `json:"from"`
	Until   cal.Date   `json:"until"`
	Weeks   []weekData `json:"weeks"` // those with a review
	Unknown []string   `json:"unknown"`
}

// ActionData is an action as JSON has it.
type ActionData struct {
	ID     string `json:"id"` // review/action
	Review string `json:"review"`
	Ref
	Date    cal.Date  `json:"date"` // of the review
	Title   string    `json:"title"`
	Owner   *string   `json:"owner"`
	Due     *cal.Date `json:"due"`
	Done    bool      `json:"done"`
	DoneOn  *cal.Date `json:"doneOn"`
	Age     cal.Days  `json:"ageDays"`
	Overdue cal.Days  `json:"overdueDays"`
}

// Data is the action as JSON has it.
func (x *Action) Data() ActionData {
	return ActionData{
		ID: x.ID(), Review: x.Review.Meta.Name, Ref: RefOf(x.Review), Date: x.Review.Date, Title: x.Title,
		Owner: report.TextOrNull(x.Owner), Due: day(x.Due), Done: x.Done.Is, DoneOn: day(x.Done.On), Age: x.Age, Overdue: x.Overdue,
	}
}

// DecisionData is a decision as JSON has it.
type DecisionData struct {
	ID     string `json:"id"` // review/decision
	Review string `json:"review"`
	Ref
	Date    cal.Date `json:"date"` // of the review
	Title   string   `json:"title"`
	Outcome *string  `json:"outcome"`
	Owner   *string  `json:"owner"`
	Open    bool     `json:"open"`
	Age     cal.Days `json:"ageDays"`
}

// Data is the decision as JSON has it.
func (x *Decision) Data() DecisionData {
	return DecisionData{
		ID: x.ID(), Review: x.Review.Meta.Name, Ref: RefOf(x.Review), Date: x.Review.Date, Title: x.Title,
		Outcome: report.TextOrNull(x.Outcome), Owner: report.TextOrNull(x.Owner), Open: x.Open(), Age: x.Age,
	}
}

type ownerData struct {
	Owner   *string  `json:"owner"`
	Open    int      `json:"open"`
	Overdue int      `json:"overdue"`
	Oldest  cal.Days `json:"oldestDays"` // of the open ones
}

type actionsReport struct {
	Actions []ActionData `json:"actions"`
	Owners  []ownerData  `json:"owners"`
	Open    int          `json:"open"`
	Overdue int          `json:"overdue"`
	Unknown []string     `json:"unknown"`
}

type decisionsReport struct {
	Decisions []DecisionData `json:"decisions"`
	Open      int            `json:"open"`
	Unknown   []string       `json:"unknown"`
}

// day is null where it is not known.
func day(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
