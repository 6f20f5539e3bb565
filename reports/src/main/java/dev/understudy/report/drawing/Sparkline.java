package dev.understudy.report.drawing;

import dev.understudy.analysis.Profile.Course;
import dev.understudy.analysis.RunSummary.Mark;
import java.util.List;

/// A small course of one measure in both arms, the candidate full, the control broken, on one scale from 0.
/// Upright strokes: the change, and the rollback. It only shows what a table says in figures, so it is not
/// read aloud.
public record Sparkline(List<Course> candidate, List<Course> control, List<Mark> marks) {

    private static final int STEP = 4;
    private static final int HEIGHT = 28;

    /// The drawing, as SVG; empty if nothing was measured.
    public String draw() {
        List<Course> all = java.util.stream.Stream.concat(candidate.stream(), control.stream())
                .toList();
        double most = all.stream()
                .flatMap(course -> course.peaks().stream())
                .filter(peak -> !peak.isNaN())
                .reduce(0.0, Math::max);
        if (all.isEmpty()) {
            return "";
        }
        int width = (all.getFirst().peaks().size() - 1) * STEP + 2;
        StringBuilder out = new StringBuilder("<svg class=\"spark\" viewBox=\"0 0 ")
                .append("%1$d %2$d\" width=\"%1$d\" height=\"%2$d\" aria-hidden=\"true\">".formatted(width, HEIGHT));
        out.append(path(phases(all.getFirst(), width), Ink.HAIR, ""));
        control.forEach(course -> out.append(path(course(course, most), Ink.CONTROL, " stroke-dasharray=\"3 2\"")));
        candidate.forEach(course -> out.append(path(course(course, most), Ink.CANDIDATE, "")));
        return out.append("</svg>").toString();
    }

    private String phases(Course course, int width) {
        StringBuilder strokes = new StringBuilder();
        for (Mark mark : marks) {
            long x = Math.round((double) (mark.at() - course.from()) / course.width() * STEP);
            boolean bounds = mark.kind() == Mark.Kind.CHANGE || mark.kind() == Mark.Kind.ROLLBACK;
            if (bounds && x >= 0 && x <= width) {
                strokes.append("M").append(x).append(" 0v").append(HEIGHT);
            }
        }
        return strokes.append("M0 ")
                .append(HEIGHT - 1)
                .append("h")
                .append(width)
                .toString();
    }

    /// Whole steps from point to point, which takes few bytes; a slice without a sample breaks the line.
    private static String course(Course course, double most) {
        StringBuilder path = new StringBuilder();
        long before = -1;
        for (int n = 0; n < course.peaks().size(); n++) {
            double peak = course.peaks().get(n);
            if (Double.isNaN(peak)) {
                before = -1;
                continue;
            }
            long y = HEIGHT - 2 - (most > 0 ? Math.round(peak / most * (HEIGHT - 4)) : 0);
            if (before < 0) {
                path.append("M").append(n * STEP).append(' ').append(y).append("h1m-1 0l");
            } else {
                path.append(STEP)
                        .append(y < before ? "" : " ")
                        .append(y - before)
                        .append(' ');
            }
            before = y;
        }
        return path.toString().replaceAll("l(?=M|$)", "").strip();
    }

    private static String path(String points, Ink ink, String dashes) {
        return points.isEmpty() ? "" : "<path d=\"%s\" fill=\"none\" %s%s/>".formatted(points, ink.stroke(), dashes);
    }
}
