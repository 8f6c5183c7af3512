package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/render"
	"github.com/progctl/progctl/pkg/report"
)

// output is a format and where it goes: a file, or standard output.
type output struct {
	format render.Format
	file   string
}

// parseOutputs reads what -o asks for; text where it asks for nothing. Formats
// that can say nothing but findings are refused where there are none; more are formats
// that a report can be written in beside those of all reports.
func (a *app) parseOutputs(findings bool, more ...render.Format) ([]output, error) {
	texts := a.outputs
	if len(texts) == 0 {
		texts = []string{"text"}
	}
	var (
		outputs []output
		seen    = map[string]string{}
	)
	for _, text := range texts {
		name, file, _ := strings.Cut(text, "=")
		formats := formatsFor(findings, more...)
		i := slices.IndexFunc(formats, func(f render.Format) bool { return f.Name == name })
		if i < 0 {
			names := make([]string, len(formats))
			for k, f := range formats {
				names[k] = f.Name
			}
			return nil, usagef("--output %s: the formats here are %s", text, strings.Join(names, ", "))
		}
		if strings.HasSuffix(text, "=") {
			return nil, usagef("--output %s: name a file after the =", text)
		}
		if other, twice := seen[file]; twice {
			where := file
			if file == "" {
				where = "standard output"
			}
			return nil, usagef("--output %s and %s both write to %s", other, text, where)
		}
		seen[file] = text
		outputs = append(outputs, output{formats[i], file})
	}
	return outputs, nil
}

// asked reads what a report is to be written as and what of the portfolio it is about.
func (a *app) asked(findings bool, more ...render.Format) ([]output, portfolio.Selector, error) {
	outputs, err := a.parseOutputs(findings, more...)
	if err != nil {
		return nil, nil, err
	}
	selector, err := portfolio.ParseSelector(a.selector)
	if err != nil {
		return nil, nil, usagef("--selector: %v", err)
	}
	return outputs, selector, nil
}

// formatsFor lists the formats in which a report can be written.
func formatsFor(findings bool, more ...render.Format) []render.Format {
	var list []render.Format
	for _, f := range render.Formats {
		if findings || !f.FindingsOnly {
			list = append(list, f)
		}
	}
	return append(list, more...)
}

// needsRevision reports whether any output is of a format with a machine's reader, which
// wants to know the revision.
func needsRevision(outputs []output) bool {
	return slices.ContainsFunc(outputs, func(o output) bool { return o.format.Name != "text" && o.format.Name != "github" })
}

// write renders a report to everything that was asked for.
func (a *app) write(outputs []output, r *report.Report, path func(string) string) error {
	for _, o := range outputs {
		options := render.Options{Version: version(), Brief: a.quiet, Path: path}
		if o.file == "" {
			options.Color = a.colors()
			options.Width = a.width()
			if err := o.format.Write(a.stdout, r, options); err != nil {
				return fmt.Errorf("write the report: %w", err)
			}
			continue
		}
		var b bytes.Buffer
		if err := o.format.Write(&b, r, options); err != nil {
			return fmt.Errorf("write %s: %w", o.file, err)
		}
		if err := writeFile(o.file, b.Bytes()); err != nil {
			return fmt.Errorf("write %s: %w", o.file, bare(err))
		}
	}
	return nil
}

// colors decides on colour, once: the flag, then the environment, then whether
// standard output is a terminal. NO_COLOR wins over everything.
func (a *app) colors() bool {
	if no, ok := a.env("NO_COLOR"); ok && no != "" || a.color == "never" {
		return false
	}
	if force, ok := a.env("CLICOLOR_FORCE"); ok && force != "" && force != "0" || a.color == "always" {
		return true
	}
	if dumb, _ := a.env("TERM"); dumb == "dumb" {
		return false
	}
	return terminal(a.stdout) != nil
}

// width is that of the terminal, or 0.
func (a *app) width() int {
	f := terminal(a.stdout)
	if f == nil {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// terminal is the stream as a file if it is a terminal, else nil.
func terminal(w io.Writer) *os.File {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}

// writeFile replaces a file as a whole: a reader sees the old text or the new,
// and an interrupted run leaves the old. What is no regular file, /dev/stderr
// say, is written to as it is.
func writeFile(name string, text []byte) (err error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, text, 0o644)
	}
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(text)
	mode := os.FileMode(0o644)
	if info, statErr := os.Stat(name); statErr == nil {
		mode = info.Mode().Perm()
	}
	if err = errors.Join(err, f.Chmod(mode), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
