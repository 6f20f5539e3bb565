package dev.understudy.promql.series;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What tells one series from another: names and values, among them the metric's name as `__name__`. A
/// label with an empty value is the same as no such label and is never held. Immutable.
public final class Labels implements Comparable<Labels> {
    /// The label that holds a metric's name.
    public static final String NAME = "__name__";

    /// No labels at all: what `sum(x)` yields.
    public static final Labels NONE = new Labels(new TreeMap<>());

    private final SortedMap<String, String> values;
    private final int hash;

    private Labels(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
        this.hash = values.hashCode();
    }

    /// These labels; empty values are left out.
    public static Labels of(Map<String, String> values) {
        TreeMap<String, String> held = new TreeMap<>(values);
        held.values().removeIf(String::isEmpty);
        return new Labels(held);
    }

    /// A metric's name and further names and values in turn.
    /// @throws IllegalArgumentException if a name has no value
    public static Labels named(String metric, String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("label " + namesAndValues[namesAndValues.length - 1] + " has no value");
        }
        TreeMap<String, String> held = new TreeMap<>();
        held.put(NAME, metric);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            held.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return of(held);
    }

    /// The label's value, or the empty text where there is no such label.
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    /// The metric's name; empty if there is none, as for computed values.
    public String name() {
        return get(NAME);
    }

    /// All labels, sorted by name.
    public SortedMap<String, String> asMap() {
        return values;
    }

    /// These with one label set; an empty `value` takes it away.
    public Labels with(String name, String value) {
        TreeMap<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        return of(changed);
    }

    /// These with all of `others` set; empty values take labels away.
    public Labels with(Map<String, String> others) {
        TreeMap<String, String> changed = new TreeMap<>(values);
        changed.putAll(others);
        return of(changed);
    }

    /// These without the metric's name.
    public Labels unnamed() {
        return without(Collections.singleton(NAME));
    }

    /// These without the labels of `names`.
    public Labels without(Collection<String> names) {
        TreeMap<String, String> kept = new TreeMap<>(values);
        names.forEach(kept::remove);
        return kept.size() == values.size() ? this : new Labels(kept);
    }

    /// Of these only the labels of `names`.
    public Labels only(Collection<String> names) {
        TreeMap<String, String> kept = new TreeMap<>();
        names.forEach(name -> kept.put(name, get(name)));
        return of(kept);
    }

    @Override
    public int compareTo(Labels other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Labels labels && hash == labels.hash && values.equals(labels.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// `name{a="b"}`, as PromQL writes it; a name that is not made of letters stands quoted within the
    /// braces.
    @Override
    public String toString() {
        return LabelText.print(this);
    }
}
