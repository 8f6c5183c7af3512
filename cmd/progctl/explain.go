package main

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/report"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE | NAME]",
		Short: "Explain a rule with examples; without one, list all rules",
		Example: `  progctl explain MS001
  progctl explain overdue
  progctl explain -o json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completeCodes,
		RunE: func(_ *cobra.Command, args []string) error {
			outputs, err := a.parseOutputs(false)
			if err != nil {
				return err
			}
			r := report.New("explain", a.asOf)
			if len(args) == 0 {
				lint.Describe(r, allRules())
				return a.write(outputs, r, nil)
			}
			code := upper(args[0])
			i := slices.IndexFunc(allRules(), func(r diag.Rule) bool { return r.Code == code || upper(r.Name) == code })
			if i < 0 {
				return unknownRule(args[0])
			}
			if err := lint.Explain(r, allRules()[i]); err != nil {
				return err
			}
			return a.write(outputs, r, nil)
		},
	}
}

// unknownRule names the code or the name that is nearest to what nothing is called.
func unknownRule(name string) error {
	var codes, names []string
	for _, r := range allRules() {
		codes, names = append(codes, r.Code), append(names, r.Name)
	}
	if diag.Nearest(lower([]string{name})[0], names) != "" {
		return unknownName("rule", name, names)
	}
	return unknownName("rule", upper(name), codes)
}
