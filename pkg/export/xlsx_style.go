package export

import (
	"github.com/xuri/excelize/v2"

	"github.com/progctl/progctl/pkg/report"
)

// style is how a cell looks.
type style struct {
	format                 string
	bold, head, line, wrap bool
	link, quoted, right    bool
	tone                   report.Tone
	indent                 int
}

const dayFormat = "yyyy-mm-dd"

// styles are those of a workbook, each made once.
type styles struct {
	file *excelize.File
	ids  map[style]int
	err  error // the first
}

// id is the number of a style.
func (s *styles) id(of style) int {
	id, known := s.ids[of]
	if !known && s.err == nil {
		id, s.err = s.file.NewStyle(of.described())
		if of.quoted && s.err == nil { // what is text stays text where someone edits it
			yes := true
			s.file.Styles.CellXfs.Xf[id].QuotePrefix = &yes
		}
		s.ids[of] = id
	}
	return id
}

// tones are the colours of cells.
var tones = map[report.Tone]string{report.Good: "1B7F3B", report.Warn: "9A6700", report.Bad: "B42318", report.Dim: "7A7A7A"}

func (s style) described() *excelize.Style {
	font := excelize.Font{Bold: s.bold, Color: tones[s.tone]}
	if s.link {
		font.Color, font.Underline = "0B57D0", "single"
	}
	out := &excelize.Style{Font: &font, Alignment: &excelize.Alignment{Vertical: "top", Indent: s.indent, WrapText: s.wrap}}
	if s.right {
		out.Alignment.Horizontal = "right"
	}
	if s.indent > 0 {
		out.Alignment.Horizontal = "left"
	}
	if s.quoted { // unlike any other style, for a workbook has each but once
		out.Alignment.Horizontal, out.Alignment.JustifyLastLine = "left", true
	}
	if s.format != "" {
		out.CustomNumFmt = &s.format
	}
	if s.head {
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8ECF1"}}
		out.Alignment.WrapText = true
	}
	if s.line {
		out.Border = []excelize.Border{{Type: "top", Style: 1, Color: "7A7A7A"}}
	}
	return out
}
