package forecast

import (
	"math"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// Data is the data of the JSON report forecast. A probability or a criticality is a
// share of the trials, from 0 to 1; what is unknown is null.
type Data struct {
	Seed         uint64          `json:"seed"`
	Trials       int             `json:"trials"`
	Distribution Distribution    `json:"distribution"`
	Milestones   []MilestoneData `json:"milestones"`
	Programs     []ProgramData   `json:"programs"`
	// Fixed are open milestones without an estimate: they vary with what they wait for
	// alone.
	Fixed []string `json:"fixed"`
	// Circular are milestones without dates, because they depend on each other in a
	// circle or wait for such.
	Circular []string `json:"circular"`
}

// OutcomeData is what trials came to.
type OutcomeData struct {
	Due         cal.Date `json:"due"`
	P50         cal.Date `json:"p50"`
	P80         cal.Date `json:"p80"`
	P90         cal.Date `json:"p90"`
	Probability float64  `json:"probability"` // of finishing no later than it is due
	// The same at --baseline, and by how many calendar days P80 is now later; null where
	// it was not in the network.
	P80Was         *cal.Date `json:"p80Was"`
	SlipDays       *int      `json:"slipDays"`
	ProbabilityWas *float64  `json:"probabilityWas"`
}

// MilestoneData is a milestone in the forecast.
type MilestoneData struct {
	ID        string  `json:"id"`
	Program   string  `json:"program"`
	Milestone string  `json:"milestone"`
	Title     string  `json:"title"`
	Owner     *string `json:"owner"`
	Team      *string `json:"team"`
	Status    string  `json:"status"`
	Estimated bool    `json:"estimated"` // its duration is drawn
	OutcomeData
	Criticality float64 `json:"criticality"` // of being on the critical path of some program
}

// ProgramData is when a program ends.
type ProgramData struct {
	Program string  `json:"program"`
	Owner   *string `json:"owner"`
	Team    *string `json:"team"`
	OutcomeData
}

func (f *Forecast) data(v View) *Data {
	s := f.chosen(v)
	d := &Data{
		Seed: f.Seed, Trials: f.Trials, Distribution: f.Distribution,
		Milestones: make([]MilestoneData, 0, len(s.milestones)), Programs: make([]ProgramData, 0, len(s.programs)),
		Fixed: make([]string, 0, len(s.fixed)), Circular: make([]string, 0, len(s.circular)),
	}
	for _, x := range s.milestones {
		m := x.Milestone
		owner, team := m.Responsible()
		d.Milestones = append(d.Milestones, MilestoneData{
			ID: m.Ref(), Program: m.Program.Meta.Name, Milestone: m.ID, Title: m.Title, Owner: report.TextOrNull(owner), Team: report.TextOrNull(team),
			Status: string(m.Status), Estimated: x.Estimated(), OutcomeData: f.outcome(x, v), Criticality: f.share(x.Critical),
		})
	}
	for _, x := range s.programs {
		p := x.Program
		d.Programs = append(d.Programs, ProgramData{p.Meta.Name, report.TextOrNull(p.Owner), report.TextOrNull(p.Team), f.outcome(x, v)})
	}
	for _, m := range s.fixed {
		d.Fixed = append(d.Fixed, m.Ref())
	}
	for _, m := range s.circular {
		d.Circular = append(d.Circular, m.Ref())
	}
	return d
}

func (f *Forecast) outcome(x *Outcome, v View) OutcomeData {
	d := OutcomeData{Due: x.Due, P50: x.P50, P80: x.P80, P90: x.P90, Probability: f.share(x.Met)}
	if was := v.before(x); was != nil {
		d.P80Was, d.SlipDays, d.ProbabilityWas = &was.P80, new(int(x.P80.Sub(was.P80))), new(v.Before.share(was.Met))
	}
	return d
}

// share is a part of the trials, with at most six decimals: there are no more than a
// million trials.
func (f *Forecast) share(n int) float64 { return math.Round(float64(n)/float64(f.Trials)*1e6) / 1e6 }
