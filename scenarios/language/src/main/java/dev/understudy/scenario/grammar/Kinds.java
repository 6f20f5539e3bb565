package dev.understudy.scenario.grammar;

import dev.understudy.scenario.KindSignature;
import java.util.List;
import java.util.Optional;

/// The deviation kinds that a scenario may name.
public record Kinds(List<KindSignature> all) {
    public Kinds {
        all = List.copyOf(all);
    }

    Optional<KindSignature> named(String name) {
        return all.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    List<String> names() {
        return all.stream().map(KindSignature::name).toList();
    }
}
