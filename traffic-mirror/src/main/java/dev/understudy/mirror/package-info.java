/// Live exchanges on their way to the arms: which sessions are taken, what is hidden, what a route is.
@NullMarked
package dev.understudy.mirror;

import org.jspecify.annotations.NullMarked;
