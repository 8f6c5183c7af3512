package impact

import (
	"math/big"
	"math/rand"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pairs makes some pairs of portfolios, the second an edit of the first.
func pairs(t *testing.T, n int, check func(*testing.T, *rand.Rand, *world, *world)) {
	for seed := range n {
		r := rand.New(rand.NewSource(int64(seed)))
		a := newWorld(r)
		b := a.clone()
		for range 1 + r.Intn(12) {
			b.edit(r)
		}
		if check(t, r, a, b); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// A state and itself do not differ, in whatever files it stands.
func TestNothingDiffers(t *testing.T) {
	t.Parallel()
	pairs(t, 150, func(t *testing.T, r *rand.Rand, a, _ *world) {
		x := a.side(t, r)
		if c := Compare(x, x, Options{AsOf: asOf}); !c.Empty() {
			t.Errorf("%+v", c)
		}
		if c := Compare(x, a.side(t, r), Options{AsOf: asOf}); !c.Empty() {
			t.Errorf("in other files: %+v", c)
		}
	})
}

// The step back does the opposite of the step.
func TestMirror(t *testing.T) {
	t.Parallel()
	differ, pushes := 0, 0
	pairs(t, 400, func(t *testing.T, r *rand.Rand, a, b *world) {
		x, y := a.side(t, r), b.side(t, r)
		there, back := Compare(x, y, Options{AsOf: asOf}), Compare(y, x, Options{AsOf: asOf})
		if diff := cmp.Diff(shape(there), mirrored(shape(back))); diff != "" {
			t.Errorf("(-there +back, mirrored):\n%s", diff)
		}
		if !there.Empty() {
			differ++
		}
		for _, m := range there.Milestones.Moved {
			pushes += len(m.Downstream)
		}
		if there.Empty() != back.Empty() {
			t.Errorf("empty there: %v, back: %v", there.Empty(), back.Empty())
		}
	})
	if differ < 200 || pushes < 80 {
		t.Errorf("only %d pairs differ, with %d pushes: the test shows little", differ, pushes)
	}
}

// What comes, goes, moves and ends is what the documents say; so are demand in a month
// and heads, where they can be known.
func TestAgainstTheModel(t *testing.T) {
	t.Parallel()
	programs, plans, seats, people := 0, 0, 0, 0
	pairs(t, 300, func(t *testing.T, r *rand.Rand, a, b *world) {
		var want outline
		before, after := 0, 0 // tenths of people
		for _, name := range programNames {
			p, q := a.programs[name], b.programs[name]
			if !a.sound(name) || !b.sound(name) || p == nil && (q == nil || a.opaque()) || q == nil && b.opaque() {
				continue
			}
			programs++
			switch {
			case p == nil:
				want.ProgramsAdded = append(want.ProgramsAdded, name)
			case q == nil:
				want.ProgramsRemoved = append(want.ProgramsRemoved, name)
			case p.status != q.status:
				want.Status = append(want.Status, name+" "+p.status+" "+q.status)
			}
			for _, id := range milestoneNames {
				want.milestone(name+"/"+id, of(p, id), of(q, id))
			}
			before, after = before+p.demand(), after+q.demand()
		}
		x, y := a.side(t, r), b.side(t, r)
		c := Compare(x, y, Options{AsOf: asOf})
		seats += checkSeats(t, c, a, b)
		people += checkPeople(t, c, a, b)
		if diff := cmp.Diff(want, outlineOf(c)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if a.broken || b.broken {
			if len(c.FTE) > 0 {
				t.Errorf("without a calendar demand cannot be known: %v", c.FTE)
			}
			return
		}
		if a.external != "staffing" && b.external != "staffing" {
			got := "0"
			for _, f := range c.FTE {
				if f.Month.String() == "2026-12" {
					got = new(big.Rat).Mul(f.Delta.Rat(), big.NewRat(10, 1)).RatString()
				}
			}
			if want := strconv.Itoa(after - before); got != want {
				t.Errorf("demand in December changes by %s tenths, want %s", got, want)
			}
		}
		if !a.counted() || !b.counted() {
			for _, h := range c.Headcount {
				if h.Delta != nil {
					t.Errorf("heads of %s change by %d, though nobody can count them", *h.Team, *h.Delta)
				}
			}
		} else {
			plans++
			for _, team := range teams {
				want, got := b.heads(team)-a.heads(team), 0
				for _, h := range c.Headcount {
					if *h.Team == team {
						got = *h.Delta
					}
				}
				if got != want {
					t.Errorf("heads of %s change by %d, want %d", team, got, want)
				}
			}
		}
	})
	if programs < 600 || plans < 100 || seats < 40 || people < 30 {
		t.Errorf("only %d programs and %d plans are compared, %d seats and %d people differ: the test shows little", programs, plans, seats, people)
	}
}

// demand is what the program asks for in December, in tenths of a person.
func (p *prog) demand() int {
	if p == nil || p.status == "cancelled" {
		return 0
	}
	return p.fte
}

func of(p *prog, id string) *mile {
	if p == nil {
		return nil
	}
	return p.milestones[id]
}

// outline is a change as lists of texts.
type outline struct {
	ProgramsAdded, ProgramsRemoved, Status                          []string
	Added, Removed, Moved, Completed, Reopened, Cancelled, Restored []string
}

func (o *outline) milestone(ref string, m, n *mile) {
	switch {
	case m == nil && n == nil:
		return
	case m == nil:
		o.Added = append(o.Added, ref+" "+n.due.String())
		return
	case n == nil:
		o.Removed = append(o.Removed, ref+" "+m.due.String())
		return
	}
	if m.due != n.due {
		o.Moved = append(o.Moved, ref+" "+m.due.String()+" "+n.due.String())
	}
	for _, x := range []struct {
		was, is bool
		on, off *[]string
	}{{m.done, n.done, &o.Completed, &o.Reopened}, {m.cancelled, n.cancelled, &o.Cancelled, &o.Restored}} {
		switch {
		case x.is && !x.was:
			*x.on = append(*x.on, ref)
		case x.was && !x.is:
			*x.off = append(*x.off, ref)
		}
	}
}

func outlineOf(c *Change) outline {
	m, p := c.Milestones, c.Programs
	o := outline{
		ProgramsAdded: p.Added, ProgramsRemoved: p.Removed,
		Completed: m.Completed, Reopened: m.Reopened, Cancelled: m.Cancelled, Restored: m.Restored,
	}
	for _, s := range p.StatusChanged {
		o.Status = append(o.Status, s.ID+" "+string(s.From)+" "+string(s.To))
	}
	for _, d := range m.Added {
		o.Added = append(o.Added, d.ID+" "+d.Due.String())
	}
	for _, d := range m.Removed {
		o.Removed = append(o.Removed, d.ID+" "+d.Due.String())
	}
	for _, x := range m.Moved {
		o.Moved = append(o.Moved, x.ID+" "+x.From.String()+" "+x.To.String())
	}
	return o
}
