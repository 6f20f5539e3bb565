package dev.understudy.runtime.docker.engine;

import java.io.IOException;

/// Says why a connection failed, and what would help if that is known.
final class Reasons {
    private Reasons() {}

    static String of(IOException e) {
        String message = e.getMessage() == null || e.getMessage().isBlank()
                ? e.getClass().getSimpleName()
                : e.getMessage();
        if (message.contains("Permission denied")) {
            return message + ": this user may not use the engine's socket; members of its group (usually 'docker') may";
        }
        if (message.contains("No such file")) {
            return message + ": no engine has made this socket";
        }
        if (message.contains("Connection refused")) {
            return message + ": no engine listens there";
        }
        return message;
    }
}
