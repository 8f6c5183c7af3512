package export

import (
	"github.com/xuri/excelize/v2"

	"github.com/progctl/progctl/pkg/report"
)

// writeAbout says where a workbook comes from, what reports say in words, and which
// sheets there are.
func writeAbout(f *excelize.File, name string, s *Source, chapters []*chapter, looks *styles) error {
	if err := printed(f, name); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, width := range []float64{34, 100} {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	row := 0
	add := func(label, text string, st style) error {
		row++
		cells := []any{excelize.Cell{StyleID: looks.id(st), Value: fitting(visible(label))}}
		if text != "" {
			text = fitting(visible(text))
			cells = append(cells, excelize.Cell{StyleID: looks.id(style{quoted: isFormula(text)}), Value: text})
		}
		return w.SetRow(reference(0, row), cells)
	}
	for _, x := range s.About.facts() {
		if x.value == "" {
			continue
		}
		if err := add(x.label, x.value, style{bold: true}); err != nil {
			return err
		}
	}
	for _, c := range chapters {
		row++
		if err := add(c.title, "", style{bold: true, head: true}); err != nil {
			return err
		}
		for _, text := range c.texts {
			if err := add("", text, style{}); err != nil {
				return err
			}
		}
		for _, x := range c.sheets {
			if err := add(x.name, x.heading, style{link: true}); err != nil {
				return err
			}
			if err := f.SetCellHyperLink(name, reference(0, row), "'"+x.name+"'!A1", "Location"); err != nil {
				return err
			}
		}
	}
	if len(chapters) == 0 {
		if err := add("No report", "", style{tone: report.Dim}); err != nil {
			return err
		}
	}
	return w.Flush()
}
