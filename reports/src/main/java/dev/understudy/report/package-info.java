/// Turns what the judge concluded into something to read: HTML, JSON, JUnit XML and one line. Pure functions
/// from [dev.understudy.analysis.RunSummary] to text: same summary, same bytes.
@NullMarked
package dev.understudy.report;

import org.jspecify.annotations.NullMarked;
