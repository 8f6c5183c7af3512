package kpi

import (
	"math/big"

	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// least is how many answers there must be for anything but their number to be shown.
const least = 5

// tooFew says why nothing is shown.
const tooFew = "fewer than 5 responses"

// Dimension is what a score is of.
type Dimension uint8

// The dimensions.
const (
	Effectiveness Dimension = iota
	Communication
	Responsiveness
)

var dimensions = [...]Dimension{Effectiveness, Communication, Responsiveness}

// String is the name of the dimension as documents have it.
func (d Dimension) String() string {
	return [...]string{"effectiveness", "communication", "responsiveness"}[d]
}

// Part is what scores come to.
type Part struct {
	N          int         // scores; of a sum, those in CSAT
	CSAT, Mean ratio.Ratio // unknown where there are none, or too few
}

// Score is what answers come to.
type Score struct {
	N int // responses
	// Invited is nil where a survey does not say how many were; ResponseRate is then
	// unknown.
	Invited      *int
	ResponseRate ratio.Ratio
	// All is of the scores of all dimensions; a mean of several scales is unknown.
	All         Part
	By          [len(dimensions)]Part
	Recommended int // answers to recommend
	NPS         ratio.Ratio
	// Why says why nothing but N is shown; "" where more is.
	Why string
	// HiddenSurveys and HiddenResponses are beside N, and in no other figure: of a sum,
	// those of programs and periods with too few responses.
	HiddenSurveys, HiddenResponses int
}

// tally counts answers. Those of several surveys add up.
type tally struct {
	responses, surveys int
	invited            int
	uncounted          bool // not all surveys say how many were invited
	parts              [len(dimensions)]part
	all                part
	people             int // who gave a score
	recommended        int
	promoters          int
	detractors         int
	hidden             struct{ surveys, responses int }
	scale              portfolio.Scale // of all scores; Min > Max: of several scales
}

type part struct {
	n, top int
	sum    *big.Rat // nil is 0; not changed once it is set
}

func (p part) plus(o part) part {
	p.n, p.top = p.n+o.n, p.top+o.top
	switch {
	case p.sum == nil:
		p.sum = o.sum
	case o.sum != nil:
		p.sum = new(big.Rat).Add(p.sum, o.sum)
	}
	return p
}

// several is the scale of scores of several scales.
var several = portfolio.Scale{Min: 1, Max: 0}

// respond counts a response, and returns how many of its scores are outside of the scale.
func (t *tally) respond(r *portfolio.Response) (outside int) {
	scored := false
	for d, score := range [...]*money.Decimal{r.Scores.Effectiveness, r.Scores.Communication, r.Scores.Responsiveness} {
		if score == nil {
			continue
		}
		x := rat(*score)
		if x.Cmp(whole(t.scale.Min)) < 0 || x.Cmp(whole(t.scale.Max)) > 0 || t.scale.Min >= t.scale.Max {
			outside++
			continue
		}
		p := part{n: 1, sum: x}
		if x.Cmp(whole(t.scale.Max-1)) >= 0 {
			p.top = 1
		}
		t.parts[d], t.all, scored = t.parts[d].plus(p), t.all.plus(p), true
	}
	if scored {
		t.people++
	}
	if r.Recommend == nil {
		return outside
	}
	t.recommended++
	switch {
	case *r.Recommend >= 9:
		t.promoters++
	case *r.Recommend <= 6:
		t.detractors++
	}
	return outside
}

// add adds the answers of another survey.
func (t *tally) add(o *tally) {
	if o.all.n > 0 {
		switch {
		case t.all.n == 0:
			t.scale = o.scale
		case t.scale != o.scale:
			t.scale = several
		}
	}
	t.responses += o.responses
	t.surveys += o.surveys
	t.invited += o.invited
	t.uncounted = t.uncounted || o.uncounted
	t.people += o.people
	t.recommended += o.recommended
	t.promoters += o.promoters
	t.detractors += o.detractors
	t.hidden.surveys += o.hidden.surveys
	t.hidden.responses += o.hidden.responses
	t.all = t.all.plus(o.all)
	for d := range t.parts {
		t.parts[d] = t.parts[d].plus(o.parts[d])
	}
}

// shown is what may be shown of a tally, and all that may be added to others.
func (t *tally) shown() tally {
	if t.responses < least {
		s := tally{}
		s.hidden.surveys, s.hidden.responses = t.surveys, t.responses
		return s
	}
	s := *t
	if s.recommended < least {
		s.recommended, s.promoters, s.detractors = 0, 0, 0
	}
	if s.people < least { // and so fewer in each dimension
		s.all, s.parts, s.people = part{}, [len(dimensions)]part{}, 0
		return s
	}
	few := false
	for d, p := range s.parts {
		if p.n > 0 && p.n < least {
			few, s.parts[d] = true, part{}
		}
	}
	// What is hidden must not be what the other dimensions lack of all.
	if few {
		smallest := -1
		for d, p := range s.parts {
			if p.n > 0 && (smallest < 0 || p.n < s.parts[smallest].n) {
				smallest = d
			}
		}
		if smallest >= 0 {
			s.parts[smallest] = part{}
		}
	}
	return s
}

// score is what a tally of what may be shown comes to.
func (t *tally) score() Score {
	s := Score{
		N: t.responses, Recommended: t.recommended, NPS: ratio.New(100*(t.promoters-t.detractors), t.recommended),
		HiddenSurveys: t.hidden.surveys, HiddenResponses: t.hidden.responses, All: t.all.score(t.scale != several),
	}
	for d, p := range t.parts {
		s.By[d] = p.score(t.scale != several)
	}
	if t.surveys > 0 && !t.uncounted {
		s.Invited, s.ResponseRate = new(t.invited), ratio.New(t.responses, t.invited)
	}
	switch {
	case t.responses > 0:
	case t.hidden.surveys > 0:
		s.Why = tooFew
	default:
		s.Why = "no survey"
	}
	return s
}

// number puts in how many answers there were, shown or not.
func (s *Score) number(t *tally) {
	if s.N = t.responses; s.N < least {
		return
	}
	s.Recommended, s.All.N = t.recommended, t.all.n
	for d, p := range t.parts {
		s.By[d].N = p.n
	}
}

func (p part) score(one bool) Part {
	s := Part{N: p.n, CSAT: ratio.New(p.top, p.n)}
	if one && p.n > 0 {
		s.Mean = ratio.Of(new(big.Rat).Quo(p.sum, whole(p.n)))
	}
	return s
}

func whole(n int) *big.Rat { return big.NewRat(int64(n), 1) }

// rat is the exact value of a decimal.
func rat(d money.Decimal) *big.Rat {
	r, _ := new(big.Rat).SetString(d.String()) // digits with at most one point
	return r
}
