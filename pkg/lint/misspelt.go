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

// user notes that somebody, or something that asks for somebody, has a name.
func (n *names) user(text string, u use) {
	x := n.of(text)
	switch {
	case x == nil:
		return
	case x.users == 0:
		x.first = u
	case x.users < seldom:
		x.others = append(x.others, u.place)
	}
	x.users++
}

// nameEverything collects the names of all rosters, positions that are not cancelled,
// programs that are not over, and the rate card.
func (p *Pass) nameEverything(roles, locations *names) {
	p.rosters(func(r *portfolio.Roster) {
		for _, e := range r.People {
			on, is := "roster/"+r.Meta.Name, fmt.Sprintf("person %q", e.ID)
			if !e.Origin.File.IsTable() {
				on += "/person/" + e.ID
			}
			wasRole, wasLocation := []string{e.Role}, []string{e.Location}
			roles.user(e.Role, use{place{e.Origin.At("role"), is}, on})
			locations.user(e.Location, use{place{e.Origin.At("location"), is}, on})
			for _, h := range e.History {
				if !slices.Contains(wasRole, h.Role) {
					wasRole = append(wasRole, h.Role)
					roles.user(h.Role, use{place{h.Origin.At("role"), is}, on})
				}
				if !slices.Contains(wasLocation, h.Location) {
					wasLocation = append(wasLocation, h.Location)
					locations.user(h.Location, use{place{h.Origin.At("location"), is}, on})
				}
			}
		}
	})
	for x := range p.positions() {
		if x.Status != portfolio.PositionCancelled {
			is := fmt.Sprintf("position %q", x.ID)
			roles.user(x.Role, use{place{x.Origin.At("role"), is}, x.subject()})
			locations.user(x.Location, use{place{x.Origin.At("location"), is}, x.subject()})
		}
	}
	for _, g := range staffing.Programs(p.Snapshot) {
		if g.Status.Over() {
			continue
		}
		is := fmt.Sprintf("a staffing line of program %q", g.Meta.Name)
		for _, l := range g.Staffing {
			roles.user(l.Role, use{place{l.Origin.At("role"), is}, g.Subject()})
			locations.user(l.Location, use{place{l.Origin.At("location"), is}, g.Subject()})
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
	near := map[rune][]*name{}
	for _, x := range n.list {
		near[x.initial()] = append(near[x.initial()], x)
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
		for _, y := range near[x.initial()] {
			if y != x && x.meant(y, count) && (best == nil || y.before(best, x)) {
				best = y
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
	if x.users == 0 && y.users == 0 {
		return false
	}
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
