package staffing

import "github.com/progctl/progctl/pkg/cal"

// frame is the months of a report, over which work is spread. Work is counted in
// thousandths of full-time working days, which are whole, a number for each month;
// what people read is made of them once.
type frame struct {
	days     cal.Period
	calendar *cal.WorkCalendar
	starts   []cal.Date // the first day of each month, and the day after the last month
	work     []int64    // the working days of each month
	ends     []int      // of each bucket: how many months there are by its end
}

// newFrame makes the frame of buckets that follow each other.
func newFrame(c *cal.WorkCalendar, buckets []cal.Bucket) *frame {
	f := &frame{calendar: c}
	for _, b := range buckets {
		for _, m := range b.Months() {
			f.starts = append(f.starts, m.First())
			f.work = append(f.work, int64(c.WorkdaysIn(m.Period())))
		}
		f.ends = append(f.ends, len(f.work))
	}
	if n := len(buckets); n > 0 {
		f.days = cal.Period{From: buckets[0].From, To: buckets[n-1].To}
		f.starts = append(f.starts, f.days.To)
	}
	return f
}

// spread adds, month by month, the work of somebody with so many thousandths of full
// time on some days.
func (f *frame) spread(months []int64, days cal.Period, thousandths int64) {
	days = days.Intersect(f.days)
	if days.IsEmpty() || thousandths == 0 {
		return
	}
	for i := days.From.Month().Sub(f.days.From.Month()); i < len(f.work) && f.starts[i] < days.To; i++ {
		month := cal.Period{From: f.starts[i], To: f.starts[i+1]}
		if days.From <= month.From && month.To <= days.To {
			months[i] += thousandths * f.work[i]
			continue
		}
		months[i] += thousandths * int64(f.calendar.WorkdaysIn(days.Intersect(month)))
	}
}

// values are the FTE-months of each bucket: the sum of those of its months.
func (f *frame) values(months []int64) []FTEMonths {
	values := make([]FTEMonths, len(f.ends))
	i := 0
	for b, end := range f.ends {
		for ; i < end; i++ {
			if months[i] != 0 {
				values[b] = values[b].Add(NewFTEMonths(months[i], f.work[i]))
			}
		}
	}
	return values
}
