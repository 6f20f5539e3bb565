package dev.understudy.store.postgres;

import dev.understudy.store.Digest;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row as text; long values by their digest, so that memory stays bounded.
final class ListedValues {
    private ListedValues() {}

    static List<@Nullable String> of(ResultSet row, int columns) throws SQLException {
        List<@Nullable String> values = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
            String value = row.getString(column);
            values.add(value == null || value.length() <= Digest.SHOWN_BYTES ? value : digest(value));
        }
        return Collections.unmodifiableList(values);
    }

    private static String digest(String value) {
        return Digest.of(value.getBytes(StandardCharsets.UTF_8));
    }
}
