package dev.understudy.scenario.reading;

import dev.understudy.scenario.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A sound file with one value or one key broken, at every place where it has one: what the schema and the
/// reader have to agree about, however many keys the language gets.
///
/// @param what for people: what was done
/// @param at where in the file, from 0
/// @param text the broken file
record BrokenPlaces(String what, int at, String text) {
    private static final Pattern PLACES =
            Pattern.compile("([A-Za-z][\\w.-]*): +(\"[^\"]*\"|'[^']*'|[^\\s,}\\]\\[{\"'|][^,}\\]\\n]*|[\\[{])");
    /// Values of another kind than any word of the language: no word, no reference and no file is called so.
    private static final List<String> VALUES =
            List.of("[]", "{}", "null", "-1", "1.5", "true", "[[]]", "99999999999999999999");

    /// Every single value replaced by one of another kind.
    static List<BrokenPlaces> values(String sound) {
        List<BrokenPlaces> broken = new ArrayList<>();
        for (MatchResult place : PLACES.matcher(sound).results().toList()) {
            int begin = place.start(2);
            int end = "[{".contains(place.group(2)) ? closing(sound, begin) : place.end(2);
            for (String value : VALUES) {
                broken.add(new BrokenPlaces(
                        place.group(1) + ": " + value,
                        begin,
                        sound.substring(0, begin) + value + sound.substring(end)));
            }
        }
        return broken;
    }

    /// Every key misspelt.
    static List<BrokenPlaces> keys(String sound) {
        return PLACES.matcher(sound)
                .results()
                .map(place -> new BrokenPlaces(
                        place.group(1) + "q",
                        place.start(),
                        sound.substring(0, place.end(1)) + "q" + sound.substring(place.end(1))))
                .toList();
    }

    /// Whether that is where it is broken.
    boolean isAt(Place place) {
        String before = text.substring(0, at);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return place.line() == line && place.column() == at - before.lastIndexOf('\n');
    }

    private static int closing(String text, int opening) {
        int depth = 0;
        boolean quoted = false;
        for (int at = opening; at < text.length(); at++) {
            char c = text.charAt(at);
            quoted ^= c == '"';
            if (!quoted) {
                depth += "[{".indexOf(c) >= 0 ? 1 : "]}".indexOf(c) >= 0 ? -1 : 0;
            }
            if (depth == 0) {
                return at + 1;
            }
        }
        throw new IllegalArgumentException("nothing closes what is opened at " + opening);
    }
}
