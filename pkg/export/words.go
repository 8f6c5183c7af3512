package export

import (
	"cmp"
	"strings"
)

// word is what a column of reports means, wherever it stands.
type word struct {
	says, unit string
	index      bool // rows are looked up by it
}

// words are what columns of reports mean, by their keys. A column that is not here is
// described by its header.
var words = map[string]word{
	"figure":      {says: "Which figure the value is", index: true},
	"value":       {says: "The figure; money is in the currency beside it, a ratio is a fraction, a figure named percent is in percent, nothing is unknown"},
	"currency":    {says: "The currency of the value; nothing where it is not money"},
	"period":      {says: "The month, quarter or year that the row is about", index: true},
	"from":        {says: "The first day"},
	"to":          {says: "The last day, inclusive"},
	"team":        {says: "The team", index: true},
	"role":        {says: "The role", index: true},
	"level":       {says: "The level of seniority"},
	"location":    {says: "The place of work"},
	"function":    {says: "The function of the team"},
	"cost_centre": {says: "The cost centre", index: true},
	"program":     {says: "The program", index: true},
	"category":    {says: "The category of spend", index: true},
	"type":        {says: "What sort it is: of spend opex or capex, of a position growth or backfill"},
	"theme":       {says: "The theme of the roadmap", index: true},
	"person":      {says: "The id of the person", index: true},
	"owner":       {says: "Who answers for it: a person or a team", index: true},
	"milestone":   {says: "The milestone; nothing where the row is about a whole program", index: true},
	"id":          {says: "The name outside of its program or plan: program/milestone, or the id of a position", index: true},
	"title":       {says: "What people call it"},
	"status":      {says: "How far it is"},
	"plan":        {says: "What is planned: of heads the number, of positions the headcount plan they are in"},
	"reason":      {says: "Why"},
	"unknown":     {says: "Why figures of the row are not known"},
	"stage":       {says: "The stage of hiring", index: true},
	"quarter":     {says: "The fiscal quarter", index: true},
	"programs":    {says: "The programs that the person is allocated to"},
	"percent":     {says: "The allocation, of the person's own time; 100 is all of it", unit: "percent"},
	"workdays":    {says: "Working days", unit: "working days"},
	"required":    {says: "What the line asks for in the time reported", unit: "FTE-months"},
	"free":        {says: "What people of that sort have left", unit: "FTE-months"},
	"short":       {says: "What is missing: required less free", unit: "FTE-months"},
	"fte":         {says: "Full-time equivalents; over periods, months of them", unit: "FTE"},

	"original_baseline": {says: "The due date in the first version in which the program was approved or active"},
	"baseline":          {says: "The approved date that finishes are compared with"},
	"due":               {says: "The committed date"},
	"last_due":          {says: "The committed date, of what is descoped the last there was"},
	"forecast":          {says: "Where it is now expected"},
	"completed":         {says: "The day on which it was done"},
	"finish":            {says: "When it was done; else the latest of forecast and due, and today once that is past"},
	"variance_days":     {says: "Finish less approved baseline; positive is late", unit: "days"},
	"variance_workdays": {says: "Finish less approved baseline; positive is late", unit: "working days"},
	"overdue_days":      {says: "Today less due, of what is not done; 0 where it is not overdue", unit: "days"},
	"moves":             {says: "How often the due date moved since the baseline was set"},
	"net_slip_days":     {says: "The last baseline less the first", unit: "days"},
	"churn_days":        {says: "The sum of all moves, there and back", unit: "days"},
	"descoped":          {says: "Whether it is no longer in the portfolio"},
	"date":              {says: "The day, in UTC"},
	"commit":            {says: "The commit; nothing is the work tree", index: true},
	"author":            {says: "Who made the commit"},
	"days":              {says: "How far; positive is later", unit: "days"},
	"notice_days":       {says: "The old due date less the day of the move; negative is after the miss", unit: "days"},
	"draft":             {says: "Whether the move was before the baseline was set, and counts in no sum"},

	"total":                    {says: "The figure, of all programs together"},
	"form":                     {says: "Which programs the rate is of: closed are those completed in the period, due those promised for it", index: true},
	"dimension":                {says: "What was asked about; all is everything", index: true},
	"outcome":                  {says: "How the program did: hit, miss, or why it is left out", index: true},
	"late_days":                {says: "How late it is or was; below 0 is early", unit: "days"},
	"open":                     {says: "Whether it is still open after its date"},
	"over_budget":              {says: "Whether it spent more than the budget and the tolerance"},
	"over_budget_part":         {says: "Spend over the budget, as a fraction of it"},
	"budget":                   {says: "The budget of the version that set the original baseline"},
	"actual":                   {says: "What was spent"},
	"fiscal_year":              {says: "The fiscal year"},
	"entered":                  {says: "Candidates who entered the first stage"},
	"hires":                    {says: "Positions that were filled"},
	"conversion":               {says: "The chance to pass all stages, a fraction"},
	"interview_hours":          {says: "Hours of interviewers", unit: "hours"},
	"interview_hours_per_hire": {says: "Hours of interviewers for each hire counted", unit: "hours"},
	"hires_counted":            {says: "The hires whose candidates are known"},
	"candidates_of_hires":      {says: "The candidates for those hires"},
	"positions":                {says: "All positions"},
	"filled":                   {says: "Those that are filled"},
	"to_fill":                  {says: "Those that are still to be filled"},
	"opened":                   {says: "Those whose search was opened"},
	"late":                     {says: "Budgeted for a day before today and not filled: how many, or whether it is"},
	"median_time_to_fill_days": {says: "The median of start less the day on which the search was opened", unit: "days"},
	"vacancy_saving":           {says: "The loaded cost from the day a seat is budgeted for to the day somebody starts; below 0 where that is earlier"},
	"vacancy_saving_to_date":   {says: "The part of the saving up to today"},
	"in_progress":              {says: "Where the candidates in progress are"},
	"expected_hires":           {says: "How many hires the candidates in progress make on average"},
	"chance":                   {says: "The chance that they make at least one, a fraction"},
	"chance_observations":      {says: "The fewest candidates decided at a stage, on which that rests"},
	"effective":                {says: "The day from which it is budgeted"},
	"expected_start":           {says: "When the plan expects somebody to start"},
	"start":                    {says: "When somebody did start"},
	"begin":                    {says: "The start that slip and saving are of: the stated one, else the expected one, today once that is past"},
	"begin_passed":             {says: "Whether the expected start is past"},
	"start_slip_days":          {says: "Begin less effective; positive is late", unit: "days"},
	"opened_on":                {says: "The day on which the search was opened"},
	"open_days":                {says: "Since when the search is open", unit: "days"},
	"time_to_fill_days":        {says: "Start less the day on which the search was opened", unit: "days"},
	"forecast_method":          {says: "How the start was forecast"},
	"forecast_observations":    {says: "How many observations that rests on"},
	"forecast_still_open":      {says: "How many of them are searches still open"},
	"forecast_reason":          {says: "Why there is no forecast"},
	"gone":                     {says: "The position of the baseline that is not there any more"},
	"elsewhere":                {says: "Where it is now"},
	"baseline_exists":          {says: "Whether it is in the baseline"},
	"baseline_status":          {says: "Its status in the baseline"},
	"baseline_effective":       {says: "From when it was budgeted in the baseline"},
	"baseline_expected_start":  {says: "When the baseline expected somebody"},
	"baseline_start":           {says: "When somebody started, by the baseline"},
	"baseline_start_slip_days": {says: "The slip of the baseline", unit: "days"},
	"baseline_moved_days":      {says: "How far the start moved since", unit: "days"},
}

// sentence makes one of what a word says.
func sentence(says string) string {
	if says == "" {
		return ""
	}
	return strings.ToUpper(says[:1]) + strings.TrimSuffix(says[1:], ".") + "."
}

// tableWords describes a table of a report.
func tableWords(report, name, title string) string {
	part := cmp.Or(title, strings.ReplaceAll(name, "_", " "))
	if part == "" {
		return "Report " + report + "."
	}
	return "Report " + report + ": " + part + "."
}
