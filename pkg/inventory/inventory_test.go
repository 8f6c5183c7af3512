package inventory

import (
	"slices"
	"testing"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/schema"
)

func TestEveryKindOfDocumentIsListed(t *testing.T) {
	for _, kind := range schema.Kinds {
		if !slices.Contains(Kinds(), kind) {
			t.Errorf("%s cannot be listed", kind)
		}
	}
}

func TestKindsAreFoundInAnySpelling(t *testing.T) {
	for name, want := range map[string]string{
		"program": "Program", "Programs": "Program", "PEOPLE": "Person", "headcountplans": "HeadcountPlan", "goals": "Goals", "goal": "Goals",
	} {
		if k, ok := Find(name); !ok || k.Name != want {
			t.Errorf("%s is %q, want %q", name, k.Name, want)
		}
	}
	if _, ok := Find("programz"); ok {
		t.Error("programz is found")
	}
}

func TestItemsHaveAValueForEachField(t *testing.T) {
	s, _ := portfolio.Assemble(nil)
	for _, k := range kinds {
		l, unknown := List(s, k, nil, []string{"x"})
		if len(l.Items) != 0 || !slices.Equal(unknown, []string{"x"}) {
			t.Errorf("%s of nothing: %v, unknown %v", k.Name, l.Items, unknown)
		}
	}
}
