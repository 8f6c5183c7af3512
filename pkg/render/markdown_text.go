package render

import (
	"regexp"
	"strings"
)

// mdReference finds what GitHub or GitLab make into a link, a notification, a
// picture or a command after they have read the Markdown, so that no escape keeps
// them from it: mentions and addresses, links without markup, numbers of issues
// and merge requests, labels, milestones, commits, emoji, formulas, commands.
var mdReference = regexp.MustCompile(`(?i)@|://|www\.|\$|#\w|[!&]\d|[~%^][\w"{]|\*\w+:|\[\w+:|\[\[|[{\[][+-]|:[\w+-]+:|\bg[hl]-\d|\b[0-9a-f]{7,40}\b`)

// mdEscape spells the characters that are markup anywhere in a line. Pipes are
// escaped as tables want it, and no backslash of the text can stand before one.
var mdEscape = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "`", "&grave;", `\`, "&bsol;",
	"|", `\|`, "*", `\*`, "_", `\_`, "~", `\~`, "[", `\[`, "]", `\]`,
)

// mdText is visible text, one line, that Markdown shows as it is. Words that would
// become references stand as code, which is the one place where neither GitHub
// nor GitLab looks for any.
func mdText(s string) string {
	words := strings.Split(visible(s), " ")
	for i, word := range words {
		var b strings.Builder
		command := strings.HasPrefix(word, "/") // at the beginning of a line
		for word != "" {
			// Code cannot hold these whatever the reader of the Markdown.
			n := strings.IndexAny(word, "`<>|\\")
			if n == 0 {
				b.WriteString(mdEscape.Replace(word[:1]))
				word = word[1:]
				continue
			}
			if n < 0 {
				n = len(word)
			}
			if command || mdReference.MatchString(word[:n]) {
				b.WriteString("`" + word[:n] + "`")
			} else {
				b.WriteString(mdEscape.Replace(word[:n]))
			}
			word, command = word[n:], false
		}
		words[i] = b.String()
	}
	return strings.Join(words, " ")
}

var (
	mdBlockStart = regexp.MustCompile(`^[#+\-=:]`)
	mdListNumber = regexp.MustCompile(`^([0-9]+)([.)])`)
)

// mdLine is mdText for the beginning of a line, where a heading, a list, a rule or
// a block of code might begin.
func mdLine(s string) string {
	s = strings.Trim(mdText(s), " ")
	s = mdBlockStart.ReplaceAllString(s, `\$0`)
	s = mdListNumber.ReplaceAllString(s, `$1\$2`)
	if rest, ok := strings.CutSuffix(s, "#"); ok {
		return rest + `\#` // would close a heading
	}
	return s
}

// mdCell is mdText in a table. Indentation survives, other outer spaces do not.
func mdCell(s string) string {
	text := strings.TrimLeft(s, " ")
	indent := min(len(s)-len(text), 20)
	if text == "" {
		return ""
	}
	return strings.Repeat("&nbsp;", indent) + mdLine(text)
}

// mdCode is a name as code, or as text where it holds what code cannot hold.
func mdCode(s string) string {
	s = visible(s)
	if s == "" || strings.ContainsAny(s, "`<>|\\") || strings.TrimSpace(s) != s {
		return mdLine(s)
	}
	return "`" + s + "`"
}

// mdFence is lines as a block of code, with a fence longer than any in them.
func mdFence(lines []string) string {
	fence := "```"
	for i, line := range lines {
		lines[i] = safeForLog(line)
		for strings.Contains(line, fence) {
			fence += "`"
		}
	}
	return fence + "\n" + strings.Join(lines, "\n") + "\n" + fence + "\n"
}

// mdProse is the paragraphs of a text. Lines that are indented by four or more
// are code, as they are in Markdown itself.
func mdProse(text string) []string {
	const indent = "    "
	var blocks, run []string
	code := false
	flush := func() {
		switch {
		case len(run) == 0:
		case code:
			for run[len(run)-1] == "" {
				run = run[:len(run)-1]
			}
			blocks = append(blocks, mdFence(run))
		default:
			blocks = append(blocks, strings.Join(run, "\n")+"\n")
		}
		run = nil
	}
	for _, line := range visibleLines(text) {
		body, indented := strings.CutPrefix(line, indent)
		blank := strings.TrimSpace(line) == ""
		switch {
		case blank && code && len(run) > 0:
			run = append(run, "")
			continue
		case blank:
			flush()
			continue
		case indented != code:
			flush()
			code = indented
		}
		if code {
			run = append(run, body)
			continue
		}
		if n := len(run); n > 0 && strings.HasPrefix(line, " ") {
			run[n-1] += `\` // an indented line is one of its own
		}
		run = append(run, mdLine(line))
	}
	flush()
	return blocks
}
