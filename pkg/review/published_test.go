package review

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// The days of rules as libical's own tests have them (libical/libical,
// src/test/icalrecur_test.txt at d31d57c49aa8, the cases that another implementation does
// not dispute); a run of days is first..last. Times of the day are left out, since here
// a start is a day.
func TestPublishedRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ id, rule, start, days string }{
		{
			"rrule-001", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "1998-01-01",
			"1998-01-01..1998-01-31 1999-01-01..1999-01-31 2000-01-01..2000-01-31",
		},
		{
			"rrule-004", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01",
			"1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 2003-01-01 2003-04-10 2003-07-19 2006-01-01",
		},
		{
			"rrule-007", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU;COUNT=3", "1997-05-12",
			"1997-05-12 1998-05-18 1999-05-17",
		},
		{
			"rrule-010", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8;COUNT=39", "1997-06-05",
			"1997-06-05 1997-06-12 1997-06-19 1997-06-26 1997-07-03 1997-07-10 1997-07-17 1997-07-24 1997-07-31 1997-08-07 1997-08-14 1997-08-21 1997-08-28 1998-06-04 1998-06-11 1998-06-18 1998-06-25 1998-07-02 1998-07-09 1998-07-16 1998-07-23 1998-07-30 1998-08-06 1998-08-13 1998-08-20 1998-08-27 1999-06-03 1999-06-10 1999-06-17 1999-06-24 1999-07-01 1999-07-08 1999-07-15 1999-07-22 1999-07-29 1999-08-05 1999-08-12 1999-08-19 1999-08-26",
		},
		{
			"rrule-013", "FREQ=YEARLY;UNTIL=20140301T115959Z", "2012-02-29",
			"2012-02-29",
		},
		{
			"rrule-016", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07",
			"1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25 1998-03-01 1998-03-29 1998-05-03 1998-05-31",
		},
		{
			"rrule-019", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997-09-02",
			"1997-09-02 1997-09-15 1997-10-02 1997-10-15 1997-11-02 1997-11-15 1997-12-02 1997-12-15 1998-01-02 1998-01-15",
		},
		{
			"rrule-022", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU;COUNT=18", "1997-09-02",
			"1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-11-04 1997-11-11 1997-11-18 1997-11-25 1998-01-06 1998-01-13 1998-01-20 1998-01-27 1998-03-03 1998-03-10 1998-03-17 1998-03-24 1998-03-31",
		},
		{
			"rrule-025", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04",
			"1997-09-04 1997-10-07 1997-11-06",
		},
		{
			"rrule-028", "FREQ=MONTHLY;COUNT=12", "2007-01-31",
			"2007-01-31 2007-03-31 2007-05-31 2007-07-31 2007-08-31 2007-10-31 2007-12-31 2008-01-31 2008-03-31 2008-05-31 2008-07-31 2008-08-31",
		},
		{
			"rrule-031", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=13", "1997-09-02",
			"1997-09-02 1997-09-16 1997-09-30 1997-10-14 1997-10-28 1997-11-11 1997-11-25 1997-12-09 1997-12-23 1998-01-06 1998-01-20 1998-02-03 1998-02-17",
		},
		{
			"rrule-034", "FREQ=WEEKLY;INTERVAL=4;BYDAY=SU;COUNT=4", "2015-03-22",
			"2015-03-22 2015-04-19 2015-05-17 2015-06-14",
		},
		{
			"rrule-037", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02",
			"1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30 1997-10-02 1997-10-14 1997-10-16",
		},
		{
			"rrule-040", "FREQ=WEEKLY;INTERVAL=1;COUNT=2;BYDAY=MO;", "2014-10-06",
			"2014-10-06 2014-10-13",
		},
		{
			"rrule-043", "FREQ=DAILY;INTERVAL=2;COUNT=20", "1997-09-02",
			"1997-09-02 1997-09-04 1997-09-06 1997-09-08 1997-09-10 1997-09-12 1997-09-14 1997-09-16 1997-09-18 1997-09-20 1997-09-22 1997-09-24 1997-09-26 1997-09-28 1997-09-30 1997-10-02 1997-10-04 1997-10-06 1997-10-08 1997-10-10",
		},
		{
			"rrule-056", "FREQ=YEARLY;BYYEARDAY=366;UNTIL=20200101T000000", "2012-12-31",
			"2012-12-31 2016-12-31",
		},
		{
			"rrule-059", "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=12", "2015-01-31",
			"2015-01-31 2015-03-31 2015-05-31 2015-07-31 2015-08-31 2015-10-31 2015-12-31 2016-01-31 2016-03-31 2016-05-31 2016-07-31 2016-08-31",
		},
		{
			"rrule-062", "FREQ=YEARLY;BYYEARDAY=-366;COUNT=3", "2012-01-01",
			"2012-01-01 2016-01-01 2020-01-01",
		},
		{
			"rrule-065", "FREQ=MONTHLY;UNTIL=20171229T000000Z;BYDAY=1FR", "2017-09-01",
			"2017-09-01 2017-10-06 2017-11-03 2017-12-01",
		},
		{
			"rrule-068", "FREQ=DAILY;UNTIL=20170131T140000Z;BYMONTH=1;INTERVAL=3", "2017-01-01",
			"2017-01-01 2017-01-04 2017-01-07 2017-01-10 2017-01-13 2017-01-16 2017-01-19 2017-01-22 2017-01-25 2017-01-28 2017-01-31",
		},
		{
			"rrule-071", "FREQ=WEEKLY;BYDAY=WE,FR;INTERVAL=2;COUNT=4", "2019-01-01",
			"2019-01-02 2019-01-04 2019-01-16 2019-01-18",
		},
		{
			"rrule-089", "FREQ=YEARLY;BYMONTH=5,4;COUNT=4", "2024-04-01",
			"2024-04-01 2024-05-01 2025-04-01 2025-05-01",
		},
		{
			"rrule-092", "FREQ=DAILY;BYMONTH=5,4;BYMONTHDAY=1;COUNT=4", "2024-05-01",
			"2024-05-01 2025-04-01 2025-05-01 2026-04-01",
		},
		{
			"rrule-095", "FREQ=YEARLY;BYYEARDAY=3,2;COUNT=4", "2024-01-02",
			"2024-01-02 2024-01-03 2025-01-02 2025-01-03",
		},
		{
			"rrule-098", "FREQ=DAILY;BYMONTH=1;BYMONTHDAY=3,2;COUNT=4", "2024-01-02",
			"2024-01-02 2024-01-03 2025-01-02 2025-01-03",
		},
		{
			"rrule-101", "FREQ=YEARLY;BYYEARDAY=1,2,3,4,5,6,7;BYSETPOS=3,2;COUNT=4", "2024-01-03",
			"2024-01-03 2025-01-02 2025-01-03 2026-01-02",
		},
		{
			"rrule-125", "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10;BYSETPOS=1,2,-1,-2;COUNT=6", "2025-08-10",
			"2025-08-10 2025-09-01 2025-09-02 2025-09-09 2025-09-10 2025-10-01",
		},
		{
			"rrule-132", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH;COUNT=1", "2027-01-03",
			"2032-12-30",
		},
		{
			"rrule-135", "FREQ=YEARLY;BYWEEKNO=53;INTERVAL=5;BYDAY=TH;COUNT=1", "2027-01-03",
			"2032-12-30",
		},
		{
			"rrule-141", "FREQ=DAILY;BYMONTHDAY=1,20;INTERVAL=7;COUNT=2", "2025-01-01",
			"2025-01-01 2025-08-20",
		},
	} {
		rule, err := ParseRule(c.rule)
		if err != nil {
			t.Errorf("%s: %v", c.id, err)
			continue
		}
		start := cal.MustDate(c.start)
		within := cal.Through(start, start.Add(50*366))
		if diff := cmp.Diff(runs(c.days), spelled(rule.days(start, within))); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.id, c.rule, diff)
		}
	}
}

