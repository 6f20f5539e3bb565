package dev.understudy.runtime.docker;

import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.store.redis.RedisLogin;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// As whom a Redis server in a container is talked to: the password is on its command line (`--requirepass`),
/// or in a variable that usual images take.
record RedisLogins(LiveContainer container) {
    private static final Pattern ON_THE_COMMAND_LINE = Pattern.compile("--requirepass[ =]+[\"']?([^ \"']+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z_0-9]*)}?");
    private static final List<String> VARIABLES = List.of("REDISCLI_AUTH", "REDIS_PASSWORD");

    RedisLogin at(String host, int port) {
        return new RedisLogin(host, port, Optional.empty(), password());
    }

    Optional<String> password() {
        Matcher asked = ON_THE_COMMAND_LINE.matcher(command());
        if (asked.find()) {
            String word = asked.group(1);
            Matcher variable = VARIABLE.matcher(word);
            return variable.matches() ? container.variable(variable.group(1)) : Optional.of(word);
        }
        return VARIABLES.stream()
                .flatMap(name -> container.variable(name).stream())
                .filter(password -> !password.isEmpty())
                .findFirst();
    }

    private String command() {
        return words(container.config().path("Entrypoint")) + " "
                + words(container.config().path("Cmd"));
    }

    private static String words(JsonNode list) {
        return String.join(
                " ",
                StreamSupport.stream(list.spliterator(), false)
                        .map(JsonNode::asString)
                        .toList());
    }
}
