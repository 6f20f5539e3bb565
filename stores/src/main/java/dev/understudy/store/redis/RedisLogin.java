package dev.understudy.store.redis;

import java.util.Optional;

/// Where a Redis server is and as whom to enter it. Immutable; its text never shows the password.
///
/// @param user of an access list; the default one if absent
/// @param password absent where the server wants none
public record RedisLogin(String host, int port, Optional<String> user, Optional<String> password) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
