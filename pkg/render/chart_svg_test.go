package render

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/report"
)

var (
	svgNames  = regexp.MustCompile(`^(svg|title|desc|style|rect|path|text)$`)
	svgAttrs  = regexp.MustCompile(`^(xmlns|class|role|width|height|viewBox|x|y|d|text-anchor|transform)$`)
	svgValue  = regexp.MustCompile(`^[-a-z0-9.,%() MLHVhvmlz]*$`)
	svgNumber = regexp.MustCompile(`-?[0-9]+(\.[0-9]+)?`)
)

// soundSVG holds if a picture is well-formed XML that refers to nothing, names
// itself, and has all of its texts and lines in sight.
func soundSVG(t *testing.T, picture string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(picture))
	var path []string
	var names []string
	var width, height float64
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %q", err, picture)
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			path, names = append(path, name), append(names, name)
			if !svgNames.MatchString(name) {
				t.Errorf("element %s", name)
			}
			values := map[string]string{}
			for _, a := range token.Attr {
				values[a.Name.Local] = a.Value
				if !svgAttrs.MatchString(a.Name.Local) || a.Name.Local != "xmlns" && !svgValue.MatchString(a.Value) {
					t.Errorf("attribute %s=%q", a.Name.Local, a.Value)
				}
			}
			number := func(name string) float64 {
				v, err := strconv.ParseFloat(values[name], 64)
				if err != nil {
					t.Errorf("%s of %s: %v", name, token.Name.Local, err)
				}
				return v
			}
			switch name {
			case "svg":
				width, height = number("width"), number("height")
				if values["role"] != "img" || values["viewBox"] != fmt.Sprintf("0 0 %v %v", width, height) {
					t.Errorf("attributes %v", values)
				}
			case "text":
				if x, y := number("x"), number("y"); x < 0 || x > width || y < 0 || y > height {
					t.Errorf("a text at %v %v of %v %v", x, y, width, height)
				}
			case "path":
				for _, text := range svgNumber.FindAllString(values["d"], -1) {
					if v, err := strconv.ParseFloat(text, 64); err != nil || v > max(width, height) || v < -8 {
						t.Errorf("a line to %s: %s", text, values["d"])
					}
				}
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if at := strings.Join(path, " "); at == "svg style" && string(token) != svgStyle && string(token) != ganttStyle {
				t.Errorf("another style: %q", token)
			}
		}
	}
	if len(path) > 0 {
		t.Errorf("not closed: %q", path)
	}
	if got := strings.Join(names[:min(4, len(names))], " "); got != "svg title desc style" {
		t.Errorf("it begins with %s", got)
	}
}

func TestSVG(t *testing.T) {
	charts := []*report.Chart{decades()}
	for _, r := range []*report.Report{trends(), oddities()} {
		for _, block := range r.Blocks {
			if c, ok := block.(*report.Chart); ok {
				charts = append(charts, c)
			}
		}
	}
	for _, c := range charts {
		t.Run(c.Title, func(t *testing.T) {
			picture := svg(mustPlot(t, c))
			soundSVG(t, picture)
			if picture != svg(mustPlot(t, c)) {
				t.Error("two pictures differ")
			}
			if n := len(picture); n > 25_000 {
				t.Errorf("%d bytes", n)
			}
			for i := range c.Series {
				if name := seriesName(c, i); len(c.Series[i].Points) > 0 && len(mustPlot(t, c).lines) > 0 && len(name) < 80 && !strings.Contains(picture, ">"+name+"</text>") {
					t.Errorf("%q is not named", name)
				}
			}
		})
	}
}

