package dev.understudy.analysis.data;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Says for a row that differs, or that only one arm has, why. A row that an acknowledged write made and
/// that is absent is lost, whatever else is true of it: where it can't be told which of several writes made
/// a row, an acknowledged one is taken to have.
final class Attribution {
    private final AlignedTable table;
    private final Memory memory;
    private final Exchanged exchanged;
    private final Set<String> makingRoutes;

    /// @param memory the table as it was before the change
    Attribution(AlignedTable table, List<RowPair> pairs, Exchanged exchanged, Memory memory) {
        this.table = table;
        this.exchanged = exchanged;
        this.memory = memory;
        makingRoutes = MakingRoutes.of(table, pairs, exchanged.inControl());
    }

    /// The cause, and when the last acknowledgement that it breaks was given (only for a loss).
    record Finding(Cause cause, OptionalLong acknowledgedAt) {}

    /// Why a pair that isn't the same isn't. @param differences the columns that differ, for a complete
    /// pair
    Finding of(RowPair pair, List<Column> differences) {
        if (table.declares(pair.any())
                || (!differences.isEmpty() && differences.stream().allMatch(Column::expected))) {
            return new Finding(Cause.EXPECTED, OptionalLong.empty());
        }
        List<Touch> touches = touches(pair);
        Cause cause = pair.isComplete()
                ? ofDifferent(pair, touches, differences)
                : pair.control() != null ? ofAbsent(pair.control(), touches) : ofExtra(touches);
        OptionalLong acknowledgedAt = cause == Cause.LOST
                ? exchanges(touches)
                        .filter(PairedExchange::isAcknowledgedByBoth)
                        .mapToLong(exchange -> exchange.candidate().endedAt())
                        .max()
                : OptionalLong.empty();
        return new Finding(cause, acknowledgedAt);
    }

    private List<Touch> touches(RowPair pair) {
        List<Touch> ours =
                pair.control() == null ? List.of() : exchanged.inControl().of(table, pair.control());
        List<Touch> theirs =
                pair.candidate() == null ? List.of() : exchanged.inCandidate().of(table, pair.candidate());
        return Stream.concat(
                        ours.stream(),
                        theirs.stream()
                                .filter(touch -> ours.stream()
                                        .noneMatch(our -> our.exchange().id()
                                                == touch.exchange().id())))
                .toList();
    }

    private Cause ofAbsent(Row row, List<Touch> touches) {
        if (touches.stream()
                .anyMatch(touch -> isDelete(touch) && touch.exchange().isLopsided())) {
            return Cause.UNSERVED;
        }
        if (touches.stream().anyMatch(touch -> isDelete(touch) && isContended(touches))) {
            return Cause.CONTENDED;
        }
        List<PairedExchange> makers = makers(row, touches);
        if (makers.stream().anyMatch(PairedExchange::isAcknowledgedByBoth)) {
            return isUnmade(row, touches) ? Cause.UNSERVED : Cause.LOST;
        }
        if (memory.hadInBoth(Pairing.key(table, row))) {
            return memory.isQuiet() ? Cause.LOST : Cause.UNATTRIBUTED;
        }
        return makers.stream().anyMatch(PairedExchange::isLopsided) ? Cause.UNSERVED : Cause.UNATTRIBUTED;
    }

    /// Whether the candidate was never asked in full for what a row like this takes.
    private boolean isUnmade(Row row, List<Touch> touches) {
        boolean isCreated = isMadeAlone(row) && touches.stream().anyMatch(Touch::created);
        return !isCreated
                && exchanged.inControl().related(touches).stream()
                        .anyMatch(exchange -> exchange.isLopsided() && makingRoutes.contains(exchange.route()));
    }

    private Cause ofExtra(List<Touch> touches) {
        boolean isContended = isContended(touches);
        boolean undeleted = touches.stream()
                .anyMatch(touch -> isDelete(touch) && touch.exchange().isAcknowledgedByBoth());
        if (undeleted && !isContended) {
            return Cause.LOST;
        }
        // a file named after a basket was written by whoever paid for what became of the basket
        if (exchanged.inCandidate().related(touches).stream().anyMatch(PairedExchange::isLopsided)) {
            return Cause.UNSERVED;
        }
        return isContended ? Cause.CONTENDED : Cause.UNATTRIBUTED;
    }

    private Cause ofDifferent(RowPair pair, List<Touch> touches, List<Column> differences) {
        boolean isContended = isContended(touches);
        if (differences.stream()
                .filter(column -> !column.expected())
                .anyMatch(column -> isBroken(column, pair, touches, isContended))) {
            return Cause.LOST;
        }
        if (isShort(pair, touches)) {
            return Cause.UNSERVED;
        }
        if (isContended) {
            return Cause.CONTENDED;
        }
        if (exchanges(touches).anyMatch(PairedExchange::isAcknowledgedByBoth)) {
            return Cause.LOST;
        }
        boolean isDamage = memory.isQuiet() && memory.stillReads(table, Objects.requireNonNull(pair.control()));
        return isDamage ? Cause.LOST : Cause.UNATTRIBUTED;
    }

