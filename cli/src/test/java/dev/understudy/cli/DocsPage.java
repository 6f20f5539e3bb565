package dev.understudy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page of the documentation, by its blocks of code.
record DocsPage(Path file, String text) {
    static final Path DOCS = Tool.ROOT.resolve("docs");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]+)\n(.*?)^```$");

    /// Code of one kind: `yaml`, `console`.
    record Block(String kind, String text) {}

    /// What is typed, and what it prints; `…` stands for anything.
    record Typed(String command, String output) {
        /// Whether what was printed is what the page says.
        boolean isLike(String printed) {
            String expected = Pattern.quote(output.strip()).replace("…", "\\E.*\\Q");
            return Pattern.compile(expected, Pattern.DOTALL)
                    .matcher(printed.strip())
                    .matches();
        }
    }

    static DocsPage of(Path file) throws IOException {
        return new DocsPage(file, Files.readString(file));
    }

    static List<DocsPage> all() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            List<DocsPage> pages = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(of(file));
            }
            return pages;
        }
    }

    List<Block> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
    }

    List<String> blocks(String kind) {
        return blocks().stream()
                .filter(block -> block.kind().equals(kind))
                .map(Block::text)
                .toList();
    }

    /// The commands of a console block in their order.
    static List<Typed> typed(String console) {
        List<Typed> typed = new ArrayList<>();
        for (String each : console.split("(?m)^\\$ ")) {
            if (!each.isBlank()) {
                int end = each.indexOf('\n');
                typed.add(new Typed(each.substring(0, end), each.substring(end + 1)));
            }
        }
        return typed;
    }

    @Override
    public String toString() {
        return DOCS.relativize(file).toString();
    }
}
