package history

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever is done to files, what is read equals what a slow reader finds that
// looks at every version as a whole; with a cache as without, of whatever age.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	const seeds = 6
	counts := make([]tally, seeds)
	t.Run("seeds", func(t *testing.T) {
		for seed := range seeds {
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel()
				counts[seed] = randomHistory(t, uint64(seed))
			})
		}
	})
	var all tally
	for _, c := range counts {
		all.points, all.gone, all.broken, all.reasons = all.points+c.points, all.gone+c.gone, all.broken+c.broken, all.reasons+c.reasons
		all.seats, all.seatsGone, all.stages = all.seats+c.seats, all.seatsGone+c.seatsGone, all.stages+c.stages
	}
	if all.points < 100*seeds || all.gone < 20*seeds || all.broken < 20*seeds || all.reasons < 40*seeds ||
		all.seats < 40*seeds || all.seatsGone < 10*seeds || all.stages < 20*seeds {
		t.Errorf("the histories are too tame: %+v", all)
	}
}

// tally counts what happened.
type tally struct{ points, gone, broken, reasons, seats, seatsGone, stages int }

func (c *tally) add(h *History) {
	c.broken += len(h.Skipped)
	for _, track := range h.Tracks() {
		c.points += len(track.Points)
		for _, p := range track.Points {
			if !p.Present {
				c.gone++
			}
			if p.Version.Reason(track.ID) != "" {
				c.reasons++
			}
		}
	}
	for _, track := range h.Positions() {
		c.seats += len(track.Points)
		for i, p := range track.Points {
			if !p.Present {
				c.seatsGone++
			}
			if i > 0 && !slices.Equal(p.Stages, track.Points[i-1].Stages) {
				c.stages++
			}
		}
	}
}

func randomHistory(t *testing.T, seed uint64) (count tally) {
	e := &editor{Rand: rand.New(rand.NewPCG(seed, 1)), trees: map[int]tree{}}
	if seed%2 == 1 {
		e.folder = "some folder/"
	}
	main, side := e.history(40)
	r := newRepository(t)
	hash := r.importMarks(e.stream.String())
	repo := r.open()
	read := func(o Options) *History {
		h, err := Read(t.Context(), repo, o)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	o := Options{Folder: strings.TrimSuffix(e.folder, "/"), Preferred: "programs", Exclude: []string{e.folder + "ex"}, Tool: "t"}
	m := &memory{}
	order := append(append([]int{main[10], main[25]}, side...), main[30], main[len(main)-2], main[len(main)-1])
	for i, mark := range order {
		o.Commit, o.Cache = hash[mark], nil
		want := read(o)
		if i == len(order)-1 || i == len(order)/2 {
			slow := oracle{r: r, folder: e.folder, preferred: "programs", exclude: "ex"}
			if diff := cmp.Diff(slow.tell(o.Commit), telling(want)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", o.Commit, diff)
			}
		}
		o.Cache = m
		for range 2 {
			if diff := cmp.Diff(want, read(o), whole()); diff != "" {
				t.Fatalf("%s, with a cache (-without +with):\n%s", o.Commit, diff)
			}
		}
		count.add(want)
	}
	return count
}

// importMarks writes what fast-import takes, and returns the hashes of its marks.
func (r *repository) importMarks(stream string) map[int]string {
	r.t.Helper()
	marks := filepath.Join(r.t.TempDir(), "marks")
	r.feed(stream, "fast-import", "--quiet", "--export-marks="+marks)
	hash := map[int]string{}
	for line := range strings.Lines(readFile(r.t, marks)) {
		var mark int
		var name string
		if _, err := fmt.Sscanf(line, ":%d %s", &mark, &name); err != nil {
			r.t.Fatal(err)
		}
		hash[mark] = name
	}
	return hash
}
