package portfolio

// DateFormat is how a CSV file writes its dates; "" is YYYY-MM-DD.
type DateFormat string

// The date formats. MMM is an English month name of three letters.
const (
	DashedYMD  DateFormat = "YYYY-MM-DD"
	SlashedYMD DateFormat = "YYYY/MM/DD"
	CompactYMD DateFormat = "YYYYMMDD"
	DottedDMY  DateFormat = "DD.MM.YYYY"
	SlashedDMY DateFormat = "DD/MM/YYYY"
	DashedDMY  DateFormat = "DD-MM-YYYY"
	NamedDMY   DateFormat = "DD-MMM-YYYY"
	SlashedMDY DateFormat = "MM/DD/YYYY"
)

// Delimiter separates the fields of a CSV file; "" is found out from its header row.
type Delimiter string

// The delimiters.
const (
	Comma     Delimiter = "comma"
	Semicolon Delimiter = "semicolon"
	Tab       Delimiter = "tab"
	Pipe      Delimiter = "pipe"
)

// DecimalMark separates the decimals of amounts in a CSV file.
type DecimalMark string

// The decimal marks.
const (
	DecimalPoint DecimalMark = "point"
	DecimalComma DecimalMark = "comma"
)
