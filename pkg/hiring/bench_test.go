package hiring

import (
	"fmt"
	"math/rand"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/report"
)

// 5,000 positions with up to 16 versions each, 36 months, by team and role.
func BenchmarkAnalyse(b *testing.B) {
	r := rand.New(rand.NewSource(1))
	docs := []string{config}
	var tracks []*history.PositionTrack
	for d := range 50 {
		var positions []string
		for i := range 100 {
			text, track := drawPosition(r, fmt.Sprintf("p%d-%d", d, i))
			positions, tracks = append(positions, text), append(tracks, track)
		}
		docs = append(docs, plan(fmt.Sprint("plan", d), positions...))
	}
	s := snapshot(b, docs...)
	o := options(s)
	o.Years = cal.FiscalYears{From: 2026, To: 2028}
	o.Buckets = s.Fiscal.Buckets(o.Years, cal.ByMonth)
	o.By, o.History = []group.Dimension{group.ByTeam, group.ByRole}, &history.History{}
	b.ReportAllocs()
	for b.Loop() {
		analyse(s, o, tracks).Report(report.New("hiring", o.AsOf), View{})
	}
}
