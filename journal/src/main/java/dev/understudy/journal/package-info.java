/// What did happen, as values: the sealed events of one run, its exchanges and samples, and the files they are
/// kept in.
@NullMarked
package dev.understudy.journal;

import org.jspecify.annotations.NullMarked;
