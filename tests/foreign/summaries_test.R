# summaries_test.R DIR: quartiles, means and counts as R computes them, beside ours (foreign_summaries.cc).
# R computes in binary. Quartiles of multiples of 1/512 are exact there as well, so they are held to ours as text, digit
# by digit, ties included. A mean, and a decimal such as 76.7, mostly has no exact binary form, so what R has may lie on
# the other side of a tie: ours must then be the nearest number of nine decimals, but for the last bits of R's.
folder <- commandArgs(trailingOnly = TRUE)[1]
seed <- readLines(file.path(folder, "seed"))
cat("seed", seed, "\n")
table_of <- function(name, columns) {
  read.delim(file.path(folder, name), header = FALSE, col.names = columns, colClasses = "character",
             na.strings = character(0))
}
values <- table_of("values.tsv", c("kind", "case", "value"))
ours <- table_of("summaries.tsv", c("kind", "case", "n", "q1", "median", "q3", "mean"))
stopifnot("there are too few cases" = nrow(ours) == 300 && sum(ours$kind == "dyadic") == 150)

drawn <- split(as.numeric(values$value), values$case)[ours$case]
quartiles <- t(vapply(drawn, quantile, numeric(3), probs = 1:3 / 4, type = 7, names = FALSE))
means <- vapply(drawn, mean, 0)
largest <- vapply(drawn, function(of_case) max(abs(of_case)), 0)
# Nine decimals, zeros at the end left out, and no minus before nought.
written <- function(number) {
  text <- sub("\\.?0+$", "", sprintf("%.9f", number))
  ifelse(text == "-0", "0", text)
}
is_nearest <- function(text, number) abs(as.numeric(text) - number) <= 0.5e-9 + 8 * .Machine$double.eps * largest

stopifnot("a number of values is another" = identical(as.integer(ours$n), unname(lengths(drawn))))
dyadic <- ours$kind == "dyadic"
for (place in 1:3) {
  name <- c("q1", "median", "q3")[place]
  differs <- which(dyadic & written(quartiles[, place]) != ours[[name]])
  if (length(differs)) stop("seed ", seed, ", case ", ours$case[differs[1]], ": R has ",
                            written(quartiles[differs[1], place]), " and we have ", ours[[name]][differs[1]], " for ", name)
  stopifnot("a quartile is another" = all(is_nearest(ours[[name]], quartiles[, place])))
}
stopifnot("a mean is another" = all(is_nearest(ours$mean, means)),
          "hardly any tie was met" = sum(grepl("50$", sprintf("%.11f", quartiles[dyadic, ]))) > 20)

ratings <- table_of("ratings.tsv", c("case", "rating"))
levels <- table_of("levels.tsv", c("case", "n", 1:5))
counts <- table(factor(ratings$case, levels = levels$case), factor(ratings$rating, levels = 1:5))
given <- rowSums(counts) >= 5
stopifnot("there are too few cases of ratings" = nrow(levels) == 300 && sum(!given) > 10,
          "a number of ratings is another" = identical(as.numeric(levels$n), unname(rowSums(counts))),
          "a count is given of fewer than five" = all(levels[!given, 3:7] == ""),
          "a count is another" = all(as.matrix(levels[given, 3:7]) == as.character(counts[given, ])))
cat(nrow(ours), "spreads of", nrow(values), "values,", nrow(levels), "counts of", nrow(ratings), "ratings\n")
