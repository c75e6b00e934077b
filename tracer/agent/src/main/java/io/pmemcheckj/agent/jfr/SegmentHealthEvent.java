package io.pmemcheckj.agent.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name(FlightEvent.PREFIX + "SegmentHealth")
@Label("Segment Health")
@Description("What is not persistent in a segment, as far as the replay has come")
@StackTrace(false)
final class SegmentHealthEvent extends FlightEvent {
    @Label("Segment Id")
    @Description("Number in the report")
    int id;

    @Label("Path")
    String path;

    @Label("Domain")
    @Description("What makes a store durable: adr, eadr or page-cache")
    String domain;

    @Label("Size")
    @DataAmount
    long size;

    @Label("Bytes Stored")
    @Description("Distinct bytes ever stored to")
    @DataAmount
    long bytesStored;

    @Label("Bytes Unpersisted")
    @Description("Bytes stored and not persistent now")
    @DataAmount
    long bytesUnpersisted;
}
