# A run folder in R. Needs nothing but R itself: Rscript read_run.R DIR, or set `run` and step through.

args <- commandArgs(trailingOnly = TRUE)
run <- if (length(args) > 0) args[1] else "runs/tutorial"
table <- function(name, ...) read.csv(file.path(run, paste0(name, ".csv")), ...)
exact <- function(x) format(x, digits = 17, trim = TRUE)

# What a column is.
dictionary <- table("dictionary")
cat("productivity:", dictionary$unit[dictionary$table == "series" & dictionary$column == "productivity"], "\n")

# The series: one row a replicate and tick. An empty cell is a value that does not exist, which R shows as NA.
series <- table("series")
for (tick in range(series$tick)) {
  rows <- series[series$tick == tick, ]
  cat("tick", tick, "firms", exact(median(rows$firms)), "jobs", exact(median(rows$jobs)), "trust", exact(median(rows$trust)), "\n")
}

# Firms at the end, of the first replicate, as ties are. Keys are whole numbers below 2^64, which R's numbers cannot hold: read them as text.
firms <- table("firms", colClasses = c(firm = "character"))
end <- firms[firms$tick == max(firms$tick), ]
cat("firms at the end", nrow(end), "in clusters", sum(end$cluster > 0), "largest", exact(max(end$jobs)), "\n")
print(aggregate(jobs ~ sector, end, function(x) c(firms = length(x), jobs = round(sum(x), 1))))

# Ties: trust has two directions.
ties <- table("ties", colClasses = c(from = "character", to = "character"))
final <- ties[ties$tick == max(ties$tick), ]
cat("ties at the end", nrow(final), "mean trust", exact((sum(final$trust_from) + sum(final$trust_to)) / (2 * nrow(final))), "\n")

# A picture: jobs over time, one line a replicate.
pdf(if (length(args) > 1) args[2] else "jobs.pdf", width = 7, height = 4)
par(mar = c(4, 6, 1, 1), mgp = c(2.5, .7, 0))
plot(range(series$tick), range(series$jobs), type = "n", xlab = "Quarters since the start", ylab = "", bty = "l", las = 1)
mtext("Jobs", side = 2, line = 4.5)
for (rows in split(series, series$replicate)) lines(rows$tick, rows$jobs, col = "#0072b2")
invisible(dev.off())
