package portfolio

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/progctl/progctl/pkg/diag"
)

// employments reports employments of one person that overlap.
func (a *assembler) employments() {
	inTables := 0
	for _, id := range slices.Sorted(maps.Keys(a.s.people)) {
		list := a.s.people[id]
		for i := 1; i < len(list); i++ {
			before, p := list[i-1], list[i]
			if !before.End.IsZero() && before.End.Before(p.Start) || sameTable(before, p) {
				continue
			}
			if p.Origin.File.IsTable() {
				if inTables++; inTables > maxBadRows {
					continue
				}
			}
			until := "has no end"
			if !before.End.IsZero() {
				until = "ends on " + before.End.String()
			}
			message, detail := fmt.Sprintf("person %s starts on %s, but an earlier employment %s", quote(id), p.Start, until),
				"end the earlier employment before this one begins, or give one of two people another id"
			if isSameRow(before, p) {
				message, detail = fmt.Sprintf("person %s stands here again, as in line %s", quote(id), itoa(int(before.Origin.Line))), "delete one of the two rows"
			}
			d := a.report("REF007", p.Origin.At("start"), "roster/"+p.Roster.Meta.Name+"/person/"+id, message, detail)
			d.Related = []diag.Related{{Location: a.locator.Locate(before.Origin.At("id")), Message: "earlier employment"}}
		}
	}
}

// isSameRow reports whether two rows of a CSV file say the same.
func isSameRow(p, q *Person) bool {
	if !p.Origin.File.IsTable() || p.Origin.File != q.Origin.File {
		return false
	}
	x, y := *p, *q
	x.Origin = y.Origin
	return reflect.DeepEqual(x, y)
}
