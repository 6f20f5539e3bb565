package dev.understudy.cli.progress;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/// An object a line, for programs: `at` (seconds since the run began), `kind` (`stage`, `detail`, `result`,
/// `alarm`, `alive`, `note`), `trial` and `stage` where there is one, `text`, and `left` (seconds) if that is
/// known.
final class JsonView implements View {
    private static final long SILENCE = 30_000_000_000L;

    private long latest;

    @Override
    public String tell(long at, Telling telling, Course course, OptionalLong left) {
        return print(at, telling.weight().name().toLowerCase(Locale.ROOT), course.current(), telling.text(), left);
    }

    @Override
    public String tick(long now, Course course, OptionalLong left) {
        return now - latest < SILENCE ? "" : print(now, "alive", course.current(), "", left);
    }

    private String print(long at, String kind, Optional<Course.Stage> stage, String text, OptionalLong left) {
        latest = at;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", seconds(at));
        fields.put("kind", kind);
        stage.ifPresent(under -> {
            fields.put("trial", under.trial());
            fields.put("stage", under.name());
        });
        fields.put("text", text);
        left.ifPresent(nanos -> fields.put("left", seconds(nanos)));
        return JsonMapper.shared().writeValueAsString(fields) + "\n";
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e6) / 1e3;
    }

    @Override
    public String say(String line) {
        return JsonMapper.shared().writeValueAsString(Map.of("kind", "note", "text", line)) + "\n";
    }

    @Override
    public String end(long now, Course course) {
        return "";
    }
}
