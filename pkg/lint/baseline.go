package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
)

var slipped = &Rule{
	Rule: diag.Rule{Code: "MS013", Name: "slipped", Summary: "A milestone or a program will be later than its baseline by more than policy allows", Severity: diag.Warning},
	Check: func(p *Pass) {
		if p.Slips == nil {
			p.Blind()
			return
		}
		allowed := cal.Days(*p.Config.Policy.SlipTolerance)
		for x := range p.promises() {
			late, _, known := x.Variance()
			stated := max(x.Due, x.Forecast)
			if !x.open || !known || stated.Sub(x.Baseline) <= allowed { // else it is late for no other reason than that it is overdue
				continue
			}
			var places []place
			finish := "is due"
			switch x.Finish {
			case x.Due:
			case x.Forecast:
				finish = "is forecast for"
				places = append(places, place{x.origin.At("forecast"), "forecast here"})
			default:
				finish = "is not done on"
			}
			p.Report(Finding{
				At: x.origin.At("due"), Subject: x.Subject(), Key: stated.String(),
				Message: fmt.Sprintf("%s %s %s, %s after its baseline (%s), policy allows %s", x.name, finish, x.Finish, days(late), x.Baseline, days(allowed)),
				Detail:  "win the time back; or have a new date approved, state it as baseline: and have that edit (MS016) waived by who approved it; or have this rule waived",
			}, places...)
		}
	},
}

var baselineEdited = &Rule{
	Rule:      diag.Rule{Code: "MS016", Name: "baseline-edited", Summary: "The approved baseline of something open is another than was first set", Severity: diag.Warning},
	OverMoves: true,
	Check: func(p *Pass) {
		if p.Slips == nil {
			p.Blind()
			return
		}
		for x := range p.promises() {
			if !x.open || x.Track == nil {
				continue
			}
			e, ok := lastEdit(x.Track)
			if !ok {
				continue
			}
			at := x.origin.At("due")
			if !statedBaseline(x.Record).IsZero() {
				at = x.origin.At("baseline")
			}
			p.Report(Finding{
				At: at, Subject: x.Subject(), Key: path(e.from, e.to),
				Message: fmt.Sprintf("%s had its baseline changed from %s to %s", x.name, e.from, e.to),
				Detail: fmt.Sprintf("to set a new baseline is legitimate where someone approved it: say who in a waiver of this rule, and it stays visible; else put %s back\n%s",
					e.first, made("changed", e.version)),
			})
		}
	},
}

// edit is a version in which the approved baseline became another; first is what
// it was when it was set.
type edit struct {
	version         *history.Version
	from, to, first cal.Date
}

// lastEdit is the newest edit of the approved baseline. There is none where it is
// now what it was when it was set.
func lastEdit(t *history.Track) (e edit, ok bool) {
	set := max(slices.IndexFunc(t.Points, sets), 0)
	original := t.Points[set].Due
	approved := func(i int) cal.Date { return cmp.Or(t.Points[i].Baseline, original) }
	for i := set + 1; i < len(t.Points); i++ {
		if from, to := approved(i-1), approved(i); from != to {
			e = edit{version: t.Points[i].Version, from: from, to: to, first: approved(set)}
		}
	}
	return e, e.version != nil && e.to != e.first
}
