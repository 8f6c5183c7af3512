package staffing

import (
	"bytes"
	"encoding/json"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// data is the data of the JSON report staffing. A list that is null is not known; free
// is there where it is asked for.
type data struct {
	FiscalYear    cal.FiscalYears     `json:"fiscalYear"`
	Periods       []string            `json:"periods"`
	Groups        []groupData         `json:"groups"`
	Total         figuresData         `json:"total"`
	Short         []shortageData      `json:"short"`
	Overallocated []overallocatedData `json:"overallocated"`
	Outside       []outsideData       `json:"outside"`
	Unfilled      []requirementData   `json:"unfilled"`
	Free          *[]freeData         `json:"free,omitempty"`
	Unknown       []unknownData       `json:"unknown"`
}

type groupData struct {
	Key group.Object `json:"key"`
	figuresData
}

type figuresData struct {
	Demand      Series       `json:"demand"`
	Supply      Series       `json:"supply"`
	Gap         Series       `json:"gap"`
	Planned     Series       `json:"planned"`
	Allocated   Series       `json:"allocated"`
	Unallocated Series       `json:"unallocated"`
	Baseline    *balanceData `json:"baseline"`
}

type shortageData struct {
	Key   group.Object `json:"key"`
	From  cal.Month    `json:"from"`
	Worst FTEMonths    `json:"worst"`
	In    cal.Month    `json:"worstIn"`
}

type balanceData struct {
	Demand Series `json:"demand"`
	Supply Series `json:"supply"`
	Gap    Series `json:"gap"`
}

type overallocatedData struct {
	Person   string       `json:"person"`
	From     cal.Date     `json:"from"`
	To       cal.Date     `json:"to"`
	Percent  json.Number  `json:"percent"`
	Workdays cal.WorkDays `json:"workdays"`
	Programs []string     `json:"programs"`
	Parts    []partData   `json:"parts"`
}

type partData struct {
	Program string      `json:"program"`
	FTE     json.Number `json:"fte"`
}

type outsideData struct {
	Person  *string       `json:"person"`
	Program string        `json:"program"`
	From    cal.Date      `json:"from"`
	To      cal.Date      `json:"to"`
	Reason  OutsideReason `json:"reason"`
}

type requirementData struct {
	Program   string             `json:"program"`
	Team      *string            `json:"team"`
	Role      *string            `json:"role"`
	Level     *string            `json:"level"`
	Location  *string            `json:"location"`
	FTE       portfolio.MilliFTE `json:"fte"`
	From      cal.Date           `json:"from"`
	To        cal.Date           `json:"to"`
	Milestone *string            `json:"milestone"`
	Required  FTEMonths          `json:"required"`
	Free      *FTEMonths         `json:"free"`
	Short     *FTEMonths         `json:"short"`
}

type freeData struct {
	Person    string      `json:"person"`
	Team      *string     `json:"team"`
	Role      *string     `json:"role"`
	Level     *string     `json:"level"`
	FTEMonths []FTEMonths `json:"fteMonths"`
}

type unknownData struct {
	Figure Figure `json:"figure"`
	Reason string `json:"reason"`
}

// MarshalJSON writes a number for each bucket, null where it is not known.
func (s Series) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, v := range s.Values {
		if i > 0 {
			b.WriteByte(',')
		}
		if s.Known {
			b.WriteString(v.String())
		} else {
			b.WriteString("null")
		}
	}
	return []byte("[" + b.String() + "]"), nil
}

// mapped is never nil unless the list is.
func mapped[T, U any](list []T, f func(T) U) []U {
	if list == nil {
		return nil
	}
	out := make([]U, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

func (a *Analysis) data(v View) data {
	unknown := mapped(a.Unknown, func(u Unknown) unknownData { return unknownData{u.Figure, sentence(u.Reasons)} })
	if unknown == nil {
		unknown = []unknownData{}
	}
	periods := make([]string, len(a.Buckets))
	for i, b := range a.Buckets {
		periods[i] = b.Name
	}
	d := data{
		FiscalYear: a.Years, Periods: periods,
		Groups: mapped(a.Groups, func(g Group) groupData { return groupData{group.Object{By: a.By, Key: g.Key}, g.data()} }),
		Total:  a.Total.data(),
		Short: mapped(a.Short, func(s Shortage) shortageData {
			return shortageData{group.Object{By: a.By, Key: s.Key}, s.From, s.Worst, s.In}
		}),
		Overallocated: mapped(a.Overallocated, Overallocation.data),
		Outside:       mapped(a.Outside, OutsideAllocation.data),
		Unfilled:      mapped(a.Unfilled, Requirement.data),
		Unknown:       unknown,
	}
	if v.People {
		free := mapped(a.Free, FreePerson.data)
		d.Free = &free
	}
	return d
}

func (g Group) data() figuresData {
	d := figuresData{
		Demand: g.Demand, Supply: g.Supply, Gap: g.Gap, Planned: g.Planned, Allocated: g.Allocated, Unallocated: g.Unallocated,
	}
	if b := g.Baseline; b != nil {
		d.Baseline = &balanceData{b.Demand, b.Supply, b.Gap}
	}
	return d
}

func (o Overallocation) data() overallocatedData {
	return overallocatedData{
		Person: o.Person.ID, From: o.From, To: o.To, Percent: json.Number(o.Percent()), Workdays: o.Workdays, Programs: o.Programs(),
		Parts: mapped(o.Parts, func(p AllocatedPart) partData { return partData{p.Program.Meta.Name, json.Number(fte(p.FTE))} }),
	}
}

func (x OutsideAllocation) data() outsideData {
	return outsideData{report.TextOrNull(x.Line.Person), x.Program.Meta.Name, x.From, x.To, x.Reason}
}

func (r Requirement) data() requirementData {
	l := r.Line
	return requirementData{
		Program: r.Program.Meta.Name, Team: report.TextOrNull(l.Team), Role: report.TextOrNull(l.Role), Level: report.TextOrNull(l.Level),
		Location: report.TextOrNull(l.Location), FTE: l.FTE, From: l.From.First(), To: l.To.Last(), Milestone: report.TextOrNull(string(l.Milestone)),
		Required: r.Required, Free: r.Free, Short: r.Short,
	}
}

func (p FreePerson) data() freeData {
	now := p.Standing
	return freeData{p.Person.ID, report.TextOrNull(now.Team), report.TextOrNull(now.Role), report.TextOrNull(now.Level), p.FTE}
}
