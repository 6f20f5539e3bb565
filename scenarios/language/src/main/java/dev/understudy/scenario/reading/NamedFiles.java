package dev.understudy.scenario.reading;

import dev.understudy.scenario.SourceTree;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A tree that remembers which files were asked for. Not thread-safe.
final class NamedFiles implements SourceTree {
    private final SourceTree tree;
    private final Set<String> named = new HashSet<>();

    NamedFiles(SourceTree tree) {
        this.tree = tree;
    }

    /// Whether that file was asked for, however its name is spelled.
    boolean has(String name) {
        return named.contains(plain(name));
    }

    @Override
    public Found open(String name) {
        named.add(plain(name));
        return tree.open(name);
    }

    @Override
    public Optional<String> whyUnreadable(String name) {
        named.add(plain(name));
        return tree.whyUnreadable(name);
    }

    @Override
    public Optional<String> whyNoDirectory(String name) {
        return tree.whyNoDirectory(name);
    }

    private static String plain(String name) {
        return name.startsWith("/") ? name : SourceTree.sibling("", name);
    }
}
