package priority

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// PeopleLine is where people of some role run out.
type PeopleLine struct {
	// Buckets are the periods of the years without the months up to as-of that have begun.
	Buckets []cal.Bucket
	// Unknown says why there is no line.
	Unknown []staffing.Reason
	// Roles are those that programs ask for or that people have, by name.
	Roles []Role
	// Cut is the first program that does not fit; nil where all do. Unsettled is the first
	// of which nobody can tell, for Why.
	Cut, Unsettled *Row
	Why            []staffing.Reason
	// Over is what programs that are kept ask for beyond what there is.
	Over []Lack
	// Fit are programs below the line that would fit into what is left, taken by rank.
	Fit []*Row
	// Unroled is what programs ask of teams, of people of any role.
	Unroled staffing.FTEMonths
}

// Role is the people of one role, in FTE-months of each bucket.
type Role struct {
	Role string
	// Supply is that of the rosters, Planned that of seats not filled yet, which counts
	// where it was asked for. Demand is that of the programs above the line.
	Supply, Planned, Demand []staffing.FTEMonths
	// NoPlan says why the seats are not known; they are 0 then.
	NoPlan []staffing.Reason
}

// Lack is a role of which there is less in a period than is asked for by a program and all
// that is taken before it.
type Lack struct {
	Role           string
	Bucket         cal.Bucket
	Demand, Supply staffing.FTEMonths
}

// Short is by how much.
func (l Lack) Short() staffing.FTEMonths { return l.Demand.Sub(l.Supply) }

// drawPeople draws the line by people.
func (a *Analysis) drawPeople() {
	p := &PeopleLine{Buckets: toCome(a.Buckets, a.AsOf)}
	a.People = p
	if len(p.Buckets) == 0 {
		p.Unknown = staffing.Because(0, "no whole month of %s is still to come", a.Years)
		return
	}
	supply := staffing.Analyse(a.s, staffing.Options{AsOf: a.AsOf, Years: a.Years, Step: a.Step, Buckets: p.Buckets, By: []group.Dimension{group.ByRole}})
	if p.Unknown = reasons(supply, staffing.FigureSupply); p.Unknown != nil {
		return
	}
	roles := map[string]*Role{}
	at := func(name string) *Role {
		if roles[name] == nil {
			roles[name] = &Role{Role: name, Supply: a.none(), Planned: a.none(), Demand: a.none(), NoPlan: reasons(supply, staffing.FigurePlanned)}
		}
		return roles[name]
	}
	for _, g := range supply.Groups {
		if name := g.Key[0]; name != "" {
			at(name).Supply, at(name).Planned = g.Supply.Values, g.Planned.Values
		}
	}
	d := newDemander(a.s, p.Buckets)
	for _, r := range a.Rows {
		r.demand = d.of(r.Program)
		for name := range r.demand.roles {
			at(name)
		}
		p.Unroled = p.Unroled.Add(r.demand.unroled)
	}
	a.takePeople(roles)
	for _, name := range slices.Sorted(maps.Keys(roles)) {
		p.Roles = append(p.Roles, *roles[name])
	}
}

// takePeople gives people to programs in their order.
func (a *Analysis) takePeople(roles map[string]*Role) {
	p := a.People
	for _, r := range a.order() {
		lacks := a.lacks(roles, r)
		switch {
		case r.demand.why == nil && len(r.demand.roles) == 0:
			r.People = Above // it takes nobody, wherever it stands
		case p.Cut != nil:
			r.People = Below
		case p.Unsettled != nil:
			r.People = Unsettled
		case r.demand.why != nil:
			r.People, p.Unsettled, p.Why = Unsettled, r, r.demand.why
		case a.kept(r):
			r.People = Above
			r.demand.take(roles)
		case len(lacks) > 0:
			r.People, r.Short, p.Cut = Below, lacks, r
		default:
			r.People = Above
			r.demand.take(roles)
		}
	}
	if a.KeepRunning {
		for _, name := range slices.Sorted(maps.Keys(roles)) {
			for i, b := range p.Buckets {
				if has := a.has(roles[name], i); roles[name].Demand[i].Sub(has).Sign() > 0 {
					p.Over = append(p.Over, Lack{name, b, roles[name].Demand[i], has})
				}
			}
		}
		sortLacks(p.Over)
	}
	left := map[string]*Role{}
	for name, x := range roles {
		left[name] = new(*x)
		left[name].Demand = slices.Clone(x.Demand)
	}
	for _, r := range a.order() {
		if r.People != Below || r.demand.why != nil {
			continue
		}
		if r != p.Cut {
			r.Short = a.lacks(left, r)
		}
		if r != p.Cut && len(r.Short) == 0 {
			p.Fit = append(p.Fit, r)
			r.demand.take(left)
		}
	}
}

