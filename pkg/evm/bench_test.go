package evm

import (
	"fmt"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// 1,000 programs of 20 milestones over three years, a hundred themes apart.
func BenchmarkReport(b *testing.B) {
	docs := make([]string, 1000)
	for i := range docs {
		var milestones []string
		for k := range 20 {
			m := fmt.Sprintf("id: m%d, due: %d-%02d-%02d, weight: %d.%02d", k, 2025+k%3, 1+(i+k)%12, 1+k, 1+(i*k)%7, i%100)
			if k%3 == 0 {
				m += fmt.Sprintf(", completed: 2026-%02d-01", 1+k%12)
			}
			milestones = append(milestones, m)
		}
		docs[i] = program(fmt.Sprintf("p%d", i), fmt.Sprintf("theme: t%d, start: 2025-01-01, due: 2027-12-31", i%100), milestones...)
	}
	s := snapshot(docs...)
	var inputs []Input
	for _, p := range s.Programs {
		in := input(s, p.Meta.Name)
		for i := range 36 {
			in.Forecast = append(in.Forecast, Spend{cal.MustMonth("2025-01").Add(i), usd(1000)})
		}
		in.Actual = in.Forecast[:20]
		inputs = append(inputs, in)
	}
	for b.Loop() {
		r := report.New("evm", 0)
		Analyse(s, inputs, on("2026-08-31")).Report(r, true)
	}
}
