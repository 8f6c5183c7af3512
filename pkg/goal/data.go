package goal

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// Data is the data of the JSON report goals. What is unknown is null; progress and shares
// are parts of the whole.
type Data struct {
	Quarter cal.Quarter   `json:"quarter"`
	Days    cal.Period    `json:"days"`
	Elapsed ratio.Ratio   `json:"elapsed"`
	Summary SummaryData   `json:"summary"`
	People  []PersonData  `json:"people"`
	Others  []cal.Quarter `json:"otherQuarters"` // that have goals too
	Partial []string      `json:"partial"`       // why there may be more
	Unknown []UnknownData `json:"unknown"`
}

// SummaryData counts people, goals, and key results by state.
type SummaryData struct {
	People     int `json:"people"`
	Goals      int `json:"goals"`
	KeyResults int `json:"keyResults"`
	Met        int `json:"met"`
	Open       int `json:"open"`
	Missed     int `json:"missed"`
	Unknown    int `json:"unknown"`
}

// PersonData is the goals of one person. Null is a goal that names nobody.
type PersonData struct {
	Person   *string     `json:"person"`
	Progress ratio.Ratio `json:"progress"`
	Covered  ratio.Ratio `json:"covered"` // the part of the weight that progress is of
	Goals    []ItemData  `json:"goals"`
}

// ItemData is a goal; share is the part of the weight of the person that it has.
type ItemData struct {
	ID         string          `json:"id"`
	Title      string          `json:"title"`
	Document   string          `json:"document"`
	Weight     *money.Decimal  `json:"weight"`
	Share      ratio.Ratio     `json:"share"`
	Progress   ratio.Ratio     `json:"progress"`
	KeyResults []KeyResultData `json:"keyResults"`
}

// KeyResultData is a key result. Computed says that current is that of source; reason
// why progress is not known, note why a source is not what counts.
type KeyResultData struct {
	Metric    *string              `json:"metric"`
	Unit      *string              `json:"unit"`
	Direction *portfolio.Direction `json:"direction"`
	Baseline  *portfolio.Measure   `json:"baseline"`
	Target    *portfolio.Measure   `json:"target"`
	Current   *string              `json:"current"`
	Source    *string              `json:"source"`
	Computed  bool                 `json:"computed"`
	Progress  ratio.Ratio          `json:"progress"`
	State     State                `json:"state"`
	Reason    *string              `json:"reason"`
	Note      *string              `json:"note"`
}

// UnknownData is why a figure is not known.
type UnknownData struct {
	Figure string `json:"figure"`
	Reason string `json:"reason"`
}

func (a *Analysis) data() *Data {
	d := &Data{
		Quarter: a.Quarter, Days: a.Days, Elapsed: a.Elapsed(), Summary: a.count(), People: []PersonData{},
		Others: append([]cal.Quarter{}, a.Others...), Partial: texts(a.Partial), Unknown: []UnknownData{},
	}
	for _, r := range a.Unknown {
		d.Unknown = append(d.Unknown, UnknownData{"goals", r.String()})
	}
	for _, p := range a.People {
		x := PersonData{report.TextOrNull(p.ID), p.Progress, p.Covered, []ItemData{}}
		for _, g := range p.Goals {
			x.Goals = append(x.Goals, g.data())
		}
		d.People = append(d.People, x)
	}
	return d
}

func (g *Goal) data() ItemData {
	d := ItemData{g.ID, g.Title, g.Document, g.Weight, g.Share, g.Progress, []KeyResultData{}}
	for _, k := range g.KeyResults {
		x := KeyResultData{
			Metric: report.TextOrNull(k.Metric), Unit: report.TextOrNull(k.Unit), Baseline: k.Baseline, Target: k.Target,
			Current: report.TextOrNull(k.current.String()), Source: report.TextOrNull(k.Source), Computed: k.Computed,
			Progress: k.Progress, State: k.State, Reason: report.TextOrNull(k.Why), Note: report.TextOrNull(k.Note),
		}
		if k.Direction != "" {
			x.Direction = &k.Direction
		}
		d.KeyResults = append(d.KeyResults, x)
	}
	return d
}

func (a *Analysis) count() (s SummaryData) {
	s.People = len(a.People)
	for _, p := range a.People {
		s.Goals += len(p.Goals)
		for _, g := range p.Goals {
			s.KeyResults += len(g.KeyResults)
			for _, k := range g.KeyResults {
				switch k.State {
				case Met:
					s.Met++
				case Open:
					s.Open++
				case Missed:
					s.Missed++
				default:
					s.Unknown++
				}
			}
		}
	}
	return s
}

// texts is never null.
func texts(reasons []staffing.Reason) []string {
	list := make([]string, len(reasons))
	for i, r := range reasons {
		list[i] = r.String()
	}
	return list
}
