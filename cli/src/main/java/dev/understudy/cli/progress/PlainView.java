package dev.understudy.cli.progress;

import dev.understudy.cli.progress.Telling.Weight;
import java.util.Locale;
import java.util.OptionalLong;

/// A line for each change of state, for files and CI logs: no escape bytes unless colour is forced, no `\r`.
///
/// A run of many trials must not fill a log: the first lines are free, from then on only what went wrong,
/// results, and otherwise at most a line each 30 s. A line comes each 30 s also when nothing changes.
final class PlainView implements View {
    private static final int FREE = 30;
    private static final int MOST_ALARMS = 10;
    private static final long SILENCE = 30_000_000_000L;

    private final Paint paint;
    private int lines;
    private int alarms;
    private long latest;

    PlainView(Paint paint) {
        this.paint = paint;
    }

    @Override
    public String tell(long at, Telling telling, Course course, OptionalLong left) {
        boolean isOfAPair = telling.trial() > 0 && course.comparesPairs();
        if (!isDue(at, telling.weight(), isOfAPair)) {
            return "";
        }
        boolean begins = telling.weight() == Weight.STAGE;
        String text =
                begins && telling.trial() > 0 ? "trial " + telling.trial() + ": " + telling.text() : telling.text();
        return line(at, paint.of(telling, text) + (begins ? Lasting.left(left) : ""));
    }

    private boolean isDue(long at, Weight weight, boolean isOfAPair) {
        boolean isFree = lines < FREE || at - latest >= SILENCE;
        return switch (weight) {
            case ALARM -> alarms++ < MOST_ALARMS || isFree;
            case RESULT -> lines < 2 * FREE || isFree;
            case STAGE, DETAIL -> isFree && !isOfAPair;
        };
    }

    @Override
    public String tick(long now, Course course, OptionalLong left) {
        return now - latest < SILENCE
                ? ""
                : course.current()
                        .map(stage -> line(
                                now,
                                "still in " + stage.label() + ", for " + Lasting.of(stage.lasting(now))
                                        + Lasting.left(left)))
                        .orElse("");
    }

    private String line(long at, String text) {
        latest = at;
        lines++;
        return String.format(Locale.ROOT, "%6.1f s  %s\n", at / 1e9, text)
                + (lines == FREE
                        ? "          from here on mostly a line each 30 s; all of it is in the run's journal.jsonl\n"
                        : "");
    }

    @Override
    public String say(String line) {
        return line + "\n";
    }

    @Override
    public String end(long now, Course course) {
        return "";
    }
}
