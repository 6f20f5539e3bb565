package dev.understudy.store;

import dev.understudy.runtime.DataImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

class DirectoryStoreContractIT extends StoreContract {
    @Override
    protected Subject start(Path where) throws Exception {
        KeyFiles service = new KeyFiles(where);
        return new Subject() {
            @Override
            public Store store() {
                return new DirectoryStore(
                        where, List.of(service.owner()), Duration.ofMillis(500), InstantSource.system());
            }

            @Override
            public void write(String key, String value) throws Exception {
                service.write(key, value);
            }

            @Override
            public DataImage list() {
                return listRestored(where);
            }

            @Override
            public DataImage listRestored(Path restored) {
                return new DirectoryListing().list(restored, "files");
            }

            @Override
            public void close() throws IOException {
                service.close();
            }
        };
    }
}
