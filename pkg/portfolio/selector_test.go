package portfolio

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSelectorOfKeys(t *testing.T) {
	sel, err := ParseSelector("pillar=uptime,team!=sre,!role,team")
	if err != nil {
		t.Fatal(err)
	}
	all := cmp.AllowUnexported(condition{})
	if diff := cmp.Diff(Selector{sel[1], sel[2], sel[3]}, sel.Of("role", "team", "level"), all); diff != "" {
		t.Errorf("of (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Selector{sel[0]}, sel.Except("role", "team", "level"), all); diff != "" {
		t.Errorf("except (-want +got):\n%s", diff)
	}
	if len(sel.Of()) != 0 || len(sel.Except()) != len(sel) || len(Selector(nil).Of("team")) != 0 {
		t.Error("no keys are not none of them")
	}
	if sel[0].key != "pillar" || len(sel) != 4 {
		t.Error("the selector changed")
	}
}
