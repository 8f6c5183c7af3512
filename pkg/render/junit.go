package render

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// The elements of JUnit XML, as far as the schemas that CI systems publish agree:
// an order of children and a set of attributes that all of them accept. So a
// testcase has no file attribute; its text begins with the place instead.
type junitSuites struct {
	XMLName xml.Name     `xml:"testsuites"`
	Suites  []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Package    string          `xml:"package,attr"`
	ID         int             `xml:"id,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Hostname   string          `xml:"hostname,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
	SystemOut  string          `xml:"system-out"`
	SystemErr  string          `xml:"system-err"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	ClassName string        `xml:"classname,attr"`
	Time      string        `xml:"time,attr"`
	Skipped   *junitOutcome `xml:"skipped"`
	Failure   *junitOutcome `xml:"failure"`
}

type junitOutcome struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// junitTime is what every test took: time would differ from run to run.
const junitTime = "0"

// writeJUnit writes a testsuite for each file with findings, and in it a testcase
// for each finding: the class is its rule, the name its subject, so that CI
// systems match it with that of another run.
//
// An error that is new is a failure. Everything else that was found is a skipped
// test, because CI systems show its message and count it apart, but do not turn
// red: warnings and infos, what a change inherited, and, with its reason, what is
// waived. A passed test would hide its message, a failure would fail a build that
// progctl lets pass. Where nothing was found one test passes, because CI systems
// take a report without tests for a broken one.
func writeJUnit(w io.Writer, r *report.Report, _ Options) error {
	f, err := findingsOf(r, "junit")
	if err != nil {
		return err
	}
	var suites junitSuites
	for group := range byFile(f.Sorted()) {
		suites.Suites = append(suites.Suites, junitFile(r, f, group))
	}
	if len(suites.Suites) == 0 {
		s := newJUnitSuite(r, "progctl")
		s.Cases = []junitCase{{Name: "no findings", ClassName: "progctl " + token(r.Name), Time: junitTime}}
		suites.Suites = append(suites.Suites, s)
	}
	for i := range suites.Suites {
		suites.Suites[i].count(i)
	}
	b := bytes.NewBufferString(xml.Header)
	enc := xml.NewEncoder(b)
	enc.Indent("", "  ")
	if err := enc.Encode(suites); err != nil {
		return fmt.Errorf("encode XML: %w", err)
	}
	b.WriteByte('\n')
	_, err = w.Write(b.Bytes())
	return err
}

// byFile yields sorted findings file by file.
func byFile(list []diag.Diagnostic) func(yield func([]diag.Diagnostic) bool) {
	return func(yield func([]diag.Diagnostic) bool) {
		for len(list) > 0 {
			n := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.File != list[0].File })
			if n < 0 {
				n = len(list)
			}
			if !yield(list[:n]) {
				return
			}
			list = list[n:]
		}
	}
}

func newJUnitSuite(r *report.Report, name string) junitSuite {
	s := junitSuite{
		Name: name, Package: "progctl", Timestamp: "1970-01-01T00:00:00", Hostname: "localhost", Time: junitTime,
		Properties: []junitProperty{{"report", visible(r.Name)}},
	}
	if !r.AsOf.IsZero() {
		s.Timestamp = r.AsOf.String() + "T00:00:00"
		s.Properties = append(s.Properties, junitProperty{"asOf", r.AsOf.String()})
	}
	for _, revision := range []struct {
		name string
		*report.Revision
	}{{"revision", r.Revision}, {"baseline", r.Baseline}} {
		if revision.Revision != nil {
			s.Properties = append(s.Properties, junitProperty{revision.name, revisionName(revision.Revision)})
		}
	}
	return s
}

func (s *junitSuite) count(id int) {
	s.ID, s.Tests = id, len(s.Cases)
	for _, c := range s.Cases {
		if c.Failure != nil {
			s.Failures++
		}
		if c.Skipped != nil {
			s.Skipped++
		}
	}
}

// junitFile is the suite of the findings of one file.
func junitFile(r *report.Report, f *report.Findings, list []diag.Diagnostic) junitSuite {
	suite := newJUnitSuite(r, token(cmp.Or(list[0].File, "progctl")))
	// A class and a name must not occur twice. A key tells findings of a rule on a
	// subject apart as well as a fingerprint does, and an ordinal what is left.
	shared, seen := map[string]int{}, map[string]int{}
	for _, d := range list {
		shared[d.Code+"\x00"+d.Subject]++
	}
	for _, d := range list {
		c := junitCase{ClassName: token(d.Code + " " + f.Rule(d.Code).Name), Name: token(cmp.Or(d.Subject, "file/"+d.File)), Time: junitTime}
		if shared[d.Code+"\x00"+d.Subject] > 1 && d.Key != "" {
			c.Name += " " + token(d.Key)
		}
		id := c.ClassName + "\x00" + c.Name
		if seen[id]++; seen[id] > 1 {
			c.Name += " (" + strconv.Itoa(seen[id]) + ")"
		}
		outcome := &junitOutcome{Message: visible(d.Message), Text: junitText(d)}
		switch {
		case d.Waived:
			outcome.Message = "waived " + d.Severity.String() + ": " + outcome.Message
			outcome.Text += "\nwaived: " + visible(d.WaivedBy)
			c.Skipped = outcome
		case d.Severity != diag.Error || inherited(d) == 1:
			outcome.Message = d.Severity.String() + ": " + outcome.Message
			if inherited(d) == 1 {
				outcome.Message = "inherited " + outcome.Message
			}
			c.Skipped = outcome
		default:
			outcome.Type = d.Severity.String()
			c.Failure = outcome
		}
		suite.Cases = append(suite.Cases, c)
	}
	return suite
}

// junitText is all that there is to say, the place first.
func junitText(d diag.Diagnostic) string {
	lines := []string{fullMessage(d)}
	if name := (&printer{}).placeName(d.Location); name != "" {
		lines = []string{name, lines[0]}
	}
	for _, r := range d.Related {
		lines = append(lines, "see: "+strings.TrimSpace((&printer{}).placeName(r.Location)+"  "+visible(r.Message)))
	}
	lines = strings.Split(strings.Join(lines, "\n"), "\n")
	for i, line := range lines {
		lines[i] = safeForLog(line)
	}
	return strings.Join(lines, "\n")
}

// token is visible text as an attribute of a name holds it: without runs of
// spaces, and never empty.
func token(s string) string {
	return cmp.Or(strings.Join(strings.Fields(visible(s)), " "), "-")
}

// revisionName is what people call a state: a full hash, or the work tree.
func revisionName(r *report.Revision) string {
	switch {
	case r.Commit == "":
		return "work tree"
	case r.Dirty:
		return visible(r.Commit) + ", with changes"
	}
	return visible(r.Commit)
}
