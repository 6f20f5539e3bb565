/// The judge: from a scenario and the journal of its run to findings, verdict and everything a report
/// shows. Pure and repeatable: the same journal gives the same summary.
@NullMarked
package dev.understudy.analysis.judge;

import org.jspecify.annotations.NullMarked;
