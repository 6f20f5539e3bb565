/// Data after a rollback: the arms compared exchange by exchange, what was promised read back, structure.
/// Pure: everything comes as a value. Raw values stay in memory; findings hold counts, names and hashes
/// only.
@NullMarked
package dev.understudy.analysis.data;

import org.jspecify.annotations.NullMarked;
