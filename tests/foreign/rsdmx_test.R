# rsdmx_test.R DIR: SDMX-ML as R's rsdmx reads it, data and structures, held to expected.tsv.
# The rsdmx of Debian 12 (0.6) makes a data frame of series alone: of a flat message it reads all but the observations,
# so these are taken from the document that it read, in the way that README.md documents.
suppressPackageStartupMessages({ library(rsdmx); library(XML) })

folder <- commandArgs(trailingOnly = TRUE)[1]
expected <- read.delim(file.path(folder, "expected.tsv"), header = FALSE, quote = "", colClasses = "character",
                       col.names = c("member", "year", "cell", "value", "note"), na.strings = character(0),
                       encoding = "UTF-8")
stopifnot("expected.tsv has too few rows" = nrow(expected) > 300)
code <- function(text) toupper(gsub("[^A-Za-z0-9]", "_", text))
blank <- function(column) { column <- as.character(column); ifelse(is.na(column), "", column) }

message <- readSDMX(file.path(folder, "figures.xml"), isURL = FALSE)
stopifnot("the message is of another kind" = is(message, "SDMXStructureSpecificData"),
          "the message is of another version" = message@schema@version == "2.1",
          "the sender is another" = message@header@Sender$id == "HANSA",
          "the message calls itself a test" = identical(as.logical(message@header@Test), FALSE))
data <- plyr::rbind.fill(xpathApply(message@xmlObj, "//Obs", function(obs) as.data.frame(as.list(xmlAttrs(obs)))))
stopifnot(
  "rows are missing or too many" = nrow(data) == nrow(expected),
  "a member is another" = identical(blank(data$REF_AREA), code(expected$member)),
  "a year is another" = identical(blank(data$TIME_PERIOD), expected$year),
  "a measurement is another" = identical(blank(data$MEASUREMENT), code(sub("#.*", "", expected$cell))),
  "a part is another" = identical(blank(data$BREAKDOWN),
                                  ifelse(grepl("#", expected$cell), code(sub(".*#", "", expected$cell)), "_Z")),
  "a figure is another" = identical(blank(data$OBS_VALUE), expected$value),
  "a status is another" = identical(blank(data$OBS_STATUS), ifelse(expected$value == "", "M", "A")),
  "a note is another" = identical(gsub("\n", "\\n", blank(data$COMMENT), fixed = TRUE), expected$note))

structures <- readSDMX(file.path(folder, "structures.xml"), isURL = FALSE)
lists <- structures@codelists@codelists
ids <- vapply(lists, function(list) list@id, "")
sizes <- vapply(lists, function(list) length(list@Code), 0L)
names(sizes) <- ids
stopifnot(
  "a codelist is missing" = setequal(ids, c("CL_FREQ", "CL_REF_AREA", "CL_MEASUREMENT", "CL_BREAKDOWN", "CL_FRAMEWORK",
                                            "CL_UNIT_MEASURE", "CL_OBS_STATUS", "CL_SOURCE_KIND", "CL_DEF_MATCH",
                                            "CL_AREA_LEVEL")),
  "a measurement has no code" = sizes[["CL_MEASUREMENT"]] == 60,
  "a member has no code" = sizes[["CL_REF_AREA"]] == length(unique(expected$member)))
components <- structures@datastructures@datastructures[[1]]@Components
dimensions <- vapply(components@Dimensions, function(dimension) dimension@conceptRef, "")
attributes <- vapply(components@Attributes, function(attribute) attribute@conceptRef, "")
stopifnot(
  "the dimensions are others" = identical(dimensions, c("FREQ", "REF_AREA", "MEASUREMENT", "BREAKDOWN", "FRAMEWORK", "WORD_OF")),
  "the time dimension is another" = components@TimeDimension@conceptRef == "TIME_PERIOD",
  "the measure is another" = components@PrimaryMeasure@conceptRef == "OBS_VALUE",
  "a column of the data is no component" =
    all(setdiff(colnames(data), c(dimensions, "TIME_PERIOD", "OBS_VALUE")) %in% attributes))
codes <- as.data.frame(structures@codelists, codelistId = "CL_MEASUREMENT")
stopifnot("a measurement of the data has no code" = all(data$MEASUREMENT %in% codes$id),
          "a name in Korean is missing" = "성인 문해율" %in% codes$label.ko)
cat(nrow(data), "observations,", length(ids), "codelists,", length(attributes), "attributes\n")
