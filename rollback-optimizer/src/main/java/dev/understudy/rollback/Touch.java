package dev.understudy.rollback;

import dev.understudy.scenario.Step;
import dev.understudy.scenario.Template;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a step is known to act on. A program that names no service may act on anything.
///
/// @param services services, or their stores, which have the same name
/// @param looksOnly whether it changes nothing
record Touch(Set<String> services, boolean anything, boolean looksOnly) {

    static Touch of(Step step) {
        return switch (step) {
            case Step.Revert revert -> acting(revert.service());
            case Step.RestoreData restore -> acting(restore.service());
            case Step.Sql sql -> acting(sql.service());
            case Step.Http http -> acting(http.service());
            // what a person does is not known
            case Step.Manual _ -> new Touch(Set.of(), true, false);
            case Step.WaitUntil wait -> new Touch(Set.of(watched(wait.condition())), false, true);
            case Step.Command command -> ofCommand(command);
        };
    }

    private static Touch acting(String service) {
        return new Touch(Set.of(service), false, false);
    }

    private static String watched(Step.Condition condition) {
        return switch (condition) {
            case Step.Condition.Healthy healthy -> healthy.service();
            case Step.Condition.Answers answers -> answers.service();
            case Step.Condition.Query query -> query.service();
        };
    }

    private static Touch ofCommand(Step.Command command) {
        Set<String> named = command.environment().values().stream()
                .flatMap(template -> template.references().stream())
                .filter(reference -> !reference.isEnvironment())
                .map(Template.Reference::of)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Touch(named, named.isEmpty(), false);
    }

    /// Why a step that acts on this and one that acts on `other` must not change places, if so.
    Optional<String> conflict(Touch other) {
        if (looksOnly && other.looksOnly) {
            return Optional.empty();
        }
        if (anything || other.anything) {
            return Optional.of("a program or a person may act on anything");
        }
        Set<String> both = new TreeSet<>(services);
        both.retainAll(other.services);
        return both.isEmpty() ? Optional.empty() : Optional.of("both act on " + String.join(", ", both));
    }
}
