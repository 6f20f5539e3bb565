/// What speaks against shipping, each with its place in the scenario, for code scanners and annotations.
@NullMarked
package dev.understudy.report.finding;

import org.jspecify.annotations.NullMarked;
