package matrix;

import java.util.ArrayList;
import java.util.List;

/** The table. */
public final class Rows {
    final List<Row> all = new ArrayList<>();

    /**
     * Adds a way of storing.
     *
     * @param bytes how many bytes one execution stores
     * @param code on the same line as this call, which is where its stores are expected to be located
     */
    public Row row(String name, int bytes, Row.Code code) {
        Row row = new Row(name, bytes, code, new Throwable().getStackTrace()[1]);
        all.add(row);
        return row;
    }
}
