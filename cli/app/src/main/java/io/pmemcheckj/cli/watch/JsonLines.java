package io.pmemcheckj.cli.watch;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** An object a line for each look, for programs. */
final class JsonLines implements Display {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private final PrintStream out;

    JsonLines(OutputStream out) {
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    static String of(Snapshot now) {
        return MAPPER.writeValueAsString(now);
    }

    @Override
    public void show(Snapshot now) {
        out.println(of(now));
    }

    @Override
    public boolean showsPast() {
        return true;
    }

    @Override
    public boolean isGone() {
        return out.checkError();
    }

    @Override
    public void end(Snapshot last) {
        show(last);
    }

    @Override
    public void close() {
        out.flush();
    }
}
