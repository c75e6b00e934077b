package io.pmemcheckj.cli.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One event. Fields that the recording does not have, as it is older or newer than this tool, are null. */
interface Facts {
    /** Name of the event without {@value Events#PREFIX}. */
    String type();

    /** When it was over. */
    Instant time();

    Duration duration();

    Number number(String field);

    String text(String field);

    Boolean flag(String field);

    /** A field that is a length of time. */
    Duration span(String field);

    /** The stack of the thread, innermost frame first, as Java prints frames; empty where there is none. */
    List<String> stack();
}