// Whatever a chart holds, all formats show it, at any width.
func TestAnyChart(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	value := func(kind int) report.Value {
		switch k := rnd.Intn(12); {
		case k == 0:
			return nil
		case kind == 0:
			return report.Day(rnd.Intn(1 + rnd.Intn(90000)))
		case kind == 1:
			return usd(rnd.Int63() >> rnd.Intn(63) * int64(rnd.Intn(3)-1))
		case k == 1:
			return report.Number([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e99, 1e99, 0, 1e-300}[rnd.Intn(8)])
		}
		return report.Number(rnd.NormFloat64() * math.Pow(10, float64(rnd.Intn(30)-15)))
	}
	for i := range 150 {
		x, y := rnd.Intn(3), rnd.Intn(3)
		c := &report.Chart{Title: "t", X: report.Axis{Label: "x"}, Y: report.Axis{Label: "y"}, Diagonal: false}
		for k := range rnd.Intn(30) {
			s := report.Series{
				Name: strings.Repeat("結x ", rnd.Intn(30)) + strconv.Itoa(k), Step: rnd.Intn(2) == 0,
				Tone: report.Tone(rnd.Intn(5)), Mark: report.Mark(rnd.Intn(3)),
			}
			for range rnd.Intn(1 + rnd.Intn(60)) {
				s.Points = append(s.Points, report.Point{X: value(x), Y: value(y)})
			}
			c.Series = append(c.Series, s)
		}
		p := mustPlot(t, c)
		if len(p.lines) > 0 && p.x.kind.noun == days && p.y.kind.noun == days {
			c.Diagonal = true
			p = mustPlot(t, c)
		}
		soundSVG(t, svg(p))
		for _, width := range []int{0, 1, 24, 40, 77, 200} {
			for line := range strings.Lines(string(written(t, "text", charted(c), Options{Width: width}))) {
				if n := cells(strings.TrimSuffix(line, "\n")); width >= 40 && n > width {
					t.Fatalf("line of %d cells, not %d: %q", n, width, line)
				}
			}
		}
		if i%15 > 0 {
			continue // large tables take long to look through
		}
		soundMarkdown(t, string(written(t, "markdown", charted(c), Options{})))
		soundHTML(t, string(written(t, "html", charted(c), Options{})))
	}
}

// linear is a colour as #rrggbb in linear light.
func linear(t *testing.T, hex string) (c [3]float64) {
	t.Helper()
	for i := range c {
		v, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		s := float64(v) / 255
		if c[i] = s / 12.92; s > 0.04045 {
			c[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return c
}

func times(m [3][3]float64, v [3]float64) (out [3]float64) {
	for i := range out {
		for k := range v {
			out[i] += m[i][k] * v[k]
		}
	}
	return out
}

// oklab is a colour in OKLab, times 100. Source: Björn Ottosson, "A perceptual
// color space for image processing", 2020.
func oklab(c [3]float64) [3]float64 {
	lms := times([3][3]float64{
		{0.4122214708, 0.5363325363, 0.0514459929}, {0.2119034982, 0.6806995451, 0.1073969566}, {0.0883024619, 0.2817188376, 0.6299787005},
	}, c)
	for i := range lms {
		lms[i] = 100 * math.Cbrt(min(max(lms[i], 0), 1))
	}
	return times([3][3]float64{
		{0.2104542553, 0.7936177850, -0.0040720468}, {1.9779984951, -2.4285922050, 0.4505937099}, {0.0259040371, 0.7827717662, -0.8086757660},
	}, lms)
}

// The simulations are those of Machado, Oliveira and Fernandes, "A
// Physiologically-based Model for Simulation of Color Vision Deficiency", 2009,
// at severity 1; the contrast is that of WCAG 2.2, which asks for 3 of graphics.
func TestPalette(t *testing.T) {
	sights := map[string][3][3]float64{
		"all":      {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"no red":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
		"no green": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
		"no blue":  {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	}
	light, dark, ok := strings.Cut(svgStyle, "@media screen and (prefers-color-scheme:dark)")
	if !ok {
		t.Fatal("no dark colours")
	}
	if strings.ContainsAny(svgStyle, "<&\\/") || strings.Contains(svgStyle, "url") || strings.Contains(svgStyle, "@import") {
		t.Error("the style refers to something, or has markup")
	}
	luminance := func(hex string) float64 {
		c := linear(t, hex)
		return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
	}
	for paper, style := range map[string]string{"#ffffff": light, "#0d1117": dark} {
		var colors []string
		for _, m := range regexp.MustCompile(`\.plot \.(k[0-7]|good|warn|bad|dim|d|z)(?:,[^{]*)?\{stroke:(#[0-9a-f]{6})`).FindAllStringSubmatch(style, -1) {
			a, b := luminance(m[2])+0.05, luminance(paper)+0.05
			if contrast := max(a, b) / min(a, b); contrast < 3 {
				t.Errorf("%s %s has a contrast of %.1f to %s", m[1], m[2], contrast, paper)
			}
			if m[1][0] == 'k' {
				colors = append(colors, m[2])
			}
		}
		if len(colors) != 8 {
			t.Errorf("%d colours on %s", len(colors), paper)
		}
		for sight, matrix := range sights {
			for i, one := range colors {
				for _, other := range colors[:i] {
					a, b := oklab(times(matrix, linear(t, one))), oklab(times(matrix, linear(t, other)))
					if d := math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2]); d < 11 {
						t.Errorf("%s and %s differ by %.1f for who sees %s", one, other, d, sight)
					}
				}
			}
		}
	}
}
