package dev.understudy.deviation;

import dev.understudy.scenario.KindSignature;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/// All kinds that are installed.
public final class DeviationKinds {
    private DeviationKinds() {}

    /// Every kind, by name. @throws IllegalStateException if two have the same name
    public static List<DeviationKind> all() {
        List<DeviationKind> kinds =
                ServiceLoader.load(DeviationKind.class, DeviationKind.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted(Comparator.comparing(kind -> kind.signature().name()))
                        .toList();
        for (int i = 1; i < kinds.size(); i++) {
            String name = kinds.get(i).signature().name();
            if (name.equals(kinds.get(i - 1).signature().name())) {
                throw new IllegalStateException("two deviation kinds are called '" + name + "'");
            }
        }
        return kinds;
    }

    /// The kind of that name. @throws IllegalArgumentException if there is none
    public static DeviationKind named(String name) {
        return all().stream()
                .filter(kind -> kind.signature().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no deviation kind '" + name + "'"));
    }

    /// What the language has to know of all kinds.
    public static List<KindSignature> signatures() {
        return all().stream().map(DeviationKind::signature).toList();
    }
}