    /// Whether a write that had to do with the row reached one arm only. A row that was there before may
    /// change with what was made from it: cancelling order 17 gives back what order 17 took, and names
    /// nothing but the order.
    private boolean isShort(RowPair pair, List<Touch> touches) {
        if (exchanges(touches).anyMatch(PairedExchange::isLopsided)) {
            return true;
        }
        return memory.hadInBoth(Pairing.key(table, Objects.requireNonNull(pair.control())))
                && exchanged.inControl().related(touches).stream().anyMatch(PairedExchange::isLopsided);
    }

    /// Whether the value of a column is not what an acknowledged write said it is, and no other write can
    /// be behind that: in the control the word of that write still stands. Where sessions wrote at the same
    /// time any of their words may stand, but no other.
    private boolean isBroken(Column column, RowPair pair, List<Touch> touches, boolean isContended) {
        Row ours = Objects.requireNonNull(pair.control());
        Row theirs = Objects.requireNonNull(pair.candidate());
        String subject = Naming.subject(column.name().substring(column.name().lastIndexOf('/') + 1));
        List<Said> said = exchanges(touches)
                .filter(exchange ->
                        isContended ? exchange.candidate().isAcknowledged() : exchange.isAcknowledgedByBoth())
                .map(exchange -> new Said(
                        exchanged.words().of(exchange.control(), subject),
                        exchanged.words().of(exchange.candidate(), subject)))
                .filter(each ->
                        !each.inControl().isEmpty() && !each.inCandidate().isEmpty())
                .toList();
        if (said.isEmpty()) {
            return false;
        }
        Stream<Said> possible = isContended ? said.stream() : Stream.of(said.getLast());
        boolean stands = (isContended ? said.stream() : Stream.of(said.getLast()))
                .flatMap(each -> each.inControl().stream())
                .anyMatch(word -> reads(column, ours, word));
        return stands
                && possible.flatMap(each -> each.inCandidate().stream()).noneMatch(word -> reads(column, theirs, word));
    }

    /// What an exchange said of one column, in each arm.
    private record Said(List<String> inControl, List<String> inCandidate) {}

    private static boolean reads(Column column, Row row, String word) {
        String cell = row.cell(column);
        return cell != null && (Looks.plain(cell).equals(word) || Looks.isSameMoment(cell, word));
    }

    /// The writes that can have made a row: the first one whose answer alone named it; else, of all that
    /// touched it, those that carry most of what it holds.
    private List<PairedExchange> makers(Row row, List<Touch> touches) {
        List<PairedExchange> created = touches.stream()
                .filter(Touch::created)
                .map(Touch::exchange)
                .limit(1)
                .toList();
        if (isMadeAlone(row) && !created.isEmpty()) {
            return created;
        }
        List<PairedExchange> all = exchanges(touches).toList();
        long most = all.stream()
                .mapToLong(exchange -> likeness(exchange, row))
                .max()
                .orElse(0);
        return all.stream().filter(exchange -> likeness(exchange, row) == most).toList();
    }

    // a row that writes name by its own key, and not by what it refers to
    private boolean isMadeAlone(Row row) {
        List<Column> own =
                table.keys().stream().filter(column -> !column.isPath()).toList();
        return own.size() <= 1
                && own.stream().noneMatch(Column::reference)
                && exchanged.inControl().nameKey(table, row);
    }

    private long likeness(PairedExchange exchange, Row row) {
        List<Carried> carried = exchanged.words().all(exchange.control());
        return table.plain().stream()
                .mapToLong(column -> {
                    String subject = Naming.subject(column.name());
                    String value = Looks.plain(row.text(column));
                    boolean named = carried.stream()
                            .anyMatch(each ->
                                    each.value().equals(value) && each.subject().equals(subject));
                    boolean held =
                            carried.stream().anyMatch(each -> each.value().equals(value));
                    return named ? 2 : held && value.length() > 2 ? 1 : 0;
                })
                .sum();
    }

    private static boolean isDelete(Touch touch) {
        return touch.aimed() && touch.exchange().isDelete();
    }

    private static Stream<PairedExchange> exchanges(List<Touch> touches) {
        return touches.stream().map(Touch::exchange);
    }

    // intervals of which any two overlap, or whose order differs, show it between neighbours, too
    private static boolean isContended(List<Touch> touches) {
        List<PairedExchange> inOrder = exchanges(touches)
                .filter(exchange -> exchange.control().sentAt() > 0)
                .sorted(Comparator.comparingLong(exchange -> exchange.control().sentAt()))
                .toList();
        for (int i = 1; i < inOrder.size(); i++) {
            if (inOrder.get(i - 1).isConcurrentWith(inOrder.get(i))) {
                return true;
            }
        }
        return false;
    }
}
