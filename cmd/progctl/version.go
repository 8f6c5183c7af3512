package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/report"
)

// release is the version; releases set it when they are linked.
var release = "0.1.0"

func version() string { return release }

// build is what the executable knows of itself.
type build struct {
	Version  string  `json:"version"`
	Commit   *string `json:"commit"` // nil where it was built without one
	Modified bool    `json:"modified"`
	Go       string  `json:"go"`
	Platform string  `json:"platform"`
}

func thisBuild() build {
	b := build{Version: version(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Commit = &s.Value
			case "vcs.modified":
				b.Modified = s.Value == "true"
			}
		}
	}
	return b
}

// identity tells this build from all others, so that none takes what another kept for
// its own work: by the commit it was built from, or else by its executable. It is not
// known where neither is.
func identity() (id string, known bool) {
	b := thisBuild()
	if b.Commit != nil && !b.Modified {
		return b.Version + " " + *b.Commit, true
	}
	name, err := os.Executable()
	if err != nil {
		return b.Version, false
	}
	info, err := os.Stat(name)
	if err != nil {
		return b.Version, false
	}
	return fmt.Sprintf("%s %d %d", b.Version, info.Size(), info.ModTime().UnixNano()), true
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "version",
		Short:             "Say which progctl this is",
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(*cobra.Command, []string) error {
			outputs, err := a.parseOutputs(false)
			if err != nil {
				return err
			}
			b := thisBuild()
			r := report.New("version", a.asOf)
			r.Data = b
			text := fmt.Sprintf("progctl %s (%s, %s", b.Version, b.Go, b.Platform)
			if b.Commit != nil {
				text += ", commit " + *b.Commit
				if b.Modified {
					text += ", modified"
				}
			}
			r.Add(report.Text(text + ")"))
			return a.write(outputs, r, nil)
		},
	}
}
