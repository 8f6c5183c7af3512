package lint

import (
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

var misspelt = &Rule{
	Rule: diag.Rule{Code: "HC018", Name: "misspelt-name", Summary: "A role or location is nearly the name of another one, and hardly used", Severity: diag.Warning},
	Check: func(p *Pass) {
		// What is seldom in what can be seen may be frequent in what is private.
		if p.unlisted() || p.Absent(portfolio.ExternalHeadcountPlan) || p.Absent(portfolio.ExternalProgram) ||
			slices.ContainsFunc(p.Programs, func(g *portfolio.Program) bool { return staffing.LinesPrivate(p.Snapshot, g) }) {
			p.Blind()
			return
		}
		if len(p.Config.RateCard) == 0 && slices.Contains(p.Config.External, portfolio.ExternalRateCard) {
			p.Blind() // to one half of what it looks at
		}
		roles, locations := newNames("role"), newNames("location")
		p.nameEverything(roles, locations)
		roles.report(p)
		locations.report(p)
	},
}

const (
	// seldom is how many may use a name that is taken for a slip.
	seldom = 2
	// oftener is how many times as many have to use the name that was meant.
	oftener = 10
)

// names are the roles, or the locations, of a portfolio.
type names struct {
	field string
	known map[string]*name
	list  []*name // in the order in which they were found
}

// name is a role or a location and who uses it.
type name struct {
	spelling
	// users counts employments, positions and staffing lines, rates lines of the rate card.
	users, rates int
	first        use // of users, or of the rate card where there are none
	others       []place
}

// use is a place where a name stands.
type use struct {
	place
	subject string // that can carry a waiver
}

func newNames(field string) *names { return &names{field: field, known: map[string]*name{}} }

// of is what is known of a name; nil for none.
func (n *names) of(text string) *name {
	if text == "" {
		return nil
	}
	x := n.known[text]
	if x == nil {
		x = &name{spelling: spell(text)}
		n.known[text], n.list = x, append(n.list, x)
	}
	return x
}

// user notes that somebody, or something that asks for somebody, has a name. Where it
// stands is asked of the first alone: most names are not seldom.
func (n *names) user(text string, where func(field string) use) {
	x := n.of(text)
	switch {
	case x == nil:
		return
	case x.users == 0:
		x.first = where(n.field)
	case x.users < seldom:
		x.others = append(x.others, where(n.field).place)
	}
	x.users++
}

// nameEverything collects the names of all rosters, positions that are not cancelled,
// programs that are not over, and the rate card.
func (p *Pass) nameEverything(roles, locations *names) {
	p.rosters(func(r *portfolio.Roster) {
		for _, e := range r.People {
			at := e.Origin
			where := func(field string) use {
				on := "roster/" + r.Meta.Name
				if !at.File.IsTable() {
					on += "/person/" + e.ID
				}
				return use{place{at.At(field), fmt.Sprintf("person %q", e.ID)}, on}
			}
			roles.user(e.Role, where)
			locations.user(e.Location, where)
			for i, h := range e.History {
				at = h.Origin
				before := e.History[:i]
				if h.Role != e.Role && !slices.ContainsFunc(before, func(o portfolio.EmploymentChange) bool { return o.Role == h.Role }) {
					roles.user(h.Role, where)
				}
				if h.Location != e.Location && !slices.ContainsFunc(before, func(o portfolio.EmploymentChange) bool { return o.Location == h.Location }) {
					locations.user(h.Location, where)
				}
			}
		}
	})
	for x := range p.positions() {
		if x.Status != portfolio.PositionCancelled {
			where := func(field string) use {
				return use{place{x.Origin.At(field), fmt.Sprintf("position %q", x.ID)}, x.subject()}
			}
			roles.user(x.Role, where)
			locations.user(x.Location, where)
		}
	}
	for _, g := range staffing.Programs(p.Snapshot) {
		if g.Status.Over() {
			continue
		}
		for _, l := range g.Staffing {
			where := func(field string) use {
				return use{place{l.Origin.At(field), fmt.Sprintf("a staffing line of program %q", g.Meta.Name)}, g.Subject()}
			}
			roles.user(l.Role, where)
			locations.user(l.Location, where)
		}
	}
	for _, r := range p.Config.RateCard {
		roles.rate(r.Role, p.Config, place{r.Origin.At("role"), "the rate card"})
		locations.rate(r.Location, p.Config, place{r.Origin.At("location"), "the rate card"})
	}
}

// rate notes that a line of the rate card has a name; users come before.
func (n *names) rate(text string, c *portfolio.Portfolio, at place) {
	x := n.of(text)
	switch {
	case x == nil:
		return
	case x.users == 0 && x.rates == 0:
		x.first = use{at, "portfolio/" + c.Meta.Name}
	case x.users == 0 && x.rates < seldom:
		x.others = append(x.others, at)
	}
	x.rates++
}

func (n *names) report(p *Pass) {
	// Nearly all names of a large portfolio cannot be what another one was meant to be.
	alike, begun := map[string][]*name{}, map[rune][]*name{}
	for _, x := range n.list {
		alike[x.letters] = append(alike[x.letters], x)
		if x.users >= oftener || x.rates > 0 {
			begun[x.initial()] = append(begun[x.initial()], x)
		}
	}
	for _, x := range n.list {
		// A rate that somebody has is meant; of one that nobody has, its lines are counted.
		count := x.users
		if count == 0 {
			count = x.rates
		} else if x.rates > 0 {
			continue
		}
		if count > seldom {
			continue
		}
		var best *name
		for _, list := range [][]*name{alike[x.letters], begun[x.initial()]} {
			for _, y := range list {
				if y != x && x.meant(y, count) && (best == nil || y.before(best, x)) {
					best = y
				}
			}
		}
		if best == nil {
			continue
		}
		p.Report(Finding{
			At: x.first.at, Subject: x.first.subject, Key: n.field + " " + x.text, Suggestion: best.text,
			Message: fmt.Sprintf("%s %q of %s is nearly %q, %s", n.field, x.text, x.first.message, best.text, x.why(best)),
			Detail:  "correct it if it is a slip: nothing takes the two for one, neither rates nor groups nor staffing lines",
		}, x.others...)
	}
}

// meant reports whether a name may be a slip for another one; it counts so often.
func (x *name) meant(y *name, count int) bool {
	switch x.likeness(y.spelling) {
	case sameLetters:
		return y.users > count || x.rates == 0 && y.rates > 0
	case oneEdit:
		return y.users >= oftener*count || x.rates == 0 && y.rates > 0
	}
	return false
}

// before reports whether a name is more likely than another one to be meant by x.
func (y *name) before(z, x *name) bool {
	a, b := x.likeness(y.spelling), x.likeness(z.spelling)
	switch {
	case a != b:
		return a > b
	case y.users != z.users:
		return y.users > z.users
	}
	return y.text < z.text
}

// why says what speaks for a slip.
func (x *name) why(meant *name) string {
	switch {
	case x.users == 0:
		return "and nobody has it"
	case x.rates == 0 && meant.rates > 0:
		return "which the rate card names"
	}
	return fmt.Sprintf("which is used %d times", meant.users)
}
