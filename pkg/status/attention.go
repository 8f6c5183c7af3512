package status

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/slip"
)

// Severity is how much something needs attention.
type Severity uint8

// The severities, the mildest first.
const (
	Low Severity = iota
	Medium
	High
)

func (s Severity) String() string { return [...]string{"low", "medium", "high"}[s] }

// MarshalText spells the severity as String does.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Item is something that needs attention.
type Item struct {
	Severity Severity
	Kind     Kind
	// Program is "" where it is of none; Subject is how findings name what it is about.
	Program, Subject string
	// What is one line that names the program, Do what to do about it.
	What, Do string
	// Who should act: a person or a team; "" where nobody is said to.
	Who string
	// By is the day by which it was or is to be done; zero where there is none.
	By cal.Date
	// Size is by how many days it is late, past or ahead; 0 where it is not of days.
	Size cal.Days
}

// urgency orders items: see the package.
func urgency(x, y Item) int {
	day := func(d cal.Date) cal.Date {
		if d.IsZero() {
			return cal.MaxDate
		}
		return d
	}
	return cmp.Or(cmp.Compare(y.Severity, x.Severity), cmp.Compare(day(x.By), day(y.By)), cmp.Compare(y.Size, x.Size),
		strings.Compare(x.Subject, y.Subject), strings.Compare(string(x.Kind), string(y.Kind)), strings.Compare(x.What, y.What))
}

// attend collects what needs attention, and ranks it.
func (a *Analysis) attend() {
	for _, p := range a.Programs {
		if p.Judged() {
			a.attendTo(p)
		}
	}
	a.actions()
	a.cadences()
	a.findings()
	slices.SortStableFunc(a.Attention, urgency)
}

func (a *Analysis) item(x Item) { a.Attention = append(a.Attention, x) }

// milestone is the record of a milestone of a program, or nil.
func (a *Analysis) milestone(p *Program, m *portfolio.Milestone) *slip.Record {
	id := p.Dates
	if id == nil {
		return nil
	}
	of := id.ID
	of.Milestone = m.ID
	return a.Slips.Record(of)
}

// attendTo collects what needs attention in a program.
func (a *Analysis) attendTo(p *Program) {
	name := p.Meta.Name
	own := func(k Kind, s Severity, by cal.Date, do, format string, args ...any) {
		a.item(Item{Severity: s, Kind: k, Program: name, Subject: p.Subject(), Who: cmp.Or(p.Owner, p.Team), By: by, Do: do, What: name + " " + fmt.Sprintf(format, args...)})
	}
	open, accepted := a.overdue(p)
	if len(open) > 0 {
		a.late(p, open, High, open[0].Due, "", "state it as done, or move it and say why")
	}
	if len(accepted) > 0 {
		a.late(p, accepted, Medium, a.waivedUntil(accepted), ", waived", "be done before the waiver ends")
	}
	if r, text := a.latest(p); r != nil {
		days, _, _ := r.Variance()
		a.item(Item{
			Severity: Medium, Kind: Slipped, Program: name, Subject: r.Subject(), Who: cmp.Or(r.Owner, r.Team), By: r.Due, Size: days,
			What: r.ID.String() + " " + text, Do: "bring it back, or move it and say why",
		})
	} else if p.Dates != nil && p.Dates.Overdue == 0 {
		if days, _, known := p.Dates.Variance(); known && days > cal.Days(*a.Snapshot.Config.Policy.SlipTolerance) && !a.waived("MS013", p.Subject()) {
			own(Slipped, Medium, p.Due, "bring it back, or have it approved", "finishes %dd after its baseline", days)
		}
	}
	if over := a.overBudget(p); over != nil && !a.waived("BUD002", p.Subject()) {
		own(Money, High, a.AsOf, "plan less, or have more approved", "is forecast %s over its plan", over.percent())
	}
	a.earned(p, own)
	if len(p.Late) > 0 {
		r := p.Late[0]
		what := name + ": " + lateText(p)
		a.item(Item{Kind: RiskLate, Program: name, Subject: p.Subject() + "/risk/" + r.ID, Who: r.Holder, By: r.ReviewBy, Size: r.Past, What: what, Do: "judge it again and set reviewBy"})
	}
	a.missed(p.Meta.Name, p.Subject(), name, cmp.Or(p.Owner, p.Team), p.Missed)
	if p.Contradicted {
		own(Stated, Low, a.AsOf, "say why, or correct it", "is stated %s, its files say %s", p.Program.Health.Status, p.Computed)
	}
}

