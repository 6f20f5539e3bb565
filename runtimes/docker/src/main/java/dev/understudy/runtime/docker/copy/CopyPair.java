package dev.understudy.runtime.docker.copy;

import dev.understudy.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /// Says what was copied: of each how much, whose the top is, who may do what there; and last the two instants
    /// around the moment that the copy shows.
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
}
