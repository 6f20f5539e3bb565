package dev.understudy.scenario.tree;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.SourceTree;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The bytes of a file as text: UTF-8, with or without a byte order mark, without control characters.
final class FileText {
    /// The parser's time grows with the square of the length of a token that stays on one line.
    private static final int LONGEST_LINE = 1 << 16;

    private FileText() {}

    /// The text, or nothing after noting why there is none.
    static Optional<String> decode(String file, byte[] bytes, Findings findings) {
        Place top = new Place(file, 1, 1);
        if (bytes.length > SourceTree.LARGEST) {
            findings.add(top, "the file has " + bytes.length + " bytes; at most " + SourceTree.LARGEST + " are read");
            return Optional.empty();
        }
        Optional<String> foreign = foreignEncoding(bytes);
        if (foreign.isPresent()) {
            findings.add(top, "the file is " + foreign.get() + ", not UTF-8", "Save it as UTF-8.");
            return Optional.empty();
        }
        int skip = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, skip, bytes.length - skip);
        CharBuffer out = CharBuffer.allocate(bytes.length - skip + 1);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            findings.add(
                    placeAt(file, text, text.length()),
                    "byte " + in.position() + " (0x%02X) is not UTF-8".formatted(bytes[in.position()]),
                    "Save the file as UTF-8.");
            return Optional.empty();
        }
        return printable(file, text, findings).filter(sound -> hasShortLines(file, sound, findings));
    }

    /// The place of a char offset.
    static Place placeAt(String file, String text, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return new Place(file, line, column);
    }

    private static Optional<String> printable(String file, String text, Findings findings) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = c >= ' ' && c != 0x7F && (c < 0x80 || c > 0x9F || c == 0x85) && c < 0xFFFE && c != 0xFEFF;
            if (!allowed && c != '\n' && c != '\r' && c != '\t') {
                findings.add(
                        placeAt(file, text, i),
                        "the character U+%04X is not allowed in YAML".formatted((int) c),
                        "Is this a text file?");
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }

    private static boolean hasShortLines(String file, String text, Findings findings) {
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); start < text.length(); end = text.indexOf('\n', start)) {
            int stop = end < 0 ? text.length() : end;
            if (stop - start > LONGEST_LINE) {
                findings.add(
                        new Place(file, line, 1),
                        "the line has " + (stop - start) + " characters; at most " + LONGEST_LINE + " are read");
                return false;
            }
            start = stop + 1;
            line++;
        }
        return true;
    }

    private static Optional<String> foreignEncoding(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            return Optional.of("UTF-32");
        }
        boolean utf16 = startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF);
        return utf16 ? Optional.of("UTF-16") : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... wanted) {
        if (bytes.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if ((bytes[i] & 0xFF) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
