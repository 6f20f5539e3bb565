package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Mask;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Masks files in a copy of a data directory, never in live's own. Globs are those of
/// [FileSystems#getDefault]: `*` within a name, `**` across directories. Not thread-safe.
public final class DirectoryMask {
    /// Numbers that are not masked stay as they are written.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Path directory;
    private final MaskKey key;

    /// @param directory the copy
    public DirectoryMask(Path directory, MaskKey key) {
        this.directory = directory;
        this.key = key;
    }

    /// Replaces what the masks name; those of columns are none of its business.
    /// @throws ScenarioException naming a mask that meets nothing, or a file that isn't JSON
    /// @throws EnvironmentException if a file can't be read or written
    public void apply(List<Mask> masks) {
        for (Mask mask : masks) {
            if (mask.target() instanceof Mask.Target.InFiles(String glob, Optional<String> pointer)) {
                List<Path> met = matching(glob);
                long masked = 0;
                for (Path file : met) {
                    masked += pointer.isPresent() ? replace(file, pointer.get(), mask) : leaveOut(file);
                }
                if (masked == 0) {
                    throw wrong(
                            mask,
                            met.isEmpty()
                                    ? "no file of '" + mask.service() + "' matches '" + glob + "'"
                                    : "none of the " + met.size() + " files of '" + mask.service() + "' that match '"
                                            + glob + "' has a value at " + pointer.orElse(""));
                }
            }
        }
    }

    private List<Path> matching(String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        List<Path> found = new ArrayList<>();
        FileTree.walk(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (matcher.matches(directory.relativize(file))) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    private static long leaveOut(Path file) {
        FileTree.delete(file);
        return 1;
    }

    private long replace(Path file, String pointer, Mask mask) {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            JsonPointer at = JsonPointer.compile(pointer);
            JsonNode parent = root.at(at.head());
            JsonNode found = root.at(at);
            if (found.isMissingNode() || found.isNull()) {
                return 0;
            }
            JsonNode replaced = replaced(found, mask);
            if (parent instanceof ObjectNode object) {
                object.set(at.last().getMatchingProperty(), replaced);
            } else if (parent instanceof ArrayNode array) {
                array.set(at.last().getMatchingIndex(), replaced);
            }
            // in place: the name, mode and owner stay, and no copy of what it was
            Files.write(file, JSON.writeValueAsBytes(root));
            return 1;
        } catch (JacksonException e) {
            throw wrong(mask, "the file '" + directory.relativize(file) + "' of '" + mask.service() + "' is not JSON");
        } catch (IOException e) {
            throw new EnvironmentException("cannot mask " + file + ": " + e, e);
        }
    }

    private JsonNode replaced(JsonNode value, Mask mask) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (mask.by()) {
            case Mask.Replacement.Nothing _ -> nodes.nullNode();
            case Mask.Replacement.Constant(String text) -> nodes.stringNode(text);
            case Mask.Replacement.Hash _ ->
                value.isIntegralNumber()
                        // what a double can hold exactly
                        ? nodes.numberNode(key.number(value.asString()) >>> 11)
                        : nodes.stringNode(key.token(value.isContainer() ? value.toString() : value.asString()));
        };
    }

    private static ScenarioException wrong(Mask mask, String message) {
        return new ScenarioException(List.of(Problem.at(mask.place(), message)));
    }
}