// late is an item on what is overdue; how is what there is to add.
func (a *Analysis) late(p *Program, list []*slip.Record, s Severity, by cal.Date, how, do string) {
	r := list[0]
	what := fmt.Sprintf("%s %dd overdue", r.ID, r.Overdue)
	if len(list) > 1 {
		what = p.Meta.Name + ": " + overdueText(list)
	}
	a.item(Item{Severity: s, Kind: Overdue, Program: p.Meta.Name, Subject: r.Subject(), Who: cmp.Or(r.Owner, r.Team), By: by, Size: r.Overdue, What: what + how, Do: do})
}

// earned is an item on SPI and CPI.
func (a *Analysis) earned(p *Program, own func(Kind, Severity, cal.Date, string, string, ...any)) {
	if p.Earned == nil || p.Earned.Idle() {
		return
	}
	var low []string
	kind, severity := Cost, Medium
	for _, x := range []struct {
		kind  Kind
		name  string
		index ratio.Ratio
	}{{Cost, "CPI", p.Earned.CPI}, {Schedule, "SPI", p.Earned.SPI}} {
		if !x.index.Below(ratio.New(1, 1)) {
			continue
		}
		low = append([]string{x.name + " " + x.index.Digits(3)}, low...)
		kind = x.kind
		if x.index.Below(ratio.New(9, 10)) {
			severity = High
		}
	}
	if low == nil {
		return
	}
	own(kind, severity, a.AsOf, "progctl evm -l name="+p.Meta.Name, "has %s", strings.Join(low, " and "))
}

// missed is an item on reviews that were missed.
func (a *Analysis) missed(program, subject, name, who string, list []review.Occurrence) {
	if len(list) == 0 {
		return
	}
	day := list[0].On
	what := fmt.Sprintf("review of %s missed on %s", name, day)
	if n := len(list); n > 1 {
		what = fmt.Sprintf("%d reviews of %s missed since %s", n, name, day)
	}
	a.item(Item{Kind: Missed, Program: program, Subject: subject, Who: who, By: day, Size: a.AsOf.Sub(day), What: what, Do: "hold it, or write down that it took place"})
}

// cadences are the reviews of the portfolio that were missed.
func (a *Analysis) cadences() {
	if a.Reviews == nil || len(a.Selector) > 0 {
		return
	}
	for _, x := range a.Reviews.Series {
		if x.Program != nil {
			continue
		}
		if a.waived("GOV017", x.Subject) {
			continue
		}
		who := ""
		if len(x.Attendees) > 0 {
			who = x.Attendees[0]
		}
		a.missed("", x.Subject, x.Name, who, missedSince(x))
	}
}

// actions are those of reviews that are overdue, an item for each owner and program.
func (a *Analysis) actions() {
	if a.Reviews == nil {
		return
	}
	type whose struct{ owner, of string }
	first := map[whose]int{} // into Attention
	counts := map[whose]int{}
	for _, x := range a.Reviews.Actions() {
		if !a.overdueAction(&x) {
			continue
		}
		g := a.Snapshot.Program(x.Review.Program)
		who := x.Owner
		if who == "" && g != nil {
			who = cmp.Or(g.Owner, g.Team)
		}
		w := whose{who, review.Of(x.Review)}
		if counts[w]++; counts[w] > 1 {
			a.Attention[first[w]].What = fmt.Sprintf("%d actions of %s overdue, %q by %dd", counts[w], w.of, a.Attention[first[w]].Do, a.Attention[first[w]].Size)
			continue
		}
		first[w] = len(a.Attention)
		a.item(Item{
			Kind: Action, Program: x.Review.Program, Subject: actionSubject(&x), Who: who, By: x.Due, Size: x.Overdue,
			What: fmt.Sprintf("action of %s %dd overdue", w.of, x.Overdue), Do: x.Title,
		})
	}
}

// overdueAction reports whether an action is overdue, of what is chosen, and no waiver
// holds for it.
func (a *Analysis) overdueAction(x *review.Action) bool {
	return x.Overdue > 0 && a.about(a.Snapshot.Program(x.Review.Program)) && !a.waived("GOV019", actionSubject(x))
}

// actionSubject is how findings name an action.
func actionSubject(x *review.Action) string {
	return "review/" + x.Review.Meta.Name + "/action/" + x.Action.ID
}
