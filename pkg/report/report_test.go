package report

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/diag"
)

func TestUnknownIsNullAndListsAreNot(t *testing.T) {
	for _, c := range []struct {
		name  string
		value any
		want  string
	}{
		{
			"no findings", NewFindings(nil, nil, 2, 1).Data(),
			`{"findings":[],"summary":{"errors":0,"warnings":0,"infos":0,"waived":0,"documents":2,"files":1}}`,
		},
		{
			"a finding of which little is known", MachineList([]diag.Diagnostic{{Code: "YAML001", Severity: diag.Error, Message: "m", Location: diag.Location{File: "a.yaml"}}}),
			`[{"code":"YAML001","severity":"error","message":"m","detail":"","subject":"file/a.yaml","file":"a.yaml",` +
				`"line":null,"column":null,"endLine":null,"endColumn":null,"fingerprint":"","owner":null,"team":null,"introduced":null,"waived":false,"waivedBy":null,"suggestion":null,"related":[]}]`,
		},
		{"work tree", Revision{Dirty: true}, `{"commit":null,"dirty":true}`},
		{"commit", &Revision{Commit: "abc"}, `{"commit":"abc","dirty":false}`},
	} {
		got, err := json.Marshal(c.value)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestFindings(t *testing.T) {
	list := []diag.Diagnostic{
		{Code: "MS002", Severity: diag.Warning, Location: diag.Location{File: "b"}},
		{Code: "MS001", Severity: diag.Error, Location: diag.Location{File: "b"}, Waived: true},
		{Code: "MS003", Severity: diag.Info, Location: diag.Location{File: "a"}},
	}
	f := NewFindings(list, []diag.Rule{{Code: "MS002", Name: "n"}}, 5, 4)
	if diff := cmp.Diff(Summary{Warnings: 1, Infos: 1, Waived: 1, Documents: 5, Files: 4}, f.Summary); diff != "" {
		t.Error(diff)
	}
	codes := func(list []diag.Diagnostic) (out []string) {
		for _, d := range list {
			out = append(out, d.Code)
		}
		return out
	}
	if diff := cmp.Diff([]string{"MS003", "MS001", "MS002"}, codes(f.Sorted())); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"MS003", "MS002"}, codes(f.Open())); diff != "" {
		t.Error(diff)
	}
	if list[0].Code != "MS002" {
		t.Error("sorting changed the caller's list")
	}
	if f.Rule("MS002").Name != "n" || f.Rule("MS009") != (diag.Rule{Code: "MS009"}) {
		t.Error("rule not found, or found where there is none")
	}
}

func TestFirstFindings(t *testing.T) {
	r := New("check", 0)
	if r.Findings() != nil {
		t.Error("findings in an empty report")
	}
	f := &Findings{}
	r.Add(Heading("h"), f, &Findings{})
	if r.Findings() != f || r.Version != 1 {
		t.Error("not the first findings")
	}
}
