package report

// Graph is what waits for what, for formats that draw nothing else.
type Graph struct {
	// Title is one line, without a full stop.
	Title string
	// Nodes are drawn in this order, where the format leaves that to us; those of one
	// group in a frame with its name.
	Nodes []Node
	Edges []Edge
}

// Node is one thing.
type Node struct {
	// ID is unique in the graph.
	ID string
	// Lines are what to write on it, the first its name.
	Lines []string
	// Group frames it with others; an empty one stands alone.
	Group string
	// Critical and Late strike the reader, Done recedes.
	Critical, Late, Done bool
	// Event is drawn in another shape than what takes time.
	Event bool
}

// Edge leads from one node to another that waits for it.
type Edge struct {
	From, To string // ids of nodes
	// Label says how, where that is not the usual way.
	Label    string
	Critical bool
}
