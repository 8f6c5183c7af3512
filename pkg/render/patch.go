package render

import (
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// patchLine is a line of a diff, visible, with how it strikes the reader.
type patchLine struct {
	text string
	tone report.Tone
}

func patchLines(p report.Patch) (list []patchLine) {
	for line := range strings.SplitSeq(strings.TrimSuffix(string(p), "\n"), "\n") {
		l := patchLine{text: visible(strings.TrimSuffix(line, "\r"))}
		switch {
		case strings.HasPrefix(line, "--- "), strings.HasPrefix(line, "+++ "), strings.HasPrefix(line, "@@"), strings.HasPrefix(line, `\`):
			l.tone = report.Dim
		case strings.HasPrefix(line, "+"):
			l.tone = report.Good
		case strings.HasPrefix(line, "-"):
			l.tone = report.Bad
		}
		list = append(list, l)
	}
	return list
}

// mdPatch is a diff as a block of code that GitHub and GitLab colour.
func mdPatch(p report.Patch) string {
	var lines []string
	for _, line := range patchLines(p) {
		lines = append(lines, line.text)
	}
	text := mdFence(lines)
	mark := len(text) - len(strings.TrimLeft(text, "`"))
	return text[:mark] + "diff" + text[mark:]
}
