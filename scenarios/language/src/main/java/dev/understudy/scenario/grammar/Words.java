package dev.understudy.scenario.grammar;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds what a misspelt word was meant to be.
public final class Words {
    private static final int FURTHEST = 2;
    private static final int MOST_LISTED = 24;
    /// In a word of up to four letters two wrong ones leave too little to guess from.
    private static final int SHORT = 4;

    private Words() {}

    /// `Maybe 'patch'.` for the known word nearest to `wrong`; else all known words, if they are few.
    public static Optional<String> meant(String wrong, Collection<String> known) {
        return nearest(wrong, known).map(word -> "Maybe '" + word + "'.").or(() -> all(known));
    }

    /// `Known: a, b, c.`, if they are few.
    public static Optional<String> all(Collection<String> known) {
        return known.isEmpty() || known.size() > MOST_LISTED
                ? Optional.empty()
                : Optional.of("Known: " + listed(new LinkedHashSet<>(known)) + ".");
    }

    /// The known word nearest to `wrong`, up to two letters away, one in a short word.
    static Optional<String> nearest(String wrong, Collection<String> known) {
        int furthest = Math.min(wrong.length() - 1, wrong.length() <= SHORT ? 1 : FURTHEST);
        return known.stream()
                .filter(word -> distance(wrong, word) <= furthest)
                .min(Comparator.<String>comparingInt(word -> distance(wrong, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// `a, b, c`.
    static String listed(Collection<String> words) {
        return words.stream().collect(Collectors.joining(", "));
    }

    /// The names of an enum's constants as the language writes them: lower case.
    static <E extends Enum<E>> List<String> of(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours count one each.
    /// Words whose lengths alone are too far apart are not compared letter by letter.
    static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > FURTHEST) {
            return FURTHEST + 1;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : shortest(a, b, d, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int shortest(String a, String b, int[][] d, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
