package hiring

import (
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// Method is how a forecast was made: see the package.
type Method string

// The methods.
const (
	ByOffer   Method = "offer" // what the plan expects of a seat that is offered
	ByFlow    Method = "flow"
	ByElapsed Method = "elapsed"
)

// Forecast is when somebody may start.
type Forecast struct {
	Start  cal.Date
	Method Method
	// Observations are how many it rests on; 0 for an offer.
	Observations int
	// Open are the seats that are open for longer, with which ByElapsed counts too.
	Open int
}

// enoughDays is how long a seat has to be open for its own pace to count.
const enoughDays = 14

// furthest is how far ahead a forecast may lie: 50 years. What takes longer is no
// forecast.
const furthest cal.Days = 50 * 365

// reach returns, by stage, the chance of a candidate there to be hired, and the fewest
// candidates that a conversion rests on; nil where too few were decided.
func (m *model) reach(role string) (q []*big.Rat, decided int) {
	c, decided := m.conversions(role)
	q = make([]*big.Rat, len(c))
	rest := big.NewRat(1, 1)
	for i := range slices.Backward(c) {
		rest = new(big.Rat).Mul(rest, c[i])
		q[i] = rest
	}
	return q, decided
}

// yield returns what the candidates in progress for a position make.
func (m *model) yield(p *Position) (hires, chance ratio.Ratio, decided int) {
	q, decided := m.reach(p.Role)
	if len(q) == 0 || !p.opened() || p.Status == portfolio.PositionOffered {
		return ratio.Ratio{}, ratio.Ratio{}, 0
	}
	sum := new(big.Rat)
	// Powers of fractions grow without bound: 200 bits are more than anyone prints.
	none := newFloat().SetInt64(1)
	for i, id := range m.stages {
		n := max(0, p.pipeline[id].InProgress())
		sum.Add(sum, new(big.Rat).Mul(q[i], big.NewRat(int64(n), 1)))
		fail := newFloat().SetRat(new(big.Rat).Sub(big.NewRat(1, 1), q[i]))
		none.Mul(none, power(fail, n))
	}
	some, _ := newFloat().Sub(newFloat().SetInt64(1), none).Rat(nil)
	return ratio.Of(sum), ratio.Of(some), decided
}

func newFloat() *big.Float { return new(big.Float).SetPrec(200) }

// power returns x to the n-th, which is the same on every machine.
func power(x *big.Float, n int) *big.Float {
	result := newFloat().SetInt64(1)
	for square := newFloat().Set(x); n > 0; n >>= 1 {
		if n&1 == 1 {
			result.Mul(result, square)
		}
		square = newFloat().Mul(square, square)
	}
	return result
}

// forecast returns when somebody may start, or why there is no telling.
func (m *model) forecast(p *Position) (f *Forecast, why string) {
	switch {
	case !p.Status.Unfilled():
		return nil, ""
	case p.Status == portfolio.PositionOffered:
		return &Forecast{Start: max(p.Begin, m.asOf), Method: ByOffer}, ""
	case !p.opened():
		return nil, "not opened yet"
	}
	if f := m.byFlow(p); f != nil {
		return f, ""
	}
	return m.byElapsed(p)
}

// byElapsed returns nil where what was filled does not tell how long a search takes that
// has gone on for so long, and says so.
func (m *model) byElapsed(p *Position) (f *Forecast, why string) {
	if p.OpenedOn == 0 {
		return nil, "nobody says when it was opened"
	}
	elapsed := m.asOf.Sub(p.OpenedOn)
	times := m.times
	if own := m.roleTime[p.Role]; own != nil {
		if n, _ := own.longer(elapsed); n >= enoughTimes {
			times = own
		}
	}
	days, ok := times.median(elapsed)
	switch filled, open := times.longer(elapsed); {
	case ok:
		return &Forecast{m.calendar.NextWorkday(p.OpenedOn.Add(days)), ByElapsed, filled, open}, ""
	case len(m.times.filled) == 0:
		return nil, "nothing was filled that it could be compared with"
	case filled == 0:
		return nil, "open longer than any of " + grouped(len(m.times.filled)) + " that were filled"
	}
	return nil, "most searches that took so long are still open"
}

// byFlow returns nil where something that it needs was not observed.
func (m *model) byFlow(p *Position) *Forecast {
	q, observations := m.reach(p.Role)
	lag, ok := middle(m.lags)
	if len(q) == 0 || !ok {
		return nil
	}
	observations = min(observations, len(m.lags))
	// The stage from which on the candidates make one expected hire.
	from, hires, one := len(q), new(big.Rat), big.NewRat(1, 1)
	for from > 0 && hires.Cmp(one) < 0 {
		from--
		n := max(0, p.pipeline[m.stages[from]].InProgress())
		hires.Add(hires, new(big.Rat).Mul(q[from], big.NewRat(int64(n), 1)))
	}
	wait := new(big.Int)
	if missing := new(big.Rat).Sub(one, hires); missing.Sign() > 0 {
		pace, entered := m.pace(p)
		if q[0].Sign() == 0 || pace == nil {
			return nil
		}
		missing.Quo(missing, q[0])
		wait = ceil(missing.Quo(missing, pace))
		observations = min(observations, entered)
	}
	ahead := new(big.Rat)
	for _, id := range m.stages[from:] {
		v := m.visits[id]
		if v.decided <= 0 {
			return nil
		}
		ahead.Add(ahead, big.NewRat(int64(v.days), int64(v.decided)))
		observations = min(observations, v.decided)
	}
	wait.Add(wait, ceil(ahead))
	wait.Add(wait, big.NewInt(int64(lag)))
	if wait.Cmp(big.NewInt(int64(furthest))) > 0 {
		return nil
	}
	since := max(m.asOf, p.OpenedOn)
	return &Forecast{Start: m.calendar.NextWorkday(since.Add(cal.Days(wait.Int64()))), Method: ByFlow, Observations: observations}
}

// pace returns how many candidates a day enter the first stage, and how many did: those
// of the position, else of all; nil where none did.
func (m *model) pace(p *Position) (pace *big.Rat, entered int) {
	entered, days := p.pipeline[m.stages[0]].Entered, 0
	if p.Open != nil {
		days = int(*p.Open)
	}
	if entered == 0 || days < enoughDays {
		entered, days = m.pool.entered, m.pool.days
	}
	if entered == 0 || days == 0 {
		return nil, 0
	}
	return big.NewRat(int64(entered), int64(days)), entered
}
