package dev.understudy.runtime.docker.engine;

import dev.understudy.store.Digest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The tool's own classes on an image that brings Java 25: for engines that run on other processors than this
/// host, and hosts that aren't Linux.
///
/// @param base the image; its `java` is looked for on its `PATH`
/// @param jars where the classes go
record LinkLayer(String base, PackedClasses classes, String jars) implements LinkContent {
    @Override
    public String listing() {
        StringBuilder listing =
                new StringBuilder("layout 1\nbase ").append(base).append('\n');
        for (PackedClasses.Jar jar : classes.jars()) {
            listing.append(jar.name())
                    .append(' ')
                    .append(Digest.of(jar.content()))
                    .append('\n');
        }
        return listing.toString();
    }

    @Override
    public String java() {
        return "java";
    }

    @Override
    public boolean isOfThisHost() {
        return false;
    }

    @Override
    public String make(ImageWork images, String tag, String label) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String steps = "FROM " + base + "\nCOPY lib " + jars + "\nENTRYPOINT []\n";
        files.put("Dockerfile", steps.getBytes(StandardCharsets.UTF_8));
        classes.jars().forEach(jar -> files.put("lib/" + jar.name(), jar.content()));
        int equals = label.indexOf('=');
        Map<String, String> labels = Map.of(label.substring(0, equals), label.substring(equals + 1));
        return images.built(tag, new ByteArrayInputStream(TarStream.of(files)), labels, Map.of(), line -> {});
    }
}
