package dev.understudy.cli.progress;

import java.util.OptionalLong;

/// One way to show progress: makes the text, prints nothing. Called under the lock of [Progress].
sealed interface View permits PlainView, TreeView, JsonView, NoView {

    /// Something is to be told; the course has taken it in.
    String tell(long at, Telling telling, Course course, OptionalLong left);

    /// Time has passed. @param left nanoseconds that the run will still take, if that is known
    String tick(long now, Course course, OptionalLong left);

    /// A word that isn't of the run's course.
    String say(String line);

    /// Nothing more will come.
    String end(long now, Course course);
}
