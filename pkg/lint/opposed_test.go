package lint_test

import "testing"

func TestOpposedMoves(t *testing.T) {
	t.Parallel()
	const on = ", dependsOn: [a]"
	begin := version{day: "2026-03-02", text: active("id: a, due: 2026-12-04", "id: b, due: 2026-12-18"+on)}
	runCases(t, []historyCase{
		{
			name:     "the dependency later, what waits for it earlier",
			versions: []version{begin, {day: "2026-11-02", text: active("id: a, due: 2026-12-07, dueReason: x", "id: b, due: 2026-12-16"+on)}},
			want:     []string{`MS017 milestone "b" moved earlier (2026-12-18 to 2026-12-16) while its dependency "a" moved later (2026-12-04 to 2026-12-07)`},
		},
		{
			name:     "the dependency earlier, what waits for it later",
			versions: []version{begin, {day: "2026-11-02", text: active("id: a, due: 2026-12-01", "id: b, due: 2026-12-21, dueReason: x"+on)}},
			want:     []string{`MS017 milestone "b" moved later (2026-12-18 to 2026-12-21) while its dependency "a" moved earlier (2026-12-04 to 2026-12-01)`},
		},
		{
			name:     "both later",
			versions: []version{begin, {day: "2026-11-02", text: active("id: a, due: 2026-12-07, dueReason: x", "id: b, due: 2026-12-21, dueReason: x"+on)}},
		},
		{
			name:     "both earlier",
			versions: []version{begin, {day: "2026-11-02", text: active("id: a, due: 2026-12-01", "id: b, due: 2026-12-17"+on)}},
		},
		{
			name: "one after the other",
			versions: []version{
				begin,
				{day: "2026-11-02", text: active("id: a, due: 2026-12-07, dueReason: x", "id: b, due: 2026-12-18"+on)},
				{day: "2026-11-03", text: active("id: a, due: 2026-12-07, dueReason: x", "id: b, due: 2026-12-16"+on)},
			},
		},
		{
			name: "one moved again since",
			versions: []version{
				begin,
				{day: "2026-11-02", text: active("id: a, due: 2026-12-07, dueReason: x", "id: b, due: 2026-12-16"+on)},
				{day: "2026-11-03", text: active("id: a, due: 2026-12-08, dueReason: y", "id: b, due: 2026-12-16"+on)},
			},
		},
		{
			name: "not a direct dependency",
			versions: []version{
				{day: "2026-03-02", text: active("id: a, due: 2026-12-04", "id: b, due: 2026-12-09"+on, "id: c, due: 2026-12-18, dependsOn: [b]")},
				{day: "2026-11-02", text: active("id: a, due: 2026-12-07, dueReason: x", "id: b, due: 2026-12-09"+on, "id: c, due: 2026-12-16, dependsOn: [b]")},
			},
		},
		{
			name:     "in the work tree, one of several, with a lag",
			versions: []version{{day: "2026-03-02", text: active("id: a, due: 2026-12-04", "id: z, due: 2026-12-04", "id: b, due: 2026-12-18")}},
			workTree: active("id: a, due: 2026-12-07, dueReason: x", "id: z, due: 2026-12-04", "id: b, due: 2026-12-16, dependsOn: [z, {on: p/a, type: SS, lag: 2d}]"),
			want:     []string{`MS017 milestone "b" moved earlier (2026-12-18 to 2026-12-16) while its dependency "p/a" moved later (2026-12-04 to 2026-12-07)`},
		},
		{
			name:     "the dependency is done",
			versions: []version{begin, {day: "2026-11-02", text: active("id: a, due: 2026-12-07, completed: 2026-11-02", "id: b, due: 2026-12-16"+on)}},
		},
		{
			name: "drafts",
			versions: []version{
				{day: "2026-03-02", text: program("proposed", "", "id: a, due: 2026-12-04", "id: b, due: 2026-12-18"+on)},
				{day: "2026-11-02", text: program("approved", "", "id: a, due: 2026-12-07", "id: b, due: 2026-12-16"+on)},
			},
		},
		{
			name:     "waived on what waits",
			versions: []version{begin, {day: "2026-11-02", text: active("id: a, due: 2026-12-07, dueReason: x", "id: b, due: 2026-12-16, "+waiver("MS017")+on)}},
			want:     []string{`waived: MS017 milestone "b" moved earlier (2026-12-18 to 2026-12-16) while its dependency "a" moved later (2026-12-04 to 2026-12-07)`},
		},
	})
}

