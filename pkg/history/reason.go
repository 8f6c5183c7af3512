package history

import (
	"regexp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/git"
)

// reason is one that a message gives; an empty id is for everything that moved.
type reason struct{ id, text string }

// trailer is a line of a message. It may be indented or an item of a list, for
// that is how a squash merge carries the messages of the commits it squashed.
var trailer = regexp.MustCompile(`^([\s*+>-]*)[Ss][Ll][Ii][Pp]-[Rr][Ee][Aa][Ss][Oo][Nn](?:\(([^)]*)\))?\s*:\s*(.*)$`)

// reasonsIn finds the lines that give reasons: Slip-Reason: text, or
// Slip-Reason(program/milestone): text. As with other trailers, lines that follow
// and are indented deeper go on.
func reasonsIn(message string) []reason {
	if !mentionsReason(message) {
		return nil
	}
	type found struct {
		id    string
		lines []string
	}
	var all []found
	depth := -1 // of what may go on
	for line := range strings.SplitSeq(message, "\n") {
		line = strings.TrimRight(line, " \t\r")
		m := trailer.FindStringSubmatch(line)
		switch {
		case m != nil:
			all = append(all, found{strings.TrimSpace(m[2]), []string{m[3]}})
			depth = len(m[1])
		case depth >= 0 && len(line)-len(strings.TrimLeft(line, " \t")) > depth:
			last := &all[len(all)-1]
			last.lines = append(last.lines, strings.TrimSpace(line))
		default:
			depth = -1
		}
	}
	var list []reason
	for _, f := range all {
		if text := strings.TrimSpace(strings.Join(f.lines, " ")); text != "" {
			list = append(list, reason{f.id, text})
		}
	}
	return list
}

// mentionsReason is a cheap test that most messages fail.
func mentionsReason(message string) bool {
	const word = "slip-reason"
	for i := 0; i+len(word) <= len(message); i++ {
		if message[i]|0x20 == 's' && strings.EqualFold(message[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// merged gives each merge of a first-parent history, newest first, the reasons of
// the commits that it merged: those that come with its other parents and came
// with no earlier one. all are those commits, and more. As in git log, the newest
// comes first, but so that it does not matter where the history was read from.
func merged(chain []*record, all []git.Message) {
	place := make(map[string]int, len(all))
	for i, m := range all {
		place[m.Hash] = i
	}
	seen := make([]bool, len(all))
	for _, c := range slices.Backward(chain) {
		if at, ok := place[c.hash]; ok {
			seen[at] = true
		}
		var open []int
		meet := func(parents []string) {
			for _, hash := range parents {
				if at, ok := place[hash]; ok && !seen[at] {
					seen[at] = true
					open = append(open, at)
				}
			}
		}
		meet(c.others)
		for len(open) > 0 {
			newest := 0
			for i, at := range open {
				if all[at].Time.After(all[open[newest]].Time) {
					newest = i
				}
			}
			m := &all[open[newest]]
			open = slices.Delete(open, newest, newest+1)
			c.reasons = append(c.reasons, reasonsIn(m.Text)...)
			meet(m.Parents)
		}
	}
}
