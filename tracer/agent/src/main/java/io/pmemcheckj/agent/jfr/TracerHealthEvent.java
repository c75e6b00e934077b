package io.pmemcheckj.agent.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name(FlightEvent.PREFIX + "TracerHealth")
@Label("Tracer Health")
@Description("Counts since the program started, as far as the replay has come, and how far behind it is")
@Period("1 s")
@StackTrace(false)
final class TracerHealthEvent extends FlightEvent {
    @Label("Stores")
    long stores;

    @Label("Flushes")
    @Description("Flushes, forces included")
    long flushes;

    @Label("Fences")
    @Description("Fences, those of forces included")
    long fences;

    @Label("Transactions")
    @Description("Transactions begun")
    long transactions;

    @Label("Lines Flushed")
    @Description("64-byte lines in the ranges flushed; forces of whole files name no range")
    long linesFlushed;

    @Label("Lines Dirty")
    @Description("Lines among them that had bytes to write back")
    long linesDirty;

    @Label("Bytes Unpersisted")
    @Description("Bytes stored and not persistent now, in all segments")
    @DataAmount
    long bytesUnpersisted;

    @Label("Segments")
    int segments;

    @Label("Findings")
    @Description("Findings so far; some are judged only when the program has ended")
    int findings;

    @Label("Up to Date")
    @Description("Whether the figures are those of all that had happened")
    boolean upToDate;

    @Label("Events Behind")
    @Description("Flushes and other events recorded that the replay has not come to")
    long eventsBehind;

    @Label("Ring Size")
    @Description("Room for events on their way to the replay")
    @DataAmount
    long ringSize;

    @Label("Ring Occupancy")
    @Description("Share of the room in use; each thread that stores holds 32 KiB of it")
    @Percentage
    float ringOccupancy;

    @Label("Time Waited")
    @Description("What threads waited for the replay since the program started, added up")
    @Timespan
    long timeWaited;
}
