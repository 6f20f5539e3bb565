package dev.understudy.report;

import dev.understudy.analysis.BlastRadius;
import dev.understudy.analysis.BlastRadius.Edge;
import dev.understudy.analysis.BlastRadius.Node;
import dev.understudy.analysis.BlastRadius.Seen;
import dev.understudy.analysis.BlastRadius.State;
import dev.understudy.analysis.Profile;
import dev.understudy.analysis.Profile.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

/// Profiles and dependencies of a shop of any size, for [Summaries].
final class Used {
    private static final int SLICES = 40;

    private Used() {}

    /// In both arms, for `seconds` from the start of the run.
    static List<Profile> profiles(List<String> services, int seconds) {
        Random chance = new Random(3);
        List<Profile> profiles = new ArrayList<>();
        for (String service : services) {
            for (String arm : List.of("candidate", "control")) {
                List<Profile.Course> courses = new ArrayList<>();
                for (Measure measure : Measure.values()) {
                    courses.add(course(measure, seconds, chance));
                }
                profiles.add(new Profile(service, arm, phases(arm, chance), courses));
            }
        }
        return profiles;
    }

    private static List<Profile.Phase> phases(String arm, Random chance) {
        List<Profile.Phase> phases = new ArrayList<>();
        for (String name : UsedByService.PHASES) {
            Map<String, Profile.Use> uses = new LinkedHashMap<>();
            for (Measure measure : Measure.values()) {
                double mean = scale(measure) * (0.2 + chance.nextDouble());
                uses.put(measure.word(), new Profile.Use(mean, mean * (1 + chance.nextDouble()), 10));
            }
            boolean candidate = arm.equals("candidate");
            phases.add(new Profile.Phase(
                    name,
                    10_000_000_000L,
                    name.equals("recovery") ? Map.of() : uses,
                    candidate && name.equals("change") ? 1 : 0,
                    name.equals("change") || (candidate && name.equals("rollback")) ? 1 : 0));
        }
        return phases;
    }

    private static Profile.Course course(Measure measure, int seconds, Random chance) {
        List<Double> peaks = new ArrayList<>();
        for (int slice = 0; slice < SLICES; slice++) {
            peaks.add(slice == 17 ? Double.NaN : scale(measure) * chance.nextDouble());
        }
        long width = Math.max(1, seconds / SLICES) * 1_000_000_000L;
        return new Profile.Course(measure.word(), 0, width, peaks);
    }

    private static double scale(Measure measure) {
        return switch (measure) {
            case CPU -> 0.8;
            case THREADS -> 40;
            case MEMORY -> 300e6;
            case DISK_READ, DISK_WRITTEN, NETWORK_RECEIVED, NETWORK_SENT -> 2e6;
        };
    }

    /// Every service calls those at twice its place and the next; the second was changed and slowed its
    /// callers, the last calls the first back.
    static BlastRadius blast(List<String> services) {
        List<Edge> edges = new ArrayList<>();
        edges.add(edge("users", services.getFirst(), "slower"));
        for (int n = 0; n < services.size(); n++) {
            for (int callee : new int[] {2 * n + 1, 2 * n + 2}) {
                if (callee < services.size()) {
                    edges.add(edge(services.get(n), services.get(callee), callee == 1 ? "slower, more failures" : ""));
                }
            }
        }
        if (services.size() > 2) {
            edges.add(edge(services.getFirst(), services.getLast(), ""));
            edges.add(edge(services.getLast(), services.getFirst(), ""));
        }
        List<Node> nodes = new ArrayList<>();
        for (int n = 0; n < services.size(); n++) {
            State state = switch (n) {
                case 0 -> State.AFFECTED;
                case 1 -> State.CHANGED;
                default -> n % 7 == 6 ? State.NOT_MEASURED : n % 7 == 5 ? State.NOT_IN_SHADOW : State.NOT_AFFECTED;
            };
            nodes.add(new Node(services.get(n), state));
        }
        return new BlastRadius(nodes, edges);
    }

    private static Edge edge(String from, String to, String difference) {
        boolean differs = !difference.isEmpty();
        return new Edge(from, to, seen(differs ? 0.041 : 0, differs ? 2_310 : 91), seen(0, 88), difference);
    }

    private static Seen seen(double failed, long millis) {
        return new Seen(1043, OptionalDouble.of(failed), OptionalLong.of(millis * 1_000_000));
    }
}
