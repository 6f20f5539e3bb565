package dev.understudy.cli.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// A tree of stages that is drawn over itself: finished trials on one line, the one under way with its stages.
///
/// ```
/// good.yaml as 20261121-114503-shop-good-x7f3, 42.0 s, about 35 s left
///  ✔ clone            1.2 s
///  ⠹ trial 1         31.0 s
///    ✔ baseline      10.0 s
///    ⠹ rollback       1.2 s  step drain done
/// ```
/// Moves the cursor (ECMA-48: CUU, EL), so it is for terminals only.
final class TreeView implements View {
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final int NAME = 22;

    private final Paint paint;
    private final Glyphs glyphs;
    private final Supplier<Terminal.Size> size;
    private int drawn;
    private long frame;

    TreeView(Paint paint, Glyphs glyphs, Supplier<Terminal.Size> size) {
        this.paint = paint;
        this.glyphs = glyphs;
        this.size = size;
    }

    @Override
    public String tell(long at, Telling telling, Course course, OptionalLong left) {
        return ""; // the next tick draws it
    }

    @Override
    public String tick(long now, Course course, OptionalLong left) {
        frame++;
        return draw(now, course, left);
    }

    @Override
    public String say(String line) {
        String text = erased() + line + "\n";
        drawn = 0;
        return text;
    }

    @Override
    public String end(long now, Course course) {
        String text = draw(now, course, OptionalLong.empty());
        drawn = 0;
        return text;
    }

    private String erased() {
        return drawn == 0 ? "" : String.format(UP, drawn) + "\r" + CLEAR_BELOW;
    }

    private String draw(long now, Course course, OptionalLong left) {
        if (course.title().isEmpty()) {
            return "";
        }
        Terminal.Size window = size.get();
        List<String> rows = rows(now, course, window.columns() - 1);
        int fitting = Math.max(1, window.rows() - 2);
        List<String> shown = rows.subList(Math.max(0, rows.size() - fitting), rows.size());
        StringBuilder text = new StringBuilder(drawn == 0 ? "" : String.format(UP, drawn));
        String title = course.title() + ", " + Lasting.of(now) + Lasting.left(left);
        text.append(CLEAR_LINE).append(cut(title, window.columns() - 1)).append('\n');
        shown.forEach(row -> text.append(CLEAR_LINE).append(row).append('\n'));
        text.append(CLEAR_BELOW);
        drawn = shown.size() + 1;
        return text.toString();
    }

    private List<String> rows(long now, Course course, int width) {
        List<String> rows = new ArrayList<>();
        int open = course.current().map(Course.Stage::trial).orElse(0);
        int told = 0;
        for (Course.Stage stage : course.stages()) {
            if (stage.trial() == 0) {
                rows.add(row(1, stage.name(), stage, now, width));
            } else if (!course.comparesPairs() || stage.trial() == open) {
                if (stage.trial() != told) {
                    told = stage.trial();
                    rows.add(trial(told, course, now, width));
                }
                if (stage.trial() == open) {
                    rows.add(row(3, stage.name(), stage, now, width));
                }
            }
        }
        return rows;
    }

    private String trial(int number, Course course, long now, int width) {
        List<Course.Stage> stages = course.stages().stream()
                .filter(stage -> stage.trial() == number)
                .toList();
        boolean underWay = stages.stream().anyMatch(Course.Stage::isUnderWay);
        boolean failed = stages.stream().anyMatch(Course.Stage::hasFailed);
        long lasting = stages.stream().mapToLong(stage -> stage.lasting(now)).sum();
        String last = stages.stream()
                .map(Course.Stage::detail)
                .filter(detail -> !detail.isEmpty())
                .reduce("", (_, later) -> later);
        return line(new Row(1, "trial " + number, underWay, failed, lasting, underWay ? "" : last), width);
    }

    private String row(int indent, String name, Course.Stage stage, long now, int width) {
        return line(
                new Row(indent, name, stage.isUnderWay(), stage.hasFailed(), stage.lasting(now), stage.detail()),
                width);
    }

    private record Row(int indent, String name, boolean underWay, boolean failed, long lasting, String detail) {}

    private String line(Row row, int width) {
        String sign = row.underWay() ? glyphs.turning(frame) : row.failed() ? glyphs.bad() : glyphs.good();
        String text = String.format(
                "%-" + Math.max(1, NAME - row.indent()) + "s%10s  %s",
                row.name(),
                Lasting.of(row.lasting()),
                row.detail());
        String fitting = cut(text.stripTrailing(), width - row.indent() - 2);
        String painted = row.failed() ? paint.bad(sign) : row.underWay() ? sign : paint.good(sign);
        return " ".repeat(row.indent()) + painted + " "
                + (row.underWay() || row.failed() ? fitting : paint.faint(fitting));
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 3)) + "...";
    }
}
