package conform

// recognisers decide the commonest patterns of the schemas without the regular
// expression engine, which would cost a tenth of the whole check. A test holds
// each against its pattern.
var recognisers = map[string]func(string) bool{
	`^(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`: func(s string) bool {
		return len(s) == 10 && isMonth(s[:7]) && s[7] == '-' && isDay(s[8:])
	},
	`^(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])$`: isMonth,
	`^(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$`: func(s string) bool {
		return isMonth(s) || len(s) == 10 && isMonth(s[:7]) && s[7] == '-' && isDay(s[8:])
	},
	`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`:  func(s string) bool { return isID(s, "._-") },
	`^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$`: func(s string) bool { return isID(s, "._-/") },
	`^[a-z0-9-]+$`: func(s string) bool {
		for i := range len(s) {
			if c := s[i]; !isDigit(c) && c != '-' && (c < 'a' || c > 'z') {
				return false
			}
		}
		return s != ""
	},
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlphanumeric(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }

func isMonth(s string) bool {
	if len(s) != 7 || s[4] != '-' || !isDigit(s[2]) || !isDigit(s[3]) {
		return false
	}
	century := s[0] == '2' && (s[1] == '0' || s[1] == '1') || s[0] == '1' && s[1] == '9' && s[2] >= '7'
	return century && (s[5] == '0' && s[6] >= '1' && s[6] <= '9' || s[5] == '1' && s[6] >= '0' && s[6] <= '2')
}

func isDay(s string) bool {
	switch s[0] {
	case '0':
		return s[1] >= '1' && s[1] <= '9'
	case '1', '2':
		return isDigit(s[1])
	}
	return s[0] == '3' && (s[1] == '0' || s[1] == '1')
}

func isID(s, inner string) bool {
	if s == "" || !isAlphanumeric(s[0]) || !isAlphanumeric(s[len(s)-1]) {
		return false
	}
	for i := range len(s) {
		if isAlphanumeric(s[i]) {
			continue
		}
		found := false
		for j := range len(inner) {
			found = found || inner[j] == s[i]
		}
		if !found {
			return false
		}
	}
	return true
}
