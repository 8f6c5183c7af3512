package risk

import (
	"github.com/progctl/progctl/pkg/portfolio"
)

// Heat is the risks that count by how likely they are and what they would do.
type Heat struct {
	// Impacts and Probabilities are the bands, the lowest first; the last of each is what
	// is not known.
	Impacts, Probabilities []Band
	// Cells are risks by impact, then by probability.
	Cells [][][]*Risk
}

// Band is a range of values, named by its ends.
type Band struct {
	Name string
	// From is inclusive, To exclusive; of a probability From is exclusive and To inclusive,
	// in thousandths of a percent. 0 is no end; both are 0 for what is not known.
	From, To int64
}

// known reports whether the band is one of values that are known.
func (b Band) known() bool { return b.From != 0 || b.To != 0 }

// The bands of probability, as is usual, on a scale of five.
var probabilities = []Band{
	{"to 10%", 0, int64(portfolio.Whole / 10)},
	{"to 30%", int64(portfolio.Whole / 10), int64(portfolio.Whole * 3 / 10)},
	{"to 50%", int64(portfolio.Whole * 3 / 10), int64(portfolio.Whole / 2)},
	{"to 70%", int64(portfolio.Whole / 2), int64(portfolio.Whole * 7 / 10)},
	{"above 70%", int64(portfolio.Whole * 7 / 10), 0},
	{"n/a", 0, 0},
}

// Bands of working days: up to a week, two, four, eight.
var dayBands = []Band{
	{"below 5d", 0, 5},
	{"5d to 9d", 5, 10},
	{"10d to 19d", 10, 20},
	{"20d to 39d", 20, 40},
	{"40d and more", 40, 0},
	{"n/a", 0, 0},
}

// Bands of money, in minor units, each ten times the one before: 1,000.00 USD, and as many
// minor units of other currencies.
var costSteps = []int64{100_000, 1_000_000, 10_000_000, 100_000_000}

// costBands names the bands in the currency of the analysis.
func (a *Analysis) costBands() []Band {
	spell := func(minor int64) string { return whole(minor, a.currency()) }
	bands := []Band{{"below " + spell(costSteps[0]), 0, costSteps[0]}}
	for i, step := range costSteps[1:] {
		bands = append(bands, Band{"from " + spell(costSteps[i]), costSteps[i], step})
	}
	last := costSteps[len(costSteps)-1]
	return append(bands, Band{"from " + spell(last), last, 0}, Band{"n/a", 0, 0})
}

// CostHeat is the risks that count by probability and impact in money.
func (a *Analysis) CostHeat() *Heat {
	return a.heat(a.costBands(), func(r *Risk) (int64, bool) {
		if r.Cost == nil {
			return 0, false
		}
		return r.Cost.Minor, true
	})
}

// DayHeat is the same by working days.
func (a *Analysis) DayHeat() *Heat {
	return a.heat(dayBands, func(r *Risk) (int64, bool) {
		if r.Days == nil {
			return 0, false
		}
		return int64(*r.Days), true
	})
}

func (a *Analysis) heat(impacts []Band, impact func(*Risk) (int64, bool)) *Heat {
	h := &Heat{Impacts: impacts, Probabilities: probabilities, Cells: make([][][]*Risk, len(impacts))}
	for i := range h.Cells {
		h.Cells[i] = make([][]*Risk, len(probabilities))
	}
	for _, r := range a.Risks {
		if !r.Counts() {
			continue
		}
		row, column := len(impacts)-1, len(probabilities)-1
		if n, known := impact(r); known {
			for row = 0; impacts[row].To != 0 && n >= impacts[row].To; {
				row++
			}
		}
		if p := r.Probability; p != nil {
			for column = 0; probabilities[column].To != 0 && int64(*p) > probabilities[column].To; {
				column++
			}
		}
		h.Cells[row][column] = append(h.Cells[row][column], r)
	}
	return h
}

// some reports whether any risk is of a known impact and probability.
func (h *Heat) some() bool {
	for i, row := range h.Cells {
		for k, cell := range row {
			if h.Impacts[i].known() && h.Probabilities[k].known() && len(cell) > 0 {
				return true
			}
		}
	}
	return false
}
