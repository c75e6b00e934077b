package io.pmemcheckj.agent.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name(FlightEvent.PREFIX + "Flush")
@Label("Flush")
@Description("Stores were written back: a force, or a flush by a library")
@Threshold("1 ms")
final class FlushEvent extends PlacedEvent {
    static final String RANGE = "force";
    static final String FILE = "file-force";
    static final String PERSIST = "persist";
    static final String LINES = "flush";

    /** Of figures that are not known. */
    static final long UNKNOWN = -1;

    @Label("Kind")
    @Description(
            "force (of a range), file-force (of a file), persist (lines, with a fence) or flush (lines, to be fenced)")
    String kind;

    @Label("Path")
    String path;

    @Label("Offset")
    @Description("First byte of the range, in the file")
    long offset;

    @Label("Size")
    @Description("Bytes asked for; 0 for the whole file")
    @DataAmount
    long size;

    @Label("Lines Flushed")
    @Description("64-byte lines in the range, of an ordinary file those of all its pages; -1 where not known")
    long linesFlushed = UNKNOWN;

    @Label("Lines Dirty")
    @Description("Lines among them with bytes that were not flushed; -1 where the replay had not come so far")
    long linesDirty = UNKNOWN;

    @Label("Bytes Dirty")
    @Description("Bytes that were stored and not flushed; -1 where not known")
    long bytesDirty = UNKNOWN;

    @Label("Failed")
    @Description("Whether it ended with an exception")
    boolean failed;
}
