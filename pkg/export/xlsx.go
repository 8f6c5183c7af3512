package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/progctl/progctl/pkg/report"
)

// writeWorkbook writes a workbook of Office Open XML: a sheet that says where it comes
// from, and one for each table and chart of the reports.
func writeWorkbook(ctx context.Context, path string, s *Source) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	f.SetZipWriter(newSorted)
	names := &sheetNames{taken: map[string]bool{"history": true}} // which spreadsheets keep for themselves
	about := names.pick("About", "")
	if err := f.SetSheetName("Sheet1", about); err != nil {
		return err
	}
	looks := &styles{file: f, ids: map[style]int{}}
	chapters, err := chaptersOf(s.Reports, names)
	if err != nil {
		return err
	}
	for _, c := range chapters { // all are there before the first is written: links lead to them
		for _, x := range c.sheets {
			if _, err := f.NewSheet(x.name); err != nil {
				return err
			}
		}
	}
	if err := writeAbout(f, about, s, chapters, looks); err != nil {
		return err
	}
	for _, c := range chapters {
		for _, x := range c.sheets {
			if err := x.write(ctx, f, looks); err != nil {
				return fmt.Errorf("sheet %q: %w", x.name, err)
			}
		}
	}
	if err := properties(f, s); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteTo(out)
	return errors.Join(err, out.Close())
}

// properties are what file managers show; no clock has a part in them.
func properties(f *excelize.File, s *Source) error {
	at := s.About.AsOf.String() + "T00:00:00Z"
	if err := f.SetDocProps(&excelize.DocProperties{
		Title: visible(s.About.Title), Creator: "progctl", LastModifiedBy: "progctl", Created: at, Modified: at,
		Description: visible(s.About.Command),
	}); err != nil {
		return err
	}
	return f.SetAppProps(&excelize.AppProperties{Application: "progctl"})
}

// chapter is a report in a workbook.
type chapter struct {
	title  string
	texts  []string
	sheets []*sheet
}

func chaptersOf(reports []*report.Report, names *sheetNames) ([]*chapter, error) {
	var list []*chapter
	for _, r := range reports {
		c := &chapter{title: capital(r.Name)}
		heading := ""
		for _, b := range r.Blocks {
			var x *sheet
			var err error
			switch b := b.(type) {
			case report.Heading:
				heading = string(b)
			case report.Text:
				c.texts = append(c.texts, strings.Split(string(b), "\n")...)
			case *report.Table:
				x, err = sheetOf(b)
			case *report.Chart:
				x, err = chartSheet(b)
				heading = cmp.Or(heading, b.Title)
			}
			if err != nil {
				return nil, fmt.Errorf("report %s: %w", r.Name, err)
			}
			if x != nil {
				x.heading = cmp.Or(heading, c.title)
				x.name = names.pick(c.title, heading)
				c.sheets = append(c.sheets, x)
			}
		}
		list = append(list, c)
	}
	return list, nil
}

// capital is a name with a capital at its start; short ones are abbreviations.
func capital(name string) string {
	if len(name) <= 3 {
		return strings.ToUpper(name)
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// sheetNames gives sheets names that there are not yet.
type sheetNames struct{ taken map[string]bool }

// mostName is how many UTF-16 units the name of a sheet holds.
const mostName = 31

// pick is a name made of those of a report and a heading, as much of it as fits, unlike
// all others in whatever case.
func (n *sheetNames) pick(title, heading string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, visible(title+" "+short(heading)))
	clean = strings.Join(strings.Fields(clean), " ")
	name := cut(clean, mostName)
	for i := 2; n.taken[strings.ToLower(name)]; i++ {
		end := fmt.Sprintf(" %d", i)
		name = cut(clean, mostName-len(end)) + end
	}
	n.taken[strings.ToLower(name)] = true
	return name
}

var aside = regexp.MustCompile(`\([^()]*\)`)

// short is what a heading says first, without what is in brackets, as it goes on after
// the name of a report.
func short(heading string) string {
	heading, _, _ = strings.Cut(heading, "\n")
	heading = strings.TrimSpace(aside.ReplaceAllString(heading, ""))
	for _, end := range []string{", ", ": ", "; "} {
		heading, _, _ = strings.Cut(heading, end)
	}
	if len(heading) > 1 && strings.ToLower(heading[1:2]) == heading[1:2] {
		heading = strings.ToLower(heading[:1]) + heading[1:]
	}
	return heading
}

// cut shortens a name to some UTF-16 units, at a space where there is one in its second
// half.
func cut(s string, most int) string {
	if len(utf16.Encode([]rune(s))) <= most {
		return s
	}
	end, units := 0, 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units > most {
			break
		}
		end = i + len(string(r))
	}
	if at := strings.LastIndexByte(s[:end+1], ' '); at > end/2 {
		end = at
	}
	return strings.TrimRight(s[:end], " ,:;-(")
}
