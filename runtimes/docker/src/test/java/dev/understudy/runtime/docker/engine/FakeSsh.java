package dev.understudy.runtime.docker.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// An `ssh` that leads to this host instead of another: to the engine by the command it is given, to a port by the
/// shell's own means. The host `refusing` refuses.
///
/// @param directory where it is, and where it notes under which ids it ran
record FakeSsh(Path directory) {
    private static final String SCRIPT = """
            #!/usr/bin/env bash
            echo $$ >> "$(dirname "$0")/pids"
            while [ $# -gt 0 ]; do
              case $1 in
                -W) exec 3<>"/dev/tcp/${2%:*}/${2##*:}"; cat <&3 & cat >&3; exit ;;
                --) shift; exec "$@" ;;
                refusing) echo "me@refusing: Permission denied (publickey)." >&2; exit 255 ;;
              esac
              shift
            done
            """;

    FakeSsh {
        try {
            Path file = Files.writeString(directory.resolve("ssh"), SCRIPT);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    SshTarget to(String address) {
        return SshTarget.of(EngineAddress.parse(address).uri())
                .by(directory.resolve("ssh").toString());
    }

    List<Long> ids() throws IOException {
        return Files.readAllLines(directory.resolve("pids")).stream()
                .map(Long::parseLong)
                .toList();
    }
}
