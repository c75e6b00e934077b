package io.pmemcheckj.agent.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;

@Name(FlightEvent.PREFIX + "SegmentMapped")
@Label("Segment Mapped")
@Description("A file was mapped for reading and writing, or memory was registered as a segment")
final class SegmentMappedEvent extends PlacedEvent {
    @Label("Path")
    String path;

    @Label("Address")
    @MemoryAddress
    long address;

    @Label("Offset")
    @Description("Where in the file the mapping begins")
    long offset;

    @Label("Size")
    @DataAmount
    long size;

    @Label("Domain")
    @Description("What makes a store durable, as the mapping tells: adr, eadr or page-cache")
    String domain;

    @Label("Emulated")
    @Description("Whether persistent memory is emulated on an ordinary file")
    boolean emulated;
}
