package dev.understudy.cli;

import dev.understudy.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A directory that is written beside its place and takes it by a rename when it is whole. Each step can be undone,
/// also by another process, from what lies there.
///
/// ```
///  .NAME.partial-understudy ─ take ─▶ NAME ─ settle ─▶ (done)
///              NAME, if there is one ─▶ .NAME.old-understudy ─ settle ─▶ (gone)
/// ```
///
/// @param place an absolute path
/// @param replaces whether something was there when it began
record Taking(Path place, boolean replaces) {
    /// With what is there now.
    static Taking of(Path place) {
        return new Taking(place, Files.exists(place));
    }

    /// Reads the form that [#toString] writes; empty if it is another.
    static Optional<Taking> parse(String line) {
        String[] words = line.split(" ", 2);
        return words.length == 2 && (words[0].equals("new") || words[0].equals("replaces"))
                ? Optional.of(new Taking(Path.of(words[1]), words[0].equals("replaces")))
                : Optional.empty();
    }

    /// Where it is written until it is whole.
    Path partial() {
        return place.resolveSibling("." + place.getFileName() + ".partial-understudy");
    }

    /// Where what it replaces waits meanwhile.
    Path old() {
        return place.resolveSibling("." + place.getFileName() + ".old-understudy");
    }

    /// Makes the empty directory to write to.
    void begin() throws IOException {
        FileTree.delete(partial());
        Files.createDirectories(partial());
    }

    /// Takes the place.
    void take() throws IOException {
        if (replaces) {
            FileTree.delete(old());
            Files.move(place, old(), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(partial(), place, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Everything as it was before [#begin], however far it got.
    void undo() throws IOException {
        boolean isTaken = !Files.exists(partial()) && (!replaces || Files.exists(old()));
        if (isTaken) {
            FileTree.delete(place);
        }
        if (Files.exists(old()) && !Files.exists(place)) {
            Files.move(old(), place, StandardCopyOption.ATOMIC_MOVE);
        }
        FileTree.delete(partial());
    }

    /// Nothing beside the place any more.
    void settle() {
        FileTree.deleteQuietly(old());
        FileTree.deleteQuietly(partial());
    }

    @Override
    public String toString() {
        return (replaces ? "replaces " : "new ") + place;
    }
}
