package dev.understudy.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// The content of the first entry of a tar, as of a tar that holds one file; empty if there is none. Closing it closes
/// the tar. Not thread-safe.
public final class TarContent extends FilterInputStream {
    private TarContent(InputStream content) {
        super(content);
    }

    /// @throws IOException if it is no tar
    public static TarContent of(InputStream tar) throws IOException {
        TarArchiveInputStream entries = new TarArchiveInputStream(tar);
        return entries.getNextEntry() == null ? new TarContent(InputStream.nullInputStream()) : new TarContent(entries);
    }
}
