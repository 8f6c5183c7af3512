package lint

import (
	"fmt"
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// worked names hours.
type worked struct {
	month        cal.Month
	person, role string
}

// reportClosedHours reports each closed month of a program or a team whose hours differ.
func reportClosedHours(p *Pass, of string, was, is *books) {
	before, after := was.hours(of), is.hours(of)
	if len(before) == 0 { // its first hours bring their past along
		return
	}
	changed := map[cal.Month]bool{}
	for w := range joined(before, after) {
		if before[w].fte != after[w].fte {
			changed[w.month] = true
		}
	}
	months := slices.Sorted(maps.Keys(changed))
	more := len(months) - mostMonths
	months = months[:min(len(months), mostMonths)]
	for i, m := range months {
		at, subject := whereOf(is, of)
		var from, to portfolio.MilliFTE
		var first worked
		for w, h := range before {
			if w.month == m {
				from += h.fte
			}
		}
		for w, h := range after {
			if w.month != m {
				continue
			}
			to += h.fte
			if h.fte != before[w].fte && (first.month == 0 || first.person+" "+first.role > w.person+" "+w.role) {
				first = w
				at, subject = h.entry.Origin.At("fte"), ledgerSubject(h.ledger)
			}
		}
		changes := fmt.Sprintf("hours of %s in it change from %s to %s FTE", spenderName(of), from, to)
		if from == to {
			changes = fmt.Sprintf("hours of %s in it change, and their sum does not", spenderName(of))
		}
		also := ""
		if more > 0 && i == len(months)-1 {
			also = fmt.Sprintf("; so they do in %d closed months more", more)
		}
		p.Report(Finding{
			At: at, Subject: subject, Key: "hours " + m.String() + " " + of,
			Message: fmt.Sprintf("%s is closed: %s%s", m, changes, also),
			Detail:  "put back what was reported, and charge the correction to an open month; or open the month first, by closedThrough: in a change of its own",
		})
	}
}

// chargedHours are the hours of somebody in a month, and the last entry of them.
type chargedHours struct {
	fte    portfolio.MilliFTE
	entry  *portfolio.HoursEntry
	ledger *portfolio.Ledger
}

func (b *books) hours(of string) map[worked]chargedHours {
	hours := map[worked]chargedHours{}
	for _, l := range b.ledgers[of] {
		for i := range l.Hours {
			h := &l.Hours[i]
			if h.Month != 0 && h.Month <= b.closed {
				w := worked{h.Month, h.Person, h.Role}
				hours[w] = chargedHours{hours[w].fte + h.FTE, h, l}
			}
		}
	}
	return hours
}
