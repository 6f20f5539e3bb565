/// Services as operating-system processes. On Linux, where it may, an arm is a network, mount and pid
/// namespace of its
/// own; elsewhere it is only watched.
@NullMarked
package dev.understudy.runtime.process;

import org.jspecify.annotations.NullMarked;
