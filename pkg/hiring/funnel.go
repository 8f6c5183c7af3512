package hiring

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
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
func (c Counts) Conversion() ratio.Ratio { return ratio.New(c.Passed, c.Decided()) }

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

// order returns the stages that are declared, in their order, after them the ids of others
// that are used, and at last what has none.
func order(c *portfolio.Portfolio, used pipeline) []Stage {
	stages := make([]Stage, 0, len(c.HiringStages))
	declared := make(map[string]bool, len(c.HiringStages))
	for _, s := range c.HiringStages {
		stages = append(stages, Stage{ID: s.ID, Title: s.Title, Minutes: s.Minutes})
		declared[s.ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(used)) {
		if id != "" && !declared[id] {
			stages = append(stages, Stage{ID: id, Title: id})
		}
	}
	if _, other := used[""]; other {
		stages = append(stages, Stage{Title: otherStage})
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

// Funnel is the pipelines of positions as a whole.
type Funnel struct {
	// Entered are those of the first stage; nil where no order is declared.
	Entered *int
	// Hires are the seats filled.
	Hires int
	// Conversion is the product of the stages', unknown where one is.
	Conversion ratio.Ratio
	// Hours are those of all stages, unknown where one that somebody entered is, and
	// where none is declared.
	Hours Hours
	// Counted are those of Hires that count candidates, and CandidatesOfHires and
	// HoursPerHire are of these alone: what seats still to be filled took is not what a
	// hire takes. Nil and unknown where there is none, or what they are of is.
	Counted           int
	CandidatesOfHires *int
	HoursPerHire      Hours
}

// funnel sums up positions by stages, of which so many are declared.
func funnel(list []*Position, order []Stage, declared int) ([]Stage, Funnel) {
	f, all, hired := Funnel{}, pipeline{}, pipeline{}
	for _, p := range list {
		all.add(p.pipeline)
		if p.Status != portfolio.PositionFilled {
			continue
		}
		f.Hires++
		if len(p.pipeline) > 0 {
			f.Counted++
			hired.add(p.pipeline)
		}
	}
	stages := counted(order, all)
	if len(stages) == 0 {
		return stages, f
	}
	f.Conversion = ratio.New(1, 1)
	for _, s := range stages {
		f.Conversion = f.Conversion.Mul(s.Conversion())
	}
	if declared == 0 {
		return stages, f
	}
	f.Entered, f.Hours = &stages[0].Entered, hoursOf(stages)
	if f.Counted > 0 {
		of := counted(order, hired)
		f.CandidatesOfHires, f.HoursPerHire = &of[0].Entered, hoursOf(of).per(f.Counted)
	}
	return stages, f
}

func hoursOf(stages []Stage) Hours {
	sum := hours(0, 0)
	for _, s := range stages {
		if s.Entered != 0 {
			sum = sum.plus(s.Hours())
		}
	}
	return sum
}
