package main

import (
	"runtime/debug"
	"sync/atomic"
)

// A run reads, answers and ends, so most of what it allocates may stay until
// then: the garbage collector is held back, unless so much is read that memory
// matters more than time.
const (
	gcOfSmall  = 400     // per cent
	gcOfLarge  = 100     // per cent
	largeBytes = 8 << 20 // of YAML
)

// holdBackGC sets the collector for a run that has read nothing yet.
func holdBackGC() { debug.SetGCPercent(gcOfSmall) }

// readMuch returns a function that is told the size of every file read, and sets
// the collector for a large portfolio once it is one.
func readMuch() func(bytes int) {
	var total atomic.Int64
	return func(bytes int) {
		if now := total.Add(int64(bytes)); now >= largeBytes && now-int64(bytes) < largeBytes {
			debug.SetGCPercent(gcOfLarge)
		}
	}
}
