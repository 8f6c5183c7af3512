// Command progctl keeps programs, milestones, budgets and headcount plans as
// YAML in git, checks them, and answers questions from them.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/progctl/progctl/pkg/cal"
)

func main() {
	holdBackGC()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // a second Ctrl-C ends whatever the first did not
		time.AfterFunc(time.Second, func() { os.Exit(exitInterrupted) })
	})
	code := run(ctx, &app{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		env: os.LookupEnv, asOf: cal.DateOf(time.Now()),
	}, os.Args[1:])
	os.Exit(code)
}
