package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// envelope is what every JSON report has around its data.
type envelope struct {
	Report      string           `json:"report"`
	Version     int              `json:"version"`
	AsOf        *cal.Date        `json:"asOf"`
	Revision    *report.Revision `json:"revision"`
	Baseline    *report.Revision `json:"baseline"`
	Data        any              `json:"data"`
	Diagnostics []report.Finding `json:"diagnostics"`
}

func writeJSON(w io.Writer, r *report.Report, _ Options) error {
	e := envelope{
		Report:      r.Name,
		Version:     r.Version,
		Revision:    r.Revision,
		Baseline:    r.Baseline,
		Data:        r.Data,
		Diagnostics: report.MachineList(r.Diagnostics),
	}
	if !r.AsOf.IsZero() {
		e.AsOf = &r.AsOf
	}
	if f := r.Findings(); e.Data == nil && f != nil {
		e.Data = f.Data()
	}
	return encodeJSON(w, e)
}

// encodeJSON writes v indented by two, with a line end, in one write. Text
// stays as it is but for characters that could deceive a terminal: those are
// written as escapes, which read back as the same text.
func encodeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encode JSON: %w", err)
	}
	_, err := w.Write(escapeJSON(b.Bytes()))
	return err
}