// Those of the same tests that name times of a day: a review has none.
func TestRulesOfTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ id, rule string }{
		{"rrule-046", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40;COUNT=48"},
		{"rrule-049", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z"},
		{"rrule-052", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40;COUNT=48"},
		{"rrule-074", "FREQ=HOURLY;UNTIL=20210303T000000Z"},
		{"rrule-083", "FREQ=SECONDLY;BYHOUR=1,2;BYMINUTE=3,4,59;BYSECOND=5,6;UNTIL=20250216T020500"},
		{"rrule-086", "FREQ=SECONDLY;BYSECOND=7,4,6,5;COUNT=5"},
		{"rrule-115", "FREQ=MONTHLY;BYMINUTE=12,39;BYHOUR=8,14,15;BYDAY=1MO,1TU,2SA,3MO;BYSETPOS=1,-5,3,-21,4,-8;COUNT=15"},
		{"rrule-118", "FREQ=MINUTELY;BYSECOND=0,10,20,30,40,50;BYSETPOS=-2,3;INTERVAL=2;COUNT=5"},
		{"rrule-121", "FREQ=DAILY;BYMINUTE=0,10,20,30,40,50;BYSETPOS=-2,3;INTERVAL=5;COUNT=5"},
		{"rrule-128", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,9;BYMINUTE=0,20,40,0;COUNT=2"},
		{"rrule-138", "FREQ=HOURLY;BYHOUR=3,6;BYMINUTE=5,15,25;INTERVAL=7;COUNT=6"},
	} {
		if _, err := ParseRule(c.rule); err == nil || !strings.Contains(err.Error(), "several times a day") {
			t.Errorf("%s %s: %v", c.id, c.rule, err)
		}
	}
}

// runs reads days and runs of days.
func runs(text string) (list []string) {
	for part := range strings.FieldsSeq(text) {
		from, to, ok := strings.Cut(part, "..")
		if !ok {
			to = from
		}
		for d := cal.MustDate(from); d <= cal.MustDate(to); d = d.Add(1) {
			list = append(list, d.String())
		}
	}
	return list
}

func spelled(days []cal.Date) (list []string) {
	for _, d := range days {
		list = append(list, d.String())
	}
	return list
}