// has is what there is of a role in a bucket.
func (a *Analysis) has(x *Role, bucket int) staffing.FTEMonths {
	if a.Planned {
		return x.Supply[bucket].Add(x.Planned[bucket])
	}
	return x.Supply[bucket]
}

// lacks are what there is too little of for a program, the earliest first.
func (a *Analysis) lacks(roles map[string]*Role, r *Row) []Lack {
	var list []Lack
	for name, asked := range r.demand.roles {
		for i, n := range asked {
			if n.Sign() == 0 {
				continue
			}
			all, has := roles[name].Demand[i].Add(n), a.has(roles[name], i)
			if all.Sub(has).Sign() > 0 {
				list = append(list, Lack{name, a.People.Buckets[i], all, has})
			}
		}
	}
	sortLacks(list)
	return list
}

// sortLacks puts the earliest first, of one period the largest.
func sortLacks(list []Lack) {
	slices.SortFunc(list, func(x, y Lack) int {
		return cmp.Or(cmp.Compare(x.Bucket.From, y.Bucket.From), y.Short().Sub(x.Short()).Sign(), strings.Compare(x.Role, y.Role))
	})
}

// none is 0 in every bucket.
func (a *Analysis) none() []staffing.FTEMonths {
	return make([]staffing.FTEMonths, len(a.People.Buckets))
}

// reasons says why a figure is not known; nil where it is.
func reasons(s *staffing.Analysis, f staffing.Figure) []staffing.Reason {
	for _, u := range s.Unknown {
		if u.Figure == f {
			return u.Reasons
		}
	}
	return nil
}

// toCome are the buckets without months that have begun.
func toCome(buckets []cal.Bucket, asOf cal.Date) []cal.Bucket {
	next := asOf.Month().Add(1).First()
	var list []cal.Bucket
	for _, b := range buckets {
		if b.From = max(b.From, next); !b.IsEmpty() {
			list = append(list, b)
		}
	}
	return list
}

// demand is what a program asks for, by role, in FTE-months of each bucket; why says why
// that is not known.
type demand struct {
	roles   map[string][]staffing.FTEMonths
	unroled staffing.FTEMonths
	why     []staffing.Reason
}

func (d *demand) take(roles map[string]*Role) {
	for name, asked := range d.roles {
		for i, n := range asked {
			roles[name].Demand[i] = roles[name].Demand[i].Add(n)
		}
	}
}

// demander finds what programs ask for. Summed over all programs it is the demand of
// package staffing, which a test holds it to.
type demander struct {
	s       *portfolio.Snapshot
	people  staffing.People
	buckets []cal.Bucket
	days    cal.Period
}

func newDemander(s *portfolio.Snapshot, buckets []cal.Bucket) *demander {
	return &demander{s, staffing.PeopleOf(s), buckets, cal.Period{From: buckets[0].From, To: buckets[len(buckets)-1].To}}
}

func (d *demander) of(p *portfolio.Program) demand {
	x := demand{roles: map[string][]staffing.FTEMonths{}}
	if staffing.LinesPrivate(d.s, p) {
		x.why = []staffing.Reason{staffing.Private}
		return x
	}
	for _, l := range p.Staffing {
		days := l.Period().Intersect(d.days)
		for days.From < days.To {
			role, until := l.Role, days.To
			if l.Person != "" {
				if now, change, known := d.people.On(l.Person, days.From); known {
					role, until = now.Role, min(until, change)
				}
			}
			d.add(&x, role, cal.Period{From: days.From, To: until}, l.FTE)
			days.From = until
		}
	}
	return x
}

// add adds work on some days.
func (d *demander) add(x *demand, role string, days cal.Period, fte portfolio.MilliFTE) {
	for i, b := range d.buckets {
		part := days.Intersect(b.Period)
		if part.IsEmpty() || fte == 0 {
			continue
		}
		var sum staffing.FTEMonths
		for _, m := range part.Months() {
			work := int64(d.s.Calendar.WorkdaysIn(part.Intersect(m.Period())))
			if work > 0 {
				sum = sum.Add(staffing.NewFTEMonths(int64(fte)*work, int64(d.s.Calendar.WorkdaysIn(m.Period()))))
			}
		}
		switch {
		case sum.Sign() == 0:
		case role == "":
			x.unroled = x.unroled.Add(sum)
		default:
			if x.roles[role] == nil {
				x.roles[role] = make([]staffing.FTEMonths, len(d.buckets))
			}
			x.roles[role][i] = x.roles[role][i].Add(sum)
		}
	}
}
