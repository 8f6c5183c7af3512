package history

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"sync"

	"github.com/progctl/progctl/pkg/source"
)

// extract reads the blobs that produce wants and the store does not have: git
// prints them while several goroutines take them apart. Producing, too, goes on
// meanwhile.
func (r *reader) extract(ctx context.Context, produce func(want func(id string) error) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var (
		ids    = make(chan string, 1024)
		texts  = make(chan blobText, 16)
		asked  = map[string]bool{}
		readng sync.WaitGroup
		taking sync.WaitGroup
		lock   sync.Mutex
	)
	readng.Go(func() {
		defer close(texts)
		first, open := <-ids
		if !open {
			return // nothing to read: git is not even started
		}
		err := r.repo.Blobs(ctx, following(ctx, first, ids), func(id string, text []byte) error {
			select {
			case texts <- blobText{id, text}:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
		if err != nil {
			cancel(err)
		}
	})
	for range runtime.GOMAXPROCS(0) {
		taking.Go(func() {
			for t := range texts {
				r.read(len(t.text))
				f := tooLarge
				if len(t.text) <= source.MaxFileBytes {
					f = extract(t.text)
				}
				lock.Lock()
				r.store.keep(t.id, f)
				lock.Unlock()
			}
		})
	}
	err := produce(func(id string) error {
		lock.Lock()
		_, known := r.store.blobs[id]
		lock.Unlock()
		if known || asked[id] {
			return nil
		}
		asked[id] = true
		select {
		case ids <- id:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	})
	if err != nil {
		cancel(err)
	}
	close(ids)
	readng.Wait()
	taking.Wait()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return errors.Join(err, ctx.Err())
}

type blobText struct {
	id   string
	text []byte
}

var tooLarge = facts{broken: "the file is too large"}

// following yields the first id, then those of the channel until it is closed.
func following(ctx context.Context, first string, ids <-chan string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(first) {
			return
		}
		for {
			select {
			case id, open := <-ids:
				if !open || !yield(id) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
