package risk

import (
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

func (a *Analysis) data() data {
	d := data{
		Currency: a.currency(), Subtree: a.Subtree, Risks: []riskData{}, Groups: []groupData{}, Responses: []responseData{},
		Reviews: reviewsData{[]string{}, []string{}, []string{}}, Heat: heatsData{[]heatData{}, []heatData{}}, Partial: texts(a.Partial), Unknown: []unknownData{},
	}
	if a.Unknown != nil {
		d.Unknown = append(d.Unknown, unknownData{"risks", sentence(a.Unknown)})
		return d
	}
	moves := map[string]*moveData{}
	if t := a.Trend; t != nil {
		if t.Unknown != nil {
			d.Unknown = append(d.Unknown, unknownData{"trend", sentence(t.Unknown)})
		} else {
			d.Trend = a.trendData()
			for i := range d.Trend.Moves {
				moves[d.Trend.Moves[i].Risk] = &d.Trend.Moves[i]
			}
		}
	}
	for _, r := range a.Risks {
		x := r.data()
		x.Change = moves[r.Name()]
		d.Risks = append(d.Risks, x)
	}
	d.Total, d.Occurred = a.Total.data(), a.Occurred.data()
	for _, g := range a.Groups {
		x := groupData{group.Object{By: a.By, Key: g.Key}, *g.data(), nil}
		if g.Before != nil {
			x.Before = g.Before.data()
		}
		d.Groups = append(d.Groups, x)
	}
	for _, x := range a.Responses {
		d.Responses = append(d.Responses, responseData{response(x.Response), *x.data()})
	}
	d.Reviews = reviewsData{ids(a.Late), ids(a.Soon), ids(a.undated())}
	d.Heat = heatsData{a.CostHeat().data(), a.DayHeat().data()}
	return d
}

// undated are the risks that count and have no day for a review.
func (a *Analysis) undated() (list []*Risk) {
	for _, r := range a.Risks {
		if r.Counts() && r.ReviewBy.IsZero() {
			list = append(list, r)
		}
	}
	return list
}

func (r *Risk) data() riskData {
	d := riskData{
		Risk: r.Name(), Program: r.Program.Meta.Name, ID: r.ID, Title: r.Title, Status: r.Status, Of: r.Program.Status, Counts: r.Counts(),
		Response: response(r.Response), Owner: report.TextOrNull(r.Holder), Team: report.TextOrNull(r.Program.Team), Theme: report.TextOrNull(r.Program.Theme),
		Probability: r.Probability, Impact: impactData{r.Days, r.Cost}, Exposure: r.exposed(), ReviewBy: day(r.ReviewBy), Unknown: texts(r.CostUnknown),
	}
	if r.Counts() && !r.ReviewBy.IsZero() {
		d.Late = &r.Past
	}
	return d
}

func (r *Risk) exposed() impactExposureData { return impactExposureData{r.ExposedDays, r.ExposedCost} }

func response(r portfolio.RiskResponse) *portfolio.RiskResponse {
	if r == "" {
		return nil
	}
	return &r
}

func (e *Exposure) data() *exposureData {
	return &exposureData{e.Risks, e.Late, e.Days, e.Timed, e.Cost, e.Costed}
}

// data lists the cells that have risks, of the highest impact first.
func (h *Heat) data() []heatData {
	list := []heatData{}
	name := func(b Band) *string {
		if !b.known() {
			return nil
		}
		return &b.Name
	}
	for _, i := range h.rows() {
		for k, cell := range h.Cells[i] {
			if len(cell) > 0 {
				list = append(list, heatData{name(h.Probabilities[k]), name(h.Impacts[i]), ids(cell)})
			}
		}
	}
	return list
}

// rows are the impacts as people read them: the highest first, what is not known last.
func (h *Heat) rows() []int {
	last := len(h.Impacts) - 1
	list := make([]int, 0, len(h.Impacts))
	for i := last - 1; i >= 0; i-- {
		list = append(list, i)
	}
	return append(list, last)
}

func (a *Analysis) trendData() *trendData {
	d := &trendData{Before: *a.Trend.Before.data(), Steps: []stepData{}, Moves: []moveData{}}
	for _, s := range a.Trend.Steps {
		d.Steps = append(d.Steps, stepData{s.Kind, s.Risks, s.Days, s.Cost})
	}
	for _, m := range a.Trend.Moves {
		x := moveData{Risk: m.Name(), Kind: m.Kind, Days: m.Days, Cost: money.Amount{Minor: m.Cost, Currency: a.currency()}, Why: []string{}}
		if m.Was != nil {
			x.Before = m.Was.exposed()
		}
		if m.Is != nil {
			x.After = m.Is.exposed()
		}
		x.Why = append(x.Why, m.Why...)
		d.Moves = append(d.Moves, x)
	}
	return d
}

// whole spells minor units without decimals that are 0.
func whole(minor int64, c money.Currency) string {
	text := money.Amount{Minor: minor, Currency: c}.Grouped()
	if number, decimals, has := strings.Cut(text, "."); has && strings.Trim(decimals, "0") == "" {
		return number
	}
	return text
}

func day(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// texts is never null.
func texts(reasons []staffing.Reason) []string {
	list := make([]string, len(reasons))
	for i, r := range reasons {
		list[i] = r.String()
	}
	return list
}

func sentence(reasons []staffing.Reason) string { return strings.Join(texts(reasons), "; ") }
