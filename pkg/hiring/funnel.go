package hiring

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/portfolio"
)

// Counts are candidates at one stage of hiring: those who entered it, passed it, were
// declined by us, and withdrew themselves.
type Counts struct {
	Entered   int `json:"entered"`
	Passed    int `json:"passed"`
	Declined  int `json:"declined"`
	Withdrawn int `json:"withdrawn"`
}

// Decided are the candidates who are not in progress any more.
func (c Counts) Decided() int { return c.Passed + c.Declined + c.Withdrawn }

// InProgress are the candidates who entered and are not decided; below 0 where a plan
// says that more were decided than entered.
func (c Counts) InProgress() int { return c.Entered - c.Decided() }

// Conversion is passed ÷ (passed + declined + withdrawn), unknown where that is 0.
func (c Counts) Conversion() Ratio { return ratio(c.Passed, c.Decided()) }

func (c Counts) plus(o Counts) Counts {
	return Counts{c.Entered + o.Entered, c.Passed + o.Passed, c.Declined + o.Declined, c.Withdrawn + o.Withdrawn}
}

func (c Counts) minus(o Counts) Counts {
	return Counts{c.Entered - o.Entered, c.Passed - o.Passed, c.Declined - o.Declined, c.Withdrawn - o.Withdrawn}
}

// Stage is a stage of hiring with its candidates.
type Stage struct {
	ID, Title string
	Minutes   *int // of interviewers for one candidate; nil is not stated
	Counts
}

// Hours are what interviewers spent or will spend on all who entered; unknown where
// nobody says how long the stage takes one of them.
func (s Stage) Hours() Hours {
	if s.Minutes == nil {
		return Hours{}
	}
	return hours(s.Entered, *s.Minutes)
}

// pipeline is candidates by the id of a stage.
type pipeline map[string]Counts

func pipelineOf(p *portfolio.Position) pipeline {
	all := make(pipeline, len(p.Pipeline))
	for id, c := range p.Pipeline {
		all[id] = Counts(c)
	}
	return all
}

func (p pipeline) add(o pipeline) {
	for id, c := range o {
		p[id] = p[id].plus(c)
	}
}

// order returns the stages that are declared, in their order, and after them the ids of
// others that are used.
func order(c *portfolio.Portfolio, used pipeline) []Stage {
	stages := make([]Stage, 0, len(c.HiringStages))
	declared := make(map[string]bool, len(c.HiringStages))
	for _, s := range c.HiringStages {
		stages = append(stages, Stage{ID: s.ID, Title: s.Title, Minutes: s.Minutes})
		declared[s.ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(used)) {
		if !declared[id] {
			stages = append(stages, Stage{ID: id, Title: cmp.Or(id, otherStage)})
		}
	}
	return stages
}

// counted returns stages with the candidates of a pipeline.
func counted(stages []Stage, p pipeline) []Stage {
	list := slices.Clone(stages)
	for i := range list {
		list[i].Counts = p[list[i].ID]
	}
	return list
}

// Funnel is a pipeline as a whole.
type Funnel struct {
	// Entered are those of the first stage; nil where no order is declared.
	Entered *int
	// Hires are the seats filled.
	Hires int
	// Conversion is the product of the stages', unknown where one is.
	Conversion Ratio
	// Hours are those of all stages, unknown where one that somebody entered is;
	// HoursPerHire also where there is no hire.
	Hours, HoursPerHire Hours
}

// funnel sums up stages; declared are how many of them are.
func funnel(stages []Stage, declared, hires int) Funnel {
	f := Funnel{Hires: hires, Hours: hours(0, 0)}
	if declared > 0 {
		f.Entered = &stages[0].Entered
	}
	product := big.NewRat(1, 1)
	for _, s := range stages {
		if s.Entered != 0 {
			f.Hours = f.Hours.plus(s.Hours())
		}
		c := s.Conversion()
		switch {
		case product == nil || !c.Known():
			product = nil
		default:
			product.Mul(product, c.exact)
		}
	}
	if len(stages) > 0 {
		f.Conversion.exact = product
	}
	f.HoursPerHire = f.Hours.per(hires)
	return f
}
