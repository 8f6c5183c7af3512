//go:build race

package source

// raceFactor allows for what the race detector costs.
const raceFactor = 20
