package risk

import (
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// Exposure is what some risks may cost together.
type Exposure struct {
	// Risks are all that count, Late those of them past their review.
	Risks, Late int
	// Cost is the sum of those Costed risks of which it is known, Days that of those Timed.
	// Both are unknown where there are risks, and it is known of none.
	Cost          *money.Amount
	Days          ratio.Ratio
	Costed, Timed int
}

// tally sums exposures, exactly.
type tally struct {
	risks, late, costed, timed int
	cost                       *big.Int // minor units
	days                       *big.Rat
}

// add adds a risk.
func (t *tally) add(cost *money.Amount, days ratio.Ratio) {
	if t.cost == nil {
		t.cost, t.days = new(big.Int), new(big.Rat)
	}
	t.risks++
	if cost != nil {
		t.costed++
		t.cost.Add(t.cost, big.NewInt(cost.Minor))
	}
	if days.Known() {
		t.timed++
		t.days.Add(t.days, days.Rat())
	}
}

func (t *tally) exposure(c money.Currency) Exposure {
	e := Exposure{Risks: t.risks, Late: t.late, Costed: t.costed, Timed: t.timed}
	if t.risks == 0 {
		e.Cost, e.Days = &money.Amount{Currency: c}, ratio.New(0, 1)
		return e
	}
	if t.costed > 0 {
		e.Cost = amount(t.cost, c)
	}
	if t.timed > 0 {
		e.Days = ratio.Of(t.days)
	}
	return e
}

// amount is so many minor units; nil where they do not fit.
func amount(minor *big.Int, c money.Currency) *money.Amount {
	n, fits := money.Round(minor, big.NewInt(1))
	if !fits {
		return nil
	}
	return &money.Amount{Minor: n, Currency: c}
}

// exposure is that of the risks that count.
func (a *Analysis) exposure(list []*Risk) Exposure {
	var t tally
	for _, r := range list {
		if r.Counts() {
			t.add(r.ExposedCost, r.ExposedDays)
			if r.Past > 0 {
				t.late++
			}
		}
	}
	return t.exposure(a.currency())
}

// Dimensions are what risks may be grouped by.
func Dimensions() []group.Dimension {
	return []group.Dimension{group.ByProgram, group.ByTeam, group.ByOwner, group.ByTheme}
}

// Group is the exposure of a group; Before that of the baseline, nil without one.
type Group struct {
	Key group.Key
	Exposure
	Before *Exposure
}

// Response is the exposure of risks with one response; "" is not decided.
type Response struct {
	Response portfolio.RiskResponse
	Exposure
}

// groups sums by key, in its order; those alone in which something counts, or did.
func (a *Analysis) groups() {
	if len(a.By) == 0 {
		return
	}
	now, was := keyed(a.s, a.Options, a.Risks), map[group.Key][]*Risk{}
	if a.comparable() {
		was = keyed(a.Baseline, a.Options, a.was)
	}
	keys := map[group.Key]bool{}
	for key := range now {
		keys[key] = true
	}
	for key := range was {
		keys[key] = true
	}
	for key := range keys {
		a.Groups = append(a.Groups, a.group(key, now[key], was[key]))
	}
	slices.SortFunc(a.Groups, func(x, y Group) int { return x.Key.Compare(y.Key) })
}

func (a *Analysis) group(key group.Key, now, was []*Risk) Group {
	g := Group{Key: key, Exposure: a.exposure(now)}
	if a.comparable() {
		g.Before = new(a.exposure(was))
	}
	return g
}

// keyed are the risks that count, by group.
func keyed(s *portfolio.Snapshot, o Options, list []*Risk) map[group.Key][]*Risk {
	by := map[group.Key][]*Risk{}
	for _, r := range list {
		if !r.Counts() {
			continue
		}
		teams := []string{r.Program.Team}
		if line := s.Lineage(r.Program.Team); o.Subtree && len(line) > 0 {
			teams = line
		}
		if !slices.Contains(o.By, group.ByTeam) {
			teams = teams[:1]
		}
		for _, team := range teams {
			var key group.Key
			for i, d := range o.By {
				switch d {
				case group.ByTeam:
					key[i] = team
				case group.ByOwner:
					key[i] = r.Holder
				case group.ByTheme:
					key[i] = r.Program.Theme
				default:
					key[i] = r.Program.Meta.Name
				}
			}
			by[key] = append(by[key], r)
		}
	}
	return by
}

// responses sums by response, by name, what is not decided last.
func (a *Analysis) responses() {
	by := map[portfolio.RiskResponse][]*Risk{}
	for _, r := range a.Risks {
		if r.Counts() {
			by[r.Response] = append(by[r.Response], r)
		}
	}
	for response, list := range by {
		a.Responses = append(a.Responses, Response{response, a.exposure(list)})
	}
	slices.SortFunc(a.Responses, func(x, y Response) int {
		return group.Key{string(x.Response)}.Compare(group.Key{string(y.Response)})
	})
}

// comparable reports whether there is an earlier state that can be compared with.
func (a *Analysis) comparable() bool { return a.Trend != nil && a.Trend.Unknown == nil }

// ids are the names of risks; never null.
func ids(list []*Risk) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.Name()
	}
	return out
}
