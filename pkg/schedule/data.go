package schedule

import (
	"math"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// Data is the data of the JSON report network. Offsets and floats are working days,
// fractions rounded up; what is unknown is null.
type Data struct {
	Activities   []ActivityData `json:"activities"`
	Length       int            `json:"length"` // from the first day of the earliest program to the latest EF
	Start        *cal.Date      `json:"start"`
	Finish       *cal.Date      `json:"finish"`
	CriticalPath []string       `json:"criticalPath"`
	Programs     []PathData     `json:"programs"`
	// Circular are milestones without dates, because they depend on each other in a
	// circle or wait for such.
	Circular []string `json:"circular"`
}

// ActivityData is a milestone in the network.
type ActivityData struct {
	ID        string    `json:"id"`
	Program   string    `json:"program"`
	Milestone string    `json:"milestone"`
	Title     string    `json:"title"`
	Owner     *string   `json:"owner"`
	Team      *string   `json:"team"`
	Status    string    `json:"status"`
	Duration  float64   `json:"duration"` // what remains, with at most three decimals
	Event     bool      `json:"event"`    // no duration is stated, so that it is an event
	ES        int       `json:"es"`
	EF        int       `json:"ef"`
	LS        int       `json:"ls"`
	LF        int       `json:"lf"`
	Start     cal.Date  `json:"start"`
	Finish    cal.Date  `json:"finish"`
	LateStart cal.Date  `json:"lateStart"`
	LateEnd   cal.Date  `json:"lateFinish"`
	Total     int       `json:"totalFloat"`
	Free      int       `json:"freeFloat"`
	Critical  bool      `json:"critical"`
	Due       cal.Date  `json:"due"`
	DueFloat  int       `json:"dueFloat"`
	Drivers   []string  `json:"drivers"` // what holds it where it is
	Was       *cal.Date `json:"was"`     // its finish at --baseline; null where it was not in the network
	SlipDays  *int      `json:"slipDays"`
}

// PathData is what decides when a program ends.
type PathData struct {
	Program      string    `json:"program"`
	Length       int       `json:"length"` // from its first working day to its latest EF
	Start        cal.Date  `json:"start"`
	Finish       cal.Date  `json:"finish"`
	Due          cal.Date  `json:"due"`
	DueFloat     int       `json:"dueFloat"`
	Was          *cal.Date `json:"was"`
	SlipDays     *int      `json:"slipDays"`
	CriticalPath []string  `json:"criticalPath"`
}

func (a *Analysis) data(v View) *Data {
	chosen := a.chosen(v)
	o := a.Overall(chosen.programs)
	d := &Data{
		Activities: make([]ActivityData, 0, len(chosen.activities)), Length: int(o.Length), Start: dateOrNull(o.Start), Finish: dateOrNull(o.Finish),
		CriticalPath: refs(o.Path), Programs: make([]PathData, 0, len(chosen.programs)), Circular: make([]string, 0, len(chosen.circular)),
	}
	for _, m := range chosen.circular {
		d.Circular = append(d.Circular, m.Ref())
	}
	for _, x := range chosen.activities {
		d.Activities = append(d.Activities, v.activityData(x))
	}
	for _, p := range chosen.programs {
		was, days := v.programSlip(p)
		d.Programs = append(d.Programs, PathData{
			Program: p.Program.Meta.Name, Length: int(p.Length.Days()), Start: p.Program.Start, Finish: p.Finish,
			Due: p.Program.Due, DueFloat: int(p.DueFloat), Was: was, SlipDays: days, CriticalPath: refs(p.Path),
		})
	}
	return d
}

func (v View) activityData(x *Activity) ActivityData {
	m := x.Milestone
	owner, team := m.Responsible()
	was, days := v.slip(x)
	return ActivityData{
		ID: m.Ref(), Program: m.Program.Meta.Name, Milestone: m.ID, Title: m.Title, Owner: report.TextOrNull(owner), Team: report.TextOrNull(team),
		Status: string(m.Status), Duration: math.Round(x.Duration.Number()*1000) / 1000, Event: x.Event,
		ES: int(x.ES.Days()), EF: int(x.EF.Days()), LS: int(x.LS.Days()), LF: int(x.LF.Days()),
		Start: x.Start, Finish: x.Finish, LateStart: x.LateStart, LateEnd: x.LateFinish,
		Total: int(x.TotalFloat.Days()), Free: int(x.FreeFloat.Days()), Critical: x.Critical,
		Due: m.Due, DueFloat: int(x.DueFloat), Drivers: append([]string{}, x.Drivers...), Was: was, SlipDays: days,
	}
}

func refs(path []*Activity) []string {
	list := make([]string, len(path))
	for i, x := range path {
		list[i] = x.Milestone.Ref()
	}
	return list
}

func dateOrNull(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
