package dev.understudy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/// A console block of the README: what is typed after `./understudy`, and what it says is printed.
record ReadmeBlock(String command, String output) {
    private static final Pattern BLOCK =
            Pattern.compile("```console\\n\\$ \\./understudy ([^\\n]*)\\n((?:(?!```)[^\\n]*\\n)*)```");

    static List<ReadmeBlock> all() throws IOException {
        return BLOCK.matcher(Files.readString(Tool.ROOT.resolve("README.md")))
                .results()
                .map(block -> new ReadmeBlock(block.group(1), block.group(2)))
                .toList();
    }
}
