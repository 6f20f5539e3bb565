package dev.understudy.cli.progress;

import java.util.OptionalLong;

/// Silence.
record NoView() implements View {
    @Override
    public String tell(long at, Telling telling, Course course, OptionalLong left) {
        return "";
    }

    @Override
    public String tick(long now, Course course, OptionalLong left) {
        return "";
    }

    @Override
    public String say(String line) {
        return "";
    }

    @Override
    public String end(long now, Course course) {
        return "";
    }
}
