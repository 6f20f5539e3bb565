package dev.understudy.runtime.docker.copy;

import dev.understudy.store.FileTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// A directory of live's and where it is copied to.
record CopyPair(Path from, Path to) {

    /// `FROM TO FROM TO …`
    static List<CopyPair> read(List<String> words) {
        List<CopyPair> pairs = new ArrayList<>();
        for (int at = 0; at + 1 < words.size(); at += 2) {
            pairs.add(new CopyPair(Path.of(words.get(at)), Path.of(words.get(at + 1))));
        }
        return List.copyOf(pairs);
    }

    /// Says what was copied: of each how much, whose the top is, who may do what there; and last the two
    /// instants around the moment that the copy shows.
    static void tell(List<CopyPair> pairs, long surelyIn, long surelyOut) throws IOException {
        int number = 0;
        for (CopyPair pair : pairs) {
            System.out.println("copied " + number + " "
                    + FileTree.size(pair.to()).bytes() + " "
                    + Files.getAttribute(pair.to(), "unix:uid") + " " + Files.getAttribute(pair.to(), "unix:gid")
                    + " " + ((int) Files.getAttribute(pair.to(), "unix:mode") & 07777));
            number++;
        }
        System.out.println("done " + surelyIn + " " + surelyOut);
    }

    /// Gives `copy` the owner and the mode of `live`.
    static void like(Path live, Path copy) throws IOException {
        for (String what : new String[] {"unix:uid", "unix:gid", "unix:mode"}) {
            Files.setAttribute(copy, what, Files.getAttribute(live, what));
        }
    }

    /// The same for the directories above, up to the one that was mounted.
    static void likeAbove(CopyPair holder, Path live, Path copied) throws IOException {
        for (Path above = live, copy = copied;
                !above.equals(holder.from()) && above.getParent() != null && copy.getParent() != null;
                above = above.getParent(), copy = copy.getParent()) {
            like(above.getParent(), copy.getParent());
        }
    }

    /// Gives all that was copied to whom live's belongs.
    static void own(Path copy, Path live) throws IOException {
        like(live, copy);
        Object user = Files.getAttribute(live, "unix:uid");
        Object group = Files.getAttribute(live, "unix:gid");
        FileTree.walk(copy, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return visitFile(directory, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
