package kpi

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

// Input is what the completion rate needs to know of a program.
type Input struct {
	// Program is nil where it is gone from the portfolio; then Name, Owner and Team are
	// what it was last, and are read only then.
	Program           *portfolio.Program
	Name, Owner, Team string
	// Committed says that some version of it was approved or active.
	Committed bool
	// Original and Approved are the two baselines, the last days on which it is in time;
	// zero where there is none.
	Original, Approved cal.Date
	// Budget is the plan at the version that set the original baseline, or at
	// Options.Against, Actual what was spent up to as-of; both in the currency of the
	// portfolio.
	Budget, Actual rates.Sum
}

// Baseline is what a program is measured against.
type Baseline uint8

// The baselines.
const (
	Original Baseline = iota
	Approved
)

var baselines = [...]Baseline{Original, Approved}

// String is original or approved.
func (b Baseline) String() string { return [...]string{"original", "approved"}[b] }

// Form is which programs a rate is of.
type Form uint8

// The forms: programs completed in a period, and programs due in it.
const (
	Closed Form = iota
	Due
)

var forms = [...]Form{Closed, Due}

// String is closed or due.
func (f Form) String() string { return [...]string{"closed", "due"}[f] }

// Outcome is how a program did, or why nobody can tell.
type Outcome string

// The outcomes. All but the first two are of programs that are left out.
const (
	Hit          Outcome = "hit"  // on time and within budget
	Miss         Outcome = "miss" // late, over budget or both
	Descoped     Outcome = "descoped"
	Invalid      Outcome = "invalid"
	Cancelled    Outcome = "cancelled"
	Proposed     Outcome = "proposed"
	Unbaselined  Outcome = "no-baseline"
	Undated      Outcome = "undated"
	NotDue       Outcome = "not-due"
	MoneyUnknown Outcome = "money-unknown"
)

// words are what people read of programs that are left out.
var words = map[Outcome]string{
	Descoped: "gone from the portfolio", Invalid: "does not validate", Cancelled: "cancelled", Proposed: "never approved",
	Unbaselined: "without a baseline", Undated: "completed without a date", NotDue: "not yet past due", MoneyUnknown: "of unknown budget or spend",
}

// Verdict is how a program did against one baseline.
type Verdict struct {
	Program  string
	Baseline cal.Date // zero where there is none
	Outcome  Outcome
	// Reason is one line on a miss, and on what is left out.
	Reason string
	// Late is by how many days it was completed, or as-of is, after the baseline; 0 where
	// it is on time, or nobody can tell.
	Late cal.Days
	// Open says that it is not completed by as-of, Undated that it is, and that nobody
	// said when.
	Open, Undated bool
	// Over is actual − budget where that is more than is tolerated, else nil; OverPart
	// is it as a part of the budget, unknown where that is nothing.
	Over     *money.Amount
	OverPart ratio.Ratio
	// Unpriced says why nobody can tell whether it is within budget; "" where it was
	// looked at, and somebody can.
	Unpriced string

	in *Input
	// on is the day that puts it into a period, by form; zero where it is not of the form.
	on [len(forms)]cal.Date
	// from is the first day of what it touches, where it is listed in all of that.
	from cal.Date
}

// Judged reports whether the verdict counts in the rate.
func (v *Verdict) Judged() bool { return v.Outcome == Hit || v.Outcome == Miss }

// judge measures a program against a baseline. It comes to the same in both forms, unless
// the program is completed and nobody said when: that it was in time is then not shown, so
// it is a miss of those due once its baseline is past; of those closed it is no one's to say.
func (a *Analysis) judge(in *Input, b Baseline) [len(forms)]*Verdict {
	v := a.verdict(in, b)
	if v.Outcome != Undated || v.Baseline >= a.o.AsOf {
		return [...]*Verdict{Closed: v, Due: v}
	}
	due := *v
	a.price(&due)
	due.Outcome, due.Reason = Miss, join(v.Reason+": it cannot be shown to be in time", a.over(&due), due.Unpriced)
	return [...]*Verdict{Closed: v, Due: &due}
}

