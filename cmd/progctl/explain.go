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
		Use:   "explain [CODE]",
		Short: "Explain a rule with examples; without CODE, list all rules",
		Example: `  progctl explain MS001
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
			i := slices.IndexFunc(allRules(), func(r diag.Rule) bool { return r.Code == code })
			if i < 0 {
				return unknownName("rule", code, codes())
			}
			if err := lint.Explain(r, allRules()[i]); err != nil {
				return err
			}
			return a.write(outputs, r, nil)
		},
	}
}

func codes() []string {
	var list []string
	for _, r := range allRules() {
		list = append(list, r.Code)
	}
	return list
}
