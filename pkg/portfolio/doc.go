// Package portfolio holds the kinds of document as typed values: what the files
// say, with the defaults of the model, and nothing that is computed from it.
//
// There is one file a kind. A document is a struct with its metadata in Meta, its
// place in Origin and the fields of its spec; the yaml tags are the names of the
// schemas, and a test holds the two together. What has an id is kept by pointer,
// so that links between things are pointers too.
//
//   - A zero string, date, list or map is one that the file does not state.
//     Numbers for which zero means something else are pointers.
//   - A value that may be written as a scalar or as a mapping is a struct whose
//     ParseText reads the scalar.
//   - Every type that is written as text has a ParseText method.
//   - defaults, on documents, fills in what the model says of fields left out. It
//     is called once, after decoding.
//
// The package knows nothing of files, git, flags or the clock.
package portfolio
