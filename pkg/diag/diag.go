// Package diag holds what progctl says about the user's files: a finding, the
// text it points at, and how to mend it. It knows nothing of YAML, of kinds or
// of output formats.
package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Severity ranks a finding.
type Severity uint8

// The severities, mildest first, so that they compare with <.
const (
	Off Severity = iota
	Info
	Warning
	Error
)

var severityNames = [...]string{"off", "info", "warning", "error"}

func (s Severity) String() string { return severityNames[s] }

// MarshalText spells the severity as policy files do.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseText reads "off", "info", "warning" or "error".
func (s *Severity) ParseText(text string) error {
	i := slices.Index(severityNames[:], text)
	if i < 0 {
		return fmt.Errorf("severity %q is none of off, info, warning, error", text)
	}
	*s = Severity(i)
	return nil
}

// Position is a place in a file: line and column, both from 1, the column in
// code points. The zero Position is "nowhere in particular".
type Position struct {
	Line, Column int
}

// Compare orders positions as a reader meets them.
func (p Position) Compare(o Position) int {
	if p.Line != o.Line {
		return p.Line - o.Line
	}
	return p.Column - o.Column
}

// Range is a stretch of text, half-open: End is the position after the last
// code point. An empty range (Start == End) marks a place between characters.
type Range struct {
	Start, End Position
}

// Location is a range in a file. File is slash-separated, relative to the
// repository where the file lies in it.
type Location struct {
	File  string
	Range Range
}

// Related is a second place that a finding speaks of.
type Related struct {
	Location
	Message string
}

// Fix is a repair: new text for the range of the finding's file.
type Fix struct {
	Range   Range
	NewText string
	// Sure says that nothing else can be meant, so that it may be made unseen.
	Sure bool
}

// Diagnostic is one finding.
type Diagnostic struct {
	Location
	Code     string
	Severity Severity
	// Message is one line, without a full stop, that names the entity and the
	// values at odds.
	Message string
	// Detail says how to mend it; it may be empty and may have several lines.
	Detail string
	// Suggestion is the nearest valid name or value, empty where none is near.
	Suggestion string
	// Subject is kind/name[/part/id], or file/PATH where nothing better is known.
	Subject string
	// Key tells apart findings of one code on one subject, for example the path
	// of a field. It holds no line, no day and no count, so that the fingerprint
	// survives them.
	Key     string
	Related []Related
	Fix     *Fix
	// Owner and Team are who should act: ids of a person and a team, or empty.
	Owner, Team string
	// Waived is set by a waiver in force; WaivedBy tells its reason and approver.
	Waived   bool
	WaivedBy string
	// Introduced says whether the change under review brought the finding; nil
	// where there is no change under review.
	Introduced *bool
	// Fingerprint identifies the finding across revisions; see Fingerprint.
	Fingerprint string
}

// Compare orders findings by file, position, code, subject and key.
func Compare(a, b Diagnostic) int {
	if c := strings.Compare(a.File, b.File); c != 0 {
		return c
	}
	if c := a.Range.Start.Compare(b.Range.Start); c != 0 {
		return c
	}
	if c := strings.Compare(a.Code, b.Code); c != 0 {
		return c
	}
	if c := strings.Compare(a.Subject, b.Subject); c != 0 {
		return c
	}
	return strings.Compare(a.Key, b.Key)
}

// Finish sorts findings and gives each its fingerprint: 32 hexadecimal digits
// of SHA-256 over code, subject and key, and, where several findings share all
// three, their ordinal. Lines and dates do not enter, so a finding keeps its
// fingerprint when text moves.
func Finish(list []Diagnostic) {
	slices.SortStableFunc(list, Compare)
	seen := make(map[string]int, len(list))
	for i := range list {
		d := &list[i]
		id := d.Code + "\x00" + d.Subject + "\x00" + d.Key
		n := seen[id]
		seen[id]++
		if n > 0 {
			id += "\x00" + strconv.Itoa(n)
		}
		sum := sha256.Sum256([]byte(id))
		d.Fingerprint = hex.EncodeToString(sum[:16])
	}
}

// Introduce marks, in a list that is finished, what a change introduced: what is
// not in the finished list of the state before it, was waived there and is no
// longer, or was milder there.
func Introduce(list, before []Diagnostic) {
	known := make(map[string]Diagnostic, len(before))
	for _, d := range before {
		known[d.Fingerprint] = d
	}
	for i := range list {
		d := &list[i]
		was, there := known[d.Fingerprint]
		d.Introduced = new(!there || was.Waived && !d.Waived || was.Severity < d.Severity)
	}
}
