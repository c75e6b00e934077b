package io.pmemcheckj.agent.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;

@Name(FlightEvent.PREFIX + "SegmentUnmapped")
@Label("Segment Unmapped")
@Description("A mapping, or a part of it, is about to be unmapped")
final class SegmentUnmappedEvent extends PlacedEvent {
    @Label("Path")
    String path;

    @Label("Address")
    @MemoryAddress
    long address;

    @Label("Offset")
    @Description("Where in the file the part begins")
    long offset;

    @Label("Size")
    @DataAmount
    long size;
}
