package io.pmemcheckj.agent.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;

@Name(FlightEvent.PREFIX + "Tracer")
@Label("Tracer")
@Description("How the program is traced; written where a chunk of the recording ends, after the last health of it")
@Period("endChunk")
@StackTrace(false)
final class TracerEvent extends FlightEvent {
    @Label("Version")
    @Description("Version of pmemcheck-j")
    String version;

    @Label("Started")
    @Description("When tracing began; a trace of the same run says the same")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long started;

    @Label("Stacks")
    @Description("Which stores and flushes get a stack in the report: site, sampled or full")
    String stacks;

    @Label("Values")
    @Description("Whether the bytes stored are recorded")
    boolean values;

    @Label("Loads")
    @Description("Whether loads are recorded")
    boolean loads;

    @Label("Emulated")
    @Description("Whether persistent memory is emulated on ordinary files")
    boolean emulated;

    @Label("Recording")
    @Description("Whether events still reach the replay")
    boolean recording;
}