func (a *Analysis) verdict(in *Input, b Baseline) *Verdict {
	v := &Verdict{Program: in.name(), Baseline: [...]cal.Date{in.Original, in.Approved}[b], in: in, Open: true}
	p := in.Program
	v.on[Due] = v.Baseline
	if p == nil {
		v.on[Closed] = v.Baseline
		return v.leaveOut(Descoped, "gone from the portfolio")
	}
	if v.Baseline.IsZero() {
		v.on[Due] = p.Due
	}
	completed := cal.Date(0)
	if p.Status == portfolio.ProgramCompleted && p.Completed <= a.o.AsOf {
		completed, v.Open, v.Undated = p.Completed, false, p.Completed.IsZero()
		if v.on[Closed] = completed; v.Undated {
			v.on[Closed] = v.on[Due]
		}
	}
	switch {
	case !a.s.Sound(p.Subject()):
		return v.leaveOut(Invalid, "does not validate")
	case p.Status == portfolio.ProgramCancelled:
		v.on[Closed], v.from = v.on[Due], p.Start
		return v.leaveOut(Cancelled, "cancelled")
	case p.Status == portfolio.ProgramProposed && !in.Committed:
		return v.leaveOut(Proposed, "proposed, never approved")
	case v.Baseline.IsZero():
		return v.leaveOut(Unbaselined, "no baseline: nobody can tell when it was due")
	case v.Undated:
		return v.leaveOut(Undated, "completed, but not said when")
	case v.Open && v.Baseline == a.o.AsOf:
		return v.leaveOut(NotDue, "due today, late from tomorrow")
	case v.Open && v.Baseline > a.o.AsOf:
		return v.leaveOut(NotDue, "not due yet: "+v.Baseline.String())
	case v.Open:
		v.Late = a.o.AsOf.Sub(v.Baseline)
	default:
		v.Late = max(0, completed.Sub(v.Baseline))
	}
	a.price(v)
	switch {
	case v.Late > 0 || v.Over != nil:
		v.Outcome, v.Reason = Miss, join(v.late(), a.over(v), v.Unpriced)
	case v.Unpriced != "":
		return v.leaveOut(MoneyUnknown, v.Unpriced)
	default:
		v.Outcome = Hit
	}
	return v
}

func (v *Verdict) leaveOut(why Outcome, reason string) *Verdict {
	v.Outcome, v.Reason = why, reason
	return v
}

// price compares spend with budget.
func (a *Analysis) price(v *Verdict) {
	in := v.in
	for _, x := range []struct {
		noun string
		rates.Sum
	}{{"budget", in.Budget}, {"spend", in.Actual}} {
		if x.Known() == nil {
			v.Unpriced = x.noun + " not known: " + strings.Join(texts(x.Unknown), "; ")
			return
		}
	}
	if a.s.Unconfigured { // the tolerance is in a document that nobody can read
		v.Unpriced = "tolerance not known: the Portfolio document does not validate"
		return
	}
	difference, err := in.Actual.Amount.Sub(in.Budget.Amount)
	if err != nil {
		v.Unpriced = "budget and spend cannot be compared: " + err.Error()
		return
	}
	tolerance := int64(*a.s.Config.Policy.BudgetTolerance)
	spent := new(big.Int).Mul(big.NewInt(in.Actual.Amount.Minor), big.NewInt(int64(portfolio.Whole)))
	allowed := new(big.Int).Mul(big.NewInt(in.Budget.Amount.Minor), big.NewInt(int64(portfolio.Whole)+tolerance))
	if spent.Cmp(allowed) > 0 {
		v.Over, v.OverPart = &difference, ratio.New(difference.Minor, in.Budget.Amount.Minor)
	}
}

// late says that it is; "" where it is not.
func (v *Verdict) late() string {
	switch {
	case v.Late == 0:
		return ""
	case v.Open:
		return fmt.Sprintf("still open, late by %s", plural(int(v.Late), "day"))
	}
	return "late by " + plural(int(v.Late), "day")
}

// over says that it is; "" where it is not.
func (a *Analysis) over(v *Verdict) string {
	if v.Over == nil {
		return ""
	}
	text := fmt.Sprintf("over budget by %s %s", v.Over.Grouped(), v.Over.Currency)
	budget, tolerance := v.in.Budget.Amount, a.s.Config.Policy.BudgetTolerance
	switch {
	case budget.Minor == 0:
		return text + ", of none"
	case budget.Minor < 0:
		return text + ", of " + budget.Grouped()
	}
	text += fmt.Sprintf(" (%s of %s", percentOver(v.OverPart, share(*tolerance)), budget.Grouped())
	if *tolerance > 0 {
		text += fmt.Sprintf(", %s tolerated", tolerance)
	}
	return text + ")"
}

// percentOver spells a part in percent, with as many digits, but one at least, as show
// that it is more than another.
func percentOver(part, other ratio.Ratio) string {
	for digits := 1; ; digits++ {
		text := points(part).Digits(digits)
		if shown, _ := new(big.Rat).SetString(text); points(other).Below(ratio.Of(shown)) {
			return text + "%"
		}
	}
}

func (in *Input) name() string {
	if in.Program == nil {
		return in.Name
	}
	return in.Program.Meta.Name
}

// join puts reasons together, of which some may be empty.
func join(reasons ...string) string {
	var list []string
	for _, r := range reasons {
		if r != "" {
			list = append(list, r)
		}
	}
	return strings.Join(list, "; ")
}

func grouped(n int) string { return report.Grouped(fmt.Sprint(n)) }

// plural is report.Plural with commas between thousands.
func plural(n int, noun string) string {
	return grouped(n) + strings.TrimPrefix(report.Plural(n, noun), fmt.Sprint(n))
}
