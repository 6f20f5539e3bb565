package dev.understudy.report;

import dev.understudy.analysis.Profile;
import dev.understudy.analysis.Profile.Course;
import dev.understudy.analysis.Profile.Measure;
import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.ShippedChange;
import dev.understudy.report.drawing.Sparkline;
import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The profile of one service as the report shows it: small courses, and a table with a column for each phase
/// and arm. Immutable.
record UsedByService(String service, List<Drawn> courses, List<Row> rows) {

    static final List<String> PHASES = List.of("baseline", "change", "rollback", "recovery");

    private static final List<Measure> DRAWN =
            List.of(Measure.CPU, Measure.MEMORY, Measure.DISK_WRITTEN, Measure.NETWORK_SENT);
    private static final String RESTARTS = "Restarts";
    private static final String NO_SAMPLE = "no sample";

    /// One small course and its highest value.
    record Drawn(String name, String drawing, String peak) {}

    /// One line of the table: mean and peak by phase, candidate before control.
    record Row(String name, List<String> cells) {}

    /// One for each service that has a profile: what was changed first, then by how far the arms' CPU is apart.
    static List<UsedByService> of(RunSummary run) {
        Set<String> services = new LinkedHashSet<>();
        run.profiles().forEach(profile -> services.add(profile.service()));
        Set<String> changed = run.changes().stream().map(ShippedChange::service).collect(Collectors.toSet());
        return services.stream()
                .sorted(Comparator.comparingInt((String service) -> changed.contains(service) ? 0 : 1)
                        .thenComparingDouble(service -> -apart(run, service)))
                .map(service -> of(run, service))
                .toList();
    }

    private static UsedByService of(RunSummary run, String service) {
        Optional<Profile> candidate = find(run, service, "candidate");
        Optional<Profile> control = find(run, service, "control");
        List<Drawn> courses = new ArrayList<>();
        for (Measure measure : DRAWN) {
            List<Course> one = course(candidate, measure);
            List<Course> other = course(control, measure);
            if (!one.isEmpty() || !other.isEmpty()) {
                String drawing = new Sparkline(one, other, run.marks()).draw();
                courses.add(new Drawn(name(measure), drawing, said(measure, peak(one, other))));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            rows.add(row(
                    name(measure),
                    List.of(candidate, control),
                    phase -> Optional.ofNullable(phase.uses().get(measure.word()))
                            .map(use -> said(measure, use))
                            .orElse(NO_SAMPLE)));
        }
        rows.add(row(RESTARTS, List.of(candidate, control), UsedByService::restarts));
        return new UsedByService(service, courses, rows);
    }

    private static double apart(RunSummary run, String service) {
        double[] means = Stream.of("candidate", "control")
                .mapToDouble(arm -> find(run, service, arm).stream()
                        .flatMap(profile -> profile.phases().stream())
                        .filter(phase -> phase.name().equals("change"))
                        .flatMap(phase -> Stream.ofNullable(phase.uses().get(Measure.CPU.word())))
                        .mapToDouble(Profile.Use::mean)
                        .sum())
                .toArray();
        return Math.abs(means[0] - means[1]);
    }

    /// What an arm used of a measure between the change and the rollback.
    String inChange(Measure measure, boolean control) {
        return cell(name(measure), control);
    }

    /// How often an arm's processes were started anew between the change and the rollback.
    String restartsInChange(boolean control) {
        return cell(RESTARTS, control);
    }

    private String cell(String name, boolean control) {
        int column = 2 * PHASES.indexOf("change") + (control ? 1 : 0);
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .map(row -> row.cells().get(column))
                .findFirst()
                .orElse(NO_SAMPLE);
    }

    private static Optional<Profile> find(RunSummary run, String service, String arm) {
        return run.profiles().stream()
                .filter(profile ->
                        profile.service().equals(service) && profile.arm().equals(arm))
                .findFirst();
    }

    private static List<Course> course(Optional<Profile> profile, Measure measure) {
        return profile.stream()
                .flatMap(found -> found.courses().stream())
                .filter(course -> course.measure().equals(measure.word()))
                .toList();
    }

    private static double peak(List<Course> one, List<Course> other) {
        return Stream.concat(one.stream(), other.stream())
                .flatMap(course -> course.peaks().stream())
                .filter(peak -> !peak.isNaN())
                .reduce(0.0, Math::max);
    }

    private static Row row(String name, List<Optional<Profile>> arms, Function<Profile.Phase, String> said) {
        List<String> cells = new ArrayList<>();
        for (String phase : PHASES) {
            for (Optional<Profile> arm : arms) {
                cells.add(arm.stream()
                        .flatMap(profile -> profile.phases().stream())
                        .filter(each -> each.name().equals(phase) && each.nanos() > 0)
                        .findFirst()
                        .map(said)
                        .orElse(NO_SAMPLE));
            }
        }
        return new Row(name, cells);
    }

    private static String restarts(Profile.Phase phase) {
        int all = phase.exits() + phase.deployments();
        return phase.exits() == 0 ? Integer.toString(all) : all + ", " + phase.exits() + " by itself";
    }

    private static String said(Measure measure, Profile.Use use) {
        String mean = said(measure, use.mean());
        String peak = said(measure, use.peak());
        int unit = mean.lastIndexOf(' ');
        boolean shared = unit > 0 && peak.endsWith(mean.substring(unit));
        return mean.equals(peak) ? mean : (shared ? mean.substring(0, unit) : mean) + " · " + peak;
    }

    private static String said(Measure measure, double value) {
        return switch (measure) {
            case CPU -> value > 0 && value < 0.005 ? "< 0.01" : Words.decimals(value, 2);
            case THREADS -> Words.decimals(value, 0);
            case MEMORY -> Words.bytes(value);
            case DISK_READ, DISK_WRITTEN, NETWORK_RECEIVED, NETWORK_SENT -> Words.bytes(value) + "/s";
        };
    }

    private static String name(Measure measure) {
        return switch (measure) {
            case CPU -> "CPU, cores";
            case MEMORY -> "Memory, resident";
            case DISK_READ -> "Read from disk";
            case DISK_WRITTEN -> "Written to disk";
            case NETWORK_RECEIVED -> "Received over links";
            case NETWORK_SENT -> "Sent over links";
            case THREADS -> "Threads";
        };
    }
}
