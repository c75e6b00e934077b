package io.pmemcheckj.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The files that a crash left. */
public interface CrashImage {

    /** Paths of the files, relative to {@link #folder}, sorted. */
    List<String> files();

    /**
     * A folder that holds the files, for recoveries that open files themselves; it exists until the check is over. Making it
     * costs more than {@link #map} does.
     *
     * @throws IOException when it cannot be made
     */
    Path folder() throws IOException;

    /**
     * The content of one file, without any file being made: a private mapping. Stores to it are seen by nobody else.
     *
     * @param file one of {@link #files}, or its last name where only one file has it
     * @throws IOException when there is no such file, or it has more than 2 GiB
     */
    ByteBuffer map(String file) throws IOException;

    /** Labels of the markers that the program had passed, oldest first; of many, the last thousand. */
    List<String> markers();
}