func TestClosedMonthMoved(t *testing.T) {
	t.Parallel()
	const done = ", completed: 2026-11-05"
	closed := func(text string) string { return with("closedThrough: 2026-10", text) }
	begin := version{day: "2026-11-06", text: closed(active("id: a, due: 2026-10-30" + done))}
	runCases(t, []historyCase{
		{
			name:     "out of it",
			versions: []version{begin, {day: "2026-11-16", text: closed(active("id: a, due: 2026-11-06" + done))}},
			want:     []string{`MS018 milestone "a" was moved from 2026-10-30 to 2026-11-06 on 2026-11-16, when 2026-10 was closed`},
		},
		{
			name: "into it",
			versions: []version{
				{day: "2026-11-06", text: closed(active("id: a, due: 2026-11-06" + done))},
				{day: "2026-11-16", text: closed(active("id: a, due: 2026-09-30" + done))},
			},
			want: []string{`MS018 milestone "a" was moved from 2026-11-06 to 2026-09-30 on 2026-11-16, when 2026-09 was closed`},
		},
		{
			name:     "the month after it",
			versions: []version{{day: "2026-11-06", text: closed(active("id: a, due: 2026-11-02" + done))}, {day: "2026-11-16", text: closed(active("id: a, due: 2026-11-06" + done))}},
		},
		{
			name: "it was closed only later",
			versions: []version{
				{day: "2026-10-06", text: with("closedThrough: 2026-09", active("id: a, due: 2026-10-30"))},
				{day: "2026-10-29", text: with("closedThrough: 2026-09", active("id: a, due: 2026-11-06, dueReason: x"))},
				{day: "2026-11-16", text: closed(active("id: a, due: 2026-11-06, dueReason: x" + done))},
			},
		},
		{
			name:     "nothing is closed",
			versions: []version{{day: "2026-11-06", text: active("id: a, due: 2026-10-30" + done)}, {day: "2026-11-16", text: active("id: a, due: 2026-11-06" + done)}},
		},
		{
			name: "the last such move, not the last move",
			versions: []version{
				{day: "2026-11-02", text: closed(active("id: a, due: 2026-10-28"))},
				{day: "2026-11-03", text: closed(active("id: a, due: 2026-10-30"))},
				{day: "2026-11-04", text: closed(active("id: a, due: 2026-11-20"))},
				{day: "2026-11-05", text: closed(active("id: a, due: 2026-11-24" + done))},
			},
			want: []string{`MS018 milestone "a" was moved from 2026-10-30 to 2026-11-20 on 2026-11-04, when 2026-10 was closed`},
		},
		{
			name: "a draft",
			versions: []version{
				{day: "2026-11-06", text: closed(program("proposed", "", "id: a, due: 2026-10-30"))},
				{day: "2026-11-16", text: closed(program("active", "", "id: a, due: 2026-11-24"))},
			},
		},
		{
			name:     "open, in the work tree",
			versions: []version{{day: "2026-11-06", text: closed(active("id: a, due: 2026-10-30"))}},
			workTree: closed(active("id: a, due: 2026-11-27, dueReason: x, " + waiver("MS013"))), asOf: "2026-10-30",
			want: []string{
				`waived: MS013 milestone "a" is due 2026-11-27, 28 days after its baseline (2026-10-30), policy allows 10 days`,
				`MS018 milestone "a" was moved from 2026-10-30 to 2026-11-27 on 2026-10-30, when 2026-10 was closed`,
			},
		},
		{
			name:     "cancelled",
			versions: []version{begin, {day: "2026-11-16", text: closed(active("id: a, due: 2026-11-06, status: cancelled"))}},
		},
		{
			name:     "waived",
			versions: []version{begin, {day: "2026-11-16", text: closed(active("id: a, due: 2026-11-06, " + waiver("MS018") + done))}},
			want:     []string{`waived: MS018 milestone "a" was moved from 2026-10-30 to 2026-11-06 on 2026-11-16, when 2026-10 was closed`},
		},
	})
}
