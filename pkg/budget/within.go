package budget

import (
	"math/big"

	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Within reports whether a variance is at most a percentage of a plan, exactly.
func Within(variance, plan money.Amount, tolerance portfolio.Percent) bool {
	most := new(big.Int).Mul(big.NewInt(max(plan.Minor, 0)), big.NewInt(int64(tolerance)))
	return new(big.Int).Mul(big.NewInt(variance.Minor), big.NewInt(int64(portfolio.Whole))).Cmp(most) <= 0
}
