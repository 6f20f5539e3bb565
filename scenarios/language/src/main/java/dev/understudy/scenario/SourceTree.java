package dev.understudy.scenario;

import java.util.Map;
import java.util.Optional;

/// The files a scenario is made of, by name. The reader and the judge see files only through this, so a
/// recorded run can be read again without the disk it came from.
public interface SourceTree {

    /// The largest file that is read, in bytes.
    int LARGEST = 4 << 20;

    /// What a name turned out to be.
    sealed interface Found {
        /// The bytes of a readable file.
        record Content(byte[] bytes) implements Found {}

        /// Why there is nothing to read: missing, a directory, unreadable, larger than [#LARGEST].
        record Unreadable(String why) implements Found {}
    }

    /// The file of that name; names are relative to the tree's root or absolute, with `/`.
    Found open(String name);

    /// Why that file can't be read, whatever its size; nothing if it can. Meant not to read it.
    default Optional<String> whyUnreadable(String name) {
        return open(name) instanceof Found.Unreadable(String why) ? Optional.of(why) : Optional.empty();
    }

    /// Why that name is no directory that can be read; nothing if it is one.
    default Optional<String> whyNoDirectory(String name) {
        return Optional.of(whyUnreadable(name).orElse("it is a file, not a directory"));
    }

    /// The directory part of a name (`""` for a bare file name) joined with `relative`, unless that is
    /// absolute.
    static String sibling(String name, String relative) {
        if (relative.startsWith("/")) {
            return relative;
        }
        int slash = name.lastIndexOf('/');
        String joined = slash < 0 ? relative : name.substring(0, slash + 1) + relative;
        boolean absolute = joined.startsWith("/");
        java.util.ArrayDeque<String> parts = new java.util.ArrayDeque<>();
        for (String part : joined.split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return (absolute ? "/" : "") + String.join("/", parts);
    }

    /// A tree that holds just these texts, and the directories that their names make.
    static SourceTree of(Map<String, String> texts) {
        return new Texts(Map.copyOf(texts));
    }

    /// Texts by name.
    record Texts(Map<String, String> texts) implements SourceTree {
        @Override
        public Found open(String name) {
            String text = texts.get(name);
            return text == null
                    ? new Found.Unreadable(isDirectory(name) ? "it is a directory" : "no such file")
                    : new Found.Content(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public Optional<String> whyNoDirectory(String name) {
            return isDirectory(name)
                    ? Optional.empty()
                    : Optional.of(texts.containsKey(name) ? "it is a file, not a directory" : "no such directory");
        }

        private boolean isDirectory(String name) {
            return texts.keySet().stream().anyMatch(file -> file.startsWith(name + "/"));
        }
    }
}
