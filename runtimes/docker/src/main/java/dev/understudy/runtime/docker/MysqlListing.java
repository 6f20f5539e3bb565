package dev.understudy.runtime.docker;

import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Ran;
import dev.understudy.store.Digest;
import dev.understudy.store.TarContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists all databases of a MariaDB or MySQL server in an arm, with the client program of its own container:
/// tables by name, rows by primary key. Values cross as hexadecimal digits, so that none can be taken for
/// another. Stateless.
record MysqlListing(EngineWork work, EngineReading reading) {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String FILE = "/tmp/understudy-listing";
    private static final String USERS_OWN =
            "table_schema not in ('mysql', 'information_schema', 'performance_schema', 'sys')";
    private static final int MOST_ROWS = 1_000_000;

    private record Column(String name, boolean isBinary, boolean isKey) {}

    /// Everything in it, as the data of `service`.
    /// @throws EnvironmentException if the client fails
    DataImage list(Made container, String password, int port, String service) {
        List<String> structure = new ArrayList<>();
        Map<String, List<Column>> tables = new LinkedHashMap<>();
        String columns =
                "select hex(concat(c.table_schema, '.', c.table_name)), hex(c.column_name), hex(c.column_type), "
                        + "c.data_type in ('binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'bit', 'geometry'), "
                        + "c.column_key = 'PRI', c.is_nullable, hex(coalesce(c.column_default, '')) "
                        + "from information_schema.columns c join information_schema.tables t using (table_schema, table_name) "
                        + "where t.table_type = 'BASE TABLE' and c." + USERS_OWN
                        + " order by c.table_schema, c.table_name, c.ordinal_position";
        for (List<String> row : rows(container, password, port, columns)) {
            String table = text(row.get(0));
            String column = text(row.get(1));
            tables.computeIfAbsent(table, _ -> new ArrayList<>())
                    .add(new Column(column, row.get(3).equals("1"), row.get(4).equals("1")));
            structure.add("column " + table + "." + column + " " + text(row.get(2)) + " null " + row.get(5)
                    + " default " + text(row.get(6)));
        }
        String indexes = "select hex(concat('index ', table_schema, '.', table_name, ' ', index_name, ' ', "
                + "group_concat(column_name order by seq_in_index), if(min(non_unique) = 0, ' unique', ''))) "
                + "from information_schema.statistics where " + USERS_OWN
                + " group by table_schema, table_name, index_name";
        rows(container, password, port, indexes).forEach(row -> structure.add(text(row.getFirst())));
        structure.sort(null);
        List<String> incomplete = new ArrayList<>();
        List<DataImage.Table> listed = new ArrayList<>();
        tables.forEach((name, its) -> listed.add(table(container, password, port, name, its, incomplete)));
        return new DataImage(service, List.copyOf(structure), List.copyOf(listed), List.copyOf(incomplete));
    }

    private DataImage.Table table(
            Made container, String password, int port, String name, List<Column> columns, List<String> incomplete) {
        List<String> values = new ArrayList<>();
        List<String> order = new ArrayList<>();
        List<Integer> key = new ArrayList<>();
        for (Column column : columns) {
            String quoted = quoted(column.name());
            String shown = column.isBinary() ? quoted : "cast(" + quoted + " as char character set utf8mb4)";
            values.add("if(" + quoted + " is null, 'n', concat('v', hex(" + shown + ")))");
            if (column.isKey()) {
                key.add(values.size() - 1);
                order.add(quoted);
            }
        }
        int dot = name.indexOf('.');
        String from = quoted(name.substring(0, dot)) + "." + quoted(name.substring(dot + 1));
        String sorted = String.join(", ", order.isEmpty() ? values : order);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (List<String> row : rows(
                container,
                password,
                port,
                "select " + String.join(", ", values) + " from " + from + " order by " + sorted + " limit "
                        + (MOST_ROWS + 1))) {
            List<@Nullable String> shown = new ArrayList<>();
            row.forEach(value -> shown.add(value.equals("n") ? null : text(value.substring(1))));
            rows.add(shown);
        }
        if (rows.size() > MOST_ROWS) {
            rows.removeLast();
            incomplete.add(name + ": only the first " + MOST_ROWS + " rows are listed");
        }
        return new DataImage.Table(
                name,
                columns.stream().map(Column::name).toList(),
                key,
                columns.stream().map(_ -> "").toList(),
                rows);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /// Through a file, for what a command prints is only kept in part.
    private List<List<String>> rows(Made container, String password, int port, String query) {
        Ran ran = work.containers()
                .exec(
                        container,
                        List.of(
                                "sh",
                                "-c",
                                "$(command -v mariadb || command -v mysql) --protocol=tcp -h 127.0.0.1 -P " + port
                                        + " -u root --default-character-set=utf8mb4 -N -B -e \"$UNDERSTUDY_QUERY\" > "
                                        + FILE),
                        Map.of("MYSQL_PWD", password, "UNDERSTUDY_QUERY", query),
                        LONGEST);
        if (!ran.isFine()) {
            throw new EnvironmentException("the database in " + container + " can't be listed: " + ran.output());
        }
        List<List<String>> rows = new ArrayList<>();
        try (TarContent tar = TarContent.of(reading.archive(container.id(), FILE))) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(tar, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(List.of(line.split("\t", -1)));
            }
            return rows;
        } catch (IOException e) {
            throw new EnvironmentException("the listing in " + container + " can't be read: " + e.getMessage(), e);
        }
    }

    private static String text(String digits) {
        byte[] bytes = HexFormat.of().parseHex(digits);
        if (bytes.length > Digest.SHOWN_BYTES) {
            return Digest.of(bytes);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return Digest.of(bytes);
        }
    }
}
