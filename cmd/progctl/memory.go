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
	largeBytes = 8 << 20 // of YAML, and of history
)

// holdBackGC sets the collector for a run that has read nothing yet.
func holdBackGC() { debug.SetGCPercent(gcOfSmall) }

// total is how many bytes this run has read.
var total atomic.Int64

// readMuch is told of everything that is read, and sets the collector for a large
// portfolio once it is one.
func readMuch(bytes int) {
	if now := total.Add(int64(bytes)); now >= largeBytes && now-int64(bytes) < largeBytes {
		debug.SetGCPercent(gcOfLarge)
	}
}
