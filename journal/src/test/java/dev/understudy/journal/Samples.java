package dev.understudy.journal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Makes an event of any kind, filled from a generator, so that a test can meet kinds nobody thought of.
final class Samples {
    private Samples() {}

    static final Event.RunStarted FIRST = new Event.RunStarted(
            Event.SCHEMA,
            "20261121-114503-orders-2.0-x7f3",
            "0.1",
            "2026-11-21T11:45:03Z",
            "orders.yaml",
            42,
            List.of(new Event.SourceText("orders.yaml", "ab12", "scenario: orders\n")),
            Map.of("cores", "2", "os", "Linux"),
            "understudy rehearse orders.yaml --seed 42");

    static List<Class<? extends Event>> kinds() {
        List<Class<? extends Event>> kinds = new ArrayList<>();
        for (Class<?> kind : Event.class.getPermittedSubclasses()) {
            kinds.add(kind.asSubclass(Event.class));
        }
        return kinds;
    }

    static Event event(Class<? extends Event> kind, RandomGenerator chance) {
        return kind == Event.RunStarted.class ? FIRST : (Event) record(kind, chance);
    }

    private static Object record(Class<?> kind, RandomGenerator chance) {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> value(component.getGenericType(), chance))
                .toArray();
        try {
            return kind.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("can't make a " + kind, e);
        }
    }

    private static Object value(Type type, RandomGenerator chance) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return chance.ints(chance.nextInt(3))
                    .mapToObj(_ -> value(generic.getActualTypeArguments()[0], chance))
                    .toList();
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return Map.of(
                    "b" + chance.nextInt(9),
                    value(generic.getActualTypeArguments()[1], chance),
                    "a",
                    value(generic.getActualTypeArguments()[1], chance));
        }
        if (type == int.class) {
            return chance.nextInt();
        } else if (type == long.class || type == Long.class) {
            return chance.nextLong();
        } else if (type == double.class || type == Double.class) {
            return chance.nextInt(4) == 0 ? Double.NaN : chance.nextDouble() * 1e9;
        } else if (type == boolean.class) {
            return chance.nextBoolean();
        } else if (type == String.class) {
            return "\"tab\t, line\n, ü, €, \\, " + chance.nextInt();
        } else if (type == OptionalLong.class) {
            return chance.nextBoolean() ? OptionalLong.of(chance.nextLong()) : OptionalLong.empty();
        } else if (type instanceof Class<?> nested && nested.isRecord()) {
            return record(nested, chance);
        }
        throw new AssertionError("teach the test to make a " + type);
    }

    static Journal.ResourceSecond resource(long second) {
        return new Journal.ResourceSecond(
                1,
                "control",
                "orders",
                0,
                second,
                0.25,
                1 << 20,
                OptionalLong.of(4096),
                OptionalLong.of(8192),
                OptionalLong.of(12));
    }

    static ExchangeRecord exchange(RandomGenerator chance) {
        ExchangeRecord.Outcome[] outcomes = ExchangeRecord.Outcome.values();
        return new ExchangeRecord(
                chance.nextInt(4),
                chance.nextLong(),
                chance.nextLong(),
                "GET orders/ördér/{}/" + chance.nextInt(5),
                chance.nextBoolean(),
                chance.nextInt(600),
                chance.nextBoolean(),
                chance.nextLong(),
                chance.nextLong(),
                chance.nextLong(),
                chance.nextInt(600),
                outcomes[chance.nextInt(outcomes.length)]);
    }
}
