package dev.understudy.cli;

import dev.understudy.journal.RunDirectory;
import dev.understudy.runtime.process.ProcessId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `shadow ls`: the shadows that are held open.
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"  0:they were listed", "  2:usage error"},
        description = "Lists the shadows that are held open, and where their services are reached.")
final class ShadowLs implements Callable<Integer> {
    @Option(names = "--json", description = "as JSON")
    boolean json;

    @Override
    public Integer call() {
        List<HeldShadow> all = new ArrayList<>();
        for (RunDirectory directory : HeldShadows.ofThisUser().all()) {
            HeldShadows.read(directory).ifPresent(all::add);
        }
        if (json) {
            System.out.println(JsonMapper.shared()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(all.stream().map(ShadowLs::fields).toList()));
        } else {
            System.out.print(
                    all.isEmpty()
                            ? "no shadow is held open\n"
                            : String.join(
                                    "",
                                    all.stream()
                                            .map(shadow -> told(shadow, false))
                                            .toList()));
        }
        return ExitCode.GO.code();
    }

    private static Map<String, Object> fields(HeldShadow shadow) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", shadow.id());
        fields.put("scenario", shadow.scenario());
        fields.put("file", shadow.file());
        fields.put("since", shadow.since());
        fields.put("state", state(shadow));
        fields.put("mirror", shadow.mirror());
        fields.put("pid", HeldShadows.holder(shadow).map(ProcessId::pid).orElse(0L));
        fields.put("arms", shadow.arms());
        fields.put("files", files(shadow));
        return fields;
    }

    private static String state(HeldShadow shadow) {
        boolean isHeld = HeldShadows.isHeld(shadow);
        return isHeld ? shadow.state().name().toLowerCase(Locale.ROOT) : "gone";
    }

    private static String files(HeldShadow shadow) {
        return Home.state().resolve("shadows").resolve(shadow.id()).toString();
    }

    /// For people: one shadow, an arm a line.
    static String told(HeldShadow shadow, boolean isNew) {
        String state = state(shadow);
        StringBuilder text = new StringBuilder("shadow " + shadow.id() + " of " + shadow.file() + " is " + state);
        Optional<Long> holder = HeldShadows.holder(shadow).map(ProcessId::pid);
        if (state.equals("gone")) {
            return text.append(": its holder has died; 'understudy clean' removes what is left\n")
                    .toString();
        }
        holder.ifPresent(pid -> text.append(", held by process ").append(pid));
        text.append(isNew ? "" : " since " + shadow.since())
                .append(shadow.mirror() ? ", with traffic\n" : ", without traffic\n");
        shadow.arms().forEach((arm, services) -> {
            text.append(String.format("  %-10s", arm));
            services.forEach((service, at) ->
                    text.append("  ").append(service).append(' ').append(at));
            text.append('\n');
        });
        return text.append("  files in   ").append(files(shadow)).append('\n').toString();
    }
}
