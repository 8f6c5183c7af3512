package portfolio

// rowDigits reports amounts of a CSV file that their currencies cannot express, and
// currencies that nothing converts.
func (a *assembler) rowDigits(l *Ledger) {
	subject := named("ledger/" + l.Meta.Name)
	minor := make([]int, len(l.classes))
	told := make([]bool, len(l.classes))
	for i, c := range l.classes {
		currency := c.Currency
		if currency == "" {
			currency = a.s.Config.Currency
		}
		minor[i], _ = currency.MinorDigits()
		told[i] = !a.lacksRate(currency)
	}
	rows := tableBound{assembler: a}
	for p := range l.tablePostings() {
		_, fits := p.Amount.Scaled(minor[p.Class])
		if fits && told[p.Class] {
			continue
		}
		told[p.Class] = true
		e := l.Entry(p)
		if fits {
			a.digits(&e.Amount, e.Currency, in(e.Origin, "amount"), subject)
			continue
		}
		rows.add(e.Origin, subject(), func() { a.digits(&e.Amount, e.Currency, in(e.Origin, "amount"), subject) })
	}
	rows.more("SCH013", "amount", "amounts with more digits than their currencies have")
}
